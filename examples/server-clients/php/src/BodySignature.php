<?php
declare(strict_types=1);

namespace Refedge;

/** Friendbuy v1's signature of a whole request body (docs/protocol.md#body-signature-friendbuy-v1). */
final class BodySignature
{
    public const HEADER = 'X-FRIENDBUY-SIGNATURE';

    /** The header's value for the body's bytes as they travel: Base64 of HMAC-SHA1. */
    public static function sign(string $body, #[\SensitiveParameter] string $secretKey): string
    {
        return base64_encode(hash_hmac('sha1', $body, $secretKey, true));
    }

    /**
     * Returns when the header's value is that of the body, else throws signature_mismatch. Pass php://input as
     * received, not JSON written again.
     */
    public static function verify(string $body, string $signature, #[\SensitiveParameter] string $secretKey): void
    {
        if (!hash_equals(self::sign($body, $secretKey), trim($signature, " \t"))) {
            throw new RefedgeException('signature_mismatch', 'signature');
        }
    }
}
