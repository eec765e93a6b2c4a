"""Verifies a webhook signed by the Standard Webhooks scheme (docs/protocol.md#webhook-signatures-standard-webhooks).

    try:
        verify_webhook(request.body, request.headers, [current_secret, former_secret])
    except RefedgeError:
        return Response(status=400)
    event = json.loads(request.body)
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Iterable, Mapping

from .errors import RefedgeError

_PREFIX = "whsec_"
_MIN_KEY_BYTES, _MAX_KEY_BYTES = 24, 64


def verify_webhook(body: bytes, headers: Mapping[str, str], secrets: Iterable[str], *, now: float | None = None,
                   tolerance_seconds: int = 300) -> None:
    """Returns when the body is authentic and fresh, else raises RefedgeError.

    Pass the bytes received, not JSON written again. `secrets` holds every active secret, so that they can rotate.
    """
    message_id, timestamp, signatures = _headers(headers)
    signed = f"{message_id}.{timestamp}.".encode() + body
    given = [word.removeprefix("v1,") for word in signatures.split(" ") if word.startswith("v1,")]
    # Every secret meets every signature, so that the time tells nothing.
    hits = [hmac.compare_digest(_sign(secret, signed), word.encode()) for secret in secrets for word in given]
    if not any(hits):
        raise RefedgeError("signature_mismatch", "webhook-signature")
    _check_age(int(timestamp), time.time() if now is None else now, tolerance_seconds)


def _headers(headers: Mapping[str, str]) -> tuple[str, str, str]:
    lower = {name.lower(): value for name, value in headers.items()}
    values = []
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        if not lower.get(name):
            raise RefedgeError("missing_field", name)
        values.append(lower[name])
    message_id, timestamp, signatures = values
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 18):
        raise RefedgeError("invalid_field", "webhook-timestamp")
    return message_id, timestamp, signatures


def _sign(secret: str, signed: bytes) -> bytes:
    return base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256))


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise RefedgeError("invalid_key", "secret") from error
    if not _MIN_KEY_BYTES <= len(key) <= _MAX_KEY_BYTES:
        raise RefedgeError("invalid_key", "secret")
    return key


def _check_age(timestamp: int, now: float, tolerance_seconds: int) -> None:
    if timestamp < now - tolerance_seconds:
        raise RefedgeError("too_old", "webhook-timestamp")
    if timestamp > now + tolerance_seconds:
        raise RefedgeError("in_the_future", "webhook-timestamp")
