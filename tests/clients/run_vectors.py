"""Answers vector cases with the Python client: JSON lines in, JSON lines out, values in hex.

A case's `in` is the record of the operation; the answer is {"out": [...]} or {"error": {"code", "field"}}.
"""

import json
import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl, unquote

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples/server-clients/python"))

import refedge  # noqa: E402
from refedge.canonical_json import Literal, canonical_object  # noqa: E402
from refedge.metadata import decrypt_text, encrypt_text  # noqa: E402
from refedge.oauth1 import base_string  # noqa: E402


def text(value: str) -> str:
    # Bytes that are no UTF-8 become lone surrogates, which is how a Python program would carry them.
    return bytes.fromhex(value).decode("utf-8", "surrogateescape")


def members(record: list[str]) -> list[tuple[str, object]]:
    triples = zip(record[0::3], record[1::3], record[2::3], strict=True)
    return [(text(key), Literal(text(value)) if text(kind) == "r" else text(value)) for key, value, kind in triples]


def seconds(value: str) -> int:
    """The client takes a number: what is no decimal number here is one that no cookie can hold."""
    digits = text(value)
    is_decimal = digits.isdigit() and (digits == "0" or not digits.startswith("0"))
    return int(digits) if is_decimal else -1


def cookie_parts(cookie: refedge.Cookie) -> list[str]:
    return [cookie.code, cookie.click_id, str(cookie.captured_at)]


def ring(record: list[str]) -> list[refedge.CookieKey]:
    return [refedge.CookieKey(text(key_id), bytes.fromhex(key)) for key_id, key in zip(record[0::2], record[1::2])]


def verify_signature(record: list[str]) -> list[str]:
    refedge.verify(dict(members(record[3:])), text(record[1]), text(record[2]), text(record[0]))
    return [""]


def sign_cookie(record: list[str]) -> list[str]:
    key = refedge.CookieKey(text(record[0]), bytes.fromhex(record[1]))
    return [refedge.sign_cookie(refedge.Cookie(text(record[2]), text(record[3]), seconds(record[4])), key)]


def verify_body(record: list[str]) -> list[str]:
    refedge.verify_body(bytes.fromhex(record[0]), text(record[1]), text(record[2]))
    return [""]


def verify_webhook(record: list[str]) -> list[str]:
    headers = dict(zip(("Webhook-Id", "webhook-timestamp", "WEBHOOK-SIGNATURE"), map(text, record)))
    now, tolerance = int(text(record[4])), int(text(record[5]))
    secrets = [text(secret) for secret in record[6:]]
    refedge.verify_webhook(bytes.fromhex(record[3]), headers, secrets, now=now, tolerance_seconds=tolerance)
    return [""]


def sign_oauth_request(record: list[str]) -> list[str]:
    method, url, form, consumer_key, consumer_secret, token, token_secret, timestamp, nonce = map(text, record)
    pairs = parse_qsl(form, keep_blank_values=True, errors="surrogateescape")
    credentials = refedge.Credentials(consumer_key, consumer_secret, token, token_secret)
    return [refedge.authorization_header(method, url, pairs, credentials, nonce=nonce, timestamp=seconds(timestamp.encode().hex()))]


def build_oauth_base_string(record: list[str]) -> list[str]:
    """A server's operation: it gets the header, of which the client makes the parameters."""
    method, url, form, header = map(text, record)
    words = re.findall(r'([^\s,="]+)="([^"]*)"', header)
    signed = [(unquote(name), unquote(value)) for name, value in words if name not in ("realm", "oauth_signature")]
    pairs = parse_qsl(form, keep_blank_values=True, errors="surrogateescape")
    return [base_string(method, url, [*pairs, *signed])]


OPERATIONS = {
    "write_json_object": lambda r: [canonical_object(members(r)).decode("utf-8")],
    "build_signature": lambda r: [refedge.sign(dict(members(r[2:])), text(r[1]), text(r[0]))],
    "verify_signature": verify_signature,
    "encrypt_metadata": lambda r: [encrypt_text(text(r[1]), text(r[0]))],
    "decrypt_metadata": lambda r: [decrypt_text(text(r[1]), text(r[0]))],
    "build_cookie": lambda r: [str(refedge.Cookie(text(r[0]), text(r[1]), seconds(r[2])))],
    "parse_cookie": lambda r: cookie_parts(refedge.parse_cookie(text(r[0]))),
    "sign_cookie": sign_cookie,
    "verify_cookie": lambda r: cookie_parts(refedge.verify_cookie(text(r[0]), ring(r[1:]))),
    "build_body_signature": lambda r: [refedge.sign_body(bytes.fromhex(r[0]), text(r[1]))],
    "verify_body_signature": verify_body,
    "verify_webhook": verify_webhook,
    "sign_oauth_request": sign_oauth_request,
    "build_oauth_base_string": build_oauth_base_string,
}


def answer(line: str) -> dict[str, object]:
    case = json.loads(line)
    try:
        return {"out": [value.encode("utf-8").hex() for value in OPERATIONS[case["operation"]](case["in"])]}
    except refedge.RefedgeError as error:
        return {"error": {"code": error.code, "field": error.field}}


for each in sys.stdin:
    print(json.dumps(answer(each)))
