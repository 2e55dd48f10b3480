"""A page and a task that fail with everything that a person typed within reach, for the tests of what is reported."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.http import HttpRequest, HttpResponse

from partnership.people.models import User

log = logging.getLogger(__name__)


class FailOnDemand:
    """Middleware that fails instead of the page that was asked for, where a header says how; early: before any page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        how = request.headers.get("X-Fail", "")
        if how.startswith("early "):
            fail(how.removeprefix("early "), **request.POST.dict())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if how := request.headers.get("X-Fail"):
            fail(how, **request.POST.dict())
            return HttpResponse("logged")
        return None


@shared_task(name="tests.fail", ignore_result=True)
def fail_in_a_task(how: str, **typed: str) -> None:
    fail(how, **typed)


def fail(how: str, *, name: str, address: str, email: str, phone: str, cpr: str, **_rest: str) -> None:
    """Fail as code does: what was typed is in variables, in queries, in the log, and in the words of the exception."""
    log.warning("%s wrote from %s", name, address)
    User.objects.filter(name=name, phone=phone).exists()
    if how == "database":
        User.objects.create_user(email, name, is_superuser=True)
    try:
        int(cpr)
    except ValueError as error:
        if how == "log":
            log.exception("%s could not be called on %s", name, phone)
            return
        if how == "sentence":
            log.error("%s could not be called on %s", name, phone)
            return
        raise LookupError(f"{name}, {address}, is not {email}") from error
