"""Messages on the day after a talk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.outbox.post import Message, Words
from talks import links
from talks.messages.about import about_booking, call_us, day_of, facts_of, page_of
from talks.models import Booking

S = Booking.State


@about_booking("talks.thanks", S.CONFIRMED, S.TOOK_PLACE, called=gettext_lazy("Talk: thanks to the association"))
def thanks(message: Message, booking: Booking) -> Words:
    return Words(
        subject=_("Thank you for having us"),
        paragraphs=[
            _("Thank you for the evening. We have two questions, and they take half a minute."),
            _("Your answers help us to decide which talks we offer."),
        ],
        facts=facts_of(booking),
        button=(_("Answer the two questions"), links.link(booking, "feedback")),
    )


@about_booking("talks.thanks_speaker", S.CONFIRMED, called=gettext_lazy("Talk: thanks to the speaker"))
def thanks_speaker(message: Message, booking: Booking) -> Words:
    return Words(
        subject=_("Thank you for giving the talk"),
        paragraphs=[_("Thank you for the evening. One question: how many came? Your best count is fine.")],
        facts=facts_of(booking),
        button=(_("Write how many came"), page_of(booking)),
    )


@about_booking("talks.did_not_take_place", S.DID_NOT_TAKE_PLACE, called=gettext_lazy("Talk: did not take place"))
def did_not_take_place(message: Message, booking: Booking) -> Words:
    return Words(
        subject=_("The talk on %(day)s did not take place") % {"day": day_of(booking)},
        paragraphs=[
            _("We are sorry that there was no talk. Choose another evening, or call us: %(name)s, %(phone)s.")
            % call_us(booking.partnership)
        ],
        facts=facts_of(booking),
        button=(_("See free evenings"), booking.partnership.url(reverse("talks:overview"))),
    )
