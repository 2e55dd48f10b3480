"""Messages to helpers. Each reads the helper again, and returns None if it is no longer true."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from neighbours.first_things import FIRST_THINGS
from neighbours.links import make_token
from neighbours.models import Helper, HelperQuerySet, HelperStep, State
from neighbours.scopes import is_shown_to_naboven
from partnership.fields.names import unlinked
from partnership.outbox.post import Message, Words, words
from partnership.people.models import User


def _helper(message: Message, state: State) -> Helper | None:
    """Return the helper whom a message is about; None if they are no longer in that state."""
    return _about(message).filter(state=state).first()


def _waiting_helper(message: Message) -> Helper | None:
    """Return the helper whom a message is about, if they have a link to use."""
    return _about(message).waiting().first()


def _about(message: Message) -> HelperQuerySet:
    found = Helper.objects.filter(pk=message.about.get("helper"), partnership=message.partnership)
    return found.select_related("person", "household__address")


def _link(helper: Helper, message: Message) -> str:
    token = make_token(helper, message.due_at)
    return message.partnership.url(reverse("neighbours:confirm", args=[token]))


def _not_you() -> str:
    return _("If it was not you, you do not need to do anything. After 30 days we will delete what was typed.")


@words(
    "neighbours.confirm",
    transactional=True,
    called=gettext_lazy("Neighbour helper: confirm the email address"),
    by_email=True,
)
def confirm(message: Message) -> Words | None:
    helper = _waiting_helper(message)
    if helper is None:
        return None
    return Words(
        subject=_("One more step, and you are a neighbour helper"),
        paragraphs=[
            _(
                "You would like to join your neighbours in %(name)s. Press the button to confirm "
                "your email address, and you have joined."
            )
            % {"name": message.partnership.name},
            _("The link works for 14 days."),
            _not_you(),
        ],
        button=(_("Yes, I will be a neighbour helper"), _link(helper, message)),
    )


@words(
    "neighbours.confirm_reminder",
    transactional=True,
    called=gettext_lazy("Neighbour helper: reminder to confirm"),
    by_email=True,
)
def confirm_reminder(message: Message) -> Words | None:
    helper = _waiting_helper(message)
    if helper is None:
        return None
    return Words(
        subject=_("You are almost a neighbour helper"),
        paragraphs=[
            _("A few days ago you asked to become a neighbour helper. All that is missing is one press of the button."),
            _("This is the only time that we remind you."),
            _not_you(),
        ],
        button=(_("Yes, I will be a neighbour helper"), _link(helper, message)),
    )


@words(
    "neighbours.already_helper",
    transactional=True,
    called=gettext_lazy("Neighbour helper: joined already"),
    by_email=True,
)
def already_helper(message: Message) -> Words | None:
    if _helper(message, State.CONFIRMED) is None:
        return None
    return Words(
        subject=_("You are a neighbour helper already"),
        paragraphs=[
            _(
                "Somebody asked to join with this email address. You are a neighbour helper already, so "
                "nothing has changed."
            ),
            _("You log in with a code that we send you. You need no password."),
            _("If it was not you, you do not need to do anything."),
        ],
        button=(_("Go to my page"), message.partnership.url(reverse("people:me"))),
    )


@words(
    "neighbours.elsewhere",
    transactional=True,
    called=gettext_lazy("Neighbour helper: account at another partnership"),
    by_email=True,
)
def elsewhere(message: Message) -> Words | None:
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
    helper = _helper(message, State.CONFIRMED)
    if helper is None:
        return None
    if not helper.person.email:
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
    helper = _about(message).asleep(message.partnership.today(), message.partnership).first()
    if helper is None:
        return None
    here = message.partnership
    call = here.call_us
    has_page = bool(helper.person.email)
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
            else _("Call %(name)s on %(phone)s when you have done it. Then we write it down for you.") % call,
            _("Would you rather stop? You can do that on your own page too, or call %(name)s on %(phone)s.") % call
            if has_page
            else _("Would you rather stop? Call the same number. Thank you for having been with us."),
            _("We do not remind you of this. You stay a neighbour helper until you say that you want to stop."),
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))) if has_page else None,
    )


@words("neighbours.left", transactional=True, called=gettext_lazy("Neighbour helper: stopped"), by_email=True)
def left(message: Message) -> Words | None:
    if _helper(message, State.LEFT) is None:
        return None
    here = message.partnership
    return Words(
        subject=_("You are no longer a neighbour helper"),
        paragraphs=[
            _("You have stopped as a neighbour helper, and we have deleted your address."),
            _("Would you like us to delete the rest too? Do it on your own page, or call %(name)s on %(phone)s.")
            % here.call_us,
            _("If it was not you, call the same number. Thank you for having been with us."),
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))),
    )


@words(
    "neighbours.typed_mailbox",
    transactional=True,
    called=gettext_lazy("Neighbour helper: welcome, to an address that staff typed"),
    by_email=True,
)
def typed_mailbox(message: Message) -> Words | None:
    """To a mailbox that is not verified: it says nothing about them."""
    if _helper(message, State.CONFIRMED) is None:
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
    step = HelperStep.objects.filter(pk=message.about["step"]).select_related("helper__person", "by").first()
    if step is None:
        return _mailbox_corrected_and_deleted(message)
    name, by = unlinked(step.helper.person.name), step.by.name if step.by else _("Somebody")
    return Words(
        subject=_("Another email address for %(name)s") % {"name": name},
        paragraphs=[
            _("%(by)s has written another email address for %(name)s, who logs in with it from now on.")
            % {"by": unlinked(by), "name": name},
            _("If that is as agreed, you do not need to do anything. If not, call %(name)s today.") % {"name": name},
        ],
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
    otherwise = _("Otherwise find out today what happened.")
    return Words(
        subject=_("A neighbour helper with a corrected email address is deleted"),
        paragraphs=[
            corrected % {"by": unlinked(by.name) if by else _("Somebody")},
            f"{is_agreed} {otherwise}",
        ],
    )


def _begin() -> str:
    return _(
        "You are now a neighbour helper. It takes about 15 minutes a month, and you begin with the first three things:"
    )


def _advice_on_the_round(message: Message) -> tuple[str, str]:
    article = next(thing.article for thing in FIRST_THINGS if thing.article)
    return _("Our advice on doors and windows"), message.partnership.url(reverse("advice:article", args=[article]))


def _seen_by_the_naboven(helper: Helper) -> str:
    if is_shown_to_naboven(helper):
        return _(
            "You have also said yes to this: a Naboven (local contact person) of your area sees your name and which of "
            "the three things you have done."
        )
    return _("A Naboven (local contact person) of your area does not see you, since you have not said yes to it.")


def _welcome_without_email(message: Message, helper: Helper) -> Words:
    """The letter to somebody who has no own page to log in to: staff tick for them, so it says whom to call."""
    here = message.partnership
    call = here.call_us
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
            _("Call %(name)s on %(phone)s when you have done one of them. Then we write it down for you.") % call,
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
    )
