"""The staff's pages of messages: what waits, what is late, what failed and why, and buttons to handle it."""

from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.outbox import scopes
from partnership.outbox.channels import postal_timing
from partnership.outbox.kinds import kinds
from partnership.outbox.models import Letter, Message
from partnership.outbox.queue import breaker
from partnership.outbox.queue.delivering import sending_is_on
from partnership.outbox.staff import actions, letter_batches, listing, samples
from partnership.outbox.staff.destinations import destination_of
from partnership.outbox.staff.forms import KindFilter, SearchForm
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.models import LookUp
from partnership.places.models import Partnership
from partnership.web.acting import say_outcome
from partnership.web.viewing import fetch
from written.numbers import is_key

ON_A_PAGE = 50
BATCHES_SHOWN = 20
# Only display the email: no script, no form, no other host.
PREVIEW_POLICY = (
    "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
HANDLING: dict[str, Callable[..., None]] = {
    "try-again": actions.try_again,
    "send-now": actions.send_now,
    "withdraw": actions.withdraw_one,
    "lift": actions.lift,
    "seen-to": actions.see_to,
}
# What is said afterwards: a worker sends it, so it is only queued yet.
DONE = {
    "try-again": gettext_lazy("The message is queued again."),
    "send-now": gettext_lazy("The message is queued to be sent now."),
    "withdraw": gettext_lazy("The message is withdrawn. It is not sent."),
    "lift": gettext_lazy("Mail to this address is allowed again."),
    "seen-to": gettext_lazy("Noted. It is no longer among those that did not arrive."),
}
QUEUES = ("try-again", "send-now")
# Neither can be reversed, so each has a confirmation page.
ASKED_FIRST = {"send-now": "send_now", "withdraw": "withdraw"}


@staff_required
@require_http_methods(["GET", "POST"])
def staff(request: LoggedInRequest) -> HttpResponse:
    """List messages that need handling, or search results: a filter by GET, a reader by POST."""
    now = clock.now()
    rows = scopes.messages_in_view(request.user, request.partnership)
    form = SearchForm(request.POST or None)
    shown, kind = listing.chosen(request.GET.get("show")), KindFilter(request.GET).chosen()
    if form.is_valid():
        found, shown = scopes.to_reader(rows, form.cleaned_data["q"], request.partnership).order_by("-due_at"), ""
    else:
        found = listing.filtered(rows, shown, kind, now)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": listing.tabs(rows, shown, now),
        "counts": listing.counts(rows),
        "states": Message.State.choices,
        "kind": kind,
        "shown": shown,
        "query": urlencode({"show": shown, "kind": kind}),
        "form": form,
        "sending_is_on": sending_is_on(),
        "down_since": breaker.down_since(),
        "letters_waiting": postal_timing.waiting_too_long(rows, now).count(),
    }
    return render(request, "outbox/staff.html", context)


@staff_required
@require_safe
def message(request: LoggedInRequest, pk: int) -> HttpResponse:
    """One message: its reader, state, content and actions."""
    row = _own(request, pk)
    words = samples.words_to_show(row)
    _record_shown(request, row)
    context = {
        "message": row,
        "now": clock.now(),
        "words": words,
        "text": samples.preview(row, words)[0] if words else "",
        "may_be_shown": samples.may_be_shown(row),
        "can": listing.can(row, clock.now()),
        "destination": destination_of(row),
    }
    return render(request, "outbox/message.html", context)


