"""Staff have a letter with a code printed for somebody who calls, or comes to the library without the one before."""

import datetime as dt
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entrance.own_codes import finding
from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import channels_for
from partnership.people import lookups, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import moves
from partnership.people.models import LookUp, User
from partnership.people.staff.call_desk import CallTask
from partnership.web.forms import OnceForm
from partnership.web.viewing import fetch


def letter_with_code(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    if not _why_no_letter(person, now):
        yield CallTask(
            _("Would like to see what we know about them"),
            reverse("entrance:letter_for", args=[person.pk]),
            _("We post you a letter with a code. With it you can see everything, and delete it. Shall I do it?"),
        )


class LetterForm(OnceForm):
    """Only a button."""

    submit_label = gettext_lazy("Have the letter printed")


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_for(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask first, and put the letter among those to print on POST; the code before it ends."""
    person, now = fetch(scopes.people_in_view(request.user, request.partnership), pk=pk), clock.now()
    if why := _why_no_letter(person, now):
        messages.error(request, why)
        return redirect("people:person", pk=pk)
    form = LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        finding.send_letter(person=person, now=now, again=form.cleaned_data["submission"])
        messages.success(request, _("The letter is among those to print, under Messages."))
        return redirect("people:person", pk=pk)
    lookups.record_opened(request, person, otherwise=LookUp.Purpose.CALL, now=now)
    return render(request, "entrance/own_codes/letter_for.html", {"person": person, "form": form})


def _why_no_letter(person: User, now: dt.datetime) -> str:
    """Return why the person gets no code by letter, in words; "" if they do."""
    if not finding.may_be_let_in(person):
        return _(
            "This person has a role or does something for others, and so gets no code by letter: they log in by email."
        )
    if User.Channel.LETTER not in channels_for(person):
        return _("We have no address for letters. Write the address down first.")
    if person.partnership and (begins := moves.no_code_before(person, "address", now)):
        said = _("Staff have written another address down. No code goes there by letter before %(day)s.")
        return said % {"day": day_in_words(clock.local(begins, person.partnership.zone).date())}
    return ""
