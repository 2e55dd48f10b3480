"""Puts the portal's own site in the place of Django's administration, which asks for a flag and not for a role."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "partnership.people.administration.PortalAdminSite"
