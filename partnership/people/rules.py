"""Who may act for an organisation, who must log in with more than a code, and who sees protected people."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from partnership.people.access import has_role
from partnership.people.mailboxes import is_verified, is_written_down
from partnership.people.models import Organisation, OrganisationContact, PersonStep, Role, User
from partnership.places.models import Partnership
from partnership.registers import Register

Viewer = User | AnonymousUser | None

# What else of rooms above somebody does for others; each function tells whether a person does it.
acts_for_others: Register[Callable[[User], bool]] = Register("what people do for others")
# Each function tells whether a room knows that a person has used a mailbox, also one that they have no longer.
used_mailboxes: Register[Callable[[User], bool]] = Register("mailboxes that people have used")


def speaks_for(user: User, organisation: Organisation) -> bool:
    """The chair and the deputy; nobody if the chair has been erased."""
    return user in organisation.holding(*OrganisationContact.SPEAKS_FOR_IT)


def needs_second_factor(user: User) -> bool:
    """Return whether `user` has a role or runs the platform, so that an emailed code is not enough."""
    return user.is_superuser or user.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).exists()


def does_something_for_others(user: User) -> bool:
    """Return whether `user` is chair or deputy, or does what a room above registers: who logs in as them acts for more
    than one home. What a stranger has asked for in their name makes them neither.
    """
    if Organisation.objects.spoken_for_by(user).vouched_for().exists():
        return True
    return any(does(user) for does in acts_for_others)


def is_known_by_name(person: User) -> bool:
    """Return whether the name is the person's: they have logged in, or used a link in an email of ours, or staff have
    given them something to do here. A mailbox that staff have only written down may be somebody else's.
    """
    if person.mailbox_opens_at or is_written_down(person):
        return False
    if person.last_login or is_verified(person):
        return True
    by_staff = person.roles.exists() or any(does(person) for does in acts_for_others)
    return by_staff


def may_correct(user: User, person: User) -> bool:
    """Correct what is known of somebody who tells staff: the staff of their partnership, but not for themselves, nor
    for who runs the platform. Who has a role is known to the whole portal, and corrected by administrators alone.
    """
    here = person.partnership
    if here is None or person.is_superuser or user.pk == person.pk or not has_role(user, here, *Role.STAFF):
        return False
    return has_role(user, here, Role.Kind.ADMINISTRATOR) or not person.roles.exists()


def may_correct_mailbox(user: User, person: User) -> bool:
    """Administrators; coordinators while the mailbox is not verified, as one that was misheard: the code to log in goes
    there.
    """
    is_free = not person.email or not is_verified(person)
    is_administrator = person.partnership is not None and has_role(user, person.partnership, Role.Kind.ADMINISTRATOR)
    return may_correct(user, person) and (is_administrator or is_free)


def has_had_mailbox(person: User) -> bool:
    """Return whether somebody has a mailbox, or may have used one that they have no longer: staff have corrected it,
    or a room knows of it.
    """
    if person.email or PersonStep.objects.filter(person=person, changed__contains=["email"]).exists():
        return True
    return any(has_used(person) for has_used in used_mailboxes)


def has_more_than_paper(person: User) -> bool:
    """Return whether somebody has a role, or has or had a mailbox: others can only ask by telephone or on paper. A code
    by letter or by text message, which opens their own data for an hour, gives them no other way.
    """
    return person.is_superuser or person.roles.exists() or has_had_mailbox(person)


def may_erase(by: User, person: User) -> bool:
    """Everyone may erase themselves; so may administrators of their partnership and of the platform. Coordinators may
    erase somebody without a role who never had a mailbox, and can only ask by telephone or on paper.
    """
    if by.pk == person.pk or by.is_superuser:
        return True
    kinds = (Role.Kind.ADMINISTRATOR,) if has_more_than_paper(person) else Role.STAFF
    return by.is_active and by.roles.filter(partnership=person.partnership_id, kind__in=kinds).exists()


def may_erase_for(user: User, person: User) -> bool:
    """Staff of the partnership, for somebody who tells them to and has no mailbox to do it with: who has one deletes
    everything on their own page, and administrators in the administration.
    """
    here = person.partnership
    is_staff = here is not None and has_role(user, here, *Role.STAFF)
    return is_staff and user.pk != person.pk and not person.email and may_erase(user, person)


# -- Name and address protection (docs/decisions/0018-protected-people.md) --------------------------------------------


def may_see_protected(viewer: Viewer, here: Partnership | None) -> bool:
    """Coordinators and administrators of the partnership; in the administration also those of the whole platform, who
    administer each partnership there.
    """
    if not isinstance(viewer, User) or here is None:
        return False
    return (viewer.is_active and viewer.is_superuser) or has_role(viewer, here, *Role.STAFF)


def may_see_person(viewer: Viewer, person: User | None) -> bool:
    """Return whether `viewer` may read who somebody is on a page that is open to them: not if the person is protected,
    unless they are the viewer. Nobody is not seen either.
    """
    if person is None:
        return False
    if not person.is_protected or (viewer is not None and viewer.pk == person.pk):
        return True
    return may_see_protected(viewer, person.partnership)


def in_a_list(value: str, *people: User | None) -> str:
    """Return what a list of staff has of an email address, a telephone number or an address that is these people's:
    lists are printed and left lying about, so who is protected is read on their own page.
    """
    return _("Protected") if any(one and one.is_protected for one in people) else value


def may_protect(user: User, person: User) -> bool:
    """Themselves, and the staff of their partnership; nobody for who runs the whole platform."""
    if user.pk == person.pk:
        return True
    is_ours = person.partnership is not None and not person.is_superuser
    return is_ours and may_see_protected(user, person.partnership)


def may_end_protection(user: User, person: User) -> bool:
    """Themselves, and the administrators: a coordinator who is talked into it must not be enough."""
    if user.pk == person.pk:
        return True
    is_administrator = user.is_superuser or (
        person.partnership is not None and has_role(user, person.partnership, Role.Kind.ADMINISTRATOR)
    )
    return is_administrator and may_protect(user, person)
