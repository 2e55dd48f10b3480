"""The search for a person, and the page of one, for staff who are called or written to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.people import lookups, scopes
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.actions import contacts, protecting
from partnership.people.forms import ProtectionForm
from partnership.people.limits import status_of
from partnership.people.models import LookUp
from partnership.people.rules import may_end_protection
from partnership.people.staff import searching
from partnership.people.staff.cards import cards_of
from partnership.people.staff.ended import say_what_ended
from partnership.people.staff.forms import NoteForm, PurposeForm, SearchForm
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.viewing import fetch


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: LoggedInRequest) -> HttpResponse:
    """List who is found; each of them is noted, with the purpose that stands in the form."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        now, purpose = clock.now(), form.cleaned_data["purpose"]
        people = scopes.people_in_view(request.user, request.partnership)
        rows, number = searching.found(people, request.partnership, form.cleaned_data["q"])
        listed = [row.person for row in rows]
        lookups.record(request.user, listed, purpose=purpose, seen_on=LookUp.SeenOn.SEARCH, now=now)
        lookups.remember(request, listed, purpose, now)
        context |= {"rows": rows, "number": number, "is_too_little": number is None}
    return render(request, "people/staff/search.html", context, status=status_of(form))


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Show each room's card of a person, once the reader has said why they look."""
    one, now = fetch(scopes.people_in_view(request.user, request.partnership), pk=pk), clock.now()
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        lookups.remember(request, [one], form.cleaned_data["purpose"], now)
        return redirect("people:person", pk=pk)
    purpose = lookups.remembered(request, one, now)
    if not purpose:
        return render(request, "people/staff/why.html", {"form": form, "pk": pk}, status=status_of(form))
    lookups.record_opened(request, one, otherwise=purpose, now=now)
    cards = [card.draw(request) for card in cards_of(one, request, now)]
    context = {"person": one, "cards": cards, "purpose": LookUp.Purpose(purpose).label}
    return render(request, "people/staff/person.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def protection(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask whether somebody has name and address protection, and store the answer."""
    one, now = fetch(scopes.people_in_view(request.user, request.partnership), pk=pk), clock.now()
    typed = request.POST if request.method == "POST" else None
    form = ProtectionForm(typed, is_protected=one.is_protected, of_another=True)
    if form.is_valid():
        lookups.go_on(request, one, LookUp.Purpose.CORRECTING, now)
        is_wanted = form.cleaned_data["is_protected"]
        if not is_wanted and not one.is_protected:
            messages.info(request, _("Nothing is changed: the person does not have name and address protection here."))
            return redirect("people:person", pk=pk)
        with say_outcome(request, _said_of_protection(is_wanted)):
            change = protecting.protect if is_wanted else protecting.end_protection
            change(person=one, by=request.user, now=now)
        say_what_ended(request, one, now)
        return redirect("people:person", pk=pk)
    lookups.record_opened(request, one, otherwise=LookUp.Purpose.CORRECTING, now=now)
    context = {"form": form, "person": one, "may_end": may_end_protection(request.user, one)}
    return render(request, "people/staff/protection.html", context, status=status_of(form))


def _said_of_protection(is_wanted: bool) -> str:
    if is_wanted:
        return _("Saved. Only coordinators and administrators see the person.")
    return _("Saved. The person no longer has name and address protection here.")


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Write down a contact with a person."""
    one = fetch(scopes.people_in_view(request.user, request.partnership), pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusal_on_form(form):
            contacts.note_contact(
                person=one, here=request.partnership, by=request.user, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The contact is noted."))
            return redirect("people:person", pk=pk)
    lookups.record_opened(request, one, otherwise=LookUp.Purpose.OTHER, now=clock.now())
    return render(request, "people/staff/note.html", {"form": form, "person": one}, status=status_of(form))


@staff_required
@require_POST
def note_undo(request: LoggedInRequest, pk: int, note: int) -> HttpResponse:
    """On POST, delete one note about a contact, and go back to the person's page."""
    row = fetch(scopes.notes_in_view(request.user, request.partnership), pk=note, person=pk)
    with say_outcome(request, _("The note is deleted.")):
        contacts.take_note_back(note=row, by=request.user, now=clock.now())
    return redirect("people:person", pk=pk)
