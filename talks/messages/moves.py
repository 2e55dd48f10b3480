"""Messages about a chair's question to move a talk: that we have it, that it waits for staff, and what we answered."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import Message, Words
from talks.messages import in_brief
from talks.messages.about import (
    about_booking,
    contact_of,
    day_of,
    facts_of,
    page_of,
    reached,
    reason_of,
    staff_page_of,
    to_cancel,
    to_move,
)
from talks.messages.posters import opens_pages
from talks.models import Booking, BookingStep, SlotHold
from talks.when import as_choice, when_in_words, with_language

S = Booking.State


def ask_first(hold: SlotHold, booking: Booking) -> str:
    """Return a sentence for staff: whom they ask before they move a talk as its chair has asked."""
    if hold.speaker_id != booking.speaker_id:
        return _("That evening is another speaker’s. The association knows that we ask them first:")
    return _("There is little time left before the talk. Ask the speaker before you move it:")


def _asked_for(message: Message, booking: Booking) -> SlotHold | None:
    """Return the slot that the chair has asked to move to, while nobody has answered. A message from before an upgrade
    does not say which.
    """
    asked = booking.holds.filter(closed_at__isnull=True, is_asked_by_chair=True)
    if "hold" in message.about:
        asked = asked.filter(pk=message.about["hold"])
    return asked.select_related("speaker__partnership", "speaker__person").first()


@about_booking("talks.move_received", S.CONFIRMED, called=gettext_lazy("Talk: we have the question to move it"))
def move_received(message: Message, booking: Booking) -> Words | None:
    """To the chair who asks to move a talk: the deadline of our answer, and that both evenings are kept."""
    hold = _asked_for(message, booking)
    if hold is None:
        return None
    return Words(
        subject=_("You have asked to move the talk"),
        paragraphs=[
            _("You would like to move the talk to %(evening)s. You will get our answer no later than %(day)s.")
            % {"evening": as_choice(hold, booking), "day": day_in_words(hold.answer_by)},
            _("Until then we keep both evenings, and the talk is still on the one below."),
        ],
        facts=facts_of(booking),
        button=(_("See the talk"), page_of(booking)),
    )


@about_booking("talks.asked_to_move", S.CONFIRMED, called=gettext_lazy("Talk: the association asks to move it"))
def asked_to_move(message: Message, booking: Booking) -> Words | None:
    """To the coordinators, when a chair asks to move a talk. Nothing once it is answered."""
    hold = _asked_for(message, booking)
    if hold is None:
        return None
    return Words(
        subject=_("%(association)s asks to move its talk") % {"association": unlinked(booking.association.title)},
        paragraphs=[
            _("We have promised an answer no later than %(day)s.") % {"day": day_in_words(hold.answer_by)},
            _("We keep both evenings until you have answered."),
            _to_ask(message, hold, booking),
        ],
        facts=_facts_for_staff(message, hold, booking),
        button=(_("Answer the request"), staff_page_of(booking)),
    )


@about_booking(
    "talks.move_due", S.CONFIRMED, called=gettext_lazy("Talk: promised answer about moving is due"), in_digest=True
)
def move_due(message: Message, booking: Booking) -> Words | None:
    """To coordinators and administrators, on the last working day before the deadline, if nobody has answered."""
    hold = _asked_for(message, booking)
    if hold is None:
        return None
    deadline = {"day": day_in_words(hold.answer_by), "association": unlinked(booking.association.title)}
    return Words(
        subject=_("Promised by %(day)s: an answer to %(association)s") % deadline,
        paragraphs=[
            _("Nobody has answered this request yet, and we have promised an answer no later than %(day)s.") % deadline,
            _to_ask(message, hold, booking),
        ],
        facts=_facts_for_staff(message, hold, booking),
        button=(_("Answer the request"), staff_page_of(booking)),
        brief=in_brief.talk_to_answer(
            booking, hold.answer_by, in_brief.asks_to_move_to(hold, booking), _to_ask(message, hold, booking)
        ),
    )


def _to_ask(message: Message, hold: SlotHold, booking: Booking) -> str:
    return f"{ask_first(hold, booking)} {reached(hold.speaker.person, message.recipient, booking.partnership)}"


def _facts_for_staff(message: Message, hold: SlotHold, booking: Booking) -> list[tuple[str, str]]:
    evening = with_language(f"{when_in_words(hold, booking.partnership)}, {hold.speaker}", hold.speaker, booking)
    return [*facts_of(booking), (_("Asks to move to"), evening), *contact_of(booking, message.recipient)]


@about_booking(
    "talks.move_taken_back",
    S.CONFIRMED,
    called=gettext_lazy("Talk: the association no longer asks to move it"),
    in_digest=True,
)
def move_taken_back(message: Message, booking: Booking) -> Words:
    """To the coordinators, when the association no longer asks to move."""
    return Words(
        subject=_("%(association)s no longer asks to move its talk")
        % {"association": unlinked(booking.association.title)},
        paragraphs=[_("The talk stays on the evening below, and you do not need to answer.")],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=in_brief.talk_to_see(booking, unlinked(booking.association.title), _("You do not need to answer.")),
    )


@about_booking("talks.stays", S.CONFIRMED, called=gettext_lazy("Talk: could not be moved"))
def stays(message: Message, booking: Booking) -> Words:
    """To the chair, when staff have said no to another evening, with their reason."""
    step = BookingStep.objects.filter(pk=message.about.get("step"), booking=booking).first()
    return Words(
        subject=_("The talk stays where it is: %(day)s") % {"day": day_of(booking)},
        paragraphs=[
            _("We are sorry that we could not move the talk to %(asked)s. It takes place as agreed before.")
            % {"asked": _day_asked_for(message, booking)},
            _does_it_not_suit(message) % booking.partnership.call_us,
        ],
        facts=[*reason_of(step.why if step else ""), *facts_of(booking)],
        button=(_("See the talk"), page_of(booking)),
        links=[to_move(message, booking), to_cancel(message, booking)],
    )


@about_booking("talks.stays_as_asked", S.CONFIRMED, called=gettext_lazy("Talk: no longer asked to move"))
def stays_as_asked(message: Message, booking: Booking) -> Words:
    """To the chair, when staff have written down that they no longer ask to move."""
    return Words(
        subject=_("The talk stays where it is: %(day)s") % {"day": day_of(booking)},
        paragraphs=[_("You no longer want to move it, as you have told us. It takes place as agreed before.")],
        facts=facts_of(booking),
        button=(_("See the talk"), page_of(booking)),
        links=[to_move(message, booking), to_cancel(message, booking)],
    )


@about_booking("talks.move_unanswered", S.CONFIRMED, called=gettext_lazy("Talk: our answer about moving did not come"))
def move_unanswered(message: Message, booking: Booking) -> Words | None:
    """To the chair, when our deadline about moving has passed without an answer: the apology."""
    if _asked_for(message, booking) is None:
        return None
    return Words(
        subject=_("You did not get our answer in time"),
        paragraphs=[
            _("We promised you an answer and did not keep the promise. We are sorry."),
            _("The talk is still on the evening below. Do you still want to move it? Call us: %(name)s, %(phone)s.")
            % booking.partnership.call_us,
        ],
        facts=facts_of(booking),
        button=(_("See the talk"), page_of(booking)),
        links=[to_move(message, booking), to_cancel(message, booking)],
    )


def _does_it_not_suit(message: Message) -> str:
    if opens_pages(message):
        return _("If it does not suit you, move it to another evening, cancel it, or call us: %(name)s, %(phone)s.")
    return _("If it does not suit you, call us, and we will move or cancel it: %(name)s, %(phone)s.")


def _day_asked_for(message: Message, booking: Booking) -> str:
    """Return the day that the chair asked for; a message from before an upgrade does not have it."""
    if "asked_for" not in message.about:
        return _("the evening that you asked for")
    return day_in_words(
        clock.local(dt.datetime.fromisoformat(message.about["asked_for"]), booking.partnership.zone).date()
    )
