"""What the library of advice adds to the portal."""

from django.utils.translation import gettext_lazy as _

from advice.retention import ABOUT_NOBODY
from advice.shelves import every_article
from partnership import retention
from partnership.web import menus, sitemap
from partnership.web.menus import MenuEntry
from partnership.web.sitemap import SitemapEntry

menus.main.add(MenuEntry(_("Advice"), "advice:library"), order=30)
sitemap.entries.add(SitemapEntry("advice:library"), SitemapEntry("advice:article", every_article), order=40)
retention.about_nobody.add(*ABOUT_NOBODY)
