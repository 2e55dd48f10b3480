from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "partnership.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        autodiscover_modules("own_page", "erasing", "retention")
        import_module("partnership.people.second_factor")  # listens to allauth
