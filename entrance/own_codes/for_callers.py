"""Staff have a letter with a code printed for somebody who calls, or comes to the library without the one before, and
read when a change has ended one.
"""

import datetime as dt
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entrance.own_codes import finding
from entrance.own_codes.ending import is_letter_withdrawn
from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import channels_for
from partnership.paper import printed_codes
from partnership.people import lookups, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import moves
from partnership.people.mailboxes import has_verified_mailbox
from partnership.people.models import LookUp, User
from partnership.people.staff.call_desk import CallTask
from partnership.web.forms import OnceForm
from partnership.web.viewing import fetch


def letter_with_code(viewer: User, person: User, request: LoggedInRequest, now: dt.datetime) -> Iterator[CallTask]:
    """Yield the task of posting a letter with a code, if one could reach the person now; without a page to open while
    a new name or address waits, so that staff can say until when.
    """
    label, day = _("Would like to see what we know about them"), _waits_until(person, now)
    if not _why_no_letter(person, now):
        said = _("We post you a letter with a code. With it you can see everything, and delete it. Shall I do it?")
        yield CallTask(label, reverse("entrance:letter_for", args=[person.pk]), said)
    elif day and _may_get_letters(person):
        said = _("Your name or address is new here. From %(day)s we can post you a letter with a code. Call us then.")
        if person.has_open_mailbox and has_verified_mailbox(person):
            label = _("Would like to see what we know about them, by letter")
            said = _(
                "You can see it on your own page when you log in by email. From %(day)s we can post you a letter with "
                "a code too."
            )
        yield CallTask(label, "", said % {"day": day})


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


def ended_letter(person: User, now: dt.datetime) -> Iterator[SafeString]:
    """Yield that a change at this time has ended the code of a letter, and from when staff can order another."""
    if not printed_codes.ended_at(purpose=finding.PURPOSE, about=person.pk, at=now).exists():
        return
    said = _("The code in the letter that is on its way to %(name)s no longer works: we sent it before this change.")
    if is_letter_withdrawn(person, now):
        said = _(
            "The letter with a code for %(name)s is withdrawn, so that it does not end up with somebody else: it was "
            "ordered before this change."
        )
    said %= {"name": person.name}
    if why := _why_no_letter(person, now):
        yield format_html("{} {}", said, why)
    else:
        page = reverse("entrance:letter_for", args=[person.pk])
        yield format_html(
            '{} {} <a href="{}">{}</a>', said, _("Do they still want a letter?"), page, _("Order a new letter")
        )


def _why_no_letter(person: User, now: dt.datetime) -> str:
    """Return why the person gets no code by letter, in words; "" if they do."""
    if not finding.may_be_let_in(person):
        return _(
            "This person has a role or does something for others, and so gets no code by letter: they log in by email."
        )
    if User.Channel.LETTER not in channels_for(person):
        return _("We have no address for letters. Write the address down first.")
    if day := _waits_until(person, now):
        said = _("We have had this name or address for a short time only. No code goes there by letter before %(day)s.")
        return said % {"day": day}
    return ""


def _may_get_letters(person: User) -> bool:
    return finding.may_be_let_in(person) and User.Channel.LETTER in channels_for(person)


def _waits_until(person: User, now: dt.datetime) -> str:
    """Return from which day a code may go to the person's home, in words; "" if it may now."""
    begins = moves.no_code_before(person, "address", now)
    return day_in_words(clock.local(begins, person.partnership.zone).date()) if begins and person.partnership else ""
