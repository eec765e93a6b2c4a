"""The attribution cookies `_refedge` and `_refedge_js` (docs/protocol.md#cookies).

    keys = read_cookie_keys(path.read_text())[market_id]
    cookie = verify_cookie(request.cookies["_refedge"], keys)   # None: not ours, or tampered with
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .errors import RefedgeError

_MAC_BYTES = 16
_MIN_KEY_BYTES, _MAX_KEY_BYTES = 32, 64
_BODY = re.compile(r"1\.(?P<code>[A-Za-z0-9_-]{1,32})\.(?P<click_id>[0-9a-f-]{36})?\.(?P<captured_at>0|[1-9][0-9]{0,18})")
_CLICK_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_KEY_ID = re.compile(r"[A-Za-z0-9_-]")


@dataclass(frozen=True)
class Cookie:
    """What a cookie says: who referred, by which click ("" in the script's cookie), when (Unix seconds)."""

    code: str
    click_id: str
    captured_at: int


@dataclass(frozen=True)
class CookieKey:
    """One key of a market's ring. The first key of a ring signs; all of them verify."""

    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not _KEY_ID.fullmatch(self.id):
            raise RefedgeError("invalid_value", "key_id")
        if not _MIN_KEY_BYTES <= len(self.secret) <= _MAX_KEY_BYTES:
            raise RefedgeError("invalid_value", "key")


def parse_cookie(value: str) -> Cookie | None:
    """Reads a cookie without a tag, as the script writes it to `_refedge_js`. Anybody can have written it."""
    match = _BODY.fullmatch(value)
    if not match or (match["click_id"] and not _CLICK_ID.fullmatch(match["click_id"])):
        return None
    return Cookie(match["code"], match["click_id"] or "", int(match["captured_at"]))


def sign_cookie(cookie: Cookie, key: CookieKey) -> str:
    """Returns the value of `_refedge`: the cookie, the key's id and the tag."""
    body = f"1.{cookie.code}.{cookie.click_id}.{cookie.captured_at}"
    if not cookie.click_id or parse_cookie(body) != cookie:
        raise RefedgeError("invalid_value", "cookie")
    return f"{body}.{_tag(body, key)}"


def verify_cookie(value: str, keys: Iterable[CookieKey]) -> Cookie | None:
    """Returns what a `_refedge` cookie says when its tag holds under one of the market's keys, else None."""
    body, dot, tag = value.rpartition(".")
    key = next((key for key in keys if key.id == tag[:1]), None)
    if not dot or key is None:
        return None
    # The tag is compared as text, so that a second spelling of the same Base64 is refused.
    if not hmac.compare_digest(_tag(body, key).encode(), tag.encode("utf-8", "replace")):
        return None
    return parse_cookie(body)


def read_cookie_keys(text: str) -> dict[str, list[CookieKey]]:
    """Reads what `refedge market keys` prints: for each market id its keys, the signing key first."""
    rings: dict[str, list[CookieKey]] = {}
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 3:
            raise RefedgeError("invalid_value", "cookie_keys")
        market_id, key_id, secret = words
        rings.setdefault(market_id, []).append(CookieKey(key_id, _secret_bytes(secret)))
    return rings


def _secret_bytes(secret: str) -> bytes:
    try:
        return base64.b64decode(secret, validate=True)
    except binascii.Error as error:
        raise RefedgeError("invalid_value", "cookie_keys") from error


def _tag(body: str, key: CookieKey) -> str:
    mac = hmac.digest(key.secret, body.encode("utf-8", "replace"), hashlib.sha256)[:_MAC_BYTES]
    return key.id + base64.urlsafe_b64encode(mac).decode("ascii").rstrip("=")
