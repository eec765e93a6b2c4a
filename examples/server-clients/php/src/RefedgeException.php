<?php
declare(strict_types=1);

namespace Refedge;

/**
 * Input that cannot be signed, opened or sent.
 *
 * $reason is one of the stable names of docs/protocol.md#errors; $field names what is at fault and never holds its
 * value, so the message may be logged.
 */
final class RefedgeException extends \InvalidArgumentException
{
    public function __construct(public readonly string $reason, public readonly string $field)
    {
        parent::__construct("$field: $reason");
    }
}
