"""Connects allauth to the portal: there is no sign-up, and allauth's email goes through the outbox."""

import datetime as dt
import ipaddress
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from entrance.owners import remember_browser
from partnership import clock
from partnership.fields.codes import new_code
from partnership.outbox.post import post
from partnership.people.models import User

# A code is useless once it has expired; a notice that a passkey was added may come late.
CODE_LIVES = dt.timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
KEPT = dt.timedelta(days=1)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no sign-up: joining, booking or being invited makes an account."""
        return False

    def generate_login_code(self) -> str:
        return new_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post allauth's email. A known address and an unknown one take the same time: one row each, or none."""
        if getattr(self.request, "keeps_mail_back", False):
            return
        what = template_prefix.rpartition("/")[2]
        now = clock.now()
        user = context.get("user") or User.objects.filter(email=email, is_active=True).first()
        about = {"code": context["code"]} if "code" in context else {}
        if isinstance(user, User) and user.partnership_id not in (None, self.request.partnership.pk):
            # Their partnership has another host name. The page looks the same as always; the email says where to go.
            what, about = "at_home_elsewhere", {}
        elif what == "unknown_account" and isinstance(user, User):
            # Somebody has the address, but staff have written it down lately: it opens nothing yet.
            what = "held_back"
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
        """Remember the browser, so that a flood of requests from elsewhere does not use up its owner's codes."""
        response = super().post_login(request, user, **how)
        remember_browser(response, user)
        return response

    def is_safe_url(self, url: str) -> bool:
        """Let `next` lead to this host only: another partnership's, which allauth allows, is another site."""
        here = self.request
        begins_well = url.startswith(("/", f"{here.scheme}://"))
        return begins_well and url_has_allowed_host_and_scheme(url, {here.get_host()}, here.is_secure())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return who asks, an IPv4 address as such: written as an IPv6 address ("::ffff:192.0.2.1"), all of them are in
        the one network that limits count.
        """
        ip = super().get_client_ip(request)
        return str(getattr(ipaddress.ip_address(ip), "ipv4_mapped", None) or ip)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("entrance:logged_out")
