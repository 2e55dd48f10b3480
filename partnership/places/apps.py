from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "partnership.places"
    label = "places"
