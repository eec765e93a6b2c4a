"""A merchant's Python 3.11 client of refedge: signatures, bp_e, cookies, webhooks and the merchant API."""

from .api import ApiError, Client, Links
from .body_signature import sign_body, verify_body
from .canonical_json import Literal
from .cookie import Cookie, CookieKey, parse_cookie, read_cookie_keys, sign_cookie, verify_cookie
from .errors import RefedgeError
from .metadata import decrypt, encrypt, encrypt_for_url
from .oauth1 import Credentials, authorization_header
from .signature import SIGN_UP_KEYS, TRACKING_KEYS, sign, verify
from .webhook import verify_webhook

__all__ = [
    "ApiError", "Client", "Cookie", "CookieKey", "Credentials", "Links", "Literal", "RefedgeError", "SIGN_UP_KEYS",
    "TRACKING_KEYS", "authorization_header", "decrypt", "encrypt", "encrypt_for_url", "parse_cookie", "read_cookie_keys",
    "sign", "sign_body", "sign_cookie", "verify", "verify_body", "verify_cookie", "verify_webhook",
]
