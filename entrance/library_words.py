"""Words of allauth and Django in our own: what a telephone calls an app and a passkey, and sentences of the libraries'
pages, listed so that `locale/` translates them plainly (a translation of ours comes before a library's).
"""

from typing import ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from partnership.places.requests import partnership_of

OF_THE_ADMINISTRATION = (
    _("Site administration"),
    _("MFA"),
    _("View site"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Add another %(verbose_name)s"),
    _("Select %s to view"),
    _("Select %s to change"),
    _("Save and continue editing"),
    _("Save and add another"),
    _(" By %(filter_title)s "),
    _("Clear all filters"),
    _("No, take me back"),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
    _("Date/time"),
    _("Run the selected action"),
    _("Click here to select the objects across all pages"),
    _("Start typing to filter…"),
    _("Filter navigation items"),
    _("Breadcrumbs"),
    _("Sidebar"),
    _("Toggle navigation"),
    _("Past 7 days"),
    _("This month"),
    _("This year"),
    _("Added."),
    _("Changed {fields}."),
    _("No fields changed."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("The {name} “{obj}” was added successfully."),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    _("Select this object for an action - {}"),
    _("Select all objects on this page for an action"),
    _(
        'Are you sure you want to delete the %(object_name)s "%(escaped_object)s"? '
        "All of the following related items will be deleted:"
    ),
    _("Delete selected %(verbose_name_plural)s"),
    _("You don’t have permission to view or edit anything."),
)
OF_CODES = (
    _("Code"),
    _("Authenticator code"),
    _("Incorrect code."),
    _("Invalid or expired key."),
    _("Invalid login."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("This account is currently inactive."),
    _("Your session has expired."),
)
OF_THE_APP = (
    _("TOTP Authenticator"),
    _("Use authenticator app or code"),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)
OF_RECOVERY_CODES = (_("Recovery Codes"),)
OF_PASSKEYS = (
    _("WebAuthn"),
    _("Use a security key"),
)


class FactorNames(DefaultMFAAdapter):
    """The partnership's name, which its people know, and not the host's; keys and refusals in plain words."""

    error_messages: ClassVar[dict[str, Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong. Check it, and enter it again."),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        names = {1: gettext("First key"), 2: gettext("Extra key")}
        return names.get(number) or gettext("Key %(number)s") % {"number": number}

    def get_totp_issuer(self) -> str:
        return partnership_of(context.request).short_name

    def _get_site_name(self) -> str:
        return partnership_of(context.request).name
