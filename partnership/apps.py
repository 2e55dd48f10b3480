from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "partnership"

    def ready(self) -> None:
        # What each room adds to the menus, the own page, erasing, retention and so on: docs/adding-a-room.md.
        autodiscover_modules("registrations")
