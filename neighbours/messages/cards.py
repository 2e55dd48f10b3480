"""The reply card of a helper without email, and the letter that brings a new one."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.actions.cards import ANOTHER, BOXES
from neighbours.models import Helper, State
from neighbours.models.cards import PURPOSE
from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import CardPage, Message, Words, words
from partnership.paper import printed_codes
from partnership.paper.models import PrintedCode


def card_of(helper: Helper, now: dt.datetime) -> CardPage | None:
    """Return the card that a helper has now, in the language that is active; None if they have none."""
    code = printed_codes.open_codes(now).filter(purpose=PURPOSE, about=helper.pk).order_by("-pk").first()
    return page_of_card(helper, code) if code else None


def page_of_card(helper: Helper, code: PrintedCode) -> CardPage:
    """Return the page with the card that has this number."""
    here = helper.partnership
    last = day_in_words(clock.local(code.expires_at, here.zone).date() - dt.timedelta(days=1))
    return CardPage(
        how=[
            _("Have you done one of the things below? Tick it on the card, cut the card off, and hand it in."),
            _("Do not write your name. The number tells us whose card it is, and nobody else can use it for anything."),
            _("Hand it in here: %(place)s.") % {"place": here.hand_in_at}
            if here.hand_in_at
            else _("Call %(name)s on %(phone)s, and we tell you where to hand it in.") % here.call_us,
            _("Would you rather call? Then call %(name)s on %(phone)s. You need no card for that.") % here.call_us,
            _("Tick the last box if you would like a new card. Then we send you one."),
            _("The card can be used once, until %(day)s. A newer card takes its place.") % {"day": last},
        ],
        boxes=[*((key, str(thing.title)) for key, thing in BOXES.items()), (ANOTHER, _("I would like a new card"))],
        number=printed_codes.number_of(code),
        hand_in=here.hand_in_at,
    )


@words(
    "neighbours.new_card", transactional=True, by_letter=True, called=gettext_lazy("Neighbour helper: new reply card")
)
def new_card(message: Message) -> Words | None:
    """To a helper who asked for a new card; nothing if they have none any more."""
    found = Helper.objects.filter(pk=message.about.get("helper"), partnership=message.partnership)
    helper = found.filter(state=State.CONFIRMED).select_related("partnership").first()
    card = card_of(helper, clock.now()) if helper else None
    if card is None:
        return None
    return Words(
        subject=_("Your new reply card"),
        paragraphs=[
            _("Here is the new card that you asked for. Thank you for telling us what you do for your neighbours."),
            _("An earlier card no longer counts. Throw it away if you still have it."),
            _("Did you not ask for a card? Then call %(name)s on %(phone)s.") % message.partnership.call_us,
        ],
        card=card,
    )
