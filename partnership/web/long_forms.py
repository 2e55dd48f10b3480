"""How much text a form may bring. Reading and checking text takes time, and anybody can send megabytes."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render

# All fields of the longest form that is open to everybody hold less than a fifth.
MOST_CHARACTERS = 50_000
# Somebody logged in may edit long texts.
MOST_OF_SOMEBODY_LOGGED_IN = 500_000


class LongFormMiddleware:
    """Answer a form with more text than any of ours takes by 413, before anything reads the text. It stands before the
    check against forged forms, whose page shows long texts again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_given: object) -> HttpResponse | None:
        # What machines post is no form: their views read the body, which nothing may have read before.
        is_form = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if not is_form or not _is_too_long(request):
            return None
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _is_too_long(request: HttpRequest) -> bool:
    try:
        sent = sum(len(name) + sum(map(len, texts)) for name, texts in request.POST.lists())
    except RequestDataTooBig:
        return True
    except UnreadablePostError:  # the connection broke, and nobody reads the answer
        return False
    if sent <= MOST_CHARACTERS:
        return False
    return sent > MOST_OF_SOMEBODY_LOGGED_IN or not request.user.is_authenticated
