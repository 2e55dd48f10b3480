"""Reports of unexpected errors to a Sentry server: what failed and where in the code, without personal data. An event
is not searched for personal data, which cannot be found reliably. It is rebuilt from the few values named here, so
additions by other versions of a library are not sent either. Messages of exceptions and of the log repeat what people
typed ("Key (email)=(a@b.dk) already exists") and are left out: the type and the place are enough.

Only `settings.py` imports this module, where `SENTRY_DSN` is set.
"""

from collections.abc import Callable
from typing import Any

import sentry_sdk
from django.http import HttpRequest, HttpResponse
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration, ignore_logger

OF_AN_EVENT = ("event_id", "timestamp", "platform", "level", "logger", "environment", "release", "sdk")
OF_A_FRAME = ("module", "function", "filename", "lineno", "in_app")
# Names from our code; names from elsewhere may be paths with the token of somebody's link.
NAMES_FROM_CODE = ("route", "task")

# Turns off each kind of data that the package can collect; this option has replaced `send_default_pii`.
OFF = {"mode": "off"}
NOTHING: Any = {
    "user_info": False,
    "cookies": OFF,
    "http_headers": {"request": OFF},
    "http_bodies": [],
    "url_query_params": OFF,
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
    "frame_context_lines": 0,
}


def start(dsn: str, *, environment: str) -> None:
    """Report errors of this process from now on: in pages, tasks and commands, and logged errors."""
    # Unknown host names and oversized forms: strangers could fill the error server with them.
    ignore_logger("django.security.*")
    sentry_sdk.init(
        dsn,
        environment=environment,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(signals_spans=False),
            CeleryIntegration(propagate_traces=False),
            LoggingIntegration(level=None, sentry_logs_level=None),
            ExcepthookIntegration(),
            DedupeIntegration(),
            AtexitIntegration(),
        ],
        before_send=without_personal_data,
        # Data that is not sent need not be collected.
        data_collection=NOTHING,
        include_local_variables=False,
        # It stands around each statement: a report names what made the statement.
        in_app_exclude=["partnership.web.middleware"],
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        spotlight=False,
        enable_metrics=False,
    )


class NameByRoute:
    """Middleware that names a page's report by its route, da/talks/verify/<str:token>/.

    The package itself would name it by the path if the previous request had another language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _name("before any page")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.resolver_match:
            _name(request.resolver_match.route)


def _name(route: str) -> None:
    sentry_sdk.get_current_scope().set_transaction_name(route, source="route")


def without_personal_data(event: Any, hint: dict[str, Any]) -> Any:
    """Return what is sent of an event: exception types, their places in the code, and what was running."""
    hint.pop("attachments", None)
    sent = _named(event, OF_AN_EVENT)
    if event.get("transaction_info", {}).get("source") in NAMES_FROM_CODE:
        sent |= _named(event, ("transaction", "transaction_info"))
    if "exception" in event:
        sent["exception"] = {"values": [_exception(one) for one in event["exception"]["values"]]}
        sent["tags"] = _refused_by_database(hint)
    elif record := hint.get("log_record"):
        sent["message"] = f"Logged by {record.name}, {record.funcName}, line {record.lineno}"
    return sent


def _exception(one: dict[str, Any]) -> dict[str, Any]:
    frames = (one.get("stacktrace") or {}).get("frames", ())
    return {
        **_named(one, ("type", "module")),
        "mechanism": _named(one.get("mechanism") or {}, ("type", "handled")),
        "stacktrace": {"frames": [_named(frame, OF_A_FRAME) for frame in frames]},
    }


def _refused_by_database(hint: dict[str, Any]) -> dict[str, str]:
    """Return the name of the constraint that a row broke; our migrations gave it."""
    _type, error, _traceback = hint.get("exc_info") or (None, None, None)
    name = getattr(getattr(getattr(error, "__cause__", None), "diag", None), "constraint_name", None)
    return {"constraint": name} if name else {}


def _named(things: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: things[name] for name in names if things.get(name) is not None}
