"""A real mail server for the outbox's tests."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from devtools.mail import Sink


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """Return a counting SMTP server that the portal sends to."""
    with Sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server
