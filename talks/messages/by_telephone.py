"""Messages to a mailbox that staff have written down for a caller, and that nobody has verified yet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.outbox.post import Message, Words
from talks import links
from talks.messages.about import about_booking, reader_of, what_and_when
from talks.messages.wishes import about_wish, what_and_when_of_wish
from talks.models import Booking, TalkWish

S = Booking.State


@about_booking(
    "talks.typed_mailbox",
    S.REQUESTED,
    S.OFFERED,
    S.CONFIRMED,
    called=gettext_lazy("Talk by telephone: confirm the email address"),
    by_email=True,
)
def typed_mailbox(message: Message, booking: Booking) -> Words:
    """To the chair's unverified mailbox, in place of `requested`: the link that shows that it is theirs."""
    return _words(message, booking, "verify", what_and_when(booking))


@about_wish(
    "talks.typed_mailbox_of_wish",
    lambda wish: wish.is_waiting,
    called=gettext_lazy("Wish by telephone: confirm the email address"),
    by_email=True,
)
def typed_mailbox_of_wish(message: Message, wish: TalkWish) -> Words:
    """The same for wished days, in place of `wish_received`."""
    return _words(message, wish, "verify_wish", what_and_when_of_wish(wish))


def _words(message: Message, case: Booking | TalkWish, purpose: str, facts: list[tuple[str, str]]) -> Words:
    """Only facts in our own words: the address may have been misheard."""
    return Words(
        subject=_("Is this the right address for your talk?"),
        paragraphs=[
            _(
                "You have asked us for a talk, and we wrote down this email address. Confirm below that it is "
                "yours. Then we write to you here."
            ),
            _("If it was not you, you do not need to do anything, or call %(name)s on %(phone)s.")
            % case.partnership.call_us,
        ],
        facts=facts,
        button=(_("Yes, this is my address"), links.link(case, purpose, reader_of(message))),
    )