@staff_required
@require_safe
@xframe_options_sameorigin
def message_html(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The HTML of a message as its reader will see it, in a sandbox, without the reader's own links."""
    row = _own(request, pk)
    words = samples.words_to_show(row)
    if words is None:
        raise Http404
    _record_shown(request, row)
    response = HttpResponse(samples.preview(row, words)[1])
    response["Content-Security-Policy"] = PREVIEW_POLICY
    return response


@staff_required
@require_http_methods(["GET", "POST"])
def handle(request: LoggedInRequest, pk: int, what: str) -> HttpResponse:
    """Do one of the actions on POST; on GET show the confirmation page."""
    row = _own(request, pk)
    if what not in HANDLING:
        raise Http404
    if request.method == "GET":
        return _ask(request, row, what)
    with say_outcome(request, _unless_off(str(DONE[what])) if what in QUEUES else str(DONE[what])):
        HANDLING[what](message=row, by=request.user, now=clock.now())
    return redirect("outbox:message", pk=pk)


@staff_required
@require_http_methods(["GET", "POST"])
def tests(request: LoggedInRequest) -> HttpResponse:
    """Send members of staff samples of each kind of message."""
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        with say_outcome(request, _unless_off(_("The test is on its way. Check your inbox in a minute."))):
            actions.send_test(kind=kind, partnership=request.partnership, by=request.user, now=clock.now())
        return redirect("outbox:tests")
    return render(request, "outbox/tests.html", {"kinds": samples.kinds_to_show()})


@staff_required
@require_http_methods(["GET", "POST"])
def letters(request: LoggedInRequest) -> HttpResponse:
    """The tray of letters and its batches; POST makes the next batch."""
    if request.method == "POST":
        with say_outcome(request):
            made = letter_batches.make_batch(partnership=request.partnership, by=request.user, now=clock.now())
            messages.success(request, _("The letters are ready to print.") if made else _why_none(request.partnership))
        return redirect("outbox:letters")
    rows = scopes.batches_in_view(request.user, request.partnership)
    context = {
        "waiting": letter_batches.in_the_tray(request.partnership).count(),
        "to_hand_over": letter_batches.to_hand_over(request.partnership).count(),
        # Whether a letter still holds is not looked at here: each would have to be written.
        "batches": letter_batches.overview(rows, clock.now(), most=BATCHES_SHOWN),
    }
    return render(request, "outbox/letters.html", context)


@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def batch_check(request: LoggedInRequest, number: int) -> HttpResponse:
    """Say which letters of a batch no longer hold, just before it is posted. A button opens it, since each letter is
    written; GET is for who reloads the page or changes its language.
    """
    batch = fetch(scopes.batches_in_view(request.user, request.partnership), number=number)
    if batch.handed_over_at:
        return redirect("outbox:letters")
    out = letter_batches.to_take_out(batch, clock.now())
    again = letter_batches.to_print_again(batch, but=out)
    look_at = letter_batches.to_look_at(batch, but=[*out, *again])
    _record_reading(request, [*out, *again, *(letter for letter, _now_at in look_at)])
    is_left = batch.letters.count() > len(out) + len(again)
    context = {"batch": batch, "out": out, "again": again, "look_at": look_at, "is_left": is_left}
    return render(request, "outbox/letter_batch.html", context)


@staff_required
@require_POST
def batch_pdf(request: LoggedInRequest, number: int) -> HttpResponse:
    """The file for the printer. By POST, since it contains names and addresses, and no scanner should fetch it."""
    batch = fetch(scopes.batches_in_view(request.user, request.partnership), number=number)
    with say_outcome(request):
        pdf = letter_batches.print_again(batch=batch, by=request.user, now=clock.now())
        _record_reading(request, batch.letters.select_related("message__recipient"))
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{request.partnership.slug}-{batch.number}.pdf"'
        response["Cache-Control"] = "no-store"
        return response
    return redirect("outbox:letters")


@staff_required
@require_POST
def batch_handed_over(request: LoggedInRequest, number: int) -> HttpResponse:
    """On POST, record a batch as posted, without the letters that were taken out (`out`), and go to the list."""
    batch = fetch(scopes.batches_in_view(request.user, request.partnership), number=number)
    taken_out = [int(position) for position in request.POST.getlist("out") if is_key(position)]
    with say_outcome(request):
        letter_batches.hand_over_batch(batch=batch, by=request.user, now=clock.now(), taken_out=taken_out)
        batch.refresh_from_db(fields=["is_shredded"])
        shredded, posted = _("Noted: no letter is posted."), _("Noted: the letters are handed over to the post.")
        messages.success(request, shredded if batch.is_shredded else posted)
    return redirect("outbox:letters")


def _record_reading(request: LoggedInRequest, letters: Iterable[Letter]) -> None:
    """Note in the look-up log to whom letters are."""
    written = [one.message for one in letters if one.message]
    read = [(message.recipient, _seen_on(message, LookUp.SeenOn.LETTERS)) for message in written]
    for place in {place for _person, place in read}:
        people = [person for person, seen_on in read if person and seen_on == place]
        lookups.record(request.user, people, purpose=LookUp.Purpose.LETTER_OR_SLIP, seen_on=place, now=clock.now())


def _seen_on(message: Message, otherwise: LookUp.SeenOn) -> LookUp.SeenOn:
    """Return where a look-up was made: that of a letter with a code is noted apart, since own data do not say that
    there is one.
    """
    if message.kind in kinds and (own := kinds[message.kind]).holds_code and own.by_letter:
        return LookUp.SeenOn.CODES
    return otherwise


def _record_shown(request: LoggedInRequest, row: Message) -> None:
    """Note in the look-up log that the page says to whom a message is, and what."""
    purpose = LookUp.Purpose.MESSAGE_FAILED if row.state == Message.State.FAILED else LookUp.Purpose.OTHER
    seen_on = _seen_on(row, LookUp.SeenOn.MESSAGE)
    lookups.record_shown(request, [row.recipient], otherwise=purpose, seen_on=seen_on, now=clock.now())


def _ask(request: LoggedInRequest, row: Message, what: str) -> HttpResponse:
    if what not in ASKED_FIRST:
        return HttpResponseNotAllowed(["POST"])
    if not getattr(listing.can(row, clock.now()), ASKED_FIRST[what]):
        return redirect("outbox:message", pk=row.pk)  # it was sent, or ended, meanwhile
    _record_shown(request, row)
    context = {"message": row, "what": what, "destination": destination_of(row), "words": samples.words_to_show(row)}
    return render(request, "outbox/ask.html", context)


def _why_none(here: Partnership) -> str:
    """Return why a batch was not made although letters waited."""
    if letter_batches.in_the_tray(here).exists():
        return _("What waits could not be written as letters. Messages say why, under Letters to print and post.")
    return _("No letter is left to print: what waited is no longer true, or is sent in another way now.")


def _unless_off(done: str) -> str:
    """Return what was done, and that nothing is sent on this machine, if it is so."""
    return done if sending_is_on() else f"{done} " + _("Sending is switched off on this machine, so it waits.")


def _own(request: LoggedInRequest, pk: int) -> Message:
    return fetch(scopes.messages_in_view(request.user, request.partnership), pk=pk)
