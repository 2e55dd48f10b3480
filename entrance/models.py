"""Who is logged in where, and who may make their first second factor."""

from allauth.mfa.models import Authenticator
from django.db import models
from django.utils.translation import gettext_lazy as _

from entrance.sessions import BrowserSession
from partnership.people.models import User

__all__ = ["BrowserSession", "CodeTries", "Invitation", "SecondFactor"]


class SecondFactor(Authenticator):
    """A library's row, under a name that the administration translates."""

    class Meta:
        proxy = True
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")


class Invitation(models.Model):
    """Lets somebody with a role make their first second factor, once. An administrator gives them its code by word of
    mouth or on paper, since a stranger may read their mailbox.
    """

    person = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="factor_invitations"
    )
    made_by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("when"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    # Of the code, which is stored nowhere.
    digest = models.CharField(max_length=64, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("invitation to a second factor")
        verbose_name_plural = _("invitations to a second factor")

    def __str__(self) -> str:
        return str(self.person)


class CodeTries(models.Model):
    """How often the code of one log-in was tried. The log-in is stored as a keyed hash."""

    log_in = models.CharField(max_length=64, unique=True)
    tried = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tried} {self.at:%Y-%m-%d}"
