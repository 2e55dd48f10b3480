from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "partnership.figures"
    label = "figures"
    verbose_name = "Figures"
