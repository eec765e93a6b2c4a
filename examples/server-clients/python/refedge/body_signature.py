"""Friendbuy v1's signature of a whole request body (docs/protocol.md#body-signature-friendbuy-v1)."""

import base64
import hashlib
import hmac

from .errors import RefedgeError

HEADER = "X-FRIENDBUY-SIGNATURE"


def sign_body(body: bytes, secret_key: str) -> str:
    """Returns the value of X-FRIENDBUY-SIGNATURE for the body's bytes as they travel: Base64 of HMAC-SHA1."""
    return base64.b64encode(hmac.digest(secret_key.encode("utf-8"), body, hashlib.sha1)).decode("ascii")


def verify_body(body: bytes, signature: str, secret_key: str) -> None:
    """Returns when the header's value is that of the body, else raises RefedgeError `signature_mismatch`.

    Pass the bytes received, not JSON written again.
    """
    expected = sign_body(body, secret_key).encode("ascii")
    if not hmac.compare_digest(expected, signature.strip(" \t").encode("utf-8", "replace")):
        raise RefedgeError("signature_mismatch", "signature")
