from django.apps import AppConfig


class NeighboursConfig(AppConfig):
    name = "neighbours"
    label = "neighbours"
