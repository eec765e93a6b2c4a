"""Signs requests with requests-oauthlib, as prepared by requests, and judges ours with oauthlib's verifier."""

import json
import sys
from types import SimpleNamespace

import requests
from oauthlib.oauth1.rfc5849 import signature
from requests_oauthlib import OAuth1


def sign(given):
    """A request as requests would send it: its URL, body and Authorization header."""
    auth = OAuth1(given["consumer_key"], given["consumer_secret"], given["token"] or None, given["token_secret"] or None,
                  nonce=given["nonce"], timestamp=given["timestamp"], realm=given["realm"] or None)
    prepared = requests.Request(given["method"], given["url"], params=given["query"], data=given["form"] or None,
                                auth=auth).prepare()
    text = lambda value: value.decode() if isinstance(value, bytes) else value or ""
    return {"url": prepared.url, "form": text(prepared.body), "authorization": text(prepared.headers["Authorization"])}


def verify(given):
    """Whether oauthlib accepts a request of ours."""
    parameters = signature.collect_parameters(
        uri_query=given["url"].partition("?")[2], body=given["form"], exclude_oauth_signature=False,
        headers={"Authorization": given["authorization"]})
    signed = [(name, value) for name, value in parameters if name != "oauth_signature"]
    request = SimpleNamespace(http_method=given["method"], uri=given["url"], params=signed,
                              signature=dict(parameters)["oauth_signature"])
    return signature.verify_hmac_sha1(request, given["consumer_secret"], given["token_secret"])


if __name__ == "__main__":
    DO = {"sign": sign, "verify": verify}
    json.dump([DO[given["do"]](given) for given in json.load(sys.stdin)], sys.stdout)
