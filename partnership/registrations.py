"""What the project's own pages add to the portal."""

from partnership.web import sitemap
from partnership.web.sitemap import SitemapEntry

sitemap.entries.add(SitemapEntry("privacy"), SitemapEntry("accessibility"), order=90)
