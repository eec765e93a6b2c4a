<?php
declare(strict_types=1);

namespace Refedge;

/** Canonical JSON: the exact bytes that are signed (docs/protocol.md#canonical-json). */
final class CanonicalJson
{
    // Without these PHP escapes `/`, everything beyond ASCII, and U+2028 and U+2029; the protocol escapes none of them.
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;

    /**
     * One compact JSON object, its members in the order given.
     *
     * @param list<array{string, mixed}> $members pairs of key and value
     */
    public static function object(array $members): string
    {
        $written = [];
        foreach ($members as [$key, $value]) {
            $written[] = self::text($key, $key) . ':' . self::value($value, $key);
        }
        return '{' . implode(',', $written) . '}';
    }

    private static function value(mixed $value, string $field): string
    {
        return match (true) {
            $value instanceof Literal => $value->text,
            is_string($value) => self::text($value, $field),
            $value === null, is_bool($value), is_int($value) => json_encode($value),
            is_array($value) => self::nested($value, $field),
            // A float does not know how it was written (12.50 or 12.5), so it has no canonical form.
            default => throw new RefedgeException('invalid_value', $field),
        };
    }

    private static function text(string $value, string $field): string
    {
        $json = json_encode($value, self::FLAGS);
        if ($json === false) {
            throw new RefedgeException('invalid_utf8', $field);
        }
        return $json;
    }

    private static function nested(array $value, string $field): string
    {
        if (array_is_list($value)) {
            return '[' . implode(',', array_map(fn ($item) => self::value($item, $field), $value)) . ']';
        }
        $members = array_map(
            fn ($key, $item) => self::text((string) $key, $field) . ':' . self::value($item, $field),
            array_keys($value),
            $value,
        );
        return '{' . implode(',', $members) . '}';
    }
}
