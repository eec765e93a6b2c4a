"""bp_e: customer details for a page, encrypted into one query parameter (docs/protocol.md#bp_e).

ECB proves nothing about who wrote a value: greet a visitor with what a bp_e says, never give something away for it.
Needs the `cryptography` package (Debian: python3-cryptography), as Python's standard library has no AES.
"""

import base64
import binascii
import json
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from .errors import RefedgeError

_KEY_BYTES = 32
_BLOCK_BITS = 128
# URL-safe Base64, and a `+` that a form decoder turned into a space, become the standard alphabet; line breaks go.
_TO_STANDARD = str.maketrans({"-": "+", "_": "/", " ": "+", "\r": None, "\n": None})


def encrypt(details: dict[str, object], auth_token: str) -> str:
    """Returns `details` as bp_e: standard Base64 with padding. Use `encrypt_for_url` for a link."""
    plain = json.dumps(details, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    padder = PKCS7(_BLOCK_BITS).padder()
    cipher = _cipher(auth_token).encryptor()
    padded = padder.update(plain) + padder.finalize()
    return base64.b64encode(cipher.update(padded) + cipher.finalize()).decode("ascii")


def encrypt_for_url(details: dict[str, object], auth_token: str) -> str:
    """Returns `details` as bp_e, percent-encoded: write it after `bp_e=`."""
    return quote(encrypt(details, auth_token), safe="")


def decrypt(bp_e: str, auth_token: str) -> dict[str, object]:
    """Returns the details inside `bp_e`, which may still be percent-encoded.

    Raises RefedgeError `invalid_ciphertext` for whatever is wrong with it: an attacker must not learn which.
    """
    cipher = _cipher(auth_token).decryptor()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    try:
        padded = cipher.update(_decode(bp_e)) + cipher.finalize()
        details = json.loads(unpadder.update(padded) + unpadder.finalize())
    except ValueError as error:  # Base64, length, padding, UTF-8 and JSON errors are all of this type
        raise RefedgeError("invalid_ciphertext", "bp_e") from error
    if not isinstance(details, dict):
        raise RefedgeError("invalid_ciphertext", "bp_e")
    return details


def _decode(bp_e: str) -> bytes:
    text = unquote(bp_e) if "%" in bp_e else bp_e
    text = text.strip("\r\n").translate(_TO_STANDARD).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not Base64") from error


def _cipher(auth_token: str) -> Cipher:
    key = auth_token.encode("utf-8")[:_KEY_BYTES]
    if len(key) < _KEY_BYTES:
        raise RefedgeError("too_short", "auth_token")
    return Cipher(algorithms.AES(key), modes.ECB())  # the published format asks for ECB
