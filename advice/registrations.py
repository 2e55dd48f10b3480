"""What the library of advice adds to the portal."""

from django.utils.translation import gettext_lazy as _

from advice.retention import ABOUT_NOBODY
from partnership import retention
from partnership.web import menus
from partnership.web.menus import MenuEntry

menus.main.add(MenuEntry(_("Advice"), "advice:library"), order=30)
retention.about_nobody.add(*ABOUT_NOBODY)
