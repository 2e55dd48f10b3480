"""What the dashboard adds to the portal."""

from django.utils.translation import gettext_lazy as _

from dashboard.own_page import follow_up_card, police_card
from dashboard.progress import share_of_goal
from dashboard.retention import ABOUT_NOBODY
from partnership import retention
from partnership.people import own_page
from partnership.people.access import role_sees
from partnership.people.models import Role
from partnership.places import lighting
from partnership.web import menus, sitemap
from partnership.web.menus import MenuEntry
from partnership.web.sitemap import SitemapEntry

menus.main.add(MenuEntry(_("Progress"), "dashboard:progress"), order=40)
menus.footer.add(MenuEntry(_("About the partnership"), "dashboard:partnership"), order=10)
menus.staff.add(MenuEntry(_("Dashboard"), "dashboard:staff", role_sees(*Role.STAFF)), order=10)
sitemap.pictures.add("dashboard:share_picture")
sitemap.entries.add(SitemapEntry("dashboard:front"), order=10)
sitemap.entries.add(SitemapEntry("dashboard:progress"), SitemapEntry("dashboard:partnership"), order=50)
own_page.cards.add(police_card, order=1)
own_page.cards.add(follow_up_card, order=21)
lighting.shares.add(share_of_goal)
retention.about_nobody.add(*ABOUT_NOBODY)
