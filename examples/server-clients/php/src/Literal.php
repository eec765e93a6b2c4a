<?php
declare(strict_types=1);

namespace Refedge;

/** The text of a JSON value that is signed as it was written: new Literal('12.50') stays 12.50. */
final class Literal
{
    public function __construct(public readonly string $text)
    {
    }

    public function isJson(): bool
    {
        json_decode($this->text);
        return json_last_error() === JSON_ERROR_NONE;
    }
}
