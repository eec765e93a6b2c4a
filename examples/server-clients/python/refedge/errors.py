"""The one kind of error that this client raises about its input."""


class RefedgeError(ValueError):
    """Input that cannot be signed, opened or sent.

    `code` is one of the stable names of docs/protocol.md#errors; `field` names what is at fault and never holds its
    value, so the message may be logged.
    """

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{field}: {code}")
        self.code = code
        self.field = field
