"""Canonical JSON: the exact bytes that are signed (docs/protocol.md#canonical-json)."""

import json
from collections.abc import Iterable, Mapping

from .errors import RefedgeError


class Literal(str):
    """The text of a JSON value that is signed as it was written: `Literal("12.50")` stays `12.50`.

    `json.loads(text, parse_int=Literal, parse_float=Literal)` keeps every number of a document that way.
    """


def canonical_object(members: Iterable[tuple[str, object]]) -> bytes:
    """Returns one compact JSON object as UTF-8, its members in the order given."""
    written = ",".join(f"{_text(key)}:{_value(value, key)}" for key, value in members)
    try:
        return f"{{{written}}}".encode("utf-8")
    except UnicodeEncodeError as error:  # a lone surrogate has no UTF-8
        raise RefedgeError("invalid_utf8", "fields") from error


def _text(value: str) -> str:
    # With `ensure_ascii` off Python escapes just what the protocol escapes: `"`, `\` and the controls below U+0020.
    return json.dumps(value, ensure_ascii=False)


def _value(value: object, field: str) -> str:
    if isinstance(value, Literal):
        return _literal(value, field)
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_text(str(key))}:{_value(item, field)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_value(item, field) for item in value) + "]"
    # A float does not know how it was written (12.50 or 12.5, 1e-7 or 1e-07), so it has no canonical form.
    raise RefedgeError("invalid_value", field)


def _literal(value: Literal, field: str) -> str:
    try:
        json.loads(value, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RefedgeError("invalid_value", field) from error
    return str(value)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")  # Python reads NaN and Infinity, JSON has neither
