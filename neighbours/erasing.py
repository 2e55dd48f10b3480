"""What `neighbours` deletes with a person: a household where nobody else is a helper, what was typed with another
mailbox, what a file says of them that staff are about to bring in, and the numbers of their cards.
"""

import datetime as dt
from functools import partial

from django.db import transaction

from neighbours.actions.homes import delete_empty_homes
from neighbours.actions.leaving import delete_replaced
from neighbours.models import Helper, HelperList, HelperListStep
from neighbours.models.cards import PURPOSE
from partnership.paper import printed_codes
from partnership.people.models import User
from partnership.places.models import Household
from written.mailboxes import without_tag
from written.names import first_and_last


def delete_helper_and_home(person: User, now: dt.datetime) -> None:
    """Delete the helper's row and history, and their household if nobody else is in it."""
    homes = list(Household.objects.filter(helpers__person=person).values_list("pk", flat=True))
    for helper in Helper.objects.filter(person=person):
        printed_codes.forget(purpose=PURPOSE, about=helper.pk)
    Helper.objects.filter(person=person).delete()
    if person.partnership:
        transaction.on_commit(partial(delete_replaced, partnership=person.partnership, now=now), robust=True)
    delete_empty_homes(homes)


def delete_lines_about(person: User, now: dt.datetime) -> None:
    """Delete the lines of files that may be about the person: otherwise the list would bring them back. Of lists that
    they brought in themselves, empty the reasons.
    """
    HelperListStep.objects.filter(by=person).update(why="")
    open_lists = HelperList.objects.filter(partnership=person.partnership_id).exclude(lines=[])
    for found in open_lists.select_for_update().order_by("pk"):
        kept = [line for line in found.lines if not _is_about(person, line.get("cells", {}))]
        if len(kept) < len(found.lines):
            found.lines = kept
            found.save(update_fields=["lines"])


def _is_about(person: User, cells: dict[str, str]) -> bool:
    is_named = first_and_last(cells.get("name", "")) == first_and_last(person.name)
    email = cells.get("email", "")
    return is_named or bool(email and person.email and without_tag(email) == without_tag(person.email))
