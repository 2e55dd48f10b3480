"""What is said when a membership ends. Each reads the helper again, and returns None if it is no longer true."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.messages.membership import helper_in, helpers_of
from neighbours.models import State
from partnership.outbox.post import Message, Words, words
from partnership.people.actions.details import postal_address_of
from partnership.places.models import Partnership


@words("neighbours.left", transactional=True, called=gettext_lazy("Neighbour helper: stopped"), by_email=True)
def left(message: Message) -> Words | None:
    """To a helper who has stopped, or for whom staff noted it; nothing if they are a helper again."""
    helper = helper_in(message, State.LEFT)
    if helper is None:
        return None
    here = message.partnership
    return Words(
        subject=_("You are no longer a neighbour helper"),
        paragraphs=[
            _("You have stopped as a neighbour helper. We keep your address for letters about other things.")
            if postal_address_of(helper.person)
            else _("You have stopped as a neighbour helper, and we have deleted your address."),
            _("Would you like us to delete the rest too? Do it on your own page, or call %(name)s on %(phone)s.")
            % here.call_us,
            _("If it was not you, call the same number. Thank you for having been with us."),
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))),
    )


@words(
    "neighbours.left_home",
    transactional=True,
    warns=True,
    by_letter=True,
    called=gettext_lazy("Neighbour helper: stopped, to the home before"),
)
def left_home(message: Message) -> Words | None:
    """To where somebody lived of whom staff were told that they stop: a stranger may have said it, and may have made
    them a helper elsewhere since. Nothing if they are a helper there again.
    """
    helper, here = helpers_of(message).first(), message.partnership
    if helper is None:
        return None
    if helper.is_confirmed:
        return None if helper.household and helper.household.address_id == message.about["letter_to"] else _again(here)
    return Words(
        subject=_("You are no longer a neighbour helper"),
        paragraphs=[
            _("Somebody told us that you no longer want to be a neighbour helper."),
            _("We keep your address for letters about other things, but no longer write to you about being a helper.")
            if postal_address_of(helper.person)
            else _("We have deleted your address, and will not write to you about being a helper again."),
            _("If it is not right, call us today, and we will put it right: %(name)s, %(phone)s.") % here.call_us,
            _("Would you like us to delete the rest too? Call the same number. Thank you for having been with us."),
        ],
    )


def _again(here: Partnership) -> Words:
    return Words(
        subject=_("We have noted another address for you"),
        paragraphs=[
            _("Somebody told us that you no longer want to be a neighbour helper."),
            _("Since then we have been told that you are with us again, and live somewhere else."),
            _("If that is right, you do not need to do anything."),
            _("If it is not right, call us today, and we will put it right: %(name)s, %(phone)s.") % here.call_us,
        ],
    )
