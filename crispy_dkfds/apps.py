"""A crispy-forms template pack for dkfds, Det Fælles Designsystem. It knows nothing of the portal."""

from django.apps import AppConfig


class CrispyDkfdsConfig(AppConfig):
    name = "crispy_dkfds"
