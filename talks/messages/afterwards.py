"""Messages on the day after a talk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.outbox.post import Message, Words
from talks import links
from talks.messages.about import about_booking, day_of, facts_of, page_of, reader_of
from talks.models import Booking

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


@about_booking("talks.thanks_speaker", S.CONFIRMED, called=gettext_lazy("Talk: the speaker is asked how it went"))
def thanks_speaker(message: Message, booking: Booking) -> Words:
    return Words(
        subject=_("How did the talk go?"),
        paragraphs=[_("Did the talk take place, and how many came? Your best count is fine.")],
        facts=facts_of(booking),
        button=(_("Write how it went"), page_of(booking)),
    )


@about_booking("talks.did_not_take_place", S.DID_NOT_TAKE_PLACE, called=gettext_lazy("Talk: did not take place"))
def did_not_take_place(message: Message, booking: Booking) -> Words:
    return Words(
        subject=_("The talk on %(day)s did not take place") % {"day": day_of(booking)},
        paragraphs=[
            _("We are sorry that there was no talk. Choose another evening, or call us: %(name)s, %(phone)s.")
            % booking.partnership.call_us
        ],
        facts=facts_of(booking),
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )
