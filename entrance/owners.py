"""What shows that a code to log in is asked for by the owner of the mailbox: a browser in which they have logged in, or
the link in an email to them. Neither gives access.
"""

from django.http import HttpRequest, HttpResponse

from partnership.people.limits import count_under, is_within_share
from partnership.people.links import digest_of
from partnership.people.models import User
from partnership.web.cookies import SignedCookie
from partnership.web.tokens import Tokens

# The cookie that shows that somebody has logged in with this browser; listed on the privacy page.
BEEN_HERE = SignedCookie("been_here", seconds=365 * 24 * 60 * 60)
# In each emailed code: shows on a new device that somebody reads the person's email. It names reader and mailbox.
READS_MAIL, READS_MAIL_SECONDS = Tokens("people.reads_mail"), 2 * 24 * 60 * 60


def may_send_code_to(request: HttpRequest, email: str, known: User | None) -> bool:
    """Count one more code to log in for a mailbox, as `is_within_share` does. Its owner has a share that no stranger
    can use up.
    """
    share = "mail_to_known_from_own_browser"
    if known and _is_owners(request, known) and count_under(share, request, str(known.pk)):
        return True
    return is_within_share(request, email, what="log-in")


def remember_browser(response: HttpResponse, person: User) -> None:
    """Set a cookie that shows later that `person` has logged in with this browser."""
    BEEN_HERE.put(response, person.pk, path="/accounts/")


def _is_owners(request: HttpRequest, person: User) -> bool:
    from_mail = READS_MAIL.read(request.POST.get("own", ""), max_age=READS_MAIL_SECONDS)
    return from_mail == digest_of(person) or BEEN_HERE.read(request) == person.pk
