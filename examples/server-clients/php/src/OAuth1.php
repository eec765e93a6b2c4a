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
    private const LAST_PORT = 65535;
    private const LAST_SECOND = 253402300799; // of the year 9999
    private const MAX_NONCE_BYTES = 128;
    private const MAX_URL_BYTES = 8192;
    private const MAX_PARAMETERS = 256;
    /** Absolute, printable ASCII, no user information: scheme, host, port, path, query. */
    private const URL = '~\A(https?)://([^/?\#:@\[\]]+|\[[0-9A-Fa-f:.]+\])(?::(0|[1-9][0-9]{0,4}))?(/[^?\#]*)?(?:\?([^\#]*))?(?:\#.*)?\z~i';

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
        self::checkParameters($form, 'form');
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
        [$address, $query] = self::parts($url);
        $encode = fn (array $pair): array => array_map(rawurlencode(...), $pair);
        $encoded = array_map($encode, [...self::query($query), ...$parameters]);
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

    /** @return array{string, string} the address as it is signed, and the query */
    private static function parts(string $url): array
    {
        if (strlen($url) > self::MAX_URL_BYTES) {
            throw new RefedgeException('too_long', 'url');
        }
        $isRead = preg_match('/\A[!-~]+\z/', $url) && preg_match(self::URL, $url, $part);
        if (!$isRead || (int) ($part[3] ?? 0) > self::LAST_PORT) {
            throw new RefedgeException('invalid_field', 'url');
        }
        [, $scheme, $host, $port, $path, $query] = $part + ['', '', '', '', '', ''];
        $isDefault = $port === '' || (int) $port === self::DEFAULT_PORTS[strtolower($scheme)];
        $origin = strtolower("$scheme://$host") . ($isDefault ? '' : ":$port");
        return [$origin . ($path === '' ? '/' : $path), $query];
    }

    /**
     * The query's pairs. Not parse_str(), which renames `a.b` and drops repeated names.
     *
     * @return list<array{string, string}>
     */
    private static function query(string $query): array
    {
        if (preg_match('/%(?![0-9A-Fa-f]{2})/', $query)) {
            throw new RefedgeException('invalid_percent_encoding', 'url');
        }
        $pieces = array_filter(explode('&', $query), fn (string $piece): bool => $piece !== '');
        $pair = fn (string $piece): array => array_map(urldecode(...), array_pad(explode('=', $piece, 2), 2, ''));
        $pairs = array_values(array_map($pair, $pieces));
        self::checkParameters($pairs, 'url');
        return $pairs;
    }

    private static function checkParameters(array $pairs, string $where): void
    {
        if (count($pairs) > self::MAX_PARAMETERS) {
            throw new RefedgeException('too_many', $where);
        }
        foreach ($pairs as [$name]) {
            if (str_starts_with($name, 'oauth_')) { // they stand in the header, and nowhere else
                throw new RefedgeException('duplicate_field', $where);
            }
        }
    }

    private static function sign(string $base, OAuth1Credentials $credentials): string
    {
        $key = rawurlencode($credentials->consumerSecret) . '&' . rawurlencode($credentials->tokenSecret);
        return base64_encode(hash_hmac('sha1', $base, $key, true));
    }
}
