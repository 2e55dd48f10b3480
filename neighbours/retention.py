"""How long data about helpers is kept."""

from neighbours.actions.homes import delete_homes_left_behind, empty_homes
from neighbours.actions.leaving import delete_unconfirmed
from neighbours.actions.lists import delete_abandoned, delete_old_lists, empty_old_lines
from neighbours.models import (
    LIST_KEPT,
    UNCONFIRMED_KEPT,
    BroughtHelper,
    Helper,
    HelperList,
    HelperListStep,
    HelperStep,
    ReplyCard,
)
from partnership.paper.printed_codes import CARD_LASTS
from partnership.places.models import Household
from partnership.retention import CONSENT, DUTY, TASK, Rule

RULES = [
    Rule(
        Helper,
        holds="that a person is, waits to be, or was a helper, and in which household; until the link is used, what "
        "was typed; on which day we asked whether they are still with us; by whose "
        "invitation they joined",
        purpose="to build the network, and to count it",
        basis=CONSENT,
        how_long="until the person is deleted; the address until they leave; "
        f"{UNCONFIRMED_KEPT.days} days if the link was never used, and until the next night if another address was "
        "typed",
        seen_by="themselves; coordinators and administrators; if they have said yes to it, the Naboven of their area, "
        "without the address",
        past=Helper.objects.to_be_deleted,
        remove=lambda now: delete_unconfirmed(now=now),
    ),
    Rule(
        Household,
        part=f"{Household._meta.label}, without a helper",
        holds="an address that somebody typed who then typed another",
        purpose="none any more",
        basis=CONSENT,
        how_long="until the next night",
        seen_by="nobody",
        past=lambda now: empty_homes(),
        remove=lambda now: delete_homes_left_behind(),
    ),
    Rule(
        ReplyCard,
        holds="that a reply card was printed for a helper; when it came back, what was ticked, and who of the staff "
        "typed it in",
        purpose="to note what helpers without email have done, and to undo what was mistyped",
        basis=CONSENT,
        how_long=f"{CARD_LASTS.days} days, as its number; or until the person is deleted",
        seen_by="themselves; coordinators and administrators",
    ),
    Rule(
        HelperStep,
        holds="when a helper joined, confirmed and left, and who typed the slip; which details were corrected, when "
        "and by whom, and not what they were",
        purpose="to know how each helper's state came about",
        basis=DUTY,
        how_long="with the helper",
        seen_by="coordinators and administrators",
    ),
    Rule(
        HelperList,
        holds="that staff have brought in a list of helpers, when, and how many were added and removed again",
        purpose="to know how these helpers came, and to take a list back",
        basis=DUTY,
        how_long=f"until nobody of it is here any more, and at least {LIST_KEPT.days} days",
        seen_by="coordinators and administrators",
        remove=lambda now: delete_old_lists(now=now),
    ),
    Rule(
        HelperList,
        part=f"{HelperList._meta.label}, not added",
        holds="what a file says of people: their name, address, email address, telephone, and how they said yes",
        purpose="to show staff what is in it before it is added",
        basis=TASK,
        how_long="a day, and until the next night",
        seen_by="coordinators and administrators",
        past=HelperList.objects.abandoned,
        remove=lambda now: delete_abandoned(now=now),
    ),
    Rule(
        HelperList,
        part=f"{HelperList._meta.label}, lines that could not be added",
        holds="the same of people who were not added, since something in their line is wrong",
        purpose="to download these lines, and correct them",
        basis=TASK,
        how_long="a day, and until the next night",
        seen_by="coordinators and administrators",
        remove=lambda now: empty_old_lines(now=now),
    ),
    Rule(
        HelperListStep,
        holds="who of the staff read, added and took back a list, and when",
        purpose="to know how each list came about",
        basis=DUTY,
        how_long="with the list; the name until the person is deleted",
        seen_by="coordinators and administrators",
    ),
    Rule(
        BroughtHelper,
        holds="that a helper came by a list, and where whoever made it had their details from",
        purpose="to tell them where their details are from (article 14), and to take a list back",
        basis=DUTY,
        how_long="with the helper",
        seen_by="themselves; coordinators and administrators",
    ),
]
