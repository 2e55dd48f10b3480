"""For tests that do a thing over and over from the same beginning."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Take back in the end whatever the block writes to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
