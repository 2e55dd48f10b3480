from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "partnership.outbox"
    label = "outbox"
