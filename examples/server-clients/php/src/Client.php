<?php
declare(strict_types=1);

namespace Refedge;

/**
 * One market's API (docs/protocol.md#origin-http-api), with PHP's own HTTP (allow_url_fopen).
 *
 *     $refedge = new Client('https://bp.example.com', $marketId, $authToken);
 *     $links = $refedge->signUp('refer-a-friend', ['email' => 'jane@example.com', 'first_name' => 'Jane']);
 *     $refedge->confirm('ORDER123', 'confirmed');
 *     $rows = $refedge->report('refer-a-friend');
 */
final class Client
{
    public const STATUSES = ['confirmed', 'failed', 'manual-pass', 'restore'];

    public function __construct(
        private readonly string $baseUrl,
        private readonly string $marketId,
        #[\SensitiveParameter] private readonly string $authToken,
        private readonly float $timeoutSeconds = 10,
    ) {
        $scheme = parse_url($baseUrl, PHP_URL_SCHEME);
        $isLoopback = in_array(parse_url($baseUrl, PHP_URL_HOST), ['localhost', '127.0.0.1', '[::1]'], true);
        if ($scheme !== 'https' && !($scheme === 'http' && $isLoopback)) {
            throw new RefedgeException('invalid_field', 'base_url'); // the token must not travel in the clear
        }
        if (preg_match('/[\r\n]/', $marketId . $authToken)) {
            throw new RefedgeException('invalid_field', 'auth_token'); // they become header lines
        }
    }

    /**
     * Gives a customer a share link.
     *
     * @param array<string, mixed> $signup email, first_name; and if you like last_name, custom_field_value,
     *                                     client_data (an object or a keyed array), locale
     */
    public function signUp(string $campaignSlug, array $signup, bool $sendAutoInviteEmail = false): Links
    {
        [$status, $body] = $this->post('/api/signups', [
            'campaign_slug' => $campaignSlug,
            'send_auto_invite_email' => $sendAutoInviteEmail,
            'signup' => $signup,
        ]);
        return new Links($body['share_url'], $body['dashboard_url'], $status === 201);
    }

    /** Settles a referral with one of STATUSES; returns the status it has now. Repeating it is harmless. */
    public function confirm(string $orderNumber, string $status, ?string $rewardCategory = null): string
    {
        $order = ['order_number' => $orderNumber, 'status' => $status, 'reward_category' => $rewardCategory];
        $isGiven = fn (?string $value): bool => $value !== null;
        return $this->post('/api/referrals/confirmations', ['order' => array_filter($order, $isGiven)])[1]['status'];
    }

    /**
     * Who referred whom, the last 7 days unless told (Unix seconds, at most 90 days): one array for each referral. A
     * cell that a spreadsheet would run (`=`, `+`, `-`, `@` first) starts with an apostrophe.
     *
     * @return list<array<string, string>>
     */
    public function report(string $campaignSlug, ?int $startsAt = null, ?int $endsAt = null): array
    {
        $query = http_build_query(['starts_at' => $startsAt, 'ends_at' => $endsAt]);
        $path = '/api/reports/who_referred_whom/' . rawurlencode($campaignSlug);
        [, $csv] = $this->send('GET', $path . ($query === '' ? '' : "?$query"));
        return self::rows($csv);
    }

    /** @return array{int, array<string, mixed>} status and body */
    private function post(string $path, array $body): array
    {
        $json = json_encode($body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
        [$status, $answer] = $this->send('POST', $path, $json);
        return [$status, json_decode($answer, true, flags: JSON_THROW_ON_ERROR)];
    }

    /** @return array{int, string} status and body */
    private function send(string $method, string $path, string $body = ''): array
    {
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => ["auth_id: $this->marketId", "auth_token: $this->authToken", 'Content-Type: application/json'],
            'content' => $body,
            'timeout' => $this->timeoutSeconds,
            'follow_location' => 0, // a redirect would carry the token to wherever it points
            'ignore_errors' => true, // an error's body names the field at fault
        ]]);
        $answer = @file_get_contents(rtrim($this->baseUrl, '/') . $path, false, $context);
        $status = (int) (explode(' ', $http_response_header[0] ?? '')[1] ?? 0);
        if ($answer === false || $status < 200 || $status > 299) {
            throw ApiException::of($status, (string) $answer);
        }
        return [$status, $answer];
    }

    /** @return list<array<string, string>> */
    private static function rows(string $csv): array
    {
        $file = fopen('php://memory', 'w+');
        fwrite($file, $csv);
        rewind($file);
        $header = fgetcsv($file, null, ',', '"', ''); // RFC 4180 has no escape character, PHP would have one
        $rows = [];
        while (($row = fgetcsv($file, null, ',', '"', '')) !== false) {
            $rows[] = array_combine($header, $row);
        }
        fclose($file);
        return $rows;
    }
}
