from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "figures"
    label = "figures"
    verbose_name = "Figures"
