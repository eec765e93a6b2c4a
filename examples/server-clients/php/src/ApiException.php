<?php
declare(strict_types=1);

namespace Refedge;

/** An answer that is not a success; $status is 0 when there was no answer at all. */
final class ApiException extends \RuntimeException
{
    /** @param list<array{field: string, reason: string, message: string}> $errors one for each problem */
    public function __construct(public readonly int $status, public readonly array $errors)
    {
        $named = array_map(fn (array $error): string => "{$error['field']}: {$error['reason']}", $errors);
        $message = $status === 0 ? 'refedge did not answer' : "refedge answered $status";
        parent::__construct($message . ($named === [] ? '' : ' (' . implode('; ', $named) . ')'));
    }

    /** Reads the body of an error; a proxy's page instead of refedge's answer names no problem. */
    public static function of(int $status, string $body): self
    {
        $errors = json_decode($body, true)['errors'] ?? [];
        $hasShape = fn (mixed $error): bool => is_string($error['field'] ?? null) && is_string($error['reason'] ?? null);
        return new self($status, is_array($errors) ? array_values(array_filter($errors, $hasShape)) : []);
    }
}
