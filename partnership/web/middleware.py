"""What no address may hold, what no page may use, what is asked again, and what only a button opens."""

import logging
import random
import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, ObjectDoesNotExist, TooManyFieldsSent
from django.db import DatabaseError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve

from partnership.web.link_help import answer_for_link
from partnership.web.viewing import NOT_KEPT

log = logging.getLogger(__name__)

NUL = "\0"
# What browsers offer to pages and no page of ours uses; a script that somebody slips in cannot use it either.
UNUSED = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)
DEADLOCK, SERIALIZATION_FAILURE, REFERS_TO_NOTHING = "40P01", "40001", "23503"
# Who lost against a crowd may lose again.
TIMES = 3
LONGEST_PAUSE = 0.05
WRITES = ("INSERT", "UPDATE", "DELETE")
# Counts of requests, which another attempt may raise once more.
CACHE = ' "cache" '
# What Django says of `save(update_fields=…)` where the row is gone.
NOT_UPDATED = "Save with update_fields did not affect any rows."


class LongQueryMiddleware:
    """Leave out a query with more parameters than Django reads: each page would fail on it, the one of the error too.
    It stands before all that read queries; `NulMiddleware` refuses the request, once the language is known.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.GET  # noqa: B018, it is read here
        except TooManyFieldsSent:
            request.GET = QueryDict()
            request.has_long_query = True  # type: ignore[attr-defined]
        return self.get_response(request)


class NulMiddleware:
    """Answer a path with NUL by 404: PostgreSQL can store and compare no text with it, and nobody types it. What stands
    in a query or a form is checked by the forms. And a query with too many parameters by 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            raise Http404
        if getattr(request, "has_long_query", False):
            raise BadRequest("too many parameters")
        return self.get_response(request)


class ByButtonMiddleware:
    """Say on the page that the address of a button opens, as after a reload or a change of language, that it opens
    nothing by itself, and lead to the page that it belongs to. Without this the browser would show a blank page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", {"back": _page_above(request.path)}, status=response.status_code)
        page["Allow"] = response["Allow"]
        page["Cache-Control"] = NOT_KEPT
        return page


def _page_above(path: str) -> str:
    """Return the nearest address above `path` that a page has, as the page of a talk is above its buttons; "" if none
    has one but the front page. What is named by a word, as a thing to do is, has buttons alone.
    """
    parts = [part for part in path.split("/") if part]
    for length in range(len(parts) - 1, 1, -1):
        above = f"/{'/'.join(parts[:length])}/"
        try:
            found = resolve(above)
        except Resolver404:
            continue
        if parts[length - 1] not in found.kwargs.values():
            return above
    return ""


class PermissionsPolicyMiddleware:
    """Add a Permissions-Policy to every answer, those to errors and of files included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = PERMISSIONS
        return response


class RetryingMiddleware:
    """Call a view again, twice at most, if it met a deadlock, or a row that was deleted since it was read: it then
    answers as the rows are by now, for instance that the page is not there. Never after something was committed: what
    is in the transaction, messages in the outbox too, was rolled back, and nothing else leaves the database in a view.

    It stands before the other middleware that answers exceptions, which Django asks in the reverse order.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        commits = Commits()
        request.commits = commits  # type: ignore[attr-defined]
        with connection.execute_wrapper(commits):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        error, match = exception, request.resolver_match
        for _again in range(TIMES - 1):
            if match is None or not _was_changed_meanwhile(error) or request.commits.any:  # type: ignore[attr-defined]
                break
            time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311, no secret
            _begin_anew(request)
            try:
                return match.func(request, *match.args, **match.kwargs)
            except Exception as another:
                error = another
        if _is_gone(error):
            log.warning("%s met a row that was deleted since it was read", match and match.route, exc_info=error)
            error = Http404()
        if error is exception:
            return None
        if (response := answer_for_link(request, error)) is not None:
            return response
        raise error


class Commits:
    """Notes around each statement whether the request has committed anything."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if not self.any and isinstance(sql, str) and sql.startswith(WRITES) and CACHE not in sql:
            self._note_write()
        return result

    def _note_write(self) -> None:
        if not connection.in_atomic_block:
            self.any = True
        # Django forgets it if the savepoint is rolled back in which it was noted.
        elif not any(one[1] == self._note_commit for one in connection.run_on_commit):
            transaction.on_commit(self._note_commit)

    def _note_commit(self) -> None:
        self.any = True


def _was_changed_meanwhile(error: Exception) -> bool:
    """Return whether the same request may end otherwise now."""
    if isinstance(error, ObjectDoesNotExist):
        return True
    return _state(error) in (DEADLOCK, SERIALIZATION_FAILURE, REFERS_TO_NOTHING) or _is_gone(error)


def _is_gone(error: Exception) -> bool:
    """Return whether a row was to be written, or referred to, that is not there any more."""
    if _state(error) == REFERS_TO_NOTHING:
        return "is not present in table" in str(error)
    return type(error) is DatabaseError and str(error) == NOT_UPDATED


def _state(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or "" if isinstance(error, DatabaseError) else ""


def _begin_anew(request: HttpRequest) -> None:
    """Let a view read uploads from their beginning, and say nothing of what was rolled back."""
    for files in request.FILES.lists() if request.method == "POST" else ():
        for file in files[1]:
            file.seek(0)
    said = getattr(request, "_messages", None)
    if said is not None:
        said._queued_messages.clear()
