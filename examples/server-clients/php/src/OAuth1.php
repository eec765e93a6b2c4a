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
        ?string $realm = null,
        ?string $nonce = null,
        ?int $timestamp = null,
    ): string {
        $protocol = array_filter([
            'oauth_consumer_key' => $credentials->consumerKey,
            'oauth_token' => $credentials->token,
            'oauth_signature_method' => 'HMAC-SHA1',
            'oauth_timestamp' => (string) ($timestamp ?? time()),
            'oauth_nonce' => $nonce ?? bin2hex(random_bytes(16)),
        ], fn (string $value): bool => $value !== '');
        $pairs = array_map(null, array_keys($protocol), array_values($protocol));
        $protocol['oauth_signature'] = self::sign(self::baseString($method, $url, [...$form, ...$pairs]), $credentials);
        $words = $realm === null ? [] : ["realm=\"$realm\""];
        foreach ($protocol as $name => $value) {
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
        $encoded = array_map(
            fn (array $pair): array => array_map(rawurlencode(...), $pair),
            [...self::query((string) parse_url($url, PHP_URL_QUERY)), ...$parameters],
        );
        usort($encoded, fn (array $a, array $b): int => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));
        $normalized = implode('&', array_map(fn (array $pair): string => "$pair[0]=$pair[1]", $encoded));
        return implode('&', array_map(rawurlencode(...), [strtoupper($method), self::baseUri($url), $normalized]));
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
        $parts = parse_url($url);
        $scheme = strtolower($parts['scheme']);
        $port = $parts['port'] ?? null;
        $suffix = $port === null || $port === (self::DEFAULT_PORTS[$scheme] ?? null) ? '' : ":$port";
        return "$scheme://" . strtolower($parts['host']) . $suffix . ($parts['path'] ?? '/');
    }

    private static function sign(string $base, OAuth1Credentials $credentials): string
    {
        $key = rawurlencode($credentials->consumerSecret) . '&' . rawurlencode($credentials->tokenSecret);
        return base64_encode(hash_hmac('sha1', $base, $key, true));
    }
}
