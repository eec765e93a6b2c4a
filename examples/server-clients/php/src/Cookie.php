<?php
declare(strict_types=1);

namespace Refedge;

/**
 * The attribution cookies _refedge and _refedge_js (docs/protocol.md#cookies): who referred, by which click ('' in the
 * script's cookie), when (Unix seconds).
 *
 *     $keys = CookieKey::readFile(file_get_contents($path))[$marketId];
 *     $cookie = Cookie::verify($_COOKIE['_refedge'], $keys);   // null: not ours, or tampered with
 */
final class Cookie
{
    private const BODY = '/\A1\.([A-Za-z0-9_-]{1,32})\.'
        . '([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})?\.'
        . '(0|[1-9][0-9]{0,17})\z/';

    public function __construct(
        public readonly string $code,
        public readonly string $clickId,
        public readonly int $capturedAt,
    ) {
    }

    /** Reads a cookie without a tag, as the script writes it to _refedge_js. Anybody can have written it. */
    public static function parse(string $value): ?self
    {
        return preg_match(self::BODY, $value, $part) ? new self($part[1], $part[2], (int) $part[3]) : null;
    }

    /** The value of _refedge: this cookie, the key's id and the tag. */
    public function sign(CookieKey $key): string
    {
        $body = "1.$this->code.$this->clickId.$this->capturedAt";
        if ($this->clickId === '' || self::parse($body) === null) {
            throw new RefedgeException('invalid_value', 'cookie');
        }
        return "$body.{$key->tag($body)}";
    }

    /**
     * What a _refedge cookie says when its tag holds under one of the market's keys, else null.
     *
     * @param iterable<CookieKey> $keys
     */
    public static function verify(string $value, iterable $keys): ?self
    {
        $dot = (int) strrpos($value, '.');
        $body = substr($value, 0, $dot);
        $tag = substr($value, $dot + 1);
        foreach ($keys as $key) {
            if ($key->id === ($tag[0] ?? '')) {
                // The tag is compared as text, so that a second spelling of the same Base64 is refused.
                return hash_equals($key->tag($body), $tag) ? self::parse($body) : null;
            }
        }
        return null;
    }
}
