"""What an action says when it will not do as asked."""


class Refused(Exception):
    """A rule of the house said no; nothing was written.

    `reason` is a short code for tests and logs; `message` is the sentence for the person, already in her language.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = str(message)

    def __str__(self) -> str:
        return self.message
