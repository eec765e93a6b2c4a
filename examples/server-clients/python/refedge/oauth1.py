"""Signs a request by OAuth 1.0, HMAC-SHA1 (docs/protocol.md#oauth-10, RFC 5849).

    header = authorization_header("POST", url, form, Credentials(consumer_key, consumer_secret))
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from .canonical_json import utf8_length
from .errors import RefedgeError

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_METHOD = re.compile(r"[A-Za-z]{1,32}")
_URL = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#:@\[\]]+|\[[0-9a-f:.]+\])(?::(?P<port>0|[1-9][0-9]{0,4}))?"
                  r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#.*)?", re.IGNORECASE)
_PRINTABLE = re.compile(r"[!-~]+")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LAST_PORT = 65535
_LAST_SECOND = 253402300799  # of the year 9999
_MAX_KEY_BYTES = 256
_MAX_NONCE_BYTES = 128
_MAX_URL_BYTES = 8192
_MAX_PARAMETERS = 256


@dataclass(frozen=True)
class Credentials:
    """Who signs. The token stays empty where the server knows consumers only ("two-legged")."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    token: str = ""
    token_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _check_parameter(self.consumer_key, "oauth_consumer_key", _MAX_KEY_BYTES)
        _check_secret(self.consumer_secret, "consumer_secret", 1)
        if self.token:
            _check_parameter(self.token, "oauth_token", _MAX_KEY_BYTES)
        _check_secret(self.token_secret, "token_secret", 0)


def authorization_header(method: str, url: str, form: Iterable[tuple[str, str]], credentials: Credentials, *,
                         nonce: str | None = None, timestamp: int | None = None) -> str:
    """Returns the value of the Authorization header.

    `form` is the body's fields when it is application/x-www-form-urlencoded, else empty: other bodies are not signed.
    The server refuses a nonce that it saw before; leave `nonce` and `timestamp` out but for tests.
    """
    pairs = list(form)
    _check_parameters(pairs, "form")
    protocol = {
        "oauth_nonce": secrets.token_hex(16) if nonce is None else nonce,
        "oauth_timestamp": str(_checked_time(int(time.time()) if timestamp is None else timestamp)),
        "oauth_consumer_key": credentials.consumer_key,
        "oauth_token": credentials.token,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_version": "1.0",
    }
    _check_parameter(protocol["oauth_nonce"], "oauth_nonce", _MAX_NONCE_BYTES)
    protocol = {name: value for name, value in protocol.items() if value}
    signature = _sign(base_string(method, url, [*pairs, *protocol.items()]), credentials)
    written = ", ".join(f'{name}="{_encode(value)}"' for name, value in {"oauth_signature": signature, **protocol}.items())
    return f"OAuth {written}"


def base_string(method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Returns what is signed (RFC 5849, 3.4.1): method, address without query, all parameters in order."""
    if not _METHOD.fullmatch(method):
        raise RefedgeError("invalid_field", "method")
    address = _base_uri(url)
    encoded = sorted((_encode(name), _encode(value)) for name, value in [*_query(url), *parameters])
    normalized = "&".join(f"{name}={value}" for name, value in encoded)
    return "&".join(_encode(part) for part in (method.upper(), address, normalized))


def _base_uri(url: str) -> str:
    parts = _split(url)
    scheme = parts["scheme"].lower()
    is_default = parts["port"] in (None, _DEFAULT_PORTS[scheme])
    return f"{scheme}://{parts['host'].lower()}{'' if is_default else ':' + parts['port']}{parts['path'] or '/'}"


def _query(url: str) -> list[tuple[str, str]]:
    query = _split(url)["query"] or ""
    if _BAD_PERCENT.search(query):
        raise RefedgeError("invalid_percent_encoding", "url")
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    _check_parameters(pairs, "url")
    return pairs


def _split(url: str) -> re.Match[str]:
    # Not urlsplit(), which drops line breaks and takes any character.
    if len(url) > _MAX_URL_BYTES:
        raise RefedgeError("too_long", "url")
    parts = _URL.fullmatch(url)
    if not parts or not _PRINTABLE.fullmatch(url) or int(parts["port"] or 0) > _LAST_PORT:
        raise RefedgeError("invalid_field", "url")
    return parts


def _check_parameters(pairs: list[tuple[str, str]], where: str) -> None:
    if len(pairs) > _MAX_PARAMETERS:
        raise RefedgeError("too_many", where)
    if any(name.startswith("oauth_") for name, _ in pairs):  # they stand in the header, and nowhere else
        raise RefedgeError("duplicate_field", where)


def _sign(base: str, credentials: Credentials) -> str:
    key = f"{_encode(credentials.consumer_secret)}&{_encode(credentials.token_secret)}"
    return base64.b64encode(hmac.digest(key.encode("ascii"), base.encode("ascii"), hashlib.sha1)).decode("ascii")


def _encode(text: str) -> str:
    return quote(text.encode("utf-8", "surrogateescape"), safe="-._~")  # RFC 5849, 3.6: all but letters, digits, these


def _check_parameter(value: str, name: str, max_bytes: int) -> None:
    if not value:
        raise RefedgeError("missing_field", name)
    if utf8_length(value, name) > max_bytes:
        raise RefedgeError("too_long", name)
    if _CONTROL.search(value):  # it stands in a header
        raise RefedgeError("invalid_field", name)


def _check_secret(value: str, name: str, min_bytes: int) -> None:
    if not min_bytes <= len(value.encode("utf-8", "surrogateescape")) <= _MAX_KEY_BYTES:
        raise RefedgeError("invalid_key", name)


def _checked_time(timestamp: int) -> int:
    if not 1 <= timestamp <= _LAST_SECOND:
        raise RefedgeError("invalid_field", "oauth_timestamp")
    return timestamp
