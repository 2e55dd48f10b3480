"""Messages to helpers. Each reads the helper again, and returns None if it is no longer true."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.first_things import FIRST_THINGS
from neighbours.links import CONFIRM_LINK_LASTS, make_token
from neighbours.messages.cards import card_of
from neighbours.models import UNCONFIRMED_KEPT, Helper, HelperQuerySet, HelperStep, State
from neighbours.rules import has_own_page
from neighbours.scopes import is_shown_to_naboven
from partnership import clock
from partnership.fields.names import unlinked
from partnership.fields.printed_days import day_in_words
from partnership.outbox.post import CardPage, Message, Words, words
from partnership.people.models import User
from partnership.people.own.held_back import said_to_administrators, said_to_whoever_asked


def helper_in(message: Message, state: State) -> Helper | None:
    """Return the helper whom a message is about; None if they are no longer in that state."""
    return helpers_of(message).filter(state=state).first()


def _waiting_helper(message: Message) -> Helper | None:
    """Return the helper whom a message is about, if they have a link to use."""
    return helpers_of(message).waiting().first()


def helpers_of(message: Message) -> HelperQuerySet:
    """Return the helper whom a message is about, whatever their state; none if they are deleted."""
    found = Helper.objects.filter(pk=message.about.get("helper"), partnership=message.partnership)
    return found.select_related("person", "household__address")


def _link(helper: Helper, message: Message) -> str:
    token = make_token(helper, message.due_at)
    return message.partnership.url(reverse("neighbours:confirm", args=[token]))


def _last_day_of_link(message: Message) -> str:
    """Return the last whole day on which the link can be used."""
    ends = clock.local(message.due_at + CONFIRM_LINK_LASTS, message.partnership.zone)
    return day_in_words(ends.date() - dt.timedelta(days=1))


def _not_you() -> str:
    said = _("If it was not you, you do not need to do anything. After %(days)d days we will delete what was typed.")
    return said % {"days": UNCONFIRMED_KEPT.days}


@words(
    "neighbours.confirm",
    transactional=True,
    called=gettext_lazy("Neighbour helper: confirm the email address"),
    to_typed=True,
)
def confirm(message: Message) -> Words | None:
    """To somebody who asked on the web to join: the link that makes them a helper. Nothing if they are one by now."""
    helper = _waiting_helper(message)
    if helper is None:
        return None
    return Words(
        subject=_("One more step, and you are a neighbour helper"),
        paragraphs=[
            _(
                "You would like to join your neighbours in %(name)s. Confirm below that the email address is yours, "
                "and you have joined."
            )
            % {"name": message.partnership.name},
            _("The link works until the end of %(day)s.") % {"day": _last_day_of_link(message)},
            _not_you(),
        ],
        button=(_("Yes, I will be a neighbour helper"), _link(helper, message)),
    )


@words(
    "neighbours.confirm_reminder",
    transactional=True,
    called=gettext_lazy("Neighbour helper: reminder to confirm"),
    to_typed=True,
)
def confirm_reminder(message: Message) -> Words | None:
    """The one reminder of that link, posted with it and sent only while they have not confirmed."""
    helper = _waiting_helper(message)
    if helper is None:
        return None
    return Words(
        subject=_("You are almost a neighbour helper"),
        paragraphs=[
            _("You asked to become a neighbour helper on %(day)s. All that is missing is your yes below.")
            % {"day": day_in_words(clock.local(helper.joined_at, message.partnership.zone).date())},
            _("This is the only time that we remind you."),
            _not_you(),
        ],
        button=(_("Yes, I will be a neighbour helper"), _link(helper, message)),
    )


@words(
    "neighbours.already_helper",
    transactional=True,
    called=gettext_lazy("Neighbour helper: joined already"),
    to_typed=True,
)
def already_helper(message: Message) -> Words | None:
    """To a helper whose address was used to join again, in place of a link: the page must not tell."""
    if helper_in(message, State.CONFIRMED) is None:
        return None
    return Words(
        subject=_("You are a neighbour helper already"),
        paragraphs=[
            _(
                "Somebody asked to join with this email address. You are a neighbour helper already, so "
                "nothing has changed."
            ),
            _("You log in with a code that we send you. You need no password."),
            _(
                "Did somebody else in your home ask? Each neighbour helper has an email address of their own. Whoever "
                "has none can join by telephone, or with a slip on paper: call %(name)s on %(phone)s."
            )
            % message.partnership.call_us,
            _("If it was not you, you do not need to do anything."),
        ],
        button=(_("Go to my page"), message.partnership.url(reverse("people:me"))),
    )


@words(
    "neighbours.held_back",
    transactional=True,
    is_account=True,
    called=gettext_lazy("Neighbour helper: address that opens nothing yet"),
)
def held_back(message: Message) -> Words | None:
    """To a mailbox that staff have written down and nobody has used: it says nothing about whose it is to be."""
    asked = _("Somebody asked to join with this email address. We have saved nothing.")
    then = _("Then your own page says whether you have joined, and you can join there.")
    said = said_to_whoever_asked(message.recipient, message.partnership, asked=asked, then=then, now=clock.now())
    return Words(subject=_("You cannot join with this email address yet"), paragraphs=said) if said else None


@words(
    "neighbours.elsewhere",
    transactional=True,
    called=gettext_lazy("Neighbour helper: account at another partnership"),
    to_typed=True,
)
def elsewhere(message: Message) -> Words | None:
    """To somebody whose address was used to join here and whose account is elsewhere, in place of a link."""
    home = message.recipient.partnership if message.recipient else None
    asked = message.partnership
    if home is None:
        # A platform administrator, who belongs to no partnership.
        return Words(
            subject=_("This email address cannot be used to join"),
            paragraphs=[
                _(
                    "Somebody asked to join %(asked)s with this email address. It belongs to an account of "
                    "another kind. Join with another address."
                )
                % {"asked": asked.name},
                _("If it was not you, you do not need to do anything."),
            ],
        )
    return Words(
        subject=_("Your account is at %(name)s") % {"name": home.short_name},
        paragraphs=[
            _(
                "Somebody asked to join %(asked)s with this email address. Your account is at %(name)s, and an "
                "address can be in one place only."
            )
            % {"asked": asked.name, "name": home.name},
            _("Have you moved? Call %(name)s on %(phone)s, and we will help you to change.") % asked.call_us,
            _("If it was not you, you do not need to do anything."),
        ],
        button=(_("Go to my page"), home.url(reverse("people:me"))),
    )


@words("neighbours.welcome", transactional=True, called=gettext_lazy("Neighbour helper: welcome"))
def welcome(message: Message) -> Words | None:
    """To a new helper, once: the first three things, by email or as a letter that says whom to call."""
    helper = helper_in(message, State.CONFIRMED)
    if helper is None:
        return None
    if not has_own_page(helper.person, clock.now()):
        return _welcome_without_email(message, helper)
    return Words(
        subject=_("Welcome: you are a neighbour helper now"),
        paragraphs=[
            _begin(),
            _("1. Greet a neighbour and swap telephone numbers."),
            _("2. Walk round your own home. Our advice on doors and windows says what to look at."),
            _("3. Agree with a neighbour to keep an eye on each other’s homes."),
            _("Tick each of them on your own page when you have done it. You log in with a code that we send you."),
        ],
        button=(_("Go to my page"), message.partnership.url(reverse("people:me"))),
        links=[_advice_on_the_round(message)],
    )


# About their membership, and nothing else: whoever does not want it is no longer a helper, and is told how to stop.
@words("neighbours.still_with_us", transactional=True, called=gettext_lazy("Neighbour helper: asked after six months"))
def still_with_us(message: Message) -> Words | None:
    """To a helper of whom nothing was noted for six months, once; nothing if something was noted since."""
    helper = helpers_of(message).quiet_since_asked(message.partnership.today(), message.partnership).first()
    if helper is None:
        return None
    here = message.partnership
    call = here.call_us
    has_page = has_own_page(helper.person, clock.now())
    card = None if has_page else card_of(helper, clock.now())
    return Words(
        subject=_("Are you still a neighbour helper?"),
        paragraphs=[
            _("It is half a year or more since you told us of something that you have done as a neighbour helper."),
            _(
                "Are you still with us? Then do one of these soon: greet a neighbour, walk round your home, or agree "
                "with a neighbour to keep an eye on each other’s homes."
            ),
            _("Tick it on your own page when you have done it. You log in with a code that we send you.")
            if has_page
            else tell_us(card, call),
            _("Would you rather stop? You can do that on your own page too, or call %(name)s on %(phone)s.") % call
            if has_page
            else _("Would you rather stop? Call the same number. Thank you for having been with us."),
            _("We do not remind you of this. You stay a neighbour helper until you say that you want to stop."),
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))) if has_page else None,
        card=card,
    )


@words(
    "neighbours.typed_mailbox",
    transactional=True,
    called=gettext_lazy("Neighbour helper: welcome, to an address that staff typed"),
    by_email=True,
)
def typed_mailbox(message: Message) -> Words | None:
    """To a mailbox that is not verified: it says nothing about them."""
    if helper_in(message, State.CONFIRMED) is None:
        return None
    here = message.partnership
    return Words(
        subject=_("Welcome as a neighbour helper"),
        paragraphs=[
            _("You said yes to being a neighbour helper, and we wrote down this email address."),
            _(
                "Log in once with a code that we send here. Then we know that the address is yours, and what you do "
                "counts. Your page shows the first three things to do."
            ),
            _("If it was not you, call %(name)s on %(phone)s, and we will delete the address.") % here.call_us,
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))),
    )


@words(
    "neighbours.mailbox_corrected",
    transactional=True,
    called=gettext_lazy("Neighbour helper: another email address, to the administrators"),
    in_digest=True,
)
def mailbox_corrected(message: Message) -> Words | None:
    """To the administrators, but for whoever did it, when staff have written another mailbox for a helper."""
    step = HelperStep.objects.filter(pk=message.about["step"]).select_related("helper__person", "by").first()
    if step is None:
        return _mailbox_corrected_and_deleted(message)
    person, by = step.helper.person, step.by.name if step.by else _("Somebody")
    subject, sentence = said_to_administrators(person, by, step.at, clock.now(), message.about)
    is_agreed = _("If that is as agreed, you do not need to do anything.")
    otherwise = _("If not, call the person straight away.")
    return Words(
        subject=subject,
        paragraphs=[sentence, f"{is_agreed} {otherwise}"],
        facts=[(_("Why"), unlinked(step.why))] if step.why else [],
        button=(_("See the helper"), message.partnership.url(reverse("neighbours:helper", args=[step.helper_id]))),
    )


def _mailbox_corrected_and_deleted(message: Message) -> Words:
    """The step goes with its helper: who deletes them must not be able to hide that their mailbox was another."""
    by = User.objects.filter(pk=message.about.get("by")).first()
    corrected = _(
        "%(by)s had written another email address for a neighbour helper. Everything about the helper has been "
        "deleted since."
    )
    is_agreed = _("If that is as agreed, you do not need to do anything.")
    otherwise = _("Otherwise find out straight away what happened.")
    return Words(
        subject=_("A neighbour helper with a corrected email address is deleted"),
        paragraphs=[
            corrected % {"by": unlinked(by.name) if by else _("Somebody")},
            f"{is_agreed} {otherwise}",
        ],
    )


def tell_us(card: CardPage | None, call: Mapping[str, str]) -> str:
    """Return how somebody who has no page of their own tells us what they have done."""
    if card is None:
        return _("Call %(name)s on %(phone)s when you have done one of them. Then we write it down for you.") % call
    return (
        _("Tick what you have done on the reply card that comes with this letter, or call %(name)s on %(phone)s.")
        % call
    )


def _begin() -> str:
    return _(
        "You are now a neighbour helper. It takes about 15 minutes a month, and you begin with the first three things:"
    )


def _advice_on_the_round(message: Message) -> tuple[str, str]:
    article = next(thing.article for thing in FIRST_THINGS if thing.article)
    return _("Our advice on doors and windows"), message.partnership.url(reverse("advice:article", args=[article]))


def _seen_by_the_naboven(helper: Helper) -> str:
    if helper.person.is_protected:
        return _("You have name and address protection, so no local contact person sees you.")
    if is_shown_to_naboven(helper):
        return _(
            "You have also said yes to this: if your area has a local contact person, they see your name and "
            "which of the three things you have done."
        )
    return _("You have not said yes to being seen by a local contact person, so none sees you.")


def _welcome_without_email(message: Message, helper: Helper) -> Words:
    """The letter to somebody who has no own page to log in to: staff tick for them, so it says whom to call."""
    here = message.partnership
    call = here.call_us
    card = card_of(helper, clock.now())
    return Words(
        subject=_("Welcome: you are a neighbour helper now"),
        paragraphs=[
            _begin(),
            _("1. Greet a neighbour and swap telephone numbers."),
            _(
                "2. Walk round your own home. Look at doors, windows, hedges and light, and choose one thing to put "
                "right."
            ),
            _("3. Agree with a neighbour to keep an eye on each other’s homes."),
            tell_us(card, call),
            _(
                "You have said yes to this: %(name)s keeps your name and address, and your telephone number if you "
                "gave it, and writes to you about being a helper. Only coordinators and administrators see the "
                "address."
            )
            % {"name": here.name},
            _seen_by_the_naboven(helper),
            _(
                "Call the same number if we have spelt your name wrong, if you move, if you no longer want to be a "
                "helper, or if we are to delete everything about you."
            ),
        ],
        card=card,
    )
