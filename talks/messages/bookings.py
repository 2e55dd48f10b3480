"""Messages about a request and its talk."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words, until_in_words
from partnership.outbox.post import Message, Words, channel_to, words
from talks import links
from talks.calendars.invitation import invitation
from talks.history import answer_of, is_answer_outdated, newest_step
from talks.messages.about import (
    about_booking,
    changed_of,
    day_of,
    days_until,
    deadline_in_words,
    facts_for_chair,
    facts_for_speaker,
    facts_for_staff,
    facts_of,
    facts_told_by_chair,
    is_for_deputy,
    is_speaker,
    outdated_in_words,
    page_of,
    public_page_of,
    reader_of,
    reason_of,
    send_the_link,
    staff_page_of,
    take_posters_down,
    to_cancel,
    to_move,
    what_and_when,
)
from talks.messages.posters import on_posters, opens_pages
from talks.models import Booking
from talks.when import has_own_time, was_agreed, when_in_words

S = Booking.State


@about_booking("talks.verify", S.UNVERIFIED, called=gettext_lazy("Talk: confirm the request"), to_typed=True)
def verify(message: Message, booking: Booking) -> Words:
    """To the mailbox that was typed on the web: the link that makes a request of it, while the evening is kept."""
    return Words(
        subject=_("Confirm your request for a talk"),
        paragraphs=[
            _("You have asked for a talk. Confirm it below, so that we know that this email address is yours."),
            _("We will keep the evening for you until %(hour)s. If it was not you, you do not need to do anything.")
            % {"hour": until_in_words(clock.local(booking.held_until, booking.partnership.zone), message.written_on)},
        ],
        facts=what_and_when(booking),
        button=(_("Confirm my request"), links.link(booking, "verify", reader_of(message))),
    )


@about_booking(
    "talks.requested", S.REQUESTED, S.CONFIRMED, called=gettext_lazy("Talk: we have the request"), last_word=True
)
def requested(message: Message, booking: Booking) -> Words:
    """To the chair, when the mailbox is verified, or staff have asked for them: the deadline of our answer."""
    sentence = _("Everybody is welcome, so the talk gets a public page with its place and time once it is confirmed.")
    return Words(
        subject=_("We have your request for a talk"),
        paragraphs=[
            _("Thank you. You will get our answer no later than %(day)s. We will keep the evening for you until then.")
            % {"day": deadline_in_words(booking)},
            *([sentence] if booking.is_public else []),
        ],
        facts=facts_of(booking),
        button=(_("See the request"), page_of(booking)),
        links=[(_("Withdraw the request here if the evening no longer suits you"), to_cancel(message, booking)[1])],
    )


@about_booking("talks.to_answer", S.REQUESTED, called=gettext_lazy("Talk: a request waits for an answer"))
def to_answer(message: Message, booking: Booking) -> Words:
    """To each coordinator but the one who wrote it down: a request to answer, at once."""
    return Words(
        subject=_("A talk waits for your answer: %(association)s")
        % {"association": unlinked(booking.association.title)},
        paragraphs=[_("We have promised an answer no later than %(day)s.") % {"day": deadline_in_words(booking)}],
        facts=facts_for_staff(booking, message.recipient),
        button=(_("Answer the request"), staff_page_of(booking)),
    )


def _confirmed(message: Message, booking: Booking, subject: str, opening: str) -> Words:
    for_chair = not is_speaker(message, booking)
    get_in = send_the_link(message, booking, for_speaker=True) or [_("Agree with your contact on who opens the door.")]
    return Words(
        subject=subject,
        paragraphs=[opening, *(_for_chair(message, booking) if for_chair else get_in)],
        facts=[*_answer_of(message, booking), *_facts_for(message, booking)],
        button=(_("See the talk"), page_of(booking)),
        links=[*public_page_of(booking), to_move(message, booking), to_cancel(message, booking)] if for_chair else [],
        calendar=invitation(booking, reader_of(message), "REQUEST"),
    )


def _for_chair(message: Message, booking: Booking) -> list[str]:
    link = send_the_link(message, booking, for_speaker=False)
    return [*link, on_posters(message, booking), *_that_it_is_public(message, booking)]


def _that_it_is_public(message: Message, booking: Booking) -> list[str]:
    if not booking.is_shown_to_all:
        return []
    shown = _("Everybody is welcome, so a public page shows the place and the time.")
    if booking.waits_to_be_shown:
        shown = _("Everybody is welcome, so a public page shows the time, and the place once we have looked at it.")
    changed = _("You can take that page away on the page of the talk.")
    if not opens_pages(message):
        changed = _("Would you rather not have that page? Call us: %(name)s, %(phone)s.") % booking.partnership.call_us
    return [f"{shown} {changed}"]


def _facts_for(message: Message, booking: Booking) -> list[tuple[str, str]]:
    facts = facts_for_speaker if is_speaker(message, booking) else facts_for_chair
    return facts(booking, message.recipient)


def _answer_of(message: Message, booking: Booking) -> list[tuple[str, str]]:
    """Return what staff answered the association, for its chair alone, as staff read who write it: once, and again if
    another speaker has taken the talk since, for whom it may not be true.
    """
    answer, is_outdated = answer_of(booking), is_answer_outdated(booking)
    is_chair = not is_speaker(message, booking) and not is_for_deputy(message)
    if not answer or not is_chair or not (is_outdated or message.kind == "talks.confirmed"):
        return []
    return [(_("Our answer"), f"{answer} – {outdated_in_words(booking.partnership)}" if is_outdated else answer)]


@about_booking("talks.confirmed", S.CONFIRMED, called=gettext_lazy("Talk: confirmed"), last_word=True)
def confirmed(message: Message, booking: Booking) -> Words:
    """To the chair, the deputy and the speaker, when the talk is agreed, with the event for their calendars."""
    return _confirmed(
        message,
        booking,
        _("The talk is confirmed: %(day)s") % {"day": day_of(booking)},
        _("It is all settled, and we look forward to it."),
    )


@about_booking(
    "talks.on_original_evening",
    S.CONFIRMED,
    called=gettext_lazy("Talk: on the original evening after all"),
    last_word=True,
)
def on_original_evening(message: Message, booking: Booking) -> Words:
    """To the same as `confirmed`, when staff take back what they offered, and the talk is as it was."""
    opening = _("The talk can take place on the original evening after all.")
    if not is_speaker(message, booking):
        opening += " " + _("You do not need to choose another, and we no longer keep those that we offered.")
    return _confirmed(
        message,
        booking,
        _("The talk is confirmed: %(day)s") % {"day": day_of(booking)},
        opening,
    )


@about_booking("talks.moved", S.CONFIRMED, called=gettext_lazy("Talk: moved"), last_word=True)
def moved(message: Message, booking: Booking) -> Words:
    """To the same as `confirmed`, when the talk has another time or speaker; their calendars follow."""
    return _confirmed(
        message,
        booking,
        _("The talk is moved: %(day)s") % {"day": day_of(booking)},
        _how_moved(message, booking) + _("This is when and where the talk takes place now.") + _who_comes(message),
    )


def _who_comes(message: Message) -> str:
    return " " + _("Another speaker comes, see below.") if message.about.get("is_another_speaker") else ""


def _how_moved(message: Message, booking: Booking) -> str:
    """Return a sentence on who moved the talk and from which day; empty for messages from before we noted it."""
    if "was_at" not in message.about:
        return ""
    was_on = clock.local(dt.datetime.fromisoformat(message.about["was_at"]), booking.partnership.zone).date()
    by, part = message.about["by"], "deputy" if message.recipient == booking.association.deputy else "chair"
    if by == "association" and not is_speaker(message, booking):
        sentence = _("We have moved the talk from %(day)s, as your association has asked us to.")
    elif by not in ("chair", "deputy", "association"):
        sentence = _("We have moved the talk from %(day)s.")
    elif is_speaker(message, booking):
        sentence = _("The association has moved the talk from %(day)s.")
    elif by == part:
        sentence = _("You have moved the talk from %(day)s.")
    else:
        chair, deputy = (
            _("The chair has moved the talk from %(day)s."),
            _("The deputy has moved the talk from %(day)s."),
        )
        sentence = deputy if by == "deputy" else chair
    return sentence % {"day": day_in_words(was_on)} + " "


@about_booking("talks.changed", S.CONFIRMED, called=gettext_lazy("Talk: the association changed something"))
def changed(message: Message, booking: Booking) -> Words:
    """To speaker and chair, whose calendars have the place too."""
    facts = facts_for_speaker if is_speaker(message, booking) else facts_told_by_chair
    return Words(
        subject=_("Something new about the talk on %(day)s") % {"day": day_of(booking)},
        paragraphs=[changed_of(message, booking)],
        facts=facts(booking, message.recipient),
        button=(_("See the talk"), page_of(booking)),
        calendar=invitation(booking, reader_of(message), "REQUEST"),
    )


@about_booking("talks.new_contact", S.CONFIRMED, called=gettext_lazy("Talk: the association has another contact"))
def new_contact(message: Message, booking: Booking) -> Words:
    """To the speaker of a talk ahead, when the association has another chair."""
    return Words(
        subject=_("Another contact for the talk on %(day)s") % {"day": day_of(booking)},
        paragraphs=[_("The talk takes place as agreed. You now have another contact at the association, see below.")],
        facts=facts_for_speaker(booking, message.recipient),
        button=(_("See the talk"), page_of(booking)),
        calendar=invitation(booking, reader_of(message), "REQUEST"),
    )


@words("talks.relieved", transactional=True, called=gettext_lazy("Talk: given to another speaker"), last_word=True)
def relieved(message: Message) -> Words | None:
    """To the former speaker, with what takes the talk out of their calendar; nothing if it is theirs again."""
    booking = Booking.objects.with_names().filter(pk=message.about["booking"]).first()
    if booking is None or is_speaker(message, booking):
        return None
    was_on = clock.local(dt.datetime.fromisoformat(message.about["was_at"]), booking.partnership.zone).date()
    return Words(
        subject=_("You no longer have a talk at %(association)s")
        % {"association": unlinked(booking.association.title)},
        paragraphs=[
            _("The talk on %(day)s has been given to another speaker.") % {"day": day_in_words(was_on)},
        ],
        calendar=invitation(booking, reader_of(message), "CANCEL"),
    )


@about_booking("talks.declined", S.DECLINED, called=gettext_lazy("Talk: declined"), last_word=True)
def declined(message: Message, booking: Booking) -> Words:
    """To the chair, when staff have said no to a request, with their reason."""
    return Words(
        subject=_("We cannot come on that evening"),
        paragraphs=[
            _("We are sorry that we cannot say yes this time."),
            _("There are other free evenings, and you are welcome to ask for one of them."),
        ],
        facts=[*reason_of(newest_step(booking).why), *facts_of(booking)],
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )


@about_booking("talks.lapsed", S.LAPSED, called=gettext_lazy("Talk: our answer did not come in time"), last_word=True)
def lapsed(message: Message, booking: Booking) -> Words:
    """To the chair, when our deadline has passed without an answer: the apology."""
    return Words(
        subject=_("You did not get our answer in time"),
        paragraphs=[
            _("We promised you an answer and did not keep the promise. We are sorry."),
            _("You are welcome to ask for an evening once more, or to call us: %(name)s, %(phone)s.")
            % booking.partnership.call_us,
        ],
        facts=facts_of(booking),
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )


@about_booking("talks.cancelled", S.CANCELLED, called=gettext_lazy("Talk: cancelled"), last_word=True)
def cancelled(message: Message, booking: Booking) -> Words:
    """The reason is for the chair alone, as staff read who write it: the deputy reads none either."""
    was_confirmed, is_chair = was_agreed(booking), not is_speaker(message, booking)
    why = newest_step(booking).why if is_chair and not is_for_deputy(message) else ""
    if was_confirmed:
        subject, opening = _("The talk is cancelled: %(day)s"), _("The talk on %(evening)s is cancelled.")
    elif has_own_time(booking):
        subject, opening = _("The request is withdrawn: %(day)s"), _("The request for %(evening)s is withdrawn.")
    else:
        subject, opening = _("The request is withdrawn"), _("Your request for a talk is withdrawn.")
    said_by = _who_cancelled(message, is_chair) if was_confirmed else _who_withdrew(message)
    return Words(
        subject=subject % {"day": day_of(booking)},
        paragraphs=[
            opening % {"evening": when_in_words(booking, booking.partnership)} + said_by,
            *(take_posters_down() if is_chair and was_confirmed else []),
            *([_("You are welcome to ask for another evening whenever it suits you.")] if is_chair else []),
        ],
        facts=[*reason_of(why), *facts_of(booking, message.about)],
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))) if is_chair else None,
        # Only a confirmed talk is in calendars.
        calendar=invitation(booking, reader_of(message), "CANCEL") if was_confirmed else None,
    )


def _who_withdrew(message: Message) -> str:
    """Return a sentence for the chair, who alone hears of a request; empty for older messages."""
    ours = _("We had to do it, and we are sorry.")
    own = {"chair": _("It was you who withdrew it."), "deputy": _("It was the deputy who withdrew it.")}
    asked = _("Your association has asked us to.")
    words = {**own, "association": asked, "staff": ours, "speaker": ours}.get(message.about.get("cancelled_by", ""))
    return f" {words}" if words else ""


def _who_cancelled(message: Message, is_chair: bool) -> str:
    """Return a sentence; empty for the speaker who could not come, and for messages from before we noted it."""
    ours, theirs = _("We had to cancel it, and we are sorry."), _("The association cancelled it.")
    if is_for_deputy(message):
        own = {"chair": _("The chair cancelled it."), "deputy": _("It was you who cancelled it.")}
        said = {**own, "association": _("Your association has asked us to."), "speaker": ours, "staff": ours}
    elif is_chair:
        own = {"chair": _("It was you who cancelled it."), "deputy": _("It was the deputy who cancelled it.")}
        said = {**own, "association": _("Your association has asked us to."), "speaker": ours, "staff": ours}
    else:
        said = {"chair": theirs, "deputy": theirs, "association": theirs, "staff": ours}
    words = said.get(message.about.get("cancelled_by", ""))
    return f" {words}" if words else ""


def _reminder(message: Message, booking: Booking) -> Words:
    """The words of both reminders. One may be sent later than it was due, so its subject counts the days that are left
    now; a letter may be read on any day, so it names the day of the talk.
    """
    return Words(
        subject=f"{_in_how_long(message, booking)}: {booking.about.title}",
        paragraphs=[
            _("A friendly reminder of the talk. You do not need to do anything if all is as agreed."),
            *send_the_link(message, booking, for_speaker=is_speaker(message, booking)),
        ],
        facts=_facts_for(message, booking),
        button=(_("See the talk"), page_of(booking)),
        links=[] if is_speaker(message, booking) else [to_cancel(message, booking)],
        letter_subject=_("A reminder of the talk: %(day)s") % {"day": day_of(booking)},
    )


def _in_how_long(message: Message, booking: Booking) -> str:
    days = days_until(message, booking)
    near = {0: _("Today"), 1: _("Tomorrow"), 7: _("In a week")}
    return near.get(days) or ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}


@about_booking("talks.reminder_7days", S.CONFIRMED, called=gettext_lazy("Talk: reminder a week before"))
def reminder_7days(message: Message, booking: Booking) -> Words:
    """To the chair, the deputy and the speaker, a week before."""
    return _reminder(message, booking)


@about_booking("talks.reminder_1day", S.CONFIRMED, called=gettext_lazy("Talk: reminder the day before"))
def reminder_1day(message: Message, booking: Booking) -> Words | None:
    """On paper both would arrive in the same days, so a reader of letters gets the first alone."""
    return None if _was_reminded_on_paper(message) else _reminder(message, booking)


def _was_reminded_on_paper(message: Message) -> bool:
    """Return whether the reader gets letters, and the first reminder is printed or to be printed."""
    if channel_to(reader_of(message)) != "letter":
        return False
    first = message.key.replace(".reminder_1day.", ".reminder_7days.")
    return Message.objects.filter(key=first, state__in=[Message.State.PAPER, Message.State.SENT]).exists()
