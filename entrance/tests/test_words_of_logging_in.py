"""allauth's sentences about log-in, in our own words."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

MESSAGES = {
    "account/messages/logged_in.txt": "Du er logget ind.",
    "mfa/messages/totp_activated.txt": "Kodeappen er klar.",
    "mfa/messages/totp_deactivated.txt": "Kodeappen er fjernet.",
    "mfa/messages/recovery_codes_generated.txt": "Dine reservekoder er klar. Kun disse kan bruges.",
    "mfa/messages/webauthn_added.txt": "Nøglen er tilføjet.",
    "mfa/messages/webauthn_removed.txt": "Nøglen er fjernet.",
    "usersessions/messages/sessions_logged_out.txt": "Du er logget ud alle andre steder.",
}


@pytest.mark.parametrize("template", MESSAGES)
def test_each_sentence_is_plain_danish(template: str) -> None:
    with translation.override("da"):
        assert render_to_string(template, {}).strip().startswith(MESSAGES[template])
