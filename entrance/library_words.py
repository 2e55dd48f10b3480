"""Words of allauth and Django in our own: what a telephone calls an app and a passkey, and sentences of the libraries'
pages, listed so that `locale/` translates them plainly (a translation of ours comes before a library's).
"""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
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
    _("Deactivate Authenticator App"),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _("Deactivate"),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)
OF_RECOVERY_CODES = (
    _("Recovery Codes"),
    _("You are about to generate a new set of recovery codes for your account."),
    _("This action will invalidate your existing codes."),
    _("Are you sure?"),
    _("Generate"),
)
OF_PASSKEYS = (
    _("WebAuthn"),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
    _("Passwordless"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
    _("Security Keys"),
    _("Add Security Key"),
    _("Add"),
    _("Edit Security Key"),
    _("Remove Security Key"),
    _("Are you sure you want to remove this security key?"),
    _("Use a security key"),
    _("This functionality requires JavaScript."),
)


class FactorNames(DefaultMFAAdapter):
    """The partnership's name, which its people know, and not the host's."""

    def get_totp_issuer(self) -> str:
        return partnership_of(context.request).short_name

    def _get_site_name(self) -> str:
        return partnership_of(context.request).name
