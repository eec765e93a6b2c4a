<?php
declare(strict_types=1);

namespace Refedge;

/** Canonical JSON: the exact bytes that are signed (docs/protocol.md#canonical-json). */
final class CanonicalJson
{
    // Without these PHP escapes `/`, everything beyond ASCII, and U+2028 and U+2029; the protocol escapes none of them.
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;
    private const MAX_FIELDS = 64;
    private const MAX_KEY_BYTES = 128;
    private const MAX_VALUE_BYTES = 8192;

    /**
     * One compact JSON object, its members in the order given.
     *
     * @param list<array{string, mixed}> $members pairs of key and value
     * @throws RefedgeException that names the key
     */
    public static function object(array $members): string
    {
        if (count($members) > self::MAX_FIELDS) {
            throw new RefedgeException('too_many', 'fields');
        }
        $written = [];
        foreach ($members as [$key, $value]) {
            self::checkKey($key);
            if (isset($written[$key])) {
                throw new RefedgeException('duplicate_field', $key);
            }
            $written[$key] = self::quote($key, $key) . ':' . self::checkedValue($value, $key);
        }
        return '{' . implode(',', $written) . '}';
    }

    private static function checkKey(string $key): void
    {
        if ($key === '') {
            throw new RefedgeException('missing_field', 'key');
        }
        if (!preg_match('//u', $key)) {
            throw new RefedgeException('invalid_utf8', 'key');
        }
        if (strlen($key) > self::MAX_KEY_BYTES) {
            throw new RefedgeException('too_long', 'key');
        }
    }

    private static function checkedValue(mixed $value, string $key): string
    {
        $text = self::write($value, $key);
        // The limit is on a value as given, before its escapes.
        if (strlen(is_string($value) ? $value : $text) > self::MAX_VALUE_BYTES) {
            throw new RefedgeException('too_long', $key);
        }
        return $text;
    }

    private static function write(mixed $value, string $key): string
    {
        return match (true) {
            $value instanceof Literal => self::literal($value, $key),
            is_string($value) => self::quote($value, $key),
            $value === null, is_bool($value), is_int($value) => json_encode($value),
            is_array($value) => self::nested($value, $key),
            // A float does not know how it was written (12.50 or 12.5), so it has no canonical form.
            default => throw new RefedgeException('invalid_field', $key),
        };
    }

    private static function quote(string $text, string $key): string
    {
        $json = json_encode($text, self::FLAGS);
        return $json !== false ? $json : throw new RefedgeException('invalid_utf8', $key);
    }

    private static function literal(Literal $value, string $key): string
    {
        if (!preg_match('//u', $value->text)) {
            throw new RefedgeException('invalid_utf8', $key);
        }
        return $value->isJson() ? $value->text : throw new RefedgeException('invalid_field', $key);
    }

    private static function nested(array $value, string $key): string
    {
        if (array_is_list($value)) {
            return '[' . implode(',', array_map(fn ($item) => self::write($item, $key), $value)) . ']';
        }
        $members = array_map(
            fn ($name, $item) => self::quote((string) $name, $key) . ':' . self::write($item, $key),
            array_keys($value),
            $value,
        );
        return '{' . implode(',', $members) . '}';
    }
}
