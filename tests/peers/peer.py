"""Opens and makes a bp_e with Python's cryptography, and signs with Python's own json, hashlib and hmac."""

import base64
import hashlib
import hmac
import json
import sys
from urllib.parse import quote, unquote

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7


def _cipher(key):
    return Cipher(algorithms.AES(key[:32].encode()), modes.ECB())


def open_metadata(given):
    decryptor = _cipher(given["key"]).decryptor()
    padded = decryptor.update(base64.b64decode(unquote(given["bp_e"]))) + decryptor.finalize()
    unpadder = PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def make_metadata(given):
    padder = PKCS7(128).padder()
    encryptor = _cipher(given["key"]).encryptor()
    padded = padder.update((given["text"] or "{}").encode()) + padder.finalize()
    return quote(base64.urlsafe_b64encode(encryptor.update(padded) + encryptor.finalize()))


def _signed(given):
    return {**dict(sorted(given["fields"].items())), "secret": given["secret"]}


def sign(given):
    text = json.dumps(_signed(given), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sign_as_it_comes(given):
    return hashlib.sha256(json.dumps(_signed(given)).encode()).hexdigest()


def sign_body(given):
    """Friendbuy's own sample, create_signature."""
    mac = hmac.new(given["secret"].encode("utf-8"), given["body"].encode("utf-8"), hashlib.sha1)
    return base64.b64encode(mac.digest()).strip().decode()


if __name__ == "__main__":
    DO = {f.__name__: f for f in (open_metadata, make_metadata, sign, sign_as_it_comes, sign_body)}
    json.dump([DO[given["do"]](given) for given in json.load(sys.stdin)], sys.stdout)
