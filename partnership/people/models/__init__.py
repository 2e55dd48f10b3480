"""People: who they are, their roles, their consents and their activities."""

from partnership.people.models.activities import Activity
from partnership.people.models.consents import Consent, ConsentQuerySet, Wording
from partnership.people.models.details import PersonStep, PostalAddress
from partnership.people.models.lookups import LookUp
from partnership.people.models.media import TOLD_TO_STAFF, WITHOUT_EMAIL_LINK, Medium
from partnership.people.models.nights import NightlyRun, RetentionRun
from partnership.people.models.notes import ContactNote
from partnership.people.models.organisations import (
    ASSOCIATIONS,
    Organisation,
    OrganisationContact,
    OrganisationQuerySet,
    contacts,
)
from partnership.people.models.people import User, UserManager, UserQuerySet
from partnership.people.models.roles import Role, RoleQuerySet

__all__ = [
    "ASSOCIATIONS",
    "TOLD_TO_STAFF",
    "WITHOUT_EMAIL_LINK",
    "Activity",
    "Consent",
    "ConsentQuerySet",
    "ContactNote",
    "LookUp",
    "Medium",
    "NightlyRun",
    "Organisation",
    "OrganisationContact",
    "OrganisationQuerySet",
    "PersonStep",
    "PostalAddress",
    "RetentionRun",
    "Role",
    "RoleQuerySet",
    "User",
    "UserManager",
    "UserQuerySet",
    "Wording",
    "contacts",
]
