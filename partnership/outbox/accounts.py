"""Where allauth meets the house: the public opens no accounts, and allauth's mail goes through the outbox.

It stands here and not in `people`, because it posts: `people` lies below the outbox.
"""

import datetime as dt
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from partnership import clock
from partnership.fields.codes import new_code
from partnership.outbox.posting import post
from partnership.people.limits import remember_browser
from partnership.people.models import User

# A code is no use to anyone later than it works; a note that a passkey was added may come late.
CODE_LIVES = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
KEPT = dt.timedelta(days=1)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up for an account as such: joining, booking or being invited makes one."""
        return False

    def generate_login_code(self) -> str:
        return new_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post allauth's mail. A known address and an unknown one cost the same: one row each, or none."""
        if getattr(self.request, "keeps_mail_back", False):
            return
        what = template_prefix.rpartition("/")[2]
        now = clock.now()
        user = context.get("user") or User.objects.filter(email=email.lower(), is_active=True).first()
        about = {"code": context["code"]} if "code" in context else {}
        if isinstance(user, User) and user.partnership_id not in (None, self.request.partnership.pk):
            # She lives under another host name. The page says the same as always; her mail tells her where to go.
            what, about = "at_home_elsewhere", {}
        with transaction.atomic():
            post(
                kind=f"account.{what}",
                partnership=self.request.partnership,
                to=user if isinstance(user, User) else email,
                about=about,
                key=f"account.{what}.{secrets.token_urlsafe(16)}",
                now=now,
                expires_at=now + CODE_LIVES if about else None,
                language=translation.get_language(),
                kept=KEPT,
            )

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponse:
        """Let the browser be known again: whoever floods her mailbox from elsewhere does not take her code from her."""
        response = super().post_login(request, user, **how)
        remember_browser(response, user)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("dashboard:front")
