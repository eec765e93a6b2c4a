<?php
declare(strict_types=1);

namespace Refedge;

/** Base64 as it arrives from mails, forms and configuration files (docs/protocol.md#base64). */
final class Base64
{
    /** The bytes, or null for what is no Base64, or a second spelling of the same bytes. */
    public static function decode(#[\SensitiveParameter] string $text): ?string
    {
        $text = strtr(str_replace([' ', "\r", "\n", "\t"], '', $text), '-_', '+/');
        if (!str_contains($text, '=')) {
            $text .= str_repeat('=', -strlen($text) & 3);
        }
        $decoded = base64_decode($text, true);
        return $decoded !== false && base64_encode($decoded) === $text ? $decoded : null;
    }
}
