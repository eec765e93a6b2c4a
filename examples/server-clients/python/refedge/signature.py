"""Signatures of tracking, embedding and sign-up (docs/protocol.md#signatures).

Sign on your server: the secret key must never reach a page.

    signature = sign({"customer_email": "john@doe.com", "order_number": "ORDER123"},
                     "customer_email, order_number", secret_key)
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

from .canonical_json import canonical_object, utf8_length
from .errors import RefedgeError

TRACKING_KEYS = ("order_number", "customer_email")
SIGN_UP_KEYS = ("name", "email")

_MAX_SIGNED_KEYS = 32
_MAX_SECRET_BYTES = 256
_SIGNATURE = re.compile(r"[0-9a-fA-F]{64}")
# They carry the signature itself, so they cannot be under it.
_UNSIGNABLE = {"secret", "signature"}


def sign(fields: Mapping[str, object], signed_keys: str, secret_key: str, required: Iterable[str] = ()) -> str:
    """Returns the signature: 64 lower-case hex digits.

    `fields` are the values exactly as they will be sent: "true" and True differ. Put the same `signed_keys` text into
    the request. `required` (TRACKING_KEYS, SIGN_UP_KEYS) names keys that `signed_keys` must hold.
    """
    _check_secret(secret_key)
    return _digest([*_members(fields, signed_keys, required), ("secret", secret_key)])


def verify(fields: Mapping[str, object], signed_keys: str, signature: str, secret_key: str,
           required: Iterable[str] = ()) -> None:
    """Returns when `signature` is that of `fields`, else raises RefedgeError: `signature_mismatch`, or what is wrong."""
    _check_secret(secret_key)
    members = [*_members(fields, signed_keys, required), ("secret", secret_key)]
    if not signature:
        raise RefedgeError("missing_field", "signature")
    if not _SIGNATURE.fullmatch(signature):
        raise RefedgeError("invalid_field", "signature")
    # Both readings of "alphabetical order" are always compared, so that the time tells nothing.
    secret_last = hmac.compare_digest(signature.lower(), _digest(members))
    secret_sorted = hmac.compare_digest(signature.lower(), _digest(sorted(members, key=_byte_order)))
    if not secret_last | secret_sorted:
        raise RefedgeError("signature_mismatch", "signature")


def _members(fields: Mapping[str, object], signed_keys: str, required: Iterable[str]) -> list[tuple[str, object]]:
    keys = _split(signed_keys)
    if not set(keys).issuperset(required):
        raise RefedgeError("invalid_field", "signed_keys")
    for key in keys:
        if key not in fields:
            raise RefedgeError("missing_field", key)
    return sorted(((key, fields[key]) for key in keys), key=_byte_order)


def _split(signed_keys: str) -> list[str]:
    keys = [key.strip(" \t") for key in signed_keys.split(",")]
    if not all(keys):
        raise RefedgeError("missing_field", "signed_keys")
    if len(keys) > _MAX_SIGNED_KEYS:
        raise RefedgeError("too_many", "signed_keys")
    if len(set(keys)) < len(keys):
        raise RefedgeError("duplicate_field", "signed_keys")
    if _UNSIGNABLE.intersection(keys):
        raise RefedgeError("invalid_field", "signed_keys")
    return keys


def _byte_order(member: tuple[str, object]) -> bytes:
    return member[0].encode("utf-8", "surrogatepass")


def _check_secret(secret_key: str) -> None:
    try:
        length = utf8_length(secret_key, "secret_key")
    except RefedgeError as error:
        raise RefedgeError("invalid_key", "secret_key") from error
    if not 1 <= length <= _MAX_SECRET_BYTES:
        raise RefedgeError("invalid_key", "secret_key")


def _digest(members: list[tuple[str, object]]) -> str:
    return hashlib.sha256(canonical_object(members)).hexdigest()
