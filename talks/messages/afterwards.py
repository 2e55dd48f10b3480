"""Messages on the day after a talk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.fields.names import unlinked
from partnership.outbox.post import Message, Words
from talks import links
from talks.messages.about import about_booking, contact_of, day_of, facts_of, page_of, reader_of, staff_page_of
from talks.messages.in_brief import talk_to_see
from talks.models import Booking, Feedback

S = Booking.State


@about_booking("talks.thanks", S.CONFIRMED, S.TOOK_PLACE, called=gettext_lazy("Talk: thanks to the association"))
def thanks(message: Message, booking: Booking) -> Words:
    """Before anybody has said that the talk took place, its words are true either way."""
    if booking.state == S.TOOK_PLACE:
        subject, opening = _("Thank you for having us"), _("Thank you for the evening.")
        more = [_("Your answers help us to decide which talks we offer.")]
    else:
        subject, opening = _("How was the talk on %(day)s?") % {"day": day_of(booking)}, _("We hope that it went well.")
        more = [
            _("If there was no talk, call us, and we will find another evening: %(name)s, %(phone)s.")
            % booking.partnership.call_us
        ]
    questions = _("We have two questions, and they take half a minute.")
    return Words(
        subject=subject,
        paragraphs=[f"{opening} {questions}", *more],
        facts=facts_of(booking),
        button=(_("Answer the two questions"), links.link(booking, "feedback", reader_of(message))),
    )


@about_booking(
    "talks.questions_answered",
    S.CONFIRMED,
    S.TOOK_PLACE,
    called=gettext_lazy("Talk: the association has answered the two questions"),
    in_digest=True,
)
def questions_answered(message: Message, booking: Booking) -> Words | None:
    """To the coordinators, so that a comment is read, and a wish to go on is taken up; about the newest answer only."""
    feedback = Feedback.objects.filter(booking=booking).first()
    if feedback is None or message.about.get("at", feedback.at.isoformat()) != feedback.at.isoformat():
        return None
    association, answers = unlinked(booking.association.title), answers_of(feedback)
    return Words(
        subject=_("%(association)s has answered after its talk") % {"association": association},
        paragraphs=[
            _("Here is what the association said of the talk."),
            *([_("See whether the comment asks for an answer.")] if feedback.words else []),
        ],
        facts=[*answers, *facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=talk_to_see(booking, association, *(f"{label} {answer}" for label, answer in answers)),
    )


@about_booking(
    "talks.answers_disagree",
    S.DID_NOT_TAKE_PLACE,
    called=gettext_lazy("Talk: did not take place, though the association has answered about it"),
    in_digest=True,
)
def answers_disagree(message: Message, booking: Booking) -> Words | None:
    """To the coordinators but the one who did it; nothing once it is corrected."""
    feedback = Feedback.objects.filter(booking=booking).first()
    if feedback is None:
        return None
    association, answers = unlinked(booking.association.title), answers_of(feedback)
    paragraphs = [
        _("It is written down that the talk did not take place, but the association has answered how it was."),
        _("Ask both, and correct it on the page of the talk if needed."),
    ]
    return Words(
        subject=_("Did the talk take place? %(association)s") % {"association": association},
        paragraphs=paragraphs,
        facts=[*answers, *facts_of(booking), *contact_of(booking, message.recipient)],
        button=(_("See the talk"), staff_page_of(booking)),
        brief=talk_to_see(booking, association, *paragraphs, *(f"{label} {answer}" for label, answer in answers)),
    )


def answers_of(feedback: Feedback) -> list[tuple[str, str]]:
    """Return the two questions with the answers to them, as staff read them, and the comment."""
    comment = [(_("Comment"), unlinked(feedback.words))] if feedback.words else []
    return [
        (_("Was it useful to them?"), feedback.get_useful_display()),
        (_("Will they do something together?"), feedback.get_will_act_display()),
        *comment,
    ]


@about_booking("talks.thanks_speaker", S.CONFIRMED, called=gettext_lazy("Talk: the speaker is asked how it went"))
def thanks_speaker(message: Message, booking: Booking) -> Words:
    """To the speaker, on the morning after the talk: asks whether it took place and how many came."""
    return Words(
        subject=_("How did the talk go?"),
        paragraphs=[_("Did the talk take place, and how many came? Your best count is fine.")],
        facts=facts_of(booking),
        button=(_("Write how it went"), page_of(booking)),
    )


@about_booking("talks.did_not_take_place", S.DID_NOT_TAKE_PLACE, called=gettext_lazy("Talk: did not take place"))
def did_not_take_place(message: Message, booking: Booking) -> Words:
    """To the chair, when it is recorded that there was no talk; each correction may be told."""
    return Words(
        subject=_("The talk on %(day)s did not take place") % {"day": day_of(booking)},
        paragraphs=[
            _("We are sorry that there was no talk. Choose another evening, or call us: %(name)s, %(phone)s.")
            % booking.partnership.call_us
        ],
        facts=facts_of(booking),
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )
