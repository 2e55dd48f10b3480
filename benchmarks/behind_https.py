"""The portal as a web server behind a proxy that speaks HTTPS has it, for tools that cannot send the proxy's header."""

from collections.abc import Iterable
from typing import Any

from partnership.wsgi import application as portal


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer a request as if a proxy had received it by HTTPS."""
    return portal({**environ, "HTTP_X_FORWARDED_PROTO": "https"}, start_response)
