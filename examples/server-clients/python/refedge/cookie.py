"""The attribution cookies `_refedge` and `_refedge_js` (docs/protocol.md#cookies).

    keys = read_cookie_keys(path.read_text())[market_id]
    try:
        cookie = verify_cookie(request.cookies["_refedge"], keys)
    except RefedgeError:
        ...  # not written by this market's edge: as if there were none
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import base64_text
from .errors import RefedgeError

_MAC_BYTES = 16
_MIN_KEY_BYTES, _MAX_KEY_BYTES = 32, 64
_MAX_KEYS = 16
_MAX_SECONDS = 253402300799  # the last second of the year 9999

_CODE = re.compile(r"[A-Za-z0-9_-]{1,32}")
_CLICK_ID = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})?")
_KEY_ID = re.compile(r"[A-Za-z0-9_-]")
_OTHER_VERSION = re.compile(r"(?!1\.)[0-9]{1,3}\.")
_COOKIE = re.compile(r"1\.([^.]*)\.([^.]*)\.(0|[1-9][0-9]{0,11})(?:\.[A-Za-z0-9_-]{23})?")


@dataclass(frozen=True)
class Cookie:
    """What a cookie says: who referred, by which click ("" in the script's cookie), when (Unix seconds)."""

    code: str
    click_id: str
    captured_at: int

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise RefedgeError("invalid_field", "code")
        if not _CLICK_ID.fullmatch(self.click_id):
            raise RefedgeError("invalid_field", "click_id")
        if not 0 <= self.captured_at <= _MAX_SECONDS:
            raise RefedgeError("invalid_field", "captured_at")

    def __str__(self) -> str:
        return f"1.{self.code}.{self.click_id}.{self.captured_at}"


@dataclass(frozen=True)
class CookieKey:
    """One key of a market's ring. The first key of a ring signs; all of them verify."""

    id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not (_KEY_ID.fullmatch(self.id) and _MIN_KEY_BYTES <= len(self.secret) <= _MAX_KEY_BYTES):
            raise RefedgeError("invalid_key", "cookie_key")


def parse_cookie(value: str) -> Cookie:
    """Reads either cookie and believes it: a tag is not checked. Anybody can have written what it says."""
    if _OTHER_VERSION.match(value):
        raise RefedgeError("unsupported_version", "cookie")
    match = _COOKIE.fullmatch(value)
    if not match:
        raise RefedgeError("invalid_field", "cookie")
    code, click_id, captured_at = match.groups()
    try:
        return Cookie(code, click_id, int(captured_at))
    except RefedgeError as error:
        raise RefedgeError("invalid_field", "cookie") from error


def sign_cookie(cookie: Cookie, key: CookieKey) -> str:
    """Returns the value of `_refedge`: the cookie, the key's id and the tag."""
    return f"{cookie}.{_tag(str(cookie), key)}"


def verify_cookie(value: str, keys: Sequence[CookieKey]) -> Cookie:
    """Returns what a `_refedge` cookie says when its tag holds under one of the market's keys, else raises."""
    if len(keys) > _MAX_KEYS:
        raise RefedgeError("too_many", "cookie_key")
    cookie = parse_cookie(value)
    tag = value.removeprefix(f"{cookie}").removeprefix(".")
    if not tag:
        raise RefedgeError("invalid_field", "cookie")
    key = next((key for key in keys if key.id == tag[0]), None)
    if key is None:
        raise RefedgeError("unknown_key_id", "cookie")
    # The tag is compared as text, so that a second spelling of the same Base64 is refused.
    if not hmac.compare_digest(_tag(str(cookie), key), tag):
        raise RefedgeError("signature_mismatch", "cookie")
    return cookie


def read_cookie_keys(text: str) -> dict[str, list[CookieKey]]:
    """Reads what `refedge market keys` prints: for each market id its keys, the signing key first."""
    rings: dict[str, list[CookieKey]] = {}
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) != 3:
            raise RefedgeError("invalid_key", "cookie_key")
        market_id, key_id, secret = words
        rings.setdefault(market_id, []).append(CookieKey(key_id, _secret_bytes(secret)))
    return rings


def _secret_bytes(secret: str) -> bytes:
    try:
        return base64_text.decode(secret)
    except ValueError as error:
        raise RefedgeError("invalid_key", "cookie_key") from error


def _tag(body: str, key: CookieKey) -> str:
    mac = hmac.digest(key.secret, body.encode("ascii"), hashlib.sha256)[:_MAC_BYTES]
    return key.id + base64.urlsafe_b64encode(mac).decode("ascii").rstrip("=")
