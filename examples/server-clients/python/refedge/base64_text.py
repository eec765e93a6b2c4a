"""Base64 as it arrives from mails, forms and configuration files (docs/protocol.md#base64)."""

import base64

# The URL-safe alphabet becomes the standard one; blanks and line breaks go.
_TO_STANDARD = str.maketrans({"-": "+", "_": "/", " ": None, "\r": None, "\n": None, "\t": None})


def decode(text: str) -> bytes:
    """Returns the bytes. Raises ValueError for what is no Base64, or a second spelling of the same bytes."""
    text = text.translate(_TO_STANDARD)
    if "=" not in text:
        text += "=" * (-len(text) % 4)
    decoded = base64.b64decode(text, validate=True)
    if base64.b64encode(decoded).decode("ascii") != text:  # bits left over in the last character
        raise ValueError("bits left over")
    return decoded
