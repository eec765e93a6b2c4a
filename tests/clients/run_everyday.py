"""What a merchant's program says with the Python client beyond the vectors, as one line of JSON for each input line."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples/server-clients/python"))

import refedge  # noqa: E402

SECRET = "afd46269f68a4b63b6a926d8bad9f5b5"
TOKEN = "fd7cf959-8a3d-431e-975b-b5d3f36aa710"
DETAILS = {"email": "zoë@shop.example", "name": "Zoë O/Neil", "auto": "true"}
KEYS_FILE = """# made by refedge market keys
m1 b AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
m1 a ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=   # the former key

m2 c AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
"""


def refusal(attempt) -> str:
    try:
        attempt()
        return "accepted"
    except refedge.RefedgeError as error:
        return str(error)


def nested() -> str:
    fields = {"a": [1, None, True, {"b": "x/é"}], "n": refedge.Literal("12.50")}
    return refedge.sign(fields, "a, n", SECRET)


def everyday() -> dict:
    key = refedge.read_cookie_keys(KEYS_FILE)["m1"][0]
    order = {"customer_email": "john@doe.com", "order_number": "ORDER123"}
    headers = [refedge.authorization_header("POST", "https://api.example.com/r", [], refedge.Credentials("ck", "cs")) for _ in range(2)]
    return {
        "opened": refedge.decrypt(refedge.encrypt(DETAILS, TOKEN), TOKEN),
        "url": refedge.encrypt_for_url(DETAILS, TOKEN),
        "array": refusal(lambda: refedge.decrypt(refedge.metadata.encrypt_text("[1]", TOKEN), TOKEN)),
        "no json": refusal(lambda: refedge.decrypt(refedge.metadata.encrypt_text("{", TOKEN), TOKEN)),
        "nested": nested(),
        "float": refusal(lambda: refedge.sign({"order_value": 12.5}, "order_value", SECRET)),
        "no literal": refusal(lambda: refedge.sign({"order_value": refedge.Literal("12,50")}, "order_value", SECRET)),
        "required": refedge.sign(order, "order_number,customer_email", SECRET, refedge.TRACKING_KEYS),
        "not required": refusal(lambda: refedge.sign(order, "order_number", SECRET, refedge.TRACKING_KEYS)),
        "rings": {market: [each.id for each in ring] for market, ring in refedge.read_cookie_keys(KEYS_FILE).items()},
        "bad ring": refusal(lambda: refedge.read_cookie_keys("m1 a")),
        "bad key": refusal(lambda: refedge.read_cookie_keys("m1 a AAEC")),
        "cookie": refedge.sign_cookie(refedge.Cookie("k7", "", 5), key),
        "secrets shown": any(word in repr([key, refedge.Credentials("ck", "hidden!")]) for word in ("hidden!", "\\x01", "secret=")),
        "nonces differ": headers[0] != headers[1],
    }


for _ in sys.stdin:
    print(json.dumps(everyday(), ensure_ascii=False))
