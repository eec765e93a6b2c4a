<?php
// Opens and makes a bp_e with PHP's OpenSSL, and signs with PHP's own JSON and hash.
declare(strict_types=1);

const CANONICAL = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS;

function open_metadata(array $given): string
{
    $encrypted = base64_decode(rawurldecode($given['bp_e']));
    return openssl_decrypt($encrypted, 'aes-256-ecb', substr($given['key'], 0, 32), OPENSSL_RAW_DATA);
}

function make_metadata(array $given): string
{
    $text = $given['text'] === '' ? '{}' : $given['text'];
    return rawurlencode(openssl_encrypt($text, 'aes-256-ecb', substr($given['key'], 0, 32)));
}

function signed(array $given): array
{
    $fields = $given['fields'];
    ksort($fields, SORT_STRING);
    return $fields + ['secret' => $given['secret']];
}

function sign(array $given): string
{
    return hash('sha256', json_encode(signed($given), CANONICAL));
}

function sign_as_it_comes(array $given): string
{
    return hash('sha256', json_encode(signed($given)));
}

function sign_body(array $given): string
{
    return base64_encode(hash_hmac('sha1', $given['body'], $given['secret'], true));
}

$cases = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
echo json_encode(array_map(fn (array $given) => $given['do']($given), $cases), JSON_THROW_ON_ERROR);
