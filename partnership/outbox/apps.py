from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "partnership.outbox"
    label = "outbox"

    def ready(self) -> None:
        # The outbox knows no room: each room's `messages` registers its own words.
        autodiscover_modules("messages", "home_address")
        import_module("partnership.outbox.returns.tracking")  # listens to the mail provider
