"""What is said when a way in changes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entrance.messages.reach import is_put_back
from partnership import clock
from partnership.fields.names import unlinked
from partnership.outbox.post import Message, Words, words
from partnership.people.actions.unproven import has_mailbox_by_code
from partnership.people.mailboxes import is_verified
from partnership.people.models import PersonStep, Role, User
from partnership.people.own.held_back import opens_on, said_to_administrators, said_to_reader


def _name(message: Message, who: str = "person") -> str:
    person = User.objects.filter(pk=message.about.get(who)).first()
    return person.name if person else _("Somebody")


def _titles(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(str(Role.Kind(kind).label) for kind in kinds))


def _told(subject: str, sentence: str, otherwise: str, **words: Any) -> Words:
    is_agreed = _("If that is as agreed, you do not need to do anything.")
    return Words(subject=subject, paragraphs=[sentence, f"{is_agreed} {otherwise}"], **words)


def _not_asked_for() -> str:
    return _("If you did not ask for that, call us today, so that we can help you to stop it.")


@words("entrance.factor_added", transactional=True, called=gettext_lazy("Second factor of staff: added"))
def factor_added(message: Message) -> Words:
    """To the other administrators, when a member of staff has added an app or a passkey."""
    sentence = _("%(name)s has added an app or a passkey to their log-in.") % {"name": _name(message)}
    return _told(
        _("A member of staff has a new way to log in"), sentence, _("Otherwise call them today, and remove it.")
    )


@words("entrance.factor_removed", transactional=True, called=gettext_lazy("Second factor of staff: removed"))
def factor_removed(message: Message) -> Words:
    """To the other administrators, when an app or a passkey of a member of staff was removed."""
    sentence = _("An app or a passkey was removed from the log-in of %(name)s.") % {"name": _name(message)}
    return _told(
        _("A member of staff has lost a way to log in"),
        sentence,
        _("Otherwise call them today, and ask whether they did it."),
    )


@words("entrance.address_of_staff_changed", transactional=True, called=gettext_lazy("Email address of staff: changed"))
def mailbox_of_staff_changed(message: Message) -> Words:
    """To the other administrators, when the email address of a member of staff was changed."""
    sentence = _("The email address that %(name)s logs in with was changed.") % {"name": _name(message)}
    return _told(
        _("A member of staff has another email address"),
        sentence,
        _("Otherwise call them today, and correct the address."),
    )


@words("entrance.roles_changed", transactional=True, called=gettext_lazy("Role of staff: changed"))
def roles_changed(message: Message) -> Words:
    """Tell which roles somebody has now; of somebody who is deleted since, only that: whoever lost the last role before
    is told of nowhere else.
    """
    person = User.objects.filter(pk=message.about.get("person")).first()
    if person is None:
        changed = _("%(by)s has changed the roles of somebody who has been deleted since.")
        sentence = changed % {"by": _name(message, "by")}
        return _told(_("A member of staff has other roles"), sentence, _("Otherwise find out today what happened."))
    held = person.roles.filter(partnership=message.partnership).values_list("kind", flat=True)
    changed = _("%(by)s has changed the roles of %(name)s.") % {"by": _name(message, "by"), "name": person.name}
    now = _("Now: %(roles)s.") % {"roles": _titles(set(held))} if held else _("Now there is none.")
    return _told(_("A member of staff has other roles"), f"{changed} {now}", _("Otherwise call both today."))


@words("entrance.staff_erased", transactional=True, called=gettext_lazy("Staff: deleted"))
def staff_erased(message: Message) -> Words:
    """To the other administrators, when somebody with a role is deleted: the roles, and who did it."""
    about = {"by": _name(message, "by"), "roles": _titles(message.about.get("roles", []))}
    if message.about.get("by") == message.about.get("person"):
        sentence = _("Somebody with this role has deleted everything about themselves: %(roles)s.") % about
    else:
        sentence = _("%(by)s has deleted somebody with this role: %(roles)s.") % about
    return _told(_("A member of staff is deleted"), sentence, _("Otherwise find out today what happened."))


@words("entrance.address_changed", transactional=True, called=gettext_lazy("Email address: changed, to the old one"))
def mailbox_changed(message: Message) -> Words | None:
    """To the mailbox before, when another has taken its place, or none; nothing if it is the person's again. It never
    says which; and nothing of codes to one that nobody has used here, which may be a stranger's.
    """
    if User.objects.filter(pk=message.about.get("person"), email=message.to_mailbox).exists():
        return None
    if not message.about.get("was_verified", True):
        return Words(
            subject=_("We no longer use this email address"),
            paragraphs=[
                _("We have deleted this email address here, and write nothing more to it."),
                _("If that is not right, call us: %(name)s, %(phone)s.") % message.partnership.call_us,
            ],
        )
    return Words(
        subject=_("We no longer use this email address"),
        paragraphs=[
            " ".join([_("Nobody can log in with it here any more."), *_in_its_place(message)]),
            _not_asked_for(),
        ],
    )


def _in_its_place(message: Message) -> list[str]:
    """Return where codes to log in go now; nothing if they go nowhere, or nobody knows."""
    person = User.objects.filter(pk=message.about.get("person")).first()
    if person is None or not person.email:
        return []
    if person.is_held_back(clock.now()):
        return [_("Nor can anybody log in with the new one before %(day)s.") % {"day": opens_on(person)}]
    return [_("From now on codes to log in go to another email address.")]


@words(
    "entrance.mailbox_put_back",
    transactional=True,
    called=gettext_lazy("Email address: put back by staff, to that address"),
    is_account=True,
)
def mailbox_put_back(message: Message) -> Words | None:
    """To a mailbox that its owner had used, when staff put it back; nothing if it is another since."""
    if not is_put_back(message):
        return None
    return Words(
        subject=_("This is your email address with us again"),
        paragraphs=[
            _("Somebody told us that you use this email address again. You log in with a code that we send here."),
            _("If you had an app or a passkey to log in with, please add it again on your page."),
            _("If it is not right, call us today: %(name)s, %(phone)s.") % message.partnership.call_us,
        ],
        button=(_("Go to my page"), message.partnership.url(reverse("people:me"))),
    )


@words(
    "entrance.new_address",
    transactional=True,
    called=gettext_lazy("Email address: changed, to the new one"),
    is_account=True,
)
def new_mailbox(message: Message) -> Words | None:
    """To a mailbox that is not verified: it says nothing about them. Nothing once it is."""
    person, here = message.recipient, message.partnership
    if person is None or is_verified(person):
        return None
    not_you = _("If it is not yours, call %(name)s on %(phone)s, and we will delete it here.") % here.call_us
    by_code = has_mailbox_by_code(person)
    written = _("Our staff have written this down as your email address.")
    if by_code:
        written = _("This was written as your email address on your own page here.")
    if person.is_held_back(clock.now()):
        return Words(
            subject=_("This will be your email address with us"),
            paragraphs=[
                written,
                said_to_reader(person),
                _("Until then we write nothing about you here, so that nobody else can read it."),
                not_you,
            ],
        )
    now_open = _("Our staff have written this down as your email address. You log in with a code that we send here.")
    if by_code:
        now_open = _(
            "This was written as your email address on your own page. You log in with a code that we send here."
        )
    return Words(
        subject=_("This is now your email address with us"),
        paragraphs=[
            now_open,
            _("Until you have logged in once, we send nothing else here."),
            not_you,
        ],
        button=(_("Go to my page"), here.url(reverse("people:me"))),
    )


@words("entrance.own_factor_removed", transactional=True, called=gettext_lazy("Second factor: removed by staff"))
def own_factor_removed(message: Message) -> Words:
    """To the owner, when an administrator has removed their second factors."""
    return Words(
        subject=_("Your app and your passkeys are removed"),
        paragraphs=[
            _("An administrator has removed them from your log-in, and can invite you to add new ones."),
            _not_asked_for(),
        ],
    )


@words(
    "entrance.protection_changed",
    transactional=True,
    warns=True,
    called=gettext_lazy("Name and address protection: noted or ended"),
    # Whatever channel was chosen since: who could end it unseen would read all that it hides.
    by_email=True,
)
def protection_changed(message: Message) -> Words | None:
    """It says how it stands, and not whether that is new: a letter can be a week old."""
    person, here = message.recipient, message.partnership
    if person is None:
        return None
    call = here.call_us
    if person.is_protected:
        return Words(
            subject=_("Only coordinators and administrators see you here"),
            paragraphs=[
                _("We have noted that you have name and address protection. You are in no list that others read."),
                _("If that is not right, call us: %(name)s, %(phone)s.") % call,
            ],
        )
    return Words(
        subject=_("You no longer have name and address protection here"),
        paragraphs=[
            _("Others can see your name here again, as they see everybody’s. Your address is still only for staff."),
            _("If you did not ask for that, call us today, and we will put it right at once: %(name)s, %(phone)s.")
            % call,
        ],
    )


@words(
    "entrance.mailbox_corrected",
    transactional=True,
    called=gettext_lazy("Another email address of a person, to the administrators"),
    in_digest=True,
)
def mailbox_corrected(message: Message) -> Words | None:
    """To the administrators, but for whoever did it, when staff have written another mailbox for a person."""
    step = PersonStep.objects.filter(pk=message.about["step"]).first()
    person = User.objects.filter(pk=message.about.get("person")).first()
    if person is None or step is None:
        return None
    subject, sentence = said_to_administrators(person, _name(message, "by"), step.at, clock.now(), message.about)
    return _told(
        subject,
        sentence,
        _("If not, call the person straight away."),
        facts=[(_("Why"), unlinked(step.why))] if step.why else [],
    )
