<?php
declare(strict_types=1);

namespace Refedge;

/**
 * Signatures of tracking, embedding and sign-up (docs/protocol.md#signatures).
 *
 * Sign on your server: the secret key must never reach a page.
 *
 *     $signature = Signature::sign(
 *         ['customer_email' => 'john@doe.com', 'order_number' => 'ORDER123'],
 *         'customer_email, order_number',
 *         $secretKey,
 *     );
 */
final class Signature
{
    public const TRACKING_KEYS = ['order_number', 'customer_email'];
    public const SIGN_UP_KEYS = ['name', 'email'];

    private const MAX_SIGNED_KEYS = 32;
    private const MAX_SECRET_BYTES = 256;

    /** They carry the signature itself, so they cannot be under it. */
    private const UNSIGNABLE = ['secret', 'signature'];

    /**
     * The signature: 64 lower-case hex digits.
     *
     * @param array<string, mixed> $fields the values exactly as they will be sent: "true" and true differ
     * @param string $signedKeys comma separated; put the same text into the request
     * @param list<string> $required keys that $signedKeys must hold: TRACKING_KEYS, SIGN_UP_KEYS
     */
    public static function sign(
        array $fields,
        string $signedKeys,
        #[\SensitiveParameter] string $secretKey,
        array $required = [],
    ): string {
        $secret = self::secret($secretKey);
        return self::digest([...self::members($fields, $signedKeys, $required), $secret]);
    }

    /** Returns when $signature is that of $fields, else throws: signature_mismatch, or what is wrong with the input. */
    public static function verify(
        array $fields,
        string $signedKeys,
        string $signature,
        #[\SensitiveParameter] string $secretKey,
        array $required = [],
    ): void {
        $secret = self::secret($secretKey);
        $members = [...self::members($fields, $signedKeys, $required), $secret];
        if ($signature === '') {
            throw new RefedgeException('missing_field', 'signature');
        }
        if (!preg_match('/\A[0-9a-fA-F]{64}\z/', $signature)) {
            throw new RefedgeException('invalid_field', 'signature');
        }
        // Both readings of "alphabetical order" are always compared, so that the time tells nothing.
        $secretLast = hash_equals(self::digest($members), strtolower($signature));
        $secretSorted = hash_equals(self::digest(self::inByteOrder($members)), strtolower($signature));
        if (!$secretLast && !$secretSorted) {
            throw new RefedgeException('signature_mismatch', 'signature');
        }
    }

    /** @return list<array{string, mixed}> the signed keys with their values, sorted */
    private static function members(array $fields, string $signedKeys, array $required): array
    {
        $keys = self::split($signedKeys);
        if (array_diff($required, $keys) !== []) {
            throw new RefedgeException('invalid_field', 'signed_keys');
        }
        $members = [];
        foreach ($keys as $key) {
            if (!array_key_exists($key, $fields)) {
                throw new RefedgeException('missing_field', $key);
            }
            $members[] = [$key, $fields[$key]];
        }
        return self::inByteOrder($members);
    }

    /** @return list<string> */
    private static function split(string $signedKeys): array
    {
        $keys = array_map(fn (string $key): string => trim($key, " \t"), explode(',', $signedKeys));
        $problem = match (true) {
            in_array('', $keys, true) => 'missing_field',
            count($keys) > self::MAX_SIGNED_KEYS => 'too_many',
            count(array_unique($keys, SORT_STRING)) < count($keys) => 'duplicate_field',
            array_intersect($keys, self::UNSIGNABLE) !== [] => 'invalid_field',
            default => null,
        };
        return $problem === null ? $keys : throw new RefedgeException($problem, 'signed_keys');
    }

    private static function inByteOrder(array $members): array
    {
        usort($members, fn (array $a, array $b): int => strcmp($a[0], $b[0]));
        return $members;
    }

    /** @return array{string, string} */
    private static function secret(#[\SensitiveParameter] string $secretKey): array
    {
        $length = strlen($secretKey);
        if ($length < 1 || $length > self::MAX_SECRET_BYTES || !preg_match('//u', $secretKey)) {
            throw new RefedgeException('invalid_key', 'secret_key');
        }
        return ['secret', $secretKey];
    }

    private static function digest(#[\SensitiveParameter] array $members): string
    {
        return hash('sha256', CanonicalJson::object($members));
    }
}
