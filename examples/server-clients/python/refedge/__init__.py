"""A merchant's Python 3.11 client of refedge: signatures, bp_e, cookies and the merchant API."""

from .api import ApiError, Client, Links
from .canonical_json import Literal, canonical_object
from .cookie import Cookie, CookieKey, parse_cookie, read_cookie_keys, sign_cookie, verify_cookie
from .errors import RefedgeError
from .metadata import decrypt, encrypt, encrypt_for_url
from .signature import SIGN_UP_KEYS, TRACKING_KEYS, sign, verify

__all__ = [
    "ApiError", "Client", "Cookie", "CookieKey", "Links", "Literal", "RefedgeError", "SIGN_UP_KEYS", "TRACKING_KEYS",
    "decrypt", "encrypt", "encrypt_for_url", "parse_cookie", "read_cookie_keys", "sign", "sign_cookie", "verify",
    "verify_cookie",
]
