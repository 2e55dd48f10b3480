"""Running an action for a reader, and telling them that it was done, or why not.

Each of these runs an action in a `with` block. A refusal ends the block, so lines after the action run only if it
succeeded; a refused action has written nothing. For instance:

    with say_outcome(request, _("The talk is cancelled.")):
        bookings.cancel(booking=booking, by=request.user, now=clock.now())
    return redirect("talks:booking", pk=pk)

    if form.is_valid():
        with refusal_on_form(form, "email"):
            deputies.ask_deputy(association=association, by=request.user, now=clock.now(), **form.cleaned_data)
            return redirect("people:me")
    return render(request, "talks/deputy.html", {"form": form}, status=400 if form.errors else 200)
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from partnership.refusals import Refused


@contextmanager
def say_outcome(request: HttpRequest, done: str = "") -> Iterator[None]:
    """Show on the next page what was `done`, or why it was refused. With an empty `done` only a refusal is shown."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        if done:
            messages.success(request, done)


@contextmanager
def refusal_on_form(form: Form, field: str | None = None) -> Iterator[None]:
    """Turn a refusal into an error of the form, at `field` or above all fields, so that the reader can correct it."""
    try:
        yield
    except Refused as refusal:
        form.add_error(field, ValidationError(refusal.message, code=refusal.reason))


class WhyNot:
    """The refusal of an action, in words for the reader; false if there was none."""

    refusal: Refused | None = None

    def __str__(self) -> str:
        return self.refusal.message if self.refusal else ""

    def __bool__(self) -> bool:
        return self.refusal is not None


@contextmanager
def refusal_on_page() -> Iterator[WhyNot]:
    """Yield the refusal, for the page to show it itself."""
    why_not = WhyNot()
    try:
        yield why_not
    except Refused as refusal:
        why_not.refusal = refusal
