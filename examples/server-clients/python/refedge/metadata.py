"""bp_e: customer details for a page, encrypted into one query parameter (docs/protocol.md#bp_e).

ECB proves nothing about who wrote a value: greet a visitor with what a bp_e says, never give something away for it.
Needs the `cryptography` package (Debian: python3-cryptography), as Python's standard library has no AES.
"""

import base64
import json
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from . import base64_text
from .canonical_json import utf8_length
from .errors import RefedgeError

_KEY_BYTES = 32
_BLOCK_BITS = 128
_MAX_PLAIN_BYTES = 16384
_MAX_TEXT_CHARACTERS = 69632
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def encrypt(details: Mapping[str, object], auth_token: str) -> str:
    """Returns `details` as bp_e: standard Base64 with padding. Use `encrypt_for_url` for a link."""
    return encrypt_text(json.dumps(details, ensure_ascii=False, separators=(",", ":")), auth_token)


def encrypt_for_url(details: Mapping[str, object], auth_token: str) -> str:
    """Returns `details` as bp_e, percent-encoded: write it after `bp_e=`."""
    return quote(encrypt(details, auth_token), safe="")


def encrypt_text(text: str, auth_token: str) -> str:
    """Encrypts text that is JSON already."""
    cipher = _cipher(auth_token).encryptor()
    if utf8_length(text, "metadata") > _MAX_PLAIN_BYTES:
        raise RefedgeError("too_long", "metadata")
    padder = PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(text.encode("utf-8")) + padder.finalize()
    return base64.b64encode(cipher.update(padded) + cipher.finalize()).decode("ascii")


def decrypt(bp_e: str, auth_token: str) -> dict[str, object]:
    """Returns the details inside `bp_e`, percent-encoded or not.

    Raises RefedgeError: wrong key, length, padding or content are all `invalid_ciphertext`, so that nobody can learn
    by trying which it was.
    """
    try:
        details = json.loads(decrypt_text(bp_e, auth_token))
    except json.JSONDecodeError as error:
        raise RefedgeError("invalid_ciphertext", "bp_e") from error
    if not isinstance(details, dict):
        raise RefedgeError("invalid_ciphertext", "bp_e")
    return details


def decrypt_text(bp_e: str, auth_token: str) -> str:
    """Decrypts to the text inside, whatever it is."""
    cipher = _cipher(auth_token).decryptor()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    blocks = _decode(bp_e)
    try:
        padded = cipher.update(blocks) + cipher.finalize()
        return (unpadder.update(padded) + unpadder.finalize()).decode("utf-8")
    except ValueError as error:
        raise RefedgeError("invalid_ciphertext", "bp_e") from error


def _decode(bp_e: str) -> bytes:
    if len(bp_e) > _MAX_TEXT_CHARACTERS:
        raise RefedgeError("too_long", "bp_e")
    if _BAD_PERCENT.search(bp_e):
        raise RefedgeError("invalid_percent_encoding", "bp_e")
    try:
        blocks = base64_text.decode(unquote(bp_e).replace(" ", "+"))  # a form decoder turned each + into a space
    except ValueError as error:
        raise RefedgeError("invalid_base64", "bp_e") from error
    if len(blocks) > _MAX_PLAIN_BYTES + _BLOCK_BITS // 8:
        raise RefedgeError("too_long", "bp_e")
    return blocks


def _cipher(auth_token: str) -> Cipher:
    key = auth_token.encode("utf-8", "surrogatepass")[:_KEY_BYTES]
    if len(key) < _KEY_BYTES:
        raise RefedgeError("invalid_key", "auth_token")
    return Cipher(algorithms.AES(key), modes.ECB())  # the published format asks for ECB
