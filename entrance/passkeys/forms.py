"""allauth's forms for passkeys, which also refuse what no passkey answers, where the libraries would fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as passkeys
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from partnership.fields.texts import set_rules

# With what the browser sent when the passkey was added: whether the person chose to log in by it without a code.
CHOSEN = "logs_in_without_code"


class CredentialField(forms.JSONField):
    """What a browser's script wrote. Of another shape it is invalid, where the library would fail."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {"required": gettext_lazy("Your browser has sent no key. Keys need JavaScript.")}

    def __init__(self, response: type[AuthenticationResponse] | type[RegistrationResponse], **more: Any) -> None:
        super().__init__(**more)
        self.response = response

    def to_python(self, value: Any) -> Any:
        read = super().to_python(value)
        with refuse_on_failure():
            if read not in self.empty_values:
                self.response.from_dict(read)
        return read


@contextmanager
def refuse_on_failure() -> Iterator[None]:
    """Refuse what the libraries fail on: a browser can send anything, and they name no exceptions for it."""
    try:
        yield
    except ValidationError:
        raise
    except Exception as failed:
        sentence = gettext_lazy("We could not read what your browser sent of the key. Try again, or use another.")
        raise ValidationError(sentence, code="incorrect_code") from failed


class _Adding:
    """Refuse a passkey with which nobody could ever log in, and note what was chosen for it."""

    def clean(self) -> dict[str, Any]:
        with refuse_on_failure():
            cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
            if credential := cleaned.get("credential"):
                _try_key(credential)
                credential[CHOSEN] = bool(cleaned.get("passwordless"))
        return cleaned


def _try_key(credential: dict[str, Any]) -> None:
    """Let the key judge a false signature, which it fails to do if its numbers are not those of its algorithm."""
    about = RegistrationResponse.from_dict(credential).response.attestation_object.auth_data
    if about.credential_data is None:
        raise ValueError("no key")
    try:
        about.credential_data.public_key.verify(b"", b"")
    except InvalidSignature:
        return


class NameOfKey(forms.CharField):
    """What somebody calls a key of theirs."""

    def __init__(self, **more: Any) -> None:
        label = gettext_lazy("What do you call the key?")
        super().__init__(label=label, max_length=80, **more)
        set_rules(self, label)


class EditPasskeyForm(passkeys.EditWebAuthnForm):
    name = NameOfKey()


class AddPasskeyForm(_Adding, passkeys.AddWebAuthnForm):
    name = NameOfKey(required=False)
    # Ticked: without it the key is one more step at each log-in, which few who add one mean.
    passwordless = forms.BooleanField(
        label=gettext_lazy("Log in with this key alone, without a code by email"),
        help_text=gettext_lazy(
            "It asks for your fingerprint, your face or its own code. Untick the box if the key can do none of these: "
            "then it is one more step after the code."
        ),
        initial=True,
        required=False,
    )
    credential = CredentialField(RegistrationResponse)


class SignUpByPasskeyForm(_Adding, passkeys.SignupWebAuthnForm):
    name = NameOfKey(required=False)
    credential = CredentialField(RegistrationResponse)


class _Showing:
    """Say of a passkey what is wrong with it: the libraries speak of a wrong code."""

    def clean_credential(self) -> Authenticator:
        try:
            with refuse_on_failure():
                return super().clean_credential()  # type: ignore[misc]
        except ValidationError as refused:
            if refused.code == "too_many_login_attempts":
                raise
            raise not_known() from refused


def not_known() -> ValidationError:
    """Return the refusal of a passkey that is nobody's here, or not the reader's."""
    return ValidationError(
        gettext_lazy("We do not know this passkey, or it has been removed. Try another, or log in with a code."),
        code="incorrect_code",
    )


class ShowPasskeyForm(_Showing, passkeys.AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class ShowPasskeyAgainForm(_Showing, passkeys.ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class LogInByPasskeyForm(_Showing, passkeys.LoginWebAuthnForm):
    """The passkey is all that is asked for. So it must have asked for a PIN, a finger or a face, whatever the page
    demanded of it, and its owner must have chosen to log in like this: who finds a key does not get in by it alone.
    """

    credential = CredentialField(
        AuthenticationResponse,
        error_messages={
            "required": gettext_lazy(
                "Your browser has sent no passkey, which needs JavaScript. Log in with a code by email instead."
            )
        },
    )

    def clean_credential(self) -> Authenticator:
        sent = self.cleaned_data["credential"]
        passkey = super().clean_credential()
        about = AuthenticationResponse.from_dict(sent).response.authenticator_data
        if not about.is_user_verified() or not logs_in_without_code(passkey):
            raise not_known()
        return passkey


def logs_in_without_code(passkey: Authenticator) -> bool:
    """Return whether a passkey logs in without an emailed code: as its owner chose, or for a passkey from before there
    was a choice, as its browser said that it can. Where the browser said nothing, it must have asked for a PIN or a
    fingerprint when the passkey was added.
    """
    chosen, kept = passkey.data["credential"].get(CHOSEN), passkey.wrap()
    if chosen is not None:
        return chosen
    if kept.is_passwordless is None:
        return kept.authenticator_data.is_user_verified()
    return kept.is_passwordless
