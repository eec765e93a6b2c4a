"""Verifies a webhook signed by the Standard Webhooks scheme (docs/protocol.md#webhook-signatures-standard-webhooks).

    try:
        verify_webhook(request.body, request.headers, [current_secret, former_secret])
    except RefedgeError:
        return Response(status=400)
    event = json.loads(request.body)
"""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Mapping, Sequence

from . import base64_text
from .errors import RefedgeError

_PREFIX = "whsec_"
_MIN_KEY_BYTES, _MAX_KEY_BYTES = 24, 64
_MAX_SECRETS = 8
_MAX_BODY_BYTES = 256 * 1024
_MAX_SIGNATURE_CHARACTERS = 4096
_ID = re.compile(r"[!-\-/-~]+")  # printable ASCII without the dot, which ends it in what is signed
_MAX_ID_CHARACTERS = 128
_TIMESTAMP = re.compile(r"0|[1-9][0-9]{0,11}")
_LAST_SECOND = 253402300799  # of the year 9999


def verify_webhook(body: bytes, headers: Mapping[str, str], secrets: Sequence[str], *, now: int | None = None,
                   tolerance_seconds: int = 300) -> None:
    """Returns when the body is authentic and fresh, else raises RefedgeError.

    Pass the bytes received, not JSON written again. `secrets` holds every active secret, so that they can rotate.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    message_id = _checked_id(lower.get("webhook-id", ""))
    timestamp = _checked_timestamp(lower.get("webhook-timestamp", ""))
    if len(body) > _MAX_BODY_BYTES:
        raise RefedgeError("too_long", "body")
    keys = _keys(secrets)
    signatures = _signatures(lower.get("webhook-signature", ""))
    signed = f"{message_id}.{timestamp}.".encode("ascii") + body
    expected = [base64.b64encode(hmac.digest(key, signed, hashlib.sha256)) for key in keys]
    # Every secret meets every signature, so that the time tells nothing.
    hits = [hmac.compare_digest(each, given.encode("utf-8", "replace")) for each in expected for given in signatures]
    if not any(hits):
        raise RefedgeError("signature_mismatch", "signature")
    _check_age(int(timestamp), int(time.time()) if now is None else now, tolerance_seconds)


def _checked_id(message_id: str) -> str:
    if not message_id:
        raise RefedgeError("missing_field", "id")
    if len(message_id) > _MAX_ID_CHARACTERS:
        raise RefedgeError("too_long", "id")
    if not _ID.fullmatch(message_id):
        raise RefedgeError("invalid_field", "id")
    return message_id


def _checked_timestamp(timestamp: str) -> str:
    if not timestamp:
        raise RefedgeError("missing_field", "timestamp")
    if not _TIMESTAMP.fullmatch(timestamp) or int(timestamp) > _LAST_SECOND:
        raise RefedgeError("invalid_field", "timestamp")
    return timestamp


def _signatures(header: str) -> list[str]:
    if len(header) > _MAX_SIGNATURE_CHARACTERS:
        raise RefedgeError("too_long", "signature")
    entries = header.strip(" \t").split(" ")
    if entries == [""]:
        raise RefedgeError("missing_field", "signature")
    known = [entry.removeprefix("v1,") for entry in entries if entry.startswith("v1,")]
    if not known:
        raise RefedgeError("unsupported_version", "signature")
    return known


def _keys(secrets: Sequence[str]) -> list[bytes]:
    if not secrets:
        raise RefedgeError("missing_field", "secrets")
    if len(secrets) > _MAX_SECRETS:
        raise RefedgeError("too_many", "secrets")
    return [_key(secret) for secret in secrets]


def _key(secret: str) -> bytes:
    try:
        key = base64_text.decode(secret.removeprefix(_PREFIX))
    except ValueError as error:
        raise RefedgeError("invalid_key", "secret") from error
    if not secret.startswith(_PREFIX) or not _MIN_KEY_BYTES <= len(key) <= _MAX_KEY_BYTES:
        raise RefedgeError("invalid_key", "secret")
    return key


def _check_age(timestamp: int, now: int, tolerance_seconds: int) -> None:
    if timestamp < now - tolerance_seconds:
        raise RefedgeError("too_old", "timestamp")
    if timestamp > now + tolerance_seconds:
        raise RefedgeError("in_the_future", "timestamp")
