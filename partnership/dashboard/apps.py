from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "partnership.dashboard"
    label = "dashboard"
    verbose_name = "Dashboard"
