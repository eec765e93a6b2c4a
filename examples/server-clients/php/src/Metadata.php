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
    private const MAX_PLAIN_BYTES = 16384;
    private const MAX_TEXT_CHARACTERS = 69632;

    /** $details as bp_e: standard Base64 with padding. Use encryptForUrl() for a link. */
    public static function encrypt(array $details, #[\SensitiveParameter] string $authToken): string
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS | JSON_THROW_ON_ERROR;
        return self::encryptText(json_encode((object) $details, $flags), $authToken);
    }

    /** $details as bp_e, percent-encoded: write it after "bp_e=". */
    public static function encryptForUrl(array $details, #[\SensitiveParameter] string $authToken): string
    {
        return rawurlencode(self::encrypt($details, $authToken));
    }

    /** Encrypts text that is JSON already. */
    public static function encryptText(string $text, #[\SensitiveParameter] string $authToken): string
    {
        $key = self::key($authToken);
        if (strlen($text) > self::MAX_PLAIN_BYTES) {
            throw new RefedgeException('too_long', 'metadata');
        }
        if (!preg_match('//u', $text)) {
            throw new RefedgeException('invalid_utf8', 'metadata');
        }
        return base64_encode(openssl_encrypt($text, self::CIPHER, $key, OPENSSL_RAW_DATA));
    }

    /**
     * The details inside $bpE, percent-encoded or not.
     *
     * @return array<string, mixed>
     * @throws RefedgeException wrong key, length, padding or content are all invalid_ciphertext, so that nobody can
     *     learn by trying which it was
     */
    public static function decrypt(string $bpE, #[\SensitiveParameter] string $authToken): array
    {
        $text = self::decryptText($bpE, $authToken);
        if (!json_decode($text) instanceof \stdClass) {
            throw new RefedgeException('invalid_ciphertext', 'bp_e');
        }
        return json_decode($text, true);
    }

    /** The text inside, whatever it is. */
    public static function decryptText(string $bpE, #[\SensitiveParameter] string $authToken): string
    {
        $key = self::key($authToken);
        $blocks = self::decode($bpE);
        $isWhole = $blocks !== '' && strlen($blocks) % self::BLOCK_BYTES === 0;
        $text = $isWhole ? openssl_decrypt($blocks, self::CIPHER, $key, OPENSSL_RAW_DATA) : false;
        if ($text === false || !preg_match('//u', $text)) {
            throw new RefedgeException('invalid_ciphertext', 'bp_e');
        }
        return $text;
    }

    private static function decode(string $bpE): string
    {
        if (strlen($bpE) > self::MAX_TEXT_CHARACTERS) {
            throw new RefedgeException('too_long', 'bp_e');
        }
        if (preg_match('/%(?![0-9A-Fa-f]{2})/', $bpE)) {
            throw new RefedgeException('invalid_percent_encoding', 'bp_e');
        }
        // A form decoder turned each + into a space.
        $text = str_replace(' ', '+', rawurldecode($bpE));
        $blocks = Base64::decode($text) ?? throw new RefedgeException('invalid_base64', 'bp_e');
        if (strlen($blocks) > self::MAX_PLAIN_BYTES + self::BLOCK_BYTES) {
            throw new RefedgeException('too_long', 'bp_e');
        }
        return $blocks;
    }

    private static function key(#[\SensitiveParameter] string $authToken): string
    {
        if (strlen($authToken) < self::KEY_BYTES) {
            throw new RefedgeException('invalid_key', 'auth_token');
        }
        return substr($authToken, 0, self::KEY_BYTES);
    }
}
