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
    private const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
    private const MIN_KEY_BYTES = 24;
    private const MAX_KEY_BYTES = 64;

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
        [$id, $timestamp, $signatures] = self::headers($headers);
        if (!self::matches("$id.$timestamp.$body", explode(' ', $signatures), $secrets)) {
            throw new RefedgeException('signature_mismatch', 'webhook-signature');
        }
        $age = ($now ?? time()) - (int) $timestamp;
        if ($age > $toleranceSeconds) {
            throw new RefedgeException('too_old', 'webhook-timestamp');
        }
        if ($age < -$toleranceSeconds) {
            throw new RefedgeException('in_the_future', 'webhook-timestamp');
        }
    }

    /** @return list<string> the three headers, in the order of HEADERS */
    private static function headers(array $headers): array
    {
        $lower = array_change_key_case($headers);
        $values = [];
        foreach (self::HEADERS as $name) {
            if (($lower[$name] ?? '') === '') {
                throw new RefedgeException('missing_field', $name);
            }
            $values[] = $lower[$name];
        }
        if (!preg_match('/\A[0-9]{1,18}\z/', $values[1])) {
            throw new RefedgeException('invalid_field', 'webhook-timestamp');
        }
        return $values;
    }

    private static function matches(string $signed, array $signatures, #[\SensitiveParameter] array $secrets): bool
    {
        $hits = 0;
        foreach ($secrets as $secret) {
            $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, self::key($secret), true));
            foreach ($signatures as $signature) {
                $hits += (int) hash_equals($expected, $signature); // all are compared: the time tells nothing
            }
        }
        return $hits > 0;
    }

    private static function key(#[\SensitiveParameter] string $secret): string
    {
        $text = str_starts_with($secret, 'whsec_') ? substr($secret, strlen('whsec_')) : $secret;
        $key = (string) base64_decode($text, true);
        if (strlen($key) < self::MIN_KEY_BYTES || strlen($key) > self::MAX_KEY_BYTES) {
            throw new RefedgeException('invalid_key', 'secret');
        }
        return $key;
    }
}
