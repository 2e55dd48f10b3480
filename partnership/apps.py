from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "partnership"

    def ready(self) -> None:
        # Each room adds to the menus, the own page, erasing, retention and so on: see docs/adding-a-room.md.
        autodiscover_modules("registrations")
