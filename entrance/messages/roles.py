"""What people hear of their own roles."""

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from partnership.outbox.post import Message, Words, words
from partnership.people.models import Role, User
from partnership.people.rules import needs_second_factor


@words(
    "entrance.first_role",
    transactional=True,
    called=gettext_lazy("Staff: how to log in the first time"),
    by_email=True,
)
def first_role(message: Message) -> Words | None:
    """To somebody who has just got a role; nothing if it has been taken again."""
    person, here = message.recipient, message.partnership
    if person is None or not needs_second_factor(person):
        return None
    return Words(
        subject=_("You have a role at %(name)s") % {"name": here.name},
        paragraphs=[
            _("Your role: %(roles)s.") % {"roles": _titles(message, person)},
            _by_code(),
            _(
                "The first time we also ask for eight digits. An administrator tells you them, or hands them over on "
                "paper. Then you choose an app or a passkey, which you use each time."
            ),
        ],
        button=_log_in(message),
    )


@words("entrance.own_roles", transactional=True, called=gettext_lazy("Roles: given or ended, to the person"))
def own_roles(message: Message) -> Words | None:
    """To somebody whose roles are others now: which they have, what that means, and which have ended. Nothing if they
    have none, and had none when it was posted.
    """
    person, lost = message.recipient, message.about.get("lost", [])
    if person is None:
        return None
    ended = [
        _("You no longer have this role: %(roles)s. Thank you for what you have done.")
        % {"roles": ", ".join(sorted(str(Role.Kind(kind).label) for kind in lost))}
    ]
    is_it_not_right = _("If that is not right, call us: %(name)s, %(phone)s.") % message.partnership.call_us
    held = Role.objects.of(person, message.partnership)
    if not held.exists():
        if not lost:
            return None
        subject = _("Your role at %(name)s has ended") % {"name": message.partnership.name}
        return Words(subject=subject, paragraphs=[*ended, is_it_not_right])
    means = [_what_a_naboven_does(message, person)] if held.filter(kind=Role.Kind.NABOVEN).exists() else []
    return Words(
        subject=_("Your role at %(name)s") % {"name": message.partnership.name},
        paragraphs=[
            _("Your role: %(roles)s.") % {"roles": _titles(message, person)},
            *means,
            *(ended if lost else []),
            is_it_not_right,
        ],
        button=_log_in(message) if person.email else None,
    )


def _what_a_naboven_does(message: Message, person: User) -> str:
    """Return what the role opens, and how: the list of helpers is a page, for which one logs in."""
    sees = _(
        "You are the one whom neighbours in your local area can ask. You see the names of the helpers there who have "
        "said yes to it."
    )
    if person.email:
        return f"{sees} {_by_code()}"
    call = _("To log in and see them you need an email address: call %(name)s on %(phone)s, and we write it down.")
    return f"{sees} {call % message.partnership.call_us}"


def _by_code() -> str:
    return _("Enter this email address on the log-in page, and we will send you a code by email. There is no password.")


def _titles(message: Message, person: User) -> str:
    """Return the roles here in words; a local contact person's with their local areas."""
    titles: dict[str, list[str]] = {}
    for role in Role.objects.of(person, message.partnership).select_related("area"):
        titles.setdefault(str(role.get_kind_display()), []).extend([role.area.name] if role.area else [])
    return ", ".join(
        f"{title} ({', '.join(sorted(areas))})" if areas else title for title, areas in sorted(titles.items())
    )


def _log_in(message: Message) -> tuple[str, str]:
    return _("Log in"), message.partnership.url(f"{reverse('account_login')}?lang={get_language()}")
