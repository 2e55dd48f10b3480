"""What is given to a person of their own data: one section for each model about people. Rooms add theirs.

A model with a rule of retention has a section, or a reason why nothing is given; a test fails for one that has neither.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from partnership.people.models import Role, User
from partnership.registers import Register

# Returns what a page shows of a row to its person.
Read = Callable[[Any, User], object]
ROLES = (Role.Kind.ADMINISTRATOR, Role.Kind.COORDINATOR, Role.Kind.POLICE, Role.Kind.NABOVEN)


class Quoted(str):
    """Words as they were given, in their own language."""

    language: str

    @classmethod
    def of(cls, text: str, language: str) -> "Quoted":
        made = cls(text)
        made.language = language
        return made


@dataclass(frozen=True)
class Section:
    """The rows of one model that are about a person. A page has the fields that `shown` names, in words, and the file
    for machines all of them except running numbers and those `hidden`: secrets, what is about somebody else, and
    numbers that mean something to the portal only. `read` makes what no field holds, for both.
    """

    model: type[Model]
    title: Promise | str
    rows: Callable[[User], Iterable[Model]]
    _: KW_ONLY
    shown: Mapping[str, Promise | str]
    read: Mapping[str, Read] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    explained: Promise | str = ""

    @property
    def name(self) -> str:
        return self.model._meta.label


@dataclass(frozen=True)
class NothingGiven:
    """A model about people of which nothing is given, and the reason."""

    model: type[Model]
    why: str


sections: Register[Section] = Register("what people are given of their data", key=lambda section: section.name)
not_given: Register[NothingGiven] = Register("what nobody is given", key=lambda one: one.model._meta.label)


def sections_of(person: User) -> Iterator[tuple[Section, list[Any]]]:
    """Yield each section with its rows about the person; those without any are left out."""
    for section in sections:
        if rows := list(section.rows(person)):
            yield section, rows


def who_it_was(somebody: int | None, person: User) -> str:
    """Return who did something, for the person whom it was about: themselves, or the role of somebody else. The role
    and not the name: see docs/decisions/0020.
    """
    if somebody is None:
        return ""
    if somebody == person.pk:
        return pgettext("doer", "You")
    held = _roles_of(somebody, person)
    kind = next((kind for kind in ROLES if kind in held), None)
    if kind:
        return capfirst(str(kind.label))
    if Role.objects.filter(user=somebody).exists() or User.objects.filter(pk=somebody, is_superuser=True).exists():
        return gettext("Somebody from another partnership, or who runs the portal")
    return gettext("Somebody who has no role here any more")


def _roles_of(somebody: int, person: User) -> set[str]:
    """Return the kinds of roles that somebody holds where the person is; kept with the person, since the same few look
    at many rows.
    """
    known: dict[int, set[str]] = person.__dict__.setdefault("_roles_of_others", {})
    if somebody not in known:
        held = Role.objects.filter(user=somebody, partnership=person.partnership_id)
        known[somebody] = set(held.values_list("kind", flat=True))
    return known[somebody]


def by_whom(name: str) -> Read:
    """Return what reads who did something from the field `name`."""
    return lambda row, person: who_it_was(getattr(row, f"{name}_id"), person)
