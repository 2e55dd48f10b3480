"""What is wrong in one line of a file that somebody wants to import."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineError:
    """A reason, with its line number from 1; 0 if it is about the whole file."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}" if self.line else self.reason
