"""Signs a request by OAuth 1.0, HMAC-SHA1 (docs/protocol.md#oauth-10, RFC 5849).

    header = authorization_header("POST", url, form, Credentials(consumer_key, consumer_secret))
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Credentials:
    """Who signs. The token stays empty where the server knows consumers only ("two-legged")."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    token: str = ""
    token_secret: str = field(default="", repr=False)


def authorization_header(method: str, url: str, form: Iterable[tuple[str, str]], credentials: Credentials, *,
                         realm: str | None = None, nonce: str | None = None, timestamp: int | None = None) -> str:
    """Returns the value of the Authorization header.

    `form` is the body's fields when it is application/x-www-form-urlencoded, else empty: other bodies are not signed.
    The server refuses a nonce that it saw before; leave `nonce` and `timestamp` out but for tests.
    """
    protocol = {
        "oauth_consumer_key": credentials.consumer_key,
        "oauth_token": credentials.token,
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": str(int(time.time()) if timestamp is None else timestamp),
        "oauth_nonce": nonce or secrets.token_hex(16),
    }
    protocol = {name: value for name, value in protocol.items() if value}
    base = base_string(method, url, [*form, *protocol.items()])
    protocol["oauth_signature"] = _sign(base, credentials)
    words = [] if realm is None else [f'realm="{realm}"']
    return "OAuth " + ", ".join(words + [f'{name}="{_encode(value)}"' for name, value in protocol.items()])


def base_string(method: str, url: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Returns what is signed (RFC 5849, 3.4.1): method, address without query, all parameters in order."""
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    encoded = sorted((_encode(name), _encode(value)) for name, value in [*query, *parameters])
    normalized = "&".join(f"{name}={value}" for name, value in encoded)
    return "&".join(_encode(part) for part in (method.upper(), _base_uri(url), normalized))


def _base_uri(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path or '/'}"


def _sign(base: str, credentials: Credentials) -> str:
    key = f"{_encode(credentials.consumer_secret)}&{_encode(credentials.token_secret)}"
    return base64.b64encode(hmac.digest(key.encode("ascii"), base.encode("ascii"), hashlib.sha1)).decode("ascii")


def _encode(text: str) -> str:
    return quote(text, safe="-._~")  # RFC 5849, 3.6: all but letters, digits and these
