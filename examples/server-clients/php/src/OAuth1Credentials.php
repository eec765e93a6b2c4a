<?php
declare(strict_types=1);

namespace Refedge;

/** Who signs. The token stays empty where the server knows consumers only ("two-legged"). */
final class OAuth1Credentials
{
    public function __construct(
        public readonly string $consumerKey,
        #[\SensitiveParameter] public readonly string $consumerSecret,
        public readonly string $token = '',
        #[\SensitiveParameter] public readonly string $tokenSecret = '',
    ) {
    }

    /** Keeps the secrets out of var_dump() and print_r(). */
    public function __debugInfo(): array
    {
        return ['consumerKey' => $this->consumerKey, 'token' => $this->token];
    }
}
