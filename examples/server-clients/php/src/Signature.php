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
        $members = self::members($fields, self::split($signedKeys, $required));
        return self::digest([...$members, self::secret($secretKey)]);
    }

    /** Whether $signature is that of $fields. Input that cannot be signed at all throws a RefedgeException. */
    public static function verify(
        array $fields,
        string $signedKeys,
        string $signature,
        #[\SensitiveParameter] string $secretKey,
        array $required = [],
    ): bool {
        $last = [...self::members($fields, self::split($signedKeys, $required)), self::secret($secretKey)];
        $given = strtolower(trim($signature));
        // Both are always compared, so that the time tells nothing.
        $isLast = hash_equals(self::digest($last), $given);
        $isSorted = hash_equals(self::digest(self::inByteOrder($last)), $given);
        return $isLast || $isSorted;
    }

    /** @return list<string> */
    private static function split(string $signedKeys, array $required): array
    {
        $keys = array_map(trim(...), explode(',', $signedKeys));
        foreach ($required as $key) {
            if (!in_array($key, $keys, true)) {
                throw new RefedgeException('missing_field', $key);
            }
        }
        if (array_intersect($keys, self::UNSIGNABLE) !== []) {
            throw new RefedgeException('invalid_value', 'signed_keys');
        }
        return $keys;
    }

    /** @return list<array{string, mixed}> */
    private static function members(array $fields, array $keys): array
    {
        $members = [];
        foreach ($keys as $key) {
            if (!array_key_exists($key, $fields)) {
                throw new RefedgeException('missing_field', $key);
            }
            $members[] = [$key, $fields[$key]];
        }
        return self::inByteOrder($members);
    }

    private static function inByteOrder(array $members): array
    {
        usort($members, fn (array $a, array $b): int => strcmp($a[0], $b[0]));
        return $members;
    }

    /** @return array{string, string} */
    private static function secret(#[\SensitiveParameter] string $secretKey): array
    {
        if ($secretKey === '') {
            throw new RefedgeException('missing_field', 'secret_key');
        }
        return ['secret', $secretKey];
    }

    private static function digest(array $members): string
    {
        return hash('sha256', CanonicalJson::object($members));
    }
}
