"""Signatures of tracking, embedding and sign-up (docs/protocol.md#signatures).

Sign on your server: the secret key must never reach a page.

    signature = sign({"customer_email": "john@doe.com", "order_number": "ORDER123"},
                     "customer_email, order_number", secret_key)
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

from .canonical_json import canonical_object
from .errors import RefedgeError

TRACKING_KEYS = ("order_number", "customer_email")
SIGN_UP_KEYS = ("name", "email")

# They carry the signature itself, so they cannot be under it.
_UNSIGNABLE = ("secret", "signature")


def sign(fields: Mapping[str, object], signed_keys: str, secret_key: str, required: Iterable[str] = ()) -> str:
    """Returns the signature: 64 lower-case hex digits.

    `fields` are the values exactly as they will be sent: "true" and True differ. Put the same `signed_keys` text into
    the request. `required` (TRACKING_KEYS, SIGN_UP_KEYS) names keys that `signed_keys` must hold.
    """
    keys = _split(signed_keys, required)
    return _digest(_members(fields, keys) + [("secret", _checked_secret(secret_key))])


def verify(fields: Mapping[str, object], signed_keys: str, signature: str, secret_key: str,
           required: Iterable[str] = ()) -> bool:
    """Tells whether `signature` is that of `fields`. Input that cannot be signed at all raises RefedgeError."""
    members = _members(fields, _split(signed_keys, required))
    secret = ("secret", _checked_secret(secret_key))
    given = signature.strip().lower().encode("utf-8", "replace")
    secret_last = _digest(members + [secret]).encode()
    secret_sorted = _digest(sorted(members + [secret], key=_byte_order)).encode()
    # Both are always compared, so that the time tells nothing.
    return hmac.compare_digest(given, secret_last) | hmac.compare_digest(given, secret_sorted)


def _split(signed_keys: str, required: Iterable[str]) -> list[str]:
    keys = [key.strip() for key in signed_keys.split(",")]
    for key in required:
        if key not in keys:
            raise RefedgeError("missing_field", key)
    for key in _UNSIGNABLE:
        if key in keys:
            raise RefedgeError("invalid_value", "signed_keys")
    return keys


def _members(fields: Mapping[str, object], keys: list[str]) -> list[tuple[str, object]]:
    for key in keys:
        if key not in fields:
            raise RefedgeError("missing_field", key)
    return sorted(((key, fields[key]) for key in keys), key=_byte_order)


def _byte_order(member: tuple[str, object]) -> bytes:
    return member[0].encode("utf-8", "surrogatepass")


def _checked_secret(secret_key: str) -> str:
    if not secret_key:
        raise RefedgeError("missing_field", "secret_key")
    return secret_key


def _digest(members: list[tuple[str, object]]) -> str:
    return hashlib.sha256(canonical_object(members)).hexdigest()
