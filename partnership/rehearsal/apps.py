from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    name = "partnership.rehearsal"
    label = "rehearsal"
