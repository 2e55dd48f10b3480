"""What is wrong in one line of a file that somebody wants to import."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class LineError:
    """A reason in the reader's language, with its line number from 1 (0 if it is about the whole file), and the name of
    the file where several are read at once.
    """

    line: int
    reason: str
    file: str = ""

    def __str__(self) -> str:
        if self.file:
            return f"{self.file}:{self.line}: {self.reason}"
        return _("Line %(line)d: %(reason)s") % {"line": self.line, "reason": self.reason} if self.line else self.reason
