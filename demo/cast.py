"""The made-up people of the demonstration, as whom a visitor can log in."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.people.models import Role, User
from partnership.places.models import Partnership


@dataclass(frozen=True)
class Character:
    """One of the cast: name, partnership, role, and what a visitor sees as this person."""

    slug: str
    name: str
    partnership: str
    part: str | Promise
    sees: str | Promise
    role: str = ""
    role_area: str = ""
    home: tuple[str, str] | None = None
    is_protected: bool = False

    @property
    def email(self) -> str:
        return f"{self.slug}@{self.partnership}.example"

    @property
    def is_staff(self) -> bool:
        return self.role in Role.NEEDS_SECOND_FACTOR


HELPER, NABOVEN, CHAIR = _("Neighbour helper"), _("Local contact person"), _("Chair of an association")
SPEAKER, COORDINATOR = _("Speaker"), _("Coordinator in the municipality")
POLICE, ADMINISTRATOR = _("Police officer"), _("Administrator")

IS_PROTECTED = _(
    "Their own page. They have name and address protection: the local contact person’s list is without them."
)
DOES_THREE_THINGS = _("Their own page with the first three things to do.")
SEES_OWN_AREA = _("The helpers of their own area, by name and without addresses.")
HAS_ASKED = _("The talk that the association has asked for.")
GIVES_TALKS = _("The evenings on offer, and the talks ahead.")
ANSWERS = _("The dashboard, the requests for talks, the helpers and the paper slips.")
SEES_FIGURES = _("The dashboard with the figures.")
SETS_UP = _("The dashboard, and the administration at /admin/.")

CAST = (
    Character("helle", "Helle Holm", "randers", HELPER, DOES_THREE_THINGS, home=("Eksempelvej", "7")),
    Character(
        "niels", "Niels Nørgaard", "randers", NABOVEN, SEES_OWN_AREA,
        role=Role.Kind.NABOVEN, role_area="8182", home=("Eksempelvej", "22"),
    ),
    Character(
        "bente", "Bente Bro", "randers", HELPER, IS_PROTECTED, home=("Eksempelvej", "16"), is_protected=True
    ),
    Character("ruth", "Ruth Ravn", "randers", CHAIR, HAS_ASKED),
    Character("sven", "Sven Skov", "randers", SPEAKER, GIVES_TALKS),
    Character("karen", "Karen Koch", "randers", COORDINATOR, ANSWERS, role=Role.Kind.COORDINATOR),
    Character("palle", "Palle Pihl", "randers", POLICE, SEES_FIGURES, role=Role.Kind.POLICE),
    Character("anne", "Anne Ager", "randers", ADMINISTRATOR, SETS_UP, role=Role.Kind.ADMINISTRATOR),
    Character("kerstin", "Kerstin Kvist", "kalmar", COORDINATOR, ANSWERS, role=Role.Kind.COORDINATOR),
    Character("hanna", "Hanna Hav", "kalmar", HELPER, DOES_THREE_THINGS, home=("Exempelvägen", "5")),
    Character(
        "siv", "Siv Sund", "kalmar", HELPER, IS_PROTECTED, home=("Exempelvägen", "9"), is_protected=True
    ),
    Character("gunnar", "Gunnar Gran", "kalmar", CHAIR, HAS_ASKED),
    Character("stina", "Stina Strand", "kalmar", SPEAKER, GIVES_TALKS),
    Character(
        "elsa", "Elsa Ek", "kalmar", NABOVEN, SEES_OWN_AREA,
        role=Role.Kind.NABOVEN, role_area="K01", home=("Exempelvägen", "12"),
    ),
    Character("petra", "Petra Palm", "kalmar", POLICE, SEES_FIGURES, role=Role.Kind.POLICE),
    Character("anders", "Anders Alm", "kalmar", ADMINISTRATOR, SETS_UP, role=Role.Kind.ADMINISTRATOR),
)  # fmt: skip


def cast_of(partnership: Partnership) -> list[tuple[Character, User]]:
    """Return the cast of this partnership, in the order of the list."""
    people = {person.email: person for person in _people(partnership)}
    return [(character, people[character.email]) for character in CAST if character.email in people]


def character_of(person: User) -> Character:
    """Return the part that a person of the cast plays; StopIteration for anybody else."""
    return next(character for character in CAST if character.email == person.email)


def cast_members(partnership: Partnership | None) -> QuerySet[User]:
    """Return the people as whom a visitor may log in here: only the cast of this partnership."""
    return _people(partnership) if partnership and partnership.is_demonstration else User.objects.none()


def _people(partnership: Partnership) -> QuerySet[User]:
    emails = [character.email for character in CAST if character.partnership == partnership.slug]
    return User.objects.filter(partnership=partnership, email__in=emails, is_active=True)


def demonstration_partnerships() -> QuerySet[Partnership]:
    """Return the partnerships that are made up, in the order in which /dev/ lists them."""
    return Partnership.objects.filter(is_demonstration=True).order_by("-country", "name")
