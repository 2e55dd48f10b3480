"""URLs without a language: webhooks of the mail provider and the SMS gateway, each with a secret."""

from anymail import urls as anymail
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path

from partnership.outbox.returns.incoming import incoming_text
from partnership.outbox.returns.tracking import checked


def of_provider(name: str) -> list[URLPattern]:
    """Return the addresses for one mail provider's notices: anymail has those of fifteen, each a way in."""
    found = [one for one in anymail.urlpatterns if str(one.pattern).lstrip("^") == f"{name}/tracking/"]
    if not found:
        raise ImproperlyConfigured(f"MAIL_PROVIDER must be one that anymail knows, such as postmark, not {name!r}.")
    return [path(str(one.pattern).lstrip("^"), checked(one.callback), name=one.name) for one in found]


urlpatterns: list[URLPattern | URLResolver] = []
if settings.ANYMAIL:
    urlpatterns += [path("anymail/", include((of_provider(settings.MAIL_PROVIDER), "anymail")))]
if settings.SMS_WEBHOOK_SECRET:
    urlpatterns += [path("sms/incoming", incoming_text)]
