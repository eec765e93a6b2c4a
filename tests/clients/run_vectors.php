<?php
declare(strict_types=1);

// Answers vector cases with the PHP client: JSON lines in, JSON lines out, values in hex. A case's `in` is the record
// of the operation; the answer is {"out": [...]} or {"error": {"code", "field"}}.

require __DIR__ . '/../../examples/server-clients/php/refedge.php';

use Refedge\{BodySignature, CanonicalJson, Cookie, CookieKey, Literal, Metadata, OAuth1, OAuth1Credentials};
use Refedge\{RefedgeException, Signature, Webhook};

/** @return list<array{string, mixed}> */
function members(array $record): array
{
    $member = fn (array $triple): array => [$triple[0], $triple[2] === 'r' ? new Literal($triple[1]) : $triple[1]];
    return array_map($member, array_chunk($record, 3));
}

function fields(array $record): array
{
    return array_column(members($record), 1, 0);
}

/** The client takes a number: what is no decimal number here is one that no cookie can hold. */
function seconds(string $digits): int
{
    return preg_match('/\A(0|[1-9][0-9]{0,17})\z/', $digits) ? (int) $digits : -1;
}

function parts(Cookie $cookie): array
{
    return [$cookie->code, $cookie->clickId, (string) $cookie->capturedAt];
}

function ring(array $record): array
{
    return array_map(fn (array $pair): CookieKey => new CookieKey(...$pair), array_chunk($record, 2));
}

function verifySignature(array $r): array
{
    Signature::verify(fields(array_slice($r, 3)), $r[1], $r[2], $r[0]);
    return [''];
}

function signCookie(array $r): array
{
    $key = new CookieKey($r[0], $r[1]);
    return [(new Cookie($r[2], $r[3], seconds($r[4])))->sign($key)];
}

function verifyBody(array $r): array
{
    BodySignature::verify($r[0], $r[1], $r[2]);
    return [''];
}

function verifyWebhook(array $r): array
{
    $headers = ['Webhook-Id' => $r[0], 'webhook-timestamp' => $r[1], 'WEBHOOK-SIGNATURE' => $r[2]];
    Webhook::verify($r[3], $headers, array_slice($r, 6), (int) $r[4], (int) $r[5]);
    return [''];
}

/** @return list<array{string, string}> the pairs of a url-encoded form */
function pairs(string $form): array
{
    $pieces = array_values(array_filter(explode('&', $form), fn (string $piece): bool => $piece !== ''));
    return array_map(fn (string $piece): array => array_map(urldecode(...), array_pad(explode('=', $piece, 2), 2, '')), $pieces);
}

function signOauthRequest(array $r): array
{
    $credentials = new OAuth1Credentials($r[3], $r[4], $r[5], $r[6]);
    return [OAuth1::authorizationHeader($r[0], $r[1], pairs($r[2]), $credentials, $r[8], seconds($r[7]))];
}

/** A server's operation: it gets the header, of which the client makes the parameters. */
function buildOauthBaseString(array $r): array
{
    preg_match_all('/([^\s,="]+)="([^"]*)"/', $r[3], $words, PREG_SET_ORDER);
    $isSigned = fn (array $word): bool => !in_array($word[1], ['realm', 'oauth_signature'], true);
    $signed = array_map(fn (array $word): array => [rawurldecode($word[1]), rawurldecode($word[2])], array_filter($words, $isSigned));
    return [OAuth1::baseString($r[0], $r[1], [...pairs($r[2]), ...$signed])];
}

$operations = [
    'write_json_object' => fn (array $r): array => [CanonicalJson::object(members($r))],
    'build_signature' => fn (array $r): array => [Signature::sign(fields(array_slice($r, 2)), $r[1], $r[0])],
    'verify_signature' => verifySignature(...),
    'encrypt_metadata' => fn (array $r): array => [Metadata::encryptText($r[1], $r[0])],
    'decrypt_metadata' => fn (array $r): array => [Metadata::decryptText($r[1], $r[0])],
    'build_cookie' => fn (array $r): array => [(string) new Cookie($r[0], $r[1], seconds($r[2]))],
    'parse_cookie' => fn (array $r): array => parts(Cookie::parse($r[0])),
    'sign_cookie' => signCookie(...),
    'verify_cookie' => fn (array $r): array => parts(Cookie::verify($r[0], ring(array_slice($r, 1)))),
    'build_body_signature' => fn (array $r): array => [BodySignature::sign($r[0], $r[1])],
    'verify_body_signature' => verifyBody(...),
    'verify_webhook' => verifyWebhook(...),
    'sign_oauth_request' => signOauthRequest(...),
    'build_oauth_base_string' => buildOauthBaseString(...),
];

while (($line = fgets(STDIN)) !== false) {
    $case = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    try {
        $out = $operations[$case['operation']](array_map(hex2bin(...), $case['in']));
        $answer = ['out' => array_map(bin2hex(...), $out)];
    } catch (RefedgeException $error) {
        $answer = ['error' => ['code' => $error->reason, 'field' => $error->field]];
    }
    echo json_encode($answer), "\n";
}
