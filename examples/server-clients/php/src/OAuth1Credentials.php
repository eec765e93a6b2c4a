<?php
declare(strict_types=1);

namespace Refedge;

/** Who signs. The token stays empty where the server knows consumers only ("two-legged"). */
final class OAuth1Credentials
{
    private const MAX_BYTES = 256;

    public function __construct(
        public readonly string $consumerKey,
        #[\SensitiveParameter] public readonly string $consumerSecret,
        public readonly string $token = '',
        #[\SensitiveParameter] public readonly string $tokenSecret = '',
    ) {
        self::checkParameter($consumerKey, 'oauth_consumer_key', self::MAX_BYTES);
        if ($consumerSecret === '' || strlen($consumerSecret) > self::MAX_BYTES) {
            throw new RefedgeException('invalid_key', 'consumer_secret');
        }
        if ($token !== '') {
            self::checkParameter($token, 'oauth_token', self::MAX_BYTES);
        }
        if (strlen($tokenSecret) > self::MAX_BYTES) {
            throw new RefedgeException('invalid_key', 'token_secret');
        }
    }

    /** Whether $value can stand in the header under $name. */
    public static function checkParameter(string $value, string $name, int $maxBytes): void
    {
        $problem = match (true) {
            $value === '' => 'missing_field',
            !preg_match('//u', $value) => 'invalid_utf8',
            strlen($value) > $maxBytes => 'too_long',
            (bool) preg_match('/[\x00-\x1f\x7f]/', $value) => 'invalid_field',
            default => null,
        };
        if ($problem !== null) {
            throw new RefedgeException($problem, $name);
        }
    }

    /** Keeps the secrets out of var_dump() and print_r(). */
    public function __debugInfo(): array
    {
        return ['consumerKey' => $this->consumerKey, 'token' => $this->token];
    }
}
