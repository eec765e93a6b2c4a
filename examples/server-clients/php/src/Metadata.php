<?php
declare(strict_types=1);

namespace Refedge;

/**
 * bp_e: customer details for a page, encrypted into one query parameter (docs/protocol.md#bp_e).
 *
 * ECB proves nothing about who wrote a value: greet a visitor with what a bp_e says, never give something away for it.
 */
final class Metadata
{
    private const CIPHER = 'aes-256-ecb'; // the published format asks for ECB
    private const KEY_BYTES = 32;
    private const BLOCK_BYTES = 16;

    /** $details as bp_e: standard Base64 with padding. Use encryptForUrl() for a link. */
    public static function encrypt(array $details, #[\SensitiveParameter] string $authToken): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;
        $plain = json_encode((object) $details, $flags);
        return base64_encode(openssl_encrypt($plain, self::CIPHER, self::key($authToken), OPENSSL_RAW_DATA));
    }

    /** $details as bp_e, percent-encoded: write it after "bp_e=". */
    public static function encryptForUrl(array $details, #[\SensitiveParameter] string $authToken): string
    {
        return rawurlencode(self::encrypt($details, $authToken));
    }

    /**
     * The details inside $bpE, which may still be percent-encoded.
     *
     * @return array<string, mixed>
     * @throws RefedgeException invalid_ciphertext for whatever is wrong with it: an attacker must not learn which
     */
    public static function decrypt(string $bpE, #[\SensitiveParameter] string $authToken): array
    {
        $key = self::key($authToken);
        $blocks = self::decode($bpE);
        if ($blocks === '' || strlen($blocks) % self::BLOCK_BYTES !== 0) {
            throw new RefedgeException('invalid_ciphertext', 'bp_e');
        }
        $plain = openssl_decrypt($blocks, self::CIPHER, $key, OPENSSL_RAW_DATA);
        $details = $plain === false ? null : json_decode($plain);
        if (!$details instanceof \stdClass) {
            throw new RefedgeException('invalid_ciphertext', 'bp_e');
        }
        return json_decode($plain, true);
    }

    private static function decode(string $bpE): string
    {
        $text = str_contains($bpE, '%') ? rawurldecode($bpE) : $bpE;
        // URL-safe Base64, and a `+` that a form decoder turned into a space, become the standard alphabet.
        $text = strtr(str_replace(["\r", "\n"], '', $text), '-_ ', '+/+');
        return (string) base64_decode(rtrim($text, '='), true);
    }

    private static function key(#[\SensitiveParameter] string $authToken): string
    {
        if (strlen($authToken) < self::KEY_BYTES) {
            throw new RefedgeException('too_short', 'auth_token');
        }
        return substr($authToken, 0, self::KEY_BYTES);
    }
}
