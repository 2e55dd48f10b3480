"""How often one address on the net may send a form that is open to all. A library's line, or a hall's, is one address.

Counted in the cache by allauth, which knows how many proxies stand in front (`ALLAUTH_TRUSTED_PROXY_COUNT`); the rates
stand in the settings. What was typed is never lost: the form is shown again, and says what to do.
"""

from http import HTTPStatus

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from partnership.viewing import PortalRequest

TOO_MANY = "too_many"


def within_limit(request: PortalRequest, form: forms.Form, action: str) -> bool:
    """Count one more `action` for a valid form that is about to be acted on; beyond the limit, say so on the form."""
    if ratelimit.consume(request, action=action):
        return True
    here = request.partnership
    sentence = _(
        "Many have used this form from where you are within the last hour. Nothing is lost: wait a little, and press "
        "the button again. If you would rather not wait, call %(name)s on %(phone)s."
    ) % {"name": here.contact_name, "phone": here.contact_phone}
    form.add_error(None, forms.ValidationError(sentence, code=TOO_MANY))
    return False


def status_of(form: forms.Form, *, faulty: int = HTTPStatus.BAD_REQUEST) -> int:
    """Return the status under which a form is shown: fresh, `faulty` where it is to be put right, or sent too often."""
    if form.is_bound and form.has_error(NON_FIELD_ERRORS, TOO_MANY):
        return HTTPStatus.TOO_MANY_REQUESTS
    return faulty if form.errors else HTTPStatus.OK
