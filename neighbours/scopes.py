"""Which helpers' data a viewer may see, in the partnership of the request."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, QuerySet

from neighbours import rules
from neighbours.consent_words import SHOWN_TO_NABOVEN
from neighbours.models import BroughtHelper, Helper, HelperList, HelperQuerySet, HelperStep, ReplyCard
from partnership import clock
from partnership.paper.printed_codes import open_codes
from partnership.people.actions.recognising import named_at, named_with_telephone, with_mailbox
from partnership.people.models import Activity, Consent, Medium, Role, User
from partnership.people.scopes import people_in_view, shown_to
from partnership.places.models import Area, Partnership
from written.mailboxes import canonical, without_tag

# As long as a printer may be jammed.
PRINTED_WITHIN = dt.timedelta(days=1)
SHOWN_FROM = 3  # with only two helpers, each would know who the other is


def helpers_in_view(viewer: User, here: Partnership) -> HelperQuerySet:
    """Return the helpers whom `viewer` may list: staff all, a Naboven the confirmed ones of their areas who have said
    yes to it and have no name and address protection.
    """
    helpers = shown_to(viewer, here, Helper.objects.filter(partnership=here).but_replaced())
    if rules.is_staff(viewer, here):
        return helpers
    return helpers.confirmed().shown_to_naboven().filter(household__area__in=own_areas(viewer, here))


def helper_with_mailbox(viewer: User, here: Partnership, email: str) -> Helper | None:
    """Return the helper with this mailbox, if there is one whom `viewer` may see."""
    found = helpers_in_view(viewer, here).filter(person__email=canonical(email)) if email else Helper.objects.none()
    return found.select_related("person").first()


def people_of_slip(viewer: User, here: Partnership, typed: dict) -> list[User]:
    """Return the helper whom a slip means, by mailbox, by name and home, or by name and telephone number; else those of
    the name whom we know at the address, or who have no mailbox and the telephone number.
    """
    helper = _helper_of_slip(viewer, here, typed)
    seen = people_in_view(viewer, here)
    if helper or not typed["door"]:
        return [helper.person] if helper else []
    there = named_at(here, name=typed["name"], address=typed["door"]) if typed["door"].pk else []
    holders = seen.filter(email=canonical(typed["email"])) if typed["email"] else seen.none()
    found = there or named_with_telephone(here, name=typed["name"], phone=typed["phone"])
    found = found or list(holders) or with_mailbox(here, typed["email"])
    return list(seen.filter(pk__in=[one.pk for one in found]).order_by("pk"))


def _helper_of_slip(viewer: User, here: Partnership, typed: dict) -> Helper | None:
    helpers = helpers_in_view(viewer, here).confirmed()
    at_home = helpers.filter(household__address=typed["door"].pk, person__name__iexact=typed["name"])
    by_phone = helpers.with_name_and_telephone(here, typed["name"], typed["phone"])
    return helper_with_mailbox(viewer, here, typed["email"]) or at_home.first() or by_phone.first()


def homes_of_helpers(here: Partnership) -> HelperQuerySet:
    """Return the helpers with their homes, for finding people of whom the viewer may see some; not a home that somebody
    typed for a helper who has left.
    """
    helpers = Helper.objects.filter(partnership=here, household__isnull=False).exclude(state=Helper.State.LEFT)
    return helpers.but_replaced().annotate(lives_at=F("household__address_id"))


def own_areas(viewer: User, here: Partnership):
    """Return the areas that `viewer` is Naboven of."""
    return Area.objects.filter(
        partnership=here, roles__user=viewer, roles__partnership=here, roles__kind=Role.Kind.NABOVEN
    ).distinct()


def areas_in_view(viewer: User, here: Partnership):
    """Return the areas that the viewer may list helpers of: all for staff, their own for a Naboven."""
    return here.areas.order_by("name") if rules.is_staff(viewer, here) else own_areas(viewer, here).order_by("name")


def own_helper(person: User, here: Partnership) -> Helper | None:
    """Return the person's own `Helper` row, unless they have left."""
    return (
        Helper.objects.filter(partnership=here, person=person)
        .exclude(state=Helper.State.LEFT)
        .select_related("person", "partnership", "household__address")
        .first()
    )


def is_helper(person: User | AnonymousUser) -> bool:
    """Return whether the person has joined and confirmed it, and has not left."""
    return person.is_authenticated and Helper.objects.confirmed().filter(person=person.pk).exists()


def left_on(person: User, here: Partnership) -> dt.datetime | None:
    """Return when the person stopped being a helper; None if they have not."""
    left = Helper.objects.filter(partnership=here, person=person, state=Helper.State.LEFT)
    return left.values_list("left_at", flat=True).first()


def slips_typed_today(staff: User, here: Partnership, now: dt.datetime):
    """Return the steps of the slips that this member of staff has typed since local midnight."""
    midnight = clock.at(clock.local(now, here.zone).date(), dt.time(0), here.zone)
    return (
        HelperStep.objects.filter(by=staff, helper__partnership=here, at__gte=midnight)
        .filter(to_state=Helper.State.CONFIRMED, medium__in=[Medium.PAPER, Medium.PHONE])
        .exclude(from_state=Helper.State.CONFIRMED)
        .select_related("helper__person", "helper__household__address")
        .order_by("-at")
    )


