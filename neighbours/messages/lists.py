"""Messages to people whom staff have brought in with a list: where we have their details from, as article 14 of the
GDPR asks, said once, together with the welcome.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.consent_words import PURPOSE
from neighbours.messages.cards import card_of
from neighbours.messages.membership import helper_in, tell_us
from neighbours.models import BroughtHelper, Helper, State
from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import Message, Words, words
from partnership.people.models import Consent
from partnership.places.models import Partnership


@words("neighbours.from_list", transactional=True, called=gettext_lazy("Neighbour helper: welcome, from a list"))
def from_list(message: Message) -> Words | None:
    """To somebody without a mailbox, by letter: they tell on a card, or in a call, what they have done."""
    helper = helper_in(message, State.CONFIRMED)
    if helper is None or not hasattr(helper, "brought_by"):
        return None
    call, card = message.partnership.call_us, card_of(helper, clock.now())
    return Words(
        subject=_("Welcome: you are a neighbour helper now"),
        paragraphs=[
            " ".join(_how_you_came(helper, helper.brought_by)),
            _("It takes about 15 minutes a month, and you begin with the first three things:"),
            _("1. Greet a neighbour and swap telephone numbers."),
            _(
                "2. Walk round your own home. Look at doors, windows, hedges and light, and choose one thing to put "
                "right."
            ),
            _("3. Agree with a neighbour to keep an eye on each other’s homes."),
            f"{tell_us(card, call)} {_or_stop()}",
            _what_we_keep(),
            # On one sheet: how to reach whoever answers for it stands above.
            " ".join([_rights(), _responsible(message.partnership), _complaints(message.partnership)]),
        ],
        card=card,
    )


@words(
    "neighbours.from_list_by_email",
    transactional=True,
    called=gettext_lazy("Neighbour helper: welcome, from a list, to an address that staff typed"),
    by_email=True,
)
def from_list_by_email(message: Message) -> Words | None:
    """To a mailbox that is not verified: it says nothing about them but how they said yes."""
    helper = helper_in(message, State.CONFIRMED)
    if helper is None or not hasattr(helper, "brought_by"):
        return None
    here = message.partnership
    return Words(
        subject=_("Welcome as a neighbour helper"),
        paragraphs=[
            *_how_you_came(helper, helper.brought_by),
            _(
                "Log in once with a code that we send here. Then we know that the address is yours, and what you do "
                "counts. Your page shows the first three things to do."
            ),
            _what_we_keep(),
            _rights(),
            _(
                "On your own page you can also stop, correct everything, and delete it. Or call %(name)s on "
                "%(phone)s. Was it not you? Call, and we delete the address."
            )
            % here.call_us,
            " ".join([_responsible(here), _complaints(here)]),
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))),
        links=[(_("All about how we keep data"), here.url(reverse("privacy")))],
    )


@words(
    "neighbours.list_taken_back",
    transactional=True,
    called=gettext_lazy("Neighbour helper: written down by mistake, and deleted"),
)
def list_taken_back(message: Message) -> Words | None:
    """To a mailbox of somebody who had the welcome of a list that staff have taken back."""
    if message.recipient is not None:
        return None
    return Words(
        subject=_("We wrote you down by mistake"),
        paragraphs=[
            _(
                "Lately we wrote to you that you are a neighbour helper. That was a mistake of ours: the list that you "
                "stood on has been taken back."
            ),
            _("We have deleted your name, your address and everything else about you. You do not need to do anything."),
            _("Would you like to be a neighbour helper? Join on our page, or call %(name)s on %(phone)s.")
            % message.partnership.call_us,
        ],
        button=(_("Become a neighbour helper"), message.partnership.url(reverse("neighbours:overview"))),
    )


def _how_you_came(helper: Helper, brought: BroughtHelper) -> list[str]:
    """Return when and how they said yes, and where we have their details from."""
    here = helper.partnership
    consent = Consent.objects.filter(person=helper.person, wording__purpose=PURPOSE, is_given=True).first()
    came = _("%(name)s has written you down as a neighbour helper.")
    if consent:
        came = _("%(name)s has written you down as a neighbour helper. You said yes to it on %(day)s, %(how)s.")
    day = day_in_words(clock.local(consent.at, here.zone).date()) if consent else ""
    how = consent.get_medium_display() if consent else ""
    return [
        came % {"name": here.name, "day": day, "how": how},
        _("We have your details from: %(source)s.") % {"source": unlinked(brought.source.rstrip(" ."))},
    ]


def _or_stop() -> str:
    return _(
        "Would you rather not be a neighbour helper, or is something wrong? Call the same number, and we put it right "
        "or delete everything."
    )


def _what_we_keep() -> str:
    """Return what we keep, why we may, and who sees it."""
    return _(
        "We keep your name and address, and your email address and telephone number if we were given them. We use them "
        "to build the network of neighbour helpers, and to write to you about it. We may do that because you have said "
        "yes, and you can take your yes back at any time. Only coordinators and administrators see them."
    )


def _rights() -> str:
    """Return for how long it is kept, and what the reader can ask for."""
    return _(
        "We delete your address when you stop, and the rest when you ask us to. You have the right to see "
        "everything, to have it corrected or deleted, and to get it in a file."
    )


def _responsible(here: Partnership) -> str:
    return _("%(municipality)s is responsible for your data.") % {"municipality": here.municipality}


def _complaints(here: Partnership) -> str:
    if here.country == Partnership.Country.SWEDEN:
        return _("You can also complain to the Swedish Authority for Privacy Protection (IMY).")
    return _("You can also complain to the Danish Data Protection Agency (Datatilsynet).")
