"""Friendbuy v1's signature of a whole request body (docs/protocol.md#body-signature-friendbuy-v1).

The header is X-FRIENDBUY-SIGNATURE.
"""

import base64
import hashlib
import hmac
import re

from .errors import RefedgeError

_MAX_BODY_BYTES = 256 * 1024
_MAX_KEY_BYTES = 256
# Base64 of the 20 bytes of a SHA-1, whose last character has no bits left over.
_SIGNATURE = re.compile(r"[A-Za-z0-9+/_-]{26}[AEIMQUYcgkosw048]=")


def sign_body(body: bytes, secret_key: str) -> str:
    """Returns the header's value for the body's bytes as they travel: Base64 of their HMAC-SHA1."""
    key = secret_key.encode("utf-8", "surrogateescape")  # a key need not be UTF-8
    if not 1 <= len(key) <= _MAX_KEY_BYTES:
        raise RefedgeError("invalid_key", "secret_key")
    if len(body) > _MAX_BODY_BYTES:
        raise RefedgeError("too_long", "body")
    return base64.b64encode(hmac.digest(key, body, hashlib.sha1)).decode("ascii")


def verify_body(body: bytes, signature: str, secret_key: str) -> None:
    """Returns when the header's value is that of the body, else raises RefedgeError.

    Pass the bytes received, not JSON written again.
    """
    expected = sign_body(body, secret_key)
    given = signature.strip(" \t")
    if not given:
        raise RefedgeError("missing_field", "signature")
    if not _SIGNATURE.fullmatch(given):
        raise RefedgeError("invalid_field", "signature")
    if not hmac.compare_digest(expected, given):
        raise RefedgeError("signature_mismatch", "signature")
