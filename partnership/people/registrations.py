"""What people add to the portal."""

from allauth.mfa.signals import authenticator_added
from django.utils.translation import gettext_lazy as _

from partnership import retention
from partnership.people.retention import ABOUT_NOBODY, RULES
from partnership.people.second_factor import connecting_shows_it
from partnership.web import menus
from partnership.web.menus import MenuEntry

menus.main.add(MenuEntry(_("My page"), "people:me"), order=90)
retention.rules.add(*RULES)
retention.about_nobody.add(*ABOUT_NOBODY)
authenticator_added.connect(connecting_shows_it, dispatch_uid="connecting_shows_the_second_factor")
