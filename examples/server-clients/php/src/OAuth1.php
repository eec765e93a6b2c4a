<?php
declare(strict_types=1);

namespace Refedge;

/**
 * Signs a request by OAuth 1.0, HMAC-SHA1 (docs/protocol.md#oauth-10, RFC 5849).
 *
 *     $header = OAuth1::authorizationHeader('POST', $url, $form, new OAuth1Credentials($consumerKey, $consumerSecret));
 */
final class OAuth1
{
    private const DEFAULT_PORTS = ['http' => 80, 'https' => 443];
    private const LAST_SECOND = 253402300799; // of the year 9999
    private const MAX_NONCE_BYTES = 128;

    /**
     * The value of the Authorization header. The server refuses a nonce that it saw before; leave $nonce and $timestamp
     * out but for tests.
     *
     * @param list<array{string, string}> $form the body's fields as pairs (names may repeat) when it is
     *     application/x-www-form-urlencoded, else empty: other bodies are not signed
     */
    public static function authorizationHeader(
        string $method,
        string $url,
        array $form,
        OAuth1Credentials $credentials,
        ?string $nonce = null,
        ?int $timestamp = null,
    ): string {
        $isProtocol = fn (array $pair): bool => str_starts_with($pair[0], 'oauth_');
        if (array_filter($form, $isProtocol) !== []) {
            throw new RefedgeException('duplicate_field', 'form');
        }
        $protocol = self::protocol($credentials, $nonce ?? bin2hex(random_bytes(16)), $timestamp ?? time());
        $pairs = array_map(null, array_keys($protocol), array_values($protocol));
        $signature = self::sign(self::baseString($method, $url, [...$form, ...$pairs]), $credentials);
        $words = [];
        foreach (['oauth_signature' => $signature, ...$protocol] as $name => $value) {
            $words[] = $name . '="' . rawurlencode($value) . '"';
        }
        return 'OAuth ' . implode(', ', $words);
    }

    /**
     * What is signed (RFC 5849, 3.4.1): method, address without query, all parameters in order.
     *
     * @param list<array{string, string}> $parameters
     */
    public static function baseString(string $method, string $url, array $parameters): string
    {
        if (!preg_match('/\A[A-Za-z]{1,32}\z/', $method)) {
            throw new RefedgeException('invalid_field', 'method');
        }
        $address = self::baseUri($url);
        $encoded = array_map(
            fn (array $pair): array => array_map(rawurlencode(...), $pair),
            [...self::query((string) parse_url($url, PHP_URL_QUERY)), ...$parameters],
        );
        usort($encoded, fn (array $a, array $b): int => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));
        $normalized = implode('&', array_map(fn (array $pair): string => "$pair[0]=$pair[1]", $encoded));
        return implode('&', array_map(rawurlencode(...), [strtoupper($method), $address, $normalized]));
    }

    /** @return array<string, string> the parameters that go into the header, without the signature */
    private static function protocol(OAuth1Credentials $credentials, string $nonce, int $timestamp): array
    {
        OAuth1Credentials::checkParameter($nonce, 'oauth_nonce', self::MAX_NONCE_BYTES);
        if ($timestamp < 1 || $timestamp > self::LAST_SECOND) {
            throw new RefedgeException('invalid_field', 'oauth_timestamp');
        }
        return array_filter([
            'oauth_nonce' => $nonce,
            'oauth_timestamp' => (string) $timestamp,
            'oauth_consumer_key' => $credentials->consumerKey,
            'oauth_token' => $credentials->token,
            'oauth_signature_method' => 'HMAC-SHA1',
            'oauth_version' => '1.0',
        ], fn (string $value): bool => $value !== '');
    }

    /**
     * The query's pairs. Not parse_str(), which renames `a.b` and drops repeated names.
     *
     * @return list<array{string, string}>
     */
    private static function query(string $query): array
    {
        $pieces = array_filter(explode('&', $query), fn (string $piece): bool => $piece !== '');
        $pair = fn (string $piece): array => array_map(urldecode(...), array_pad(explode('=', $piece, 2), 2, ''));
        return array_values(array_map($pair, $pieces));
    }

    private static function baseUri(string $url): string
    {
        $parts = parse_url($url) ?: [];
        $scheme = strtolower($parts['scheme'] ?? '');
        $host = strtolower($parts['host'] ?? '');
        if (!isset(self::DEFAULT_PORTS[$scheme]) || $host === '' || isset($parts['user'])) {
            throw new RefedgeException('invalid_field', 'url');
        }
        $port = $parts['port'] ?? self::DEFAULT_PORTS[$scheme];
        return "$scheme://$host" . ($port === self::DEFAULT_PORTS[$scheme] ? '' : ":$port") . ($parts['path'] ?? '/');
    }

    private static function sign(string $base, OAuth1Credentials $credentials): string
    {
        $key = rawurlencode($credentials->consumerSecret) . '&' . rawurlencode($credentials->tokenSecret);
        return base64_encode(hash_hmac('sha1', $base, $key, true));
    }
}
