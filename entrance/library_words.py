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
