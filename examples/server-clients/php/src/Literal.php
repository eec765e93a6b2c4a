<?php
declare(strict_types=1);

namespace Refedge;

/** The text of a JSON value that is signed as it was written: new Literal('12.50') stays 12.50. */
final class Literal
{
    public function __construct(public readonly string $text)
    {
        json_decode($text);
        if (json_last_error() !== JSON_ERROR_NONE) {
            throw new RefedgeException('invalid_value', 'literal');
        }
    }
}
