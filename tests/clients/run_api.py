"""Makes API calls with the Python client: JSON lines in, JSON lines out; address and credentials from the environment."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples/server-clients/python"))

import refedge  # noqa: E402


def client() -> refedge.Client:
    return refedge.Client(os.environ["BASE_URL"], os.environ["MARKET_ID"], os.environ["AUTH_TOKEN"], timeout_seconds=20)


def sign_up(call: dict) -> dict:
    auto_invite = call.get("send_auto_invite_email", False)
    return asdict(client().sign_up(call["campaign"], send_auto_invite_email=auto_invite, **call["signup"]))


def track(call: dict) -> dict:
    keys = "order_number, customer_email, order_value"
    signature = refedge.sign(call["order"], keys, os.environ["SECRET_KEY"], refedge.TRACKING_KEYS)
    return {**call["order"], "signed_keys": keys, "signature": signature}


def sign_cookie(call: dict) -> str:
    """Signs by the market's first key, as its edge does."""
    key = refedge.read_cookie_keys(os.environ["COOKIE_KEYS"])[os.environ["MARKET_ID"]][0]
    return refedge.sign_cookie(refedge.Cookie(call["code"], call["click_id"], call["captured_at"]), key)


OPERATIONS = {
    "sign_up": sign_up,
    "track": track,
    "sign_cookie": sign_cookie,
    "confirm": lambda call: client().confirm(call["order_number"], call["status"]),
    "report": lambda call: client().report(call["campaign"], call.get("starts_at"), call.get("ends_at")),
}


def answer(line: str) -> dict:
    call = json.loads(line)
    try:
        return {"out": OPERATIONS[call["operation"]](call)}
    except refedge.ApiError as error:
        return {"api_error": {"status": error.status, "errors": error.errors, "text": str(error)}}
    except refedge.RefedgeError as error:
        return {"error": {"code": error.code, "field": error.field}}


for each in sys.stdin:
    print(json.dumps(answer(each)))
