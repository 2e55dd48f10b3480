"""allauth's forms to ask for a code to log in, and to type it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from entrance.actions.counting_tries import take_try
from entrance.allauth_internals import is_of_former_mailbox, waiting_log_in
from entrance.owners import may_send_code_to
from partnership import clock
from partnership.fields.texts import set_rules
from partnership.people.models import User


class CodeForm(RequestLoginCodeForm):
    """allauth's form, but only for present mailboxes (allauth also accepts former ones) and with a limit for each
    mailbox. The page looks the same above and below the limit.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your email address")
        field.widget.attrs.pop("placeholder", None)  # the library's own word for it, which the label says already
        field.max_length = User._meta.get_field("email").max_length
        set_rules(field, field.label)

    def clean_email(self) -> str:
        email = super().clean_email()
        person = User.objects.filter(email=email, is_active=True).first()
        context.request.keeps_mail_back = not may_send_code_to(context.request, email, person)
        # Act as for an unknown mailbox if no code is sent: one that nobody received must not exist to be guessed.
        has_code = person and not context.request.keeps_mail_back and not person.is_held_back(clock.now())
        self._user = person if has_code else None
        return email


class TypedCodeForm(ConfirmLoginCodeForm):
    """allauth's form, which counts tries in the session, where fifty at once all read the same count. Here each try is
    counted before it is judged, and none counts any more when the person has another mailbox.
    """

    def clean_code(self) -> str:
        state = waiting_log_in(context.request)
        # Under the code, not under the session: the session has another key after a log-in in this browser.
        has_try = take_try(f"{state.get('code')}.{state.get('user_id')}", state["at"], clock.now())
        if not has_try or is_of_former_mailbox(context.request):
            state["failed_attempts"] = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS  # so that this log-in ends
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()
