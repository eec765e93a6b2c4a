<?php
declare(strict_types=1);

// Makes API calls with the PHP client: JSON lines in, JSON lines out; address and credentials from the environment.

require __DIR__ . '/../../examples/server-clients/php/refedge.php';

use Refedge\{ApiException, Client, Cookie, CookieKey, RefedgeException, Signature};

function client(): Client
{
    return new Client(getenv('BASE_URL'), getenv('MARKET_ID'), getenv('AUTH_TOKEN'), 20);
}

function signUp(array $call): array
{
    $links = client()->signUp($call['campaign'], $call['signup'], $call['send_auto_invite_email'] ?? false);
    return ['share_url' => $links->shareUrl, 'dashboard_url' => $links->dashboardUrl, 'is_new' => $links->isNew];
}

function track(array $call): array
{
    $keys = 'order_number, customer_email, order_value';
    $signature = Signature::sign($call['order'], $keys, getenv('SECRET_KEY'), Signature::TRACKING_KEYS);
    return [...$call['order'], 'signed_keys' => $keys, 'signature' => $signature];
}

/** Signs by the market's first key, as its edge does. */
function signCookie(array $call): string
{
    $key = CookieKey::readFile(getenv('COOKIE_KEYS'))[getenv('MARKET_ID')][0];
    return (new Cookie($call['code'], $call['click_id'], $call['captured_at']))->sign($key);
}

$operations = [
    'sign_up' => signUp(...),
    'track' => track(...),
    'sign_cookie' => signCookie(...),
    'confirm' => fn (array $call): string => client()->confirm($call['order_number'], $call['status']),
    'report' => fn (array $call): array =>
        client()->report($call['campaign'], $call['starts_at'] ?? null, $call['ends_at'] ?? null),
];

while (($line = fgets(STDIN)) !== false) {
    $call = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    try {
        $answer = ['out' => $operations[$call['operation']]($call)];
    } catch (ApiException $error) {
        $answer = ['api_error' => ['status' => $error->status, 'errors' => $error->errors, 'text' => $error->getMessage()]];
    } catch (RefedgeException $error) {
        $answer = ['error' => ['code' => $error->reason, 'field' => $error->field]];
    }
    echo json_encode($answer, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
}
