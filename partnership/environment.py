"""Reads environment variables into settings. Pure. An error names the variable and the expected form, never the value,
which may contain a password.
"""

from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_OPTIONS = {
    "application_name",
    "connect_timeout",
    "keepalives_idle",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
}
EMAIL_SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for `postgres://user:pw@host:port/name` or `postgres:///name?host=/folder&user=me`."""
    parts = _split("DATABASE_URL", url)
    query = _query("DATABASE_URL", parts)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// since the portal runs on PostgreSQL only.")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured("DATABASE_URL must end in the name of one database: postgres://user@host:5432/name")
    place = {
        "NAME": name,
        "USER": query.pop("user", unquote(parts.username or "")),
        "PASSWORD": query.pop("password", unquote(parts.password or "")),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": query.pop("port", str(_port("DATABASE_URL", parts) or "")),
    }
    if unknown := sorted(set(query) - DATABASE_OPTIONS):
        raise ImproperlyConfigured(f"DATABASE_URL has an option that is not known here: {', '.join(unknown)}.")
    return {"ENGINE": "django.db.backends.postgresql", **place, "OPTIONS": query}


class MailServer(NamedTuple):
    """The server that emails are sent through, with its log-in."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    ssl: bool


def email_from_url(url: str) -> MailServer:
    """Return the mail server of `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://user:pw@host:port`."""
    parts = _split("EMAIL_URL", url)
    if parts.scheme not in EMAIL_SCHEMES or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@host:587 (or smtp://, smtps://).")
    if parts.password and parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("EMAIL_URL would send its password in the clear: use smtp+tls:// or smtps://.")
    return MailServer(
        host=parts.hostname,
        port=_port("EMAIL_URL", parts) or EMAIL_SCHEMES[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def sms_from_url(url: str) -> str:
    """Return an SMS_URL unchanged, or empty if no text messages are sent."""
    parts = _split("SMS_URL", url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ImproperlyConfigured("SMS_URL must look like https://user:token@gateway.example/send.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("SMS_URL would send numbers and its password in the clear: use https://.")
    return url


def reports_from_url(url: str) -> str:
    """Return a SENTRY_DSN as it is, or empty where errors are not reported."""
    parts = _split("SENTRY_DSN", url)
    is_one = parts.scheme in ("http", "https") and parts.hostname and parts.username and not parts.query
    project = parts.path.rpartition("/")[2]
    if url and not (is_one and project.isascii() and project.isdigit()):
        raise ImproperlyConfigured("SENTRY_DSN must look like https://key@errors.example/1.")
    _port("SENTRY_DSN", parts)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("SENTRY_DSN would send reports in the clear: use https://.")
    return url.strip()


def pair_from(variable: str, value: str) -> str:
    """Return a `user:password` unchanged, or empty if there is none."""
    user, _colon, password = value.partition(":")
    if value and not (user and password):
        raise ImproperlyConfigured(f"{variable} must look like user:password.")
    return value


def number_from(variable: str, value: str) -> int:
    """Return a whole number from 0."""
    if not (value.isascii() and value.strip().isdigit()):
        raise ImproperlyConfigured(f"{variable} must be a whole number, such as 60.")
    return int(value)


def yes_or_no_from(variable: str, value: str) -> bool:
    """Return whether it says yes; with "true" or "1" nobody could be sure."""
    if value.strip() not in ("yes", "no"):
        raise ImproperlyConfigured(f"{variable} must be yes or no.")
    return value.strip() == "yes"


def broker_from_url(url: str) -> str:
    """Return Celery's spelling of a REDIS_URL: redis-py says `unix:///path?db=0` where Celery wants another scheme."""
    parts = _split("REDIS_URL", url)
    if parts.scheme in ("redis", "rediss") and parts.hostname:
        return url
    if parts.scheme == "unix" and parts.path.startswith("/"):
        number = _query("REDIS_URL", parts).get("db", "0")
        return f"redis+socket://{parts.path}?virtual_host={quote(number)}"
    raise ImproperlyConfigured("REDIS_URL must look like redis://host:6379/0 or unix:///folder/valkey.sock?db=0.")


def _split(variable: str, url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError:
        raise ImproperlyConfigured(f"{variable} is not an address that can be read.") from None


def _port(variable: str, parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{variable} has a port that is not a number from 1 to 65535.") from None


def _query(variable: str, parts: SplitResult) -> dict[str, str]:
    try:
        return dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ImproperlyConfigured(f"{variable} has a part after the question mark that is not name=value.") from None
