"""allauth's forms for passkeys, with a field for what the browser sends that nobody can break."""

from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError


class CredentialField(forms.JSONField):
    """JSON that a browser's script wrote. Python cannot read what is nested a thousand times; it is invalid as any
    other text that is not JSON.
    """

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return initial


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    credential = CredentialField()


class SignUpByPasskeyForm(passkeys.SignupWebAuthnForm):
    credential = CredentialField()


class LogInByPasskeyForm(passkeys.LoginWebAuthnForm):
    credential = CredentialField()


class ShowPasskeyAgainForm(passkeys.ReauthenticateWebAuthnForm):
    credential = CredentialField()
