"""What staff have noted of contacts with some of the made-up helpers, and whose pages they have opened."""

import datetime as dt
import uuid

from demo.cast import CAST
from neighbours.models import Helper
from partnership.people.lookups import record
from partnership.people.models import ContactNote, LookUp, Medium, Role, User
from partnership.places.models import Partnership

Code = ContactNote.Code
LINES = {
    "da": {Code.CALLED_US: "Spurgte, hvad en nabohjælper gør", Code.WROTE: "Sendte blanketten ind", Code.NO_ANSWER: ""},
    "sv": {Code.CALLED_US: "Frågade vad man gör som granne", Code.WROTE: "Skickade in blanketten", Code.NO_ANSWER: ""},
}

LOOKED = [(9, LookUp.Purpose.CALL, LookUp.SeenOn.SEARCH), (9, LookUp.Purpose.CALL, LookUp.SeenOn.PAGE)]


def record_look_ups(*, partnership: Partnership, now: dt.datetime) -> None:
    """Let the coordinator have looked up the helpers of the cast; again is harmless."""
    staff = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership).order_by("pk").first()
    cast = User.objects.filter(partnership=partnership, email__in=[one.email for one in CAST if one.home])
    if staff is None or LookUp.objects.filter(person_id__in=cast.values("pk")).exists():
        return
    for days, purpose, seen_on in LOOKED:
        record(staff, cast, purpose=purpose, seen_on=seen_on, now=now - dt.timedelta(days=days))


def note_contacts(*, partnership: Partnership, now: dt.datetime) -> None:
    """Note one contact with each of the three newest helpers who joined on paper; again is harmless."""
    staff = User.objects.holding(Role.Kind.COORDINATOR, partnership=partnership).order_by("pk").first()
    on_paper = Helper.objects.confirmed().filter(partnership=partnership, medium=Medium.PAPER)
    if staff is None or ContactNote.objects.filter(partnership=partnership).exists():
        return
    lines = LINES[partnership.language].items()
    for number, (helper, (code, line)) in enumerate(zip(on_paper.order_by("-pk"), lines, strict=False), start=2):
        ContactNote.objects.create(
            partnership=partnership,
            person_id=helper.person_id,
            by=staff,
            at=now - dt.timedelta(days=number),
            code=code,
            line=line,
            submission=uuid.uuid5(uuid.NAMESPACE_URL, f"{partnership.slug}/contacts/{number}"),
        )
