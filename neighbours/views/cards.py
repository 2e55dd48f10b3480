"""The page on which staff type in a pile of reply cards, and those on which they make a new one for a helper."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from neighbours import scopes
from neighbours.actions import cards
from neighbours.forms.cards import CardForm, NewCardForm, day_of
from neighbours.messages.cards import page_of_card
from neighbours.models import ReplyCard
from neighbours.views.one_helper import opened, opened_to_act, page_of
from partnership import clock
from partnership.outbox.post import card_pdf
from partnership.paper import printed_codes
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import TOO_MANY, count_under, is_used_up, is_valid_within_limit, status_of
from partnership.people.models import LookUp
from partnership.refusals import Refused
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.viewing import NOT_KEPT, fetch
from written.numbers import is_key

UNKNOWN = "unknown_card"
# Of a pile of hundreds: who notices a mistake notices it soon.
NEWEST = 20
# What has become of a card that is somebody's: their page is where staff note it instead.
LEADS_TO_ITS_HELPER = ("replaced", "expired")


@dataclass(frozen=True)
class Noted:
    """A card as the list below the form shows it: nobody's name."""

    card: ReplyCard
    number: str
    done: list[str]


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def pile(request: LoggedInRequest) -> HttpResponse:
    """Ask for a card, and note it on POST; the next is asked for at once, and what was noted stands below."""
    form = CardForm(request.POST if request.method == "POST" else None, initial=_day_before(request))
    if is_valid_within_limit(request, form, "neighbours.card"):
        with refusal_on_form(form):
            card = _note(request, form)
            return redirect(f"{reverse('neighbours:pile')}?noted={card.pk}")
        if form.has_error(NON_FIELD_ERRORS, "unknown"):
            count_under(UNKNOWN, request, str(request.user.pk))
        _lead_to_helper(request, form)
    is_scanned = form.asks_boxes and len(form.errors) == 1
    if is_scanned:
        form = CardForm(initial={name: form.data.get(name, "") for name in ("number", "day")})
    # Without what the page before has noted.
    form.form_action = reverse("neighbours:pile")
    if not form.is_bound:
        form.focus_on("boxes" if is_scanned else "number")
    today = scopes.cards_noted_today(request.user, request.partnership, clock.now())
    noted = [_read(card) for card in today[:NEWEST]]
    context = {
        "form": form,
        "is_scanned": is_scanned,
        "boxes": _boxes(),
        "another": cards.ANOTHER,
        "noted": noted,
        "number": today.count(),
        "new": _new(request, noted),
    }
    return render(request, "neighbours/pile.html", context, status=status_of(form, faulty=200))


@staff_required
@require_POST
def take_back(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST take back what was noted of a card today, and go back to the pile."""
    card = fetch(scopes.cards_noted_today(request.user, request.partnership, clock.now()), pk=pk)
    with say_outcome(request, _("Undone. You can type the card again.")):
        cards.take_back(card=card, by=request.user, now=clock.now())
    return redirect("neighbours:pile")


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def card_for(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask how a helper gets a new card, and make it on POST."""
    row, now = opened_to_act(request, pk), clock.now()
    if not row.is_confirmed:
        return redirect(page_of(row))
    form = NewCardForm(request.POST if request.method == "POST" else None, has_home=row.home is not None)
    if form.is_valid():
        with refusal_on_form(form, "how"):
            by_letter = form.cleaned_data["how"] == NewCardForm.LETTER
            submission = form.cleaned_data["submission"]
            cards.make(helper=row, by=request.user, by_letter=by_letter, submission=submission, now=now)
            if by_letter:
                messages.success(request, _("In a moment a letter with the new card is among the letters to print."))
                return redirect(page_of(row))
            messages.success(request, _("The new card is ready to print."))
            return redirect("neighbours:card_for", pk=row.pk)
    lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=now)
    context = {"helper": row, "form": form, "card": scopes.card_to_print(row, request.user, now)}
    return render(request, "neighbours/card_for.html", context, status=status_of(form))


@staff_required
@require_safe
def printed(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The card of a helper that a member of staff has made to hand over, as a PDF in the helper's language."""
    row, now = opened(request, pk), clock.now()
    card = scopes.card_to_print(row, request.user, now)
    if card is None:
        raise Http404
    lookups.record_opened(request, row.person, otherwise=LookUp.Purpose.CORRECTING, now=now)
    with override(row.person.language):
        page = page_of_card(row, card.code)
    headers = {"Content-Disposition": 'inline; filename="card.pdf"', "Cache-Control": NOT_KEPT}
    body = card_pdf(page, row.partnership, language=row.person.language)
    return HttpResponse(body, content_type="application/pdf", headers=headers)


# -- Parts ------------------------------------------------------------------------------------------------------------


def _note(request: LoggedInRequest, form: CardForm) -> ReplyCard:
    """Note a card. Whoever tries many numbers that are nobody's is refused, also one that is somebody's."""
    here = request.partnership
    if is_used_up(UNKNOWN, request, str(request.user.pk)):
        raise Refused(
            TOO_MANY,
            _(
                "You have typed many numbers that we do not know. Are the cards from another partnership? Put them "
                "aside, and go on in an hour."
            ),
        )
    typed = form.cleaned_data
    return cards.note(
        here=here,
        digits=form.digits,
        boxes=typed["boxes"],
        day=day_of(typed, here.today()),
        submission=typed["submission"],
        by=request.user,
        now=clock.now(),
    )


def _lead_to_helper(request: LoggedInRequest, form: CardForm) -> None:
    """Add to the refusal of an old card a link to the page of its helper, which asks why it is opened."""
    if not any(form.has_error(NON_FIELD_ERRORS, reason) for reason in LEADS_TO_ITS_HELPER):
        return
    card = cards.find(request.partnership, form.digits)
    if card:
        refusal = " ".join(str(one) for one in form.non_field_errors())
        form.errors.pop(NON_FIELD_ERRORS, None)
        page = reverse("people:person", args=[card.helper.person_id])
        form.add_error(
            None, format_html('{} <a href="{}">{}</a>', refusal, page, _("Note it on the helper’s own page instead."))
        )


def _day_before(request: LoggedInRequest) -> dict[str, object]:
    """Return the day of the card before, as long as it is not today."""
    last = scopes.cards_noted_today(request.user, request.partnership, clock.now()).first()
    return {"day": last.day} if last and last.day != request.partnership.today() else {}


def _boxes() -> list[tuple[str, object]]:
    return [*((key, thing.title) for key, thing in cards.BOXES.items()), (cards.ANOTHER, _("Would like a new card"))]


def _new(request: LoggedInRequest, noted: list[Noted]) -> Noted | None:
    """Return the card that the page before has noted, if it is the newest."""
    number = request.GET.get("noted", "")
    newest = noted[0] if noted else None
    return newest if newest and is_key(number) and int(number) == newest.card.pk else None


def _read(card: ReplyCard) -> Noted:
    done = [f"{key} {thing.title}" for key, thing in cards.BOXES.items() if thing.kind in card.things]
    return Noted(card, printed_codes.number_of(card.code), done)