def cards_noted_today(staff: User, here: Partnership, now: dt.datetime) -> QuerySet[ReplyCard]:
    """Return the reply cards that this member of staff has typed in since local midnight, the newest first."""
    midnight = clock.at(clock.local(now, here.zone).date(), dt.time(0), here.zone)
    cards = ReplyCard.objects.filter(noted_by=staff, noted_at__gte=midnight, helper__partnership=here)
    return cards.select_related("code", "helper__partnership").order_by("-noted_at", "-pk")


def card_to_print(helper: Helper, staff: User, now: dt.datetime) -> ReplyCard | None:
    """Return the card that a member of staff has made today to print for a helper, if it still counts."""
    own = helper.reply_cards.filter(code__in=open_codes(now), made_by=staff, code__made_at__gt=now - PRINTED_WITHIN)
    return own.select_related("code").order_by("-pk").first()


def newest_card(helper: Helper) -> ReplyCard | None:
    """Return the newest card that was printed for a helper whom the viewer may see."""
    return helper.reply_cards.select_related("code", "noted_by").order_by("-pk").first()


def active_count(here: Partnership, on: dt.date) -> int:
    """Return how many new helpers are active, as the goal counts; a total that everybody may see."""
    return Helper.objects.filter(partnership=here).active(on).new().count()


def helpers_nearby(helper: Helper) -> int | None:
    """Return how many helpers live in the helper's local area, or None if the number would identify people.

    People are counted, not homes, and not on one road: anybody can join at any home, and a count of homes would tell
    whether that one had a helper before. One mailbox counts once, whatever names its owner has joined with.
    """
    if helper.household is None:
        return None
    people = Helper.objects.confirmed().verified().in_area(helper.household.area).values_list("pk", "person__email")
    helpers = len({without_tag(email) if email else pk for pk, email in people})
    return helpers if helpers >= SHOWN_FROM else None


def active_in(naboven: User, here: Partnership, on: dt.date) -> list[tuple[Area, int | None]]:
    """Return a Naboven's local areas with their active helpers; None for a number that would identify people."""
    active = Helper.objects.filter(partnership=here).active(on)
    counts = [(area, active.in_area(area).count()) for area in own_areas(naboven, here).order_by("name")]
    return [(area, number if number >= SHOWN_FROM else None) for area, number in counts]


def joined_by_invitation_of(helper: Helper) -> int:
    """Return how many have joined by a helper's invitation; never who."""
    return Helper.objects.confirmed().verified().filter(invited_by=helper).count()


def is_shown_to_naboven(helper: Helper) -> bool:
    """Return whether the helper has said that the Naboven of their area may see them, and is not protected."""
    return not helper.person.is_protected and Consent.objects.live(helper.person, SHOWN_TO_NABOVEN)


def has_naboven(helper: Helper) -> bool:
    """Return whether another person is Naboven of the helper's local area."""
    if helper.household is None:
        return False
    roles = Role.objects.filter(partnership=helper.partnership_id, kind=Role.Kind.NABOVEN, area=helper.household.area)
    return roles.exclude(user=helper.person_id).exists()


def is_naboven_of_own_area(helper: Helper) -> bool:
    """Return whether the helper is Naboven of the local area that they live in."""
    home = helper.household
    return home is not None and own_areas(helper.person, helper.partnership).filter(pk=home.area_id).exists()


def own_days(person: User, here: Partnership) -> dict[str, dt.date]:
    """Return the last day on which the person did each of this room's things."""
    rows = Activity.objects.filter(person=person, partnership=here, kind__startswith="neighbours.").order_by("day")
    return {row.kind: row.day for row in rows}


def newest_done(helper: Helper) -> dict[str, Activity]:
    """Return the newest activity of each of this room's things that a helper whom the viewer may see has done."""
    rows = Activity.objects.filter(
        person=helper.person_id, partnership=helper.partnership_id, kind__startswith="neighbours."
    )
    return {row.kind: row for row in rows.select_related("written_by").order_by("day")}


def steps_of(helper: Helper):
    """Return how a helper whom the viewer may see came, and left: the newest step first."""
    return helper.steps.select_related("by").order_by("-pk")


def kinds_done(people: list[int], here: Partnership) -> dict[int, set[str]]:
    """Return which of this room's things each of these people has ever done."""
    done: dict[int, set[str]] = {}
    rows = Activity.objects.filter(person__in=people, partnership=here, kind__startswith="neighbours.")
    for person, kind in rows.values_list("person", "kind"):
        done.setdefault(person, set()).add(kind)
    return done


def lists_in_view(viewer: User, here: Partnership) -> QuerySet[HelperList]:
    """Return the lists of this partnership that staff have brought in, to its staff, the newest first; none that was
    dropped.
    """
    found = HelperList.objects.filter(partnership=here).exclude(state=HelperList.State.READ, lines=[])
    found = found.select_related("partnership").prefetch_related("steps__by").order_by("-pk")
    return found if rules.may_type_slips(viewer, here) else found.none()


def sources_of(helper_list: HelperList) -> list[tuple[str, int]]:
    """Return where the details of those who came by a list are from, and of how many who are still here."""
    rows = helper_list.brought.values("source").annotate(number=Count("pk")).order_by("-number", "source")
    return list(rows.values_list("source", "number"))


def came_by(helper: Helper) -> BroughtHelper | None:
    """Return by which list a helper whom the viewer may see has come; None if by none."""
    return BroughtHelper.objects.filter(helper=helper).first()
