"""allauth's forms for passkeys, which also refuse JSON that is no answer of a passkey."""

from typing import Any

from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse, RegistrationResponse


class CredentialField(forms.JSONField):
    """What a browser's script wrote. Of another shape it is invalid, where the library would fail."""

    widget = forms.HiddenInput

    def __init__(self, response: type[AuthenticationResponse] | type[RegistrationResponse]) -> None:
        super().__init__()
        self.response = response

    def to_python(self, value: Any) -> Any:
        read = super().to_python(value)
        try:
            if read not in self.empty_values:
                self.response.from_dict(read)
        except (TypeError, ValueError, LookupError, AttributeError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        return read


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    credential = CredentialField(RegistrationResponse)


class SignUpByPasskeyForm(passkeys.SignupWebAuthnForm):
    credential = CredentialField(RegistrationResponse)


class LogInByPasskeyForm(passkeys.LoginWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class ShowPasskeyForm(passkeys.AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class ShowPasskeyAgainForm(passkeys.ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)
