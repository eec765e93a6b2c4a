<?php
declare(strict_types=1);

// What a merchant's program says with the PHP client beyond the vectors, as one line of JSON for each input line.

require __DIR__ . '/../../examples/server-clients/php/refedge.php';

use Refedge\{Cookie, CookieKey, Literal, Metadata, OAuth1, OAuth1Credentials, RefedgeException, Signature};

const SECRET = 'afd46269f68a4b63b6a926d8bad9f5b5';
const TOKEN = 'fd7cf959-8a3d-431e-975b-b5d3f36aa710';
const DETAILS = ['email' => 'zoë@shop.example', 'name' => 'Zoë O/Neil', 'auto' => 'true'];
const KEYS_FILE = <<<'KEYS'
# made by refedge market keys
m1 b AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
m1 a ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=   # the former key

m2 c AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=

KEYS;

function refusal(callable $attempt): string
{
    try {
        $attempt();
        return 'accepted';
    } catch (RefedgeException $error) {
        return $error->getMessage();
    }
}

function nested(): string
{
    $fields = ['a' => [1, null, true, ['b' => 'x/é']], 'n' => new Literal('12.50')];
    return Signature::sign($fields, 'a, n', SECRET);
}

function shown(mixed ...$values): string
{
    return print_r($values, true);
}

function header1(): string
{
    return OAuth1::authorizationHeader('POST', 'https://api.example.com/r', [], new OAuth1Credentials('ck', 'cs'));
}

function everyday(): array
{
    $key = CookieKey::readFile(KEYS_FILE)['m1'][0];
    $order = ['customer_email' => 'john@doe.com', 'order_number' => 'ORDER123'];
    $ids = fn (array $ring): array => array_map(fn (CookieKey $each): string => $each->id, $ring);
    $shown = shown($key, new OAuth1Credentials('ck', 'hidden!'));
    return [
        'opened' => Metadata::decrypt(Metadata::encrypt(DETAILS, TOKEN), TOKEN),
        'url' => Metadata::encryptForUrl(DETAILS, TOKEN),
        'array' => refusal(fn () => Metadata::decrypt(Metadata::encryptText('[1]', TOKEN), TOKEN)),
        'no json' => refusal(fn () => Metadata::decrypt(Metadata::encryptText('{', TOKEN), TOKEN)),
        'nested' => nested(),
        'float' => refusal(fn () => Signature::sign(['order_value' => 12.5], 'order_value', SECRET)),
        'no literal' => refusal(fn () => Signature::sign(['order_value' => new Literal('12,50')], 'order_value', SECRET)),
        'required' => Signature::sign($order, 'order_number,customer_email', SECRET, Signature::TRACKING_KEYS),
        'not required' => refusal(fn () => Signature::sign($order, 'order_number', SECRET, Signature::TRACKING_KEYS)),
        'rings' => array_map($ids, CookieKey::readFile(KEYS_FILE)),
        'bad ring' => refusal(fn () => CookieKey::readFile('m1 a')),
        'bad key' => refusal(fn () => CookieKey::readFile('m1 a AAEC')),
        'cookie' => (new Cookie('k7', '', 5))->sign($key),
        'secrets shown' => str_contains($shown, 'hidden!') || str_contains($shown, "\x01"),
        'nonces differ' => header1() !== header1(),
    ];
}

while (fgets(STDIN) !== false) {
    echo json_encode(everyday(), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
}
