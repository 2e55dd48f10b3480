"""Puts the portal's own site in the place of Django's administration.

Django's asks for `user.is_staff`, ours for a role; a person has no `is_staff`.
"""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "partnership.people.administration.PortalAdminSite"
