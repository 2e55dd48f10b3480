"""Messages in place of the link that somebody asked for on the web: the page shows the same whoever has the mailbox."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership import clock
from partnership.outbox.post import Message, Words, words
from partnership.people.own.held_back import said_to_whoever_asked
from talks.rules import OPEN_EACH


@words(
    "talks.elsewhere",
    transactional=True,
    called=gettext_lazy("Talk: address in use at another partnership"),
    to_typed=True,
)
def elsewhere(message: Message) -> Words | None:
    """To somebody of another partnership whose mailbox was used to ask here, which the page must not tell."""
    home = message.recipient.partnership if message.recipient else None
    if home is None:
        return None
    return Words(
        subject=_("Ask for a talk with another email address"),
        paragraphs=[
            _("Somebody asked %(asked)s for a talk with your email address. The address is in use at %(name)s.")
            % {"asked": message.partnership.name, "name": home.name},
            _("If it was you, ask again with another address, or call us: %(phone)s.") % message.partnership.call_us,
            _("If it was not you, you do not need to do anything."),
        ],
    )


@words(
    "talks.held_back",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Talk: address that opens nothing yet"),
)
def held_back(message: Message) -> Words | None:
    """To a mailbox that staff have written down and nobody has used: it says nothing about whose it is to be."""
    asked = _("Somebody asked for a talk with this email address. We have saved nothing.")
    then = _("Then you can ask for a talk.")
    said = said_to_whoever_asked(message.recipient, message.partnership, asked=asked, then=then, now=clock.now())
    return Words(subject=_("You cannot ask for a talk with this email address yet"), paragraphs=said) if said else None


@words(
    "talks.too_many",
    transactional=True,
    called=gettext_lazy("Talk: several requests waiting already"),
    to_typed=True,
)
def too_many(message: Message) -> Words:
    """To a chair with as many open requests as one may have (`OPEN_EACH`)."""
    return Words(
        subject=_("You have several requests waiting already"),
        paragraphs=[
            _("There are already %(count)s requests for a talk in your name, so we have not accepted another.")
            % {"count": OPEN_EACH},
            _("Withdraw one of them, or wait for our answer."),
            _("If you want to withdraw days that you asked for, do it on your page, or call us: %(name)s, %(phone)s.")
            % message.partnership.call_us,
        ],
        button=(_("See my requests"), message.partnership.url(reverse("people:me"))),
    )
