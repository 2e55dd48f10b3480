"""Sessions in the database that know their person, their browser and when they were last used. They extend Django's as
its documentation describes. `SESSION_ENGINE` names this module.
"""

import datetime as dt
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.people.models import User

# In the session itself: when the person logged in, in seconds since 1970.
BEGAN = "began"


class BrowserSession(AbstractBaseSession):
    """One browser's session; without a person until somebody has logged in."""

    person = models.ForeignKey(
        User, verbose_name=_("person"), null=True, on_delete=models.CASCADE, related_name="browser_sessions"
    )
    device = models.CharField(_("device"), max_length=60, blank=True, help_text=_("Browser and system"))
    used_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("log-in")
        verbose_name_plural = _("log-ins")

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore

    @property
    def began_at(self) -> dt.datetime | None:
        """When somebody logged in; None of a session from before that was stored."""
        return moment(self.get_decoded().get(BEGAN))


class SessionStore(db.SessionStore):
    """The session of a request. The middleware sets `device`; `used_at` is None until the row has been read."""

    device = ""
    used_at: dt.datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def _get_session_from_db(self) -> BrowserSession | None:
        row: BrowserSession | None = super()._get_session_from_db()  # type: ignore[misc]
        if row:
            self.used_at = row.used_at
            self.device = self.device or row.device
        return row

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        now = clock.now()
        if SESSION_KEY in data:
            data.setdefault(BEGAN, now.timestamp())
        row = cast(BrowserSession, super().create_model_instance(data))
        row.person_id = data.get(SESSION_KEY)
        row.device, row.used_at = self.device, now
        if row.person_id is None:
            # By Django's clock, which is compared with it when the session is read.
            short = self.get_expiry_date(expiry=int(settings.SESSION_WITHOUT_PERSON.total_seconds()))
            row.expire_date = min(row.expire_date, short)
        return row

    def is_over_for_staff(self, now: dt.datetime) -> bool:
        """Return whether nothing has happened for too long, or the log-in is too old, for somebody with a role."""
        return is_over_for_staff(moment(self.get(BEGAN)), self.used_at, now)

    def record_use(self, now: dt.datetime) -> None:
        """Store that the session is in use, at most once a minute and without writing the rest of it."""
        if self.used_at and now - self.used_at > settings.SESSION_USE_RECORDED_EVERY:
            BrowserSession.objects.filter(pk=self.session_key).update(used_at=now, device=self.device)
            self.used_at = now


def is_over_for_staff(began_at: dt.datetime | None, used_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Return whether a log-in of somebody with a role is too old, or unused for too long; also one from before its
    beginning was stored.
    """
    if used_at and now - used_at > settings.STAFF_SESSION_IDLE:
        return True
    return began_at is None or now - began_at > settings.STAFF_SESSION_AGE


def moment(seconds: float | None) -> dt.datetime | None:
    """Return the UTC moment of a session's number of seconds since 1970; None without one."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None
