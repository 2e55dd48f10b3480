"""Puts the portal's own site in the place of Django's administration, which asks for `user.is_staff`, where ours asks for
a role: people have no such flag."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "partnership.people.administration.PortalAdminSite"
