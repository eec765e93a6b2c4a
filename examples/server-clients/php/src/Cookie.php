<?php
declare(strict_types=1);

namespace Refedge;

/**
 * The attribution cookies _refedge and _refedge_js (docs/protocol.md#cookies): who referred, by which click ('' in the
 * script's cookie), when (Unix seconds).
 *
 *     $keys = CookieKey::readFile(file_get_contents($path))[$marketId];
 *     try {
 *         $cookie = Cookie::verify($_COOKIE['_refedge'], $keys);
 *     } catch (RefedgeException) {
 *         // not written by this market's edge: as if there were none
 *     }
 */
final class Cookie
{
    private const CODE = '/\A[A-Za-z0-9_-]{1,32}\z/';
    private const CLICK_ID = '/\A([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})?\z/';
    private const COOKIE = '/\A1\.([^.]*)\.([^.]*)\.(0|[1-9][0-9]{0,11})(?:\.([A-Za-z0-9_-]{23}))?\z/';
    private const OTHER_VERSION = '/\A(?!1\.)[0-9]{1,3}\./';
    private const MAX_SECONDS = 253402300799; // the last second of the year 9999
    private const MAX_KEYS = 16;

    public function __construct(
        public readonly string $code,
        public readonly string $clickId,
        public readonly int $capturedAt,
    ) {
        $wrong = match (true) {
            !preg_match(self::CODE, $code) => 'code',
            !preg_match(self::CLICK_ID, $clickId) => 'click_id',
            $capturedAt < 0 || $capturedAt > self::MAX_SECONDS => 'captured_at',
            default => null,
        };
        if ($wrong !== null) {
            throw new RefedgeException('invalid_field', $wrong);
        }
    }

    /** Without a tag, as the script writes it to _refedge_js. */
    public function __toString(): string
    {
        return "1.$this->code.$this->clickId.$this->capturedAt";
    }

    /** Reads either cookie and believes it: a tag is not checked. Anybody can have written what it says. */
    public static function parse(string $value): self
    {
        return self::read($value)[0];
    }

    /** The value of _refedge: this cookie, the key's id and the tag. */
    public function sign(CookieKey $key): string
    {
        return "$this.{$key->tag((string) $this)}";
    }

    /**
     * What a _refedge cookie says when its tag holds under one of the market's keys.
     *
     * @param list<CookieKey> $keys
     */
    public static function verify(string $value, array $keys): self
    {
        if (count($keys) > self::MAX_KEYS) {
            throw new RefedgeException('too_many', 'cookie_key');
        }
        [$cookie, $tag] = self::read($value);
        if ($tag === '') {
            throw new RefedgeException('invalid_field', 'cookie');
        }
        foreach ($keys as $key) {
            if ($key->id === $tag[0]) {
                // The tag is compared as text, so that a second spelling of the same Base64 is refused.
                return hash_equals($key->tag((string) $cookie), $tag)
                    ? $cookie
                    : throw new RefedgeException('signature_mismatch', 'cookie');
            }
        }
        throw new RefedgeException('unknown_key_id', 'cookie');
    }

    /** @return array{self, string} the cookie, and its tag or '' */
    private static function read(string $value): array
    {
        if (preg_match(self::OTHER_VERSION, $value)) {
            throw new RefedgeException('unsupported_version', 'cookie');
        }
        if (!preg_match(self::COOKIE, $value, $part)) {
            throw new RefedgeException('invalid_field', 'cookie');
        }
        try {
            return [new self($part[1], $part[2], (int) $part[3]), $part[4] ?? ''];
        } catch (RefedgeException) {
            throw new RefedgeException('invalid_field', 'cookie');
        }
    }
}
