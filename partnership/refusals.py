"""The exception that an action raises to refuse."""


class Refused(Exception):
    """A rule was broken; nothing was written. `reason` is a short code for tests and logs; `message` is the sentence
    for the reader, already in their language.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = str(message)

    def __str__(self) -> str:
        return self.message
