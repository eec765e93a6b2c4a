<?php
declare(strict_types=1);

namespace Refedge;

/**
 * Verifies a webhook signed by the Standard Webhooks scheme (docs/protocol.md#webhook-signatures-standard-webhooks).
 *
 *     $body = file_get_contents('php://input');
 *     Webhook::verify($body, getallheaders(), [$currentSecret, $formerSecret]);   // throws unless authentic and fresh
 *     $event = json_decode($body, true);
 */
final class Webhook
{
    private const PREFIX = 'whsec_';
    private const MIN_KEY_BYTES = 24;
    private const MAX_KEY_BYTES = 64;
    private const MAX_SECRETS = 8;
    private const MAX_BODY_BYTES = 256 * 1024;
    private const MAX_SIGNATURE_BYTES = 4096;
    private const MAX_ID_BYTES = 128;
    private const LAST_SECOND = 253402300799; // of the year 9999

    /**
     * @param string $body the bytes received, not JSON written again
     * @param array<string, string> $headers
     * @param list<string> $secrets every active secret, so that they can rotate
     */
    public static function verify(
        string $body,
        array $headers,
        #[\SensitiveParameter] array $secrets,
        ?int $now = null,
        int $toleranceSeconds = 300,
    ): void {
        $lower = array_change_key_case($headers);
        $id = self::checkedId($lower['webhook-id'] ?? '');
        $timestamp = self::checkedTimestamp($lower['webhook-timestamp'] ?? '');
        if (strlen($body) > self::MAX_BODY_BYTES) {
            throw new RefedgeException('too_long', 'body');
        }
        $keys = self::keys($secrets);
        $signatures = self::signatures($lower['webhook-signature'] ?? '');
        if (!self::matches("$id.$timestamp.$body", $signatures, $keys)) {
            throw new RefedgeException('signature_mismatch', 'signature');
        }
        self::checkAge((int) $timestamp, $now ?? time(), $toleranceSeconds);
    }

    private static function checkedId(string $id): string
    {
        $problem = match (true) {
            $id === '' => 'missing_field',
            strlen($id) > self::MAX_ID_BYTES => 'too_long',
            // Printable ASCII without the dot, which ends it in what is signed.
            !preg_match('/\A[!-\-\/-~]+\z/', $id) => 'invalid_field',
            default => null,
        };
        return $problem === null ? $id : throw new RefedgeException($problem, 'id');
    }

    private static function checkedTimestamp(string $timestamp): string
    {
        if ($timestamp === '') {
            throw new RefedgeException('missing_field', 'timestamp');
        }
        if (!preg_match('/\A(0|[1-9][0-9]{0,11})\z/', $timestamp) || (int) $timestamp > self::LAST_SECOND) {
            throw new RefedgeException('invalid_field', 'timestamp');
        }
        return $timestamp;
    }

    /** @return list<string> the entries of the version that this code knows */
    private static function signatures(string $header): array
    {
        if (strlen($header) > self::MAX_SIGNATURE_BYTES) {
            throw new RefedgeException('too_long', 'signature');
        }
        $entries = trim($header, " \t");
        if ($entries === '') {
            throw new RefedgeException('missing_field', 'signature');
        }
        $known = array_filter(explode(' ', $entries), fn (string $entry): bool => str_starts_with($entry, 'v1,'));
        return $known !== [] ? array_values($known) : throw new RefedgeException('unsupported_version', 'signature');
    }

    private static function matches(string $signed, array $signatures, #[\SensitiveParameter] array $keys): bool
    {
        $hits = 0;
        foreach ($keys as $key) {
            $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
            foreach ($signatures as $signature) {
                $hits += (int) hash_equals($expected, $signature); // all are compared: the time tells nothing
            }
        }
        return $hits > 0;
    }

    /** @return list<string> */
    private static function keys(#[\SensitiveParameter] array $secrets): array
    {
        if ($secrets === []) {
            throw new RefedgeException('missing_field', 'secrets');
        }
        if (count($secrets) > self::MAX_SECRETS) {
            throw new RefedgeException('too_many', 'secrets');
        }
        return array_map(self::key(...), $secrets);
    }

    private static function key(#[\SensitiveParameter] string $secret): string
    {
        $key = (string) Base64::decode(substr($secret, strlen(self::PREFIX)));
        $hasLength = strlen($key) >= self::MIN_KEY_BYTES && strlen($key) <= self::MAX_KEY_BYTES;
        if (!str_starts_with($secret, self::PREFIX) || !$hasLength) {
            throw new RefedgeException('invalid_key', 'secret');
        }
        return $key;
    }

    private static function checkAge(int $timestamp, int $now, int $toleranceSeconds): void
    {
        if ($timestamp < $now - $toleranceSeconds) {
            throw new RefedgeException('too_old', 'timestamp');
        }
        if ($timestamp > $now + $toleranceSeconds) {
            throw new RefedgeException('in_the_future', 'timestamp');
        }
    }
}
