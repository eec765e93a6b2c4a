<?php
declare(strict_types=1);

namespace Refedge;

/**
 * Friendbuy v1's signature of a whole request body (docs/protocol.md#body-signature-friendbuy-v1). The header is
 * X-FRIENDBUY-SIGNATURE.
 */
final class BodySignature
{
    private const MAX_BODY_BYTES = 256 * 1024;
    private const MAX_KEY_BYTES = 256;

    /** Base64 of the 20 bytes of a SHA-1, whose last character has no bits left over. */
    private const FORM = '~\A[A-Za-z0-9+/_-]{26}[AEIMQUYcgkosw048]=\z~';

    /** The header's value for the body's bytes as they travel: Base64 of their HMAC-SHA1. */
    public static function sign(string $body, #[\SensitiveParameter] string $secretKey): string
    {
        if ($secretKey === '' || strlen($secretKey) > self::MAX_KEY_BYTES) {
            throw new RefedgeException('invalid_key', 'secret_key');
        }
        if (strlen($body) > self::MAX_BODY_BYTES) {
            throw new RefedgeException('too_long', 'body');
        }
        return base64_encode(hash_hmac('sha1', $body, $secretKey, true));
    }

    /**
     * Returns when the header's value is that of the body, else throws. Pass php://input as received, not JSON written
     * again.
     */
    public static function verify(string $body, string $signature, #[\SensitiveParameter] string $secretKey): void
    {
        $expected = self::sign($body, $secretKey);
        $given = trim($signature, " \t");
        if ($given === '') {
            throw new RefedgeException('missing_field', 'signature');
        }
        if (!preg_match(self::FORM, $given)) {
            throw new RefedgeException('invalid_field', 'signature');
        }
        if (!hash_equals($expected, $given)) {
            throw new RefedgeException('signature_mismatch', 'signature');
        }
    }
}
