<?php
declare(strict_types=1);

namespace Refedge;

/** One key of a market's ring. The first key of a ring signs; all of them verify. */
final class CookieKey
{
    private const MIN_BYTES = 32;
    private const MAX_BYTES = 64;
    private const MAC_BYTES = 16;

    public function __construct(public readonly string $id, #[\SensitiveParameter] private readonly string $secret)
    {
        $length = strlen($secret);
        if (!preg_match('/\A[A-Za-z0-9_-]\z/', $id) || $length < self::MIN_BYTES || $length > self::MAX_BYTES) {
            throw new RefedgeException('invalid_key', 'cookie_key');
        }
    }

    /** The end of a cookie: this key's id and the first 16 bytes of the HMAC of $body, in Base64 for URLs. */
    public function tag(string $body): string
    {
        $mac = substr(hash_hmac('sha256', $body, $this->secret, true), 0, self::MAC_BYTES);
        return $this->id . rtrim(strtr(base64_encode($mac), '+/', '-_'), '=');
    }

    /** Keeps the secret out of var_dump() and print_r(). */
    public function __debugInfo(): array
    {
        return ['id' => $this->id];
    }

    /**
     * Reads what `refedge market keys` prints.
     *
     * @return array<string, list<CookieKey>> for each market id its keys, the signing key first
     */
    public static function readFile(#[\SensitiveParameter] string $text): array
    {
        $rings = [];
        foreach (preg_split('/\R/', $text) as $line) {
            $words = preg_split('/\s+/', explode('#', $line)[0], -1, PREG_SPLIT_NO_EMPTY);
            if ($words === []) {
                continue;
            }
            $secret = count($words) === 3 ? Base64::decode($words[2]) : null;
            if ($secret === null) {
                throw new RefedgeException('invalid_key', 'cookie_key');
            }
            $rings[$words[0]][] = new self($words[1], $secret);
        }
        return $rings;
    }
}
