"""Calls of the merchant API (docs/protocol.md#origin-http-api), with the standard library alone.

    refedge = Client("https://bp.example.com", market_id, auth_token)
    links = refedge.sign_up("refer-a-friend", email="jane@example.com", first_name="Jane")
    refedge.confirm("ORDER123", "confirmed")
    rows = refedge.report("refer-a-friend")
"""

import csv
import http.client
import io
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from .errors import RefedgeError

STATUSES = ("confirmed", "failed", "manual-pass", "restore")


@dataclass(frozen=True)
class Links:
    """A referrer's links. `is_new` is False when the referrer was signed up before."""

    share_url: str
    dashboard_url: str
    is_new: bool


class ApiError(Exception):
    """An answer that is not a success; `status` is 0 when there was no answer at all.

    `errors` holds `{"field", "reason", "message"}` for each problem.
    """

    def __init__(self, status: int, errors: list[dict[str, str]]) -> None:
        named = "; ".join(f"{error.get('field', '?')}: {error.get('reason', '?')}" for error in errors)
        message = f"refedge answered {status}" if status else "refedge did not answer"
        super().__init__(message + (f" ({named})" if named else ""))
        self.status = status
        self.errors = errors


class Client:
    """One market's API. Safe to share between threads: it keeps no connection and no state."""

    def __init__(self, base_url: str, market_id: str, auth_token: str, timeout_seconds: float = 10) -> None:
        _check_base_url(base_url)
        self._base_url = base_url.rstrip("/")
        self._headers = {"auth_id": market_id, "auth_token": auth_token}
        self._timeout = timeout_seconds
        # A redirect would carry the token to wherever it points: the API has none, so any is an error.
        self._opener = urllib.request.build_opener(_NoRedirect)

    def sign_up(self, campaign_slug: str, *, email: str, first_name: str, last_name: str = "",
                send_auto_invite_email: bool = False, **optional: object) -> Links:
        """Gives a customer a share link. `optional`: custom_field_value, client_data (a dict), locale."""
        signup = {"email": email, "first_name": first_name, "last_name": last_name, **optional}
        status, body = self._post("/api/signups", {
            "campaign_slug": campaign_slug, "send_auto_invite_email": send_auto_invite_email,
            "signup": {name: value for name, value in signup.items() if value not in ("", None)}})
        return Links(body["share_url"], body["dashboard_url"], status == 201)

    def confirm(self, order_number: str, status: str, reward_category: str = "") -> str:
        """Settles a referral with one of STATUSES and returns the status it has now. Repeating it is harmless."""
        order = {"order_number": order_number, "status": status}
        if reward_category:
            order["reward_category"] = reward_category
        return self._post("/api/referrals/confirmations", {"order": order})[1]["status"]

    def report(self, campaign_slug: str, starts_at: int | None = None, ends_at: int | None = None) -> list[dict[str, str]]:
        """Who referred whom, the last 7 days unless told (Unix seconds, at most 90 days): one dict for each referral.

        A cell that a spreadsheet would run (`=`, `+`, `-`, `@` first) starts with an apostrophe.
        """
        window = {"starts_at": starts_at, "ends_at": ends_at}
        query = urlencode({name: value for name, value in window.items() if value is not None})
        path = f"/api/reports/who_referred_whom/{quote(campaign_slug, safe='')}"
        _, answer = self._send(urllib.request.Request(self._base_url + path + (f"?{query}" if query else "")))
        return list(csv.DictReader(io.StringIO(answer.decode("utf-8"), newline="")))

    def _post(self, path: str, body: dict[str, object]) -> tuple[int, dict[str, object]]:
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        request = urllib.request.Request(self._base_url + path, data, {"Content-Type": "application/json"}, method="POST")
        status, answer = self._send(request)
        return status, json.loads(answer)

    def _send(self, request: urllib.request.Request) -> tuple[int, bytes]:
        for name, value in self._headers.items():
            request.add_unredirected_header(name, value)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                raise ApiError(error.code, _errors(error.read())) from None
        except (OSError, http.client.HTTPException) as error:  # no connection, a timeout, half an answer
            raise ApiError(0, []) from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None  # urllib then raises the redirect as an HTTPError


def _errors(body: bytes) -> list[dict[str, str]]:
    try:
        return list(json.loads(body)["errors"])
    except (ValueError, KeyError, TypeError):  # a proxy's page, not refedge's answer
        return []


def _check_base_url(base_url: str) -> None:
    parts = urlsplit(base_url)
    is_loopback = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback):
        raise RefedgeError("invalid_field", "base_url")  # the token must not travel in the clear
