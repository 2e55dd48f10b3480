"""Write docs/retention.md from the table in code."""

from django.conf import settings
from django.core.management.base import BaseCommand

from partnership.retention import as_table


class Command(BaseCommand):
    help = "Writes docs/retention.md: what is kept about people, why, how long, and who sees it."

    def handle(self, **options: object) -> None:
        path = settings.BASE_DIR / "docs" / "retention.md"
        path.write_text(as_table(), encoding="utf-8")
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: written")
