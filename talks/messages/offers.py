"""Messages about other slots, and about deadlines that are near or missed."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import Message, Words, words
from talks import links
from talks.calendars.invitation import invitation
from talks.history import newest_step
from talks.messages import in_brief
from talks.messages.about import (
    about_booking,
    changed_of,
    contact_of,
    deadline_in_words,
    facts_of,
    page_of,
    place_of,
    reader_of,
    reason_of,
    staff_page_of,
    take_posters_down,
    title_of,
)
from talks.messages.reaching import apology_to_chair, call_first, chair_is_told, speaker_is_told
from talks.models import Booking, DaysAway
from talks.when import as_choice, has_own_time, was_agreed, when_in_words

S = Booking.State


@about_booking("talks.offered", S.OFFERED, called=gettext_lazy("Talk: other evenings to choose from"), last_word=True)
def offered(message: Message, booking: Booking) -> Words:
    """To the chair, when staff offer other evenings, or the speaker cannot come: the link on which to choose one."""
    was_confirmed = was_agreed(booking)
    is_again = newest_step(booking).from_state == S.OFFERED
    holds = booking.holds.filter(closed_at__isnull=True).select_related("speaker").order_by("starts_at")
    return Words(
        subject=_("Choose another evening for the talk"),
        paragraphs=[
            _why_others(booking),
            *([_("These evenings take the place of those that we offered you before.")] if is_again else []),
            *(take_posters_down() if was_confirmed else []),
            _("We keep these evenings for you until the end of %(day)s. Choose one, and it is yours at once.")
            % {"day": day_in_words(booking.choose_by)},
            _("If you have not chosen by then, there will be no talk, and others can have the evenings."),
        ],
        facts=[
            *reason_of(newest_step(booking).why),
            (_("Choose no later than"), day_in_words(booking.choose_by)),
            *((_("You can choose"), as_choice(hold, booking)) for hold in holds),
            (_("Talk"), str(booking.about.title)),
            (_("Where"), unlinked(place_of(booking))),
        ],
        button=(_("Choose an evening"), links.link(booking, "accept", reader_of(message), version=booking.sequence)),
        calendar=invitation(booking, reader_of(message), "CANCEL") if was_confirmed else None,
    )


def _why_others(booking: Booking) -> str:
    if not has_own_time(booking):
        held, zone = booking.holds.filter(closed_at__isnull=True), booking.partnership.zone
        if {clock.local(one.starts_at, zone).date() for one in held} & set(booking.wish.wished_days):
            return _("We cannot offer you the hour that you wished for. We are sorry.")
        return _("We cannot offer you the days that you wished for. We are sorry.")
    evening = when_in_words(booking, booking.partnership)
    return _("The talk cannot take place on %(evening)s. We are sorry.") % {"evening": evening}


@words("talks.called_off", transactional=True, called=gettext_lazy("Talk: the speaker is not needed"), last_word=True)
def called_off(message: Message) -> Words | None:
    """To the speaker whose slot was cancelled, sent at once; the talk may be on another of their slots by now."""
    booking = Booking.objects.with_names().filter(pk=message.about["booking"], state=S.OFFERED).first()
    if booking is None:
        return None
    return Words(
        subject=_("You no longer have a talk at %(association)s")
        % {"association": unlinked(booking.association.title)},
        paragraphs=[
            _("The talk cannot take place as planned, and the association chooses among other evenings."),
            *_still_kept(message, booking),
        ],
        facts=facts_of(booking),
        calendar=invitation(booking, reader_of(message), "CANCEL"),
    )


def _still_kept(message: Message, booking: Booking) -> Iterator[str]:
    """Yield, to a speaker, which of their own evenings the association may choose, if any."""
    mine = booking.holds.filter(closed_at__isnull=True, speaker__person=message.recipient).order_by("starts_at")
    if evenings := [as_choice(hold, booking) for hold in mine]:
        said = ngettext(
            "We keep your evening for them until the end of %(day)s: %(evenings)s.",
            "We keep these of your evenings for them until the end of %(day)s: %(evenings)s.",
            len(evenings),
        )
        yield said % {"evenings": "; ".join(evenings), "day": day_in_words(booking.choose_by)}


@about_booking("talks.none_suits", S.CANCELLED, called=gettext_lazy("Talk: none of the offered evenings suits"))
def none_suits(message: Message, booking: Booking) -> Words:
    """To the coordinators but the one who wrote it down, when none of the offered evenings suits."""
    return Words(
        subject=_("None of the evenings suits %(association)s") % {"association": unlinked(booking.association.title)},
        paragraphs=[_("They may tell us which days suit them. Perhaps a call helps.")],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
    )


@about_booking(
    "talks.none_suited", S.CANCELLED, called=gettext_lazy("Talk: no evening suited the association"), last_word=True
)
def none_suited(message: Message, booking: Booking) -> Words:
    """To the chair, when none of the offered evenings suits: leads to the form for wished days, filled in."""
    if was_agreed(booking):
        subject = _("The talk is cancelled, since none of the evenings suited you")
        opening = _("None of the evenings suited you, so the talk is cancelled, and we no longer keep the evenings.")
    else:
        subject = _("None of the evenings suited you")
        opening = _("None of the evenings suited you, so no talk is agreed, and we no longer keep the evenings.")
    return Words(
        subject=subject,
        paragraphs=[
            opening,
            _("Tell us which days suit you. You do not need to repeat what you have told us already."),
        ],
        facts=facts_of(booking),
        button=(_("Tell us which days suit you"), links.form_for_wishes(booking, reader_of(message))),
        links=[(_("See the request"), page_of(booking))],
    )


@about_booking(
    "talks.offer_lapsed", S.LAPSED, called=gettext_lazy("Talk: the offered evenings ran out"), last_word=True
)
def offer_lapsed(message: Message, booking: Booking) -> Words:
    """To the chair, when nobody has chosen in time."""
    return Words(
        subject=_("The evenings are no longer kept for you"),
        paragraphs=[
            _("We offered you other evenings for the talk and have not heard from you, so we no longer keep them."),
            _("You are welcome to ask for a talk whenever it suits you, or to call us: %(name)s, %(phone)s.")
            % booking.partnership.call_us,
        ],
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )


@about_booking("talks.offer_unanswered", S.LAPSED, called=gettext_lazy("Talk: no answer to our offer"))
def offer_unanswered(message: Message, booking: Booking) -> Words:
    """To the coordinators, when the chair has not chosen in time."""
    return Words(
        subject=_("No answer from %(association)s") % {"association": unlinked(booking.association.title)},
        paragraphs=[_("The association has not chosen among the evenings that it was offered. Perhaps a call helps.")],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
    )


@about_booking("talks.speaker_cannot_come", S.OFFERED, called=gettext_lazy("Talk: the speaker cannot come"))
def speaker_cannot_come(message: Message, booking: Booking) -> Words:
    """To the coordinators but the one who did it, when the association is to choose another evening."""
    return Words(
        subject=_("The speaker cannot come to %(association)s") % {"association": unlinked(booking.association.title)},
        paragraphs=[
            _("The association chooses among other evenings."),
            call_first(booking) or _("We tell the association."),
        ],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
    )


@about_booking(
    "talks.speaker_away",
    S.REQUESTED,
    S.CONFIRMED,
    S.OFFERED,
    called=gettext_lazy("Talk: the speaker gives no talks that day"),
    in_digest=True,
)
def speaker_away(message: Message, booking: Booking) -> Words | None:
    """To the coordinators but the one who did it, for each talk on days that a speaker has marked as away."""
    away = DaysAway.objects.filter(pk=message.about["away"]).select_related("speaker__person").first()
    if away is None:
        return None
    days = day_in_words(away.first_on)
    if away.last_on != away.first_on:
        days = f"{days} – {day_in_words(away.last_on)}"
    said = _("%(speaker)s has marked days without talks: %(days)s.") % {
        "speaker": unlinked(str(away.speaker)),
        "days": days,
    }
    what_now = _(
        "An evening of theirs is asked for, agreed or offered on these days. Agree with them, or find another."
    )
    return Words(
        subject=_("%(speaker)s gives no talks that day: %(association)s")
        % {"speaker": unlinked(str(away.speaker)), "association": unlinked(booking.association.title)},
        paragraphs=[said, what_now],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=in_brief.talk_to_see(booking, unlinked(booking.association.title), said, what_now),
    )


# The kind has the name that stored messages have.
@about_booking(
    "talks.ill_without_offer",
    S.CANCELLED,
    called=gettext_lazy("Talk: the speaker cannot come, and it is cancelled"),
)
def cancelled_without_offer(message: Message, booking: Booking) -> Words:
    """To the coordinators but the one who did it, when there was no other evening to offer."""
    return Words(
        subject=_("The speaker cannot come, and the talk is cancelled: %(association)s")
        % {"association": unlinked(booking.association.title)},
        paragraphs=[*chair_is_told(booking), _("Perhaps a call helps.")],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
    )


@about_booking(
    "talks.association_cancelled", S.CANCELLED, called=gettext_lazy("Talk: the association cancelled"), in_digest=True
)
def association_cancelled(message: Message, booking: Booking) -> Words:
    """To the coordinators but the one who wrote it down, when the association has cancelled a confirmed talk."""
    gone = [_("The chair has been deleted from the portal, and there was no deputy.")]
    paragraphs = [*(gone if message.about.get("is_erased") else []), *speaker_is_told(booking)]
    return Words(
        subject=_("%(association)s has cancelled its talk") % {"association": title_of(message, booking)},
        paragraphs=paragraphs,
        facts=[*facts_of(booking, message.about), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=in_brief.talk_to_see(
            booking,
            title_of(message, booking),
            _("Where: %(place)s") % {"place": dict(facts_of(booking, message.about))[_("Where")]},
            *paragraphs,
        ),
    )


@about_booking(
    "talks.association_moved", S.CONFIRMED, called=gettext_lazy("Talk: the association moved it"), in_digest=True
)
def association_moved(message: Message, booking: Booking) -> Words:
    """To the coordinators but the one who wrote it down, when the association has moved its talk."""
    was_on = clock.local(dt.datetime.fromisoformat(message.about["was_at"]), booking.partnership.zone).date()
    return Words(
        subject=_("%(association)s has moved its talk") % {"association": unlinked(booking.association.title)},
        paragraphs=[_("It was on %(day)s.") % {"day": day_in_words(was_on)}, *speaker_is_told(booking)],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=in_brief.talk_to_see(
            booking,
            unlinked(booking.association.title),
            in_brief.was_on(booking, message.about["was_at"]),
            *speaker_is_told(booking),
        ),
    )


@about_booking(
    "talks.association_changed",
    S.CONFIRMED,
    called=gettext_lazy("Talk: the association changed its answers"),
    in_digest=True,
)
def association_changed(message: Message, booking: Booking) -> Words:
    """To the coordinators, when the association has changed what it told about a confirmed talk."""
    paragraphs = [
        changed_of(message, booking),
        *speaker_is_told(booking),
        *([_("The public page waits until you have looked at the place.")] if booking.waits_to_be_shown else []),
    ]
    return Words(
        subject=_("Something is changed about the talk: %(association)s")
        % {"association": unlinked(booking.association.title)},
        paragraphs=paragraphs,
        facts=facts_of(booking),
        button=(_("See the talk"), staff_page_of(booking)),
        brief=in_brief.talk_to_see(booking, unlinked(booking.association.title), *paragraphs),
    )


@about_booking("talks.promise_due", S.REQUESTED, called=gettext_lazy("Talk: promised answer is due"), in_digest=True)
def deadline_near(message: Message, booking: Booking) -> Words:
    """To coordinators and administrators, on the last working day before the deadline, if nobody has answered."""
    return Words(
        subject=_("Promised by %(day)s: an answer to %(association)s")
        % {"day": deadline_in_words(booking), "association": unlinked(booking.association.title)},
        paragraphs=[
            _("Nobody has answered this request yet, and we have promised an answer no later than %(day)s.")
            % {"day": deadline_in_words(booking)}
        ],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("Answer the request"), staff_page_of(booking)),
        brief=in_brief.talk_to_answer(booking, booking.answer_by, *in_brief.whom_to_call(booking, message.recipient)),
    )


@about_booking("talks.promise_broken", S.LAPSED, called=gettext_lazy("Talk: promised answer was not given"))
def deadline_missed(message: Message, booking: Booking) -> Words:
    """To the administrators, or the coordinators if there are none, when a request was not answered in time."""
    return Words(
        subject=_("A promise was not kept: %(association)s") % {"association": unlinked(booking.association.title)},
        paragraphs=[
            _("The request was not answered in time, and the evening is no longer kept."),
            *apology_to_chair(booking),
        ],
        facts=[*facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
    )
