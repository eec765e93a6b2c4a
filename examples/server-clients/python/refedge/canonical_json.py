"""Canonical JSON: the exact bytes that are signed (docs/protocol.md#canonical-json)."""

import json
from collections.abc import Mapping, Sequence

from .errors import RefedgeError

_MAX_FIELDS = 64
_MAX_KEY_BYTES = 128
_MAX_VALUE_BYTES = 8192


class Literal(str):
    """The text of a JSON value that is signed as it was written: `Literal("12.50")` stays `12.50`.

    `json.loads(text, parse_int=Literal, parse_float=Literal)` keeps every number of a document that way.
    """


def canonical_object(members: Sequence[tuple[str, object]]) -> bytes:
    """Returns one compact JSON object as UTF-8, its members in the order given. Raises RefedgeError, naming the key."""
    if len(members) > _MAX_FIELDS:
        raise RefedgeError("too_many", "fields")
    written: dict[str, str] = {}
    for key, value in members:
        _check_key(key)
        if key in written:
            raise RefedgeError("duplicate_field", key)
        written[key] = f"{_quote(key)}:{_checked_value(value, key)}"
    return "{{{}}}".format(",".join(written.values())).encode("utf-8")


def utf8_length(text: str, field: str) -> int:
    """Returns the bytes of `text` in UTF-8. A lone surrogate has no UTF-8: `invalid_utf8`."""
    try:
        return len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise RefedgeError("invalid_utf8", field) from error


def _check_key(key: str) -> None:
    if not key:
        raise RefedgeError("missing_field", "key")
    if utf8_length(key, "key") > _MAX_KEY_BYTES:
        raise RefedgeError("too_long", "key")


def _checked_value(value: object, key: str) -> str:
    # The limit is on a value as given, before its escapes.
    text = value if isinstance(value, str) else _write(value, key)
    if utf8_length(text, key) > _MAX_VALUE_BYTES:
        raise RefedgeError("too_long", key)
    return _write(value, key)


def _write(value: object, key: str) -> str:
    if isinstance(value, Literal):
        return _literal(value, key)
    if isinstance(value, str):
        return _quote(value)
    if value is None or isinstance(value, (bool, int)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{_quote(str(name))}:{_write(item, key)}" for name, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_write(item, key) for item in value) + "]"
    # A float does not know how it was written (12.50 or 12.5, 1e-7 or 1e-07), so it has no canonical form.
    raise RefedgeError("invalid_field", key)


def _quote(text: str) -> str:
    # With `ensure_ascii` off Python escapes just what the protocol escapes: `"`, `\` and the controls below U+0020.
    return json.dumps(text, ensure_ascii=False)


def _literal(value: Literal, key: str) -> str:
    try:
        json.loads(value, parse_constant=_refuse_constant)
    except ValueError as error:
        raise RefedgeError("invalid_field", key) from error
    return str(value)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")  # Python reads NaN and Infinity, JSON has neither
