from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "partnership.people"
    label = "people"

    def ready(self) -> None:
        autodiscover_modules("own_page", "erasing", "retention")
        import_module("partnership.people.second_factor")  # listens to allauth
