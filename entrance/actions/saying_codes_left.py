"""Says after a recovery code how many are left, before somebody stands without any."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def say_codes_left(*, request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Called by allauth's signal `authenticator_used`."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    # The library passes the row as it was before the code was used.
    left = len(Authenticator.objects.get(pk=authenticator.pk).wrap().get_unused_codes())
    if not left:
        messages.warning(request, _("That was your last recovery code. Make new ones now, and print them."))
        return
    said = ngettext("You have %(left)s recovery code left.", "You have %(left)s recovery codes left.", left)
    messages.info(request, said % {"left": left})
