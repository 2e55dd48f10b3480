"""What the outbox is measured against: the usual ways to send email with Celery, which store nothing.

`reminder` does the usual job: it looks up the talk and renders the same words into the same two templates. `one` and
`hundred` have an advantage: text and HTML of the size of ours are given, so they render, look up and check nothing.
"""

import os
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("rivals", broker=settings.CELERY_BROKER_URL)
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=4, worker_hijack_root_logger=False)

# By default Celery closes the database's connections after every task.
app.conf.CELERY_DB_REUSE_MAX = 100_000

if os.environ.get("SHORT_VISIBILITY"):
    # For the control: an hour shortened to five seconds, checked every two.
    app.conf.broker_transport_options = {
        "visibility_timeout": 5, "unacked_restore_interval": 2, "unacked_restore_throttle": 1,
    }  # fmt: skip

TEXT, HTML = (Path(os.environ[name]).read_text() if name in os.environ else "" for name in ("RIVAL_TEXT", "RIVAL_HTML"))


def an_email(number: int, connection: object = None) -> EmailMultiAlternatives:
    """Return an email with text and HTML as long as ours."""
    mail = EmailMultiAlternatives(
        subject=f"I morgen: Sådan undgår du indbrud {number}",
        body=TEXT,
        from_email=f"Randers <{settings.DEFAULT_FROM_EMAIL}>",
        to=[f"rival{number}@d{number % 100}.example"],
        reply_to=["kontakt@randers.example"],
        connection=connection,
    )
    mail.attach_alternative(HTML, "text/html")
    return mail


@app.task(name="rivals.one")
def one(number: int) -> None:
    """One task for each email, with Django's default backend: a connection each."""
    an_email(number).send()


@app.task(name="rivals.reminder")
def reminder(booking: int, person: int) -> None:
    """One task for each reminder, as usually written: look up, render, send; a connection each."""
    from django.template.loader import render_to_string  # noqa: PLC0415 - needs Django's set-up
    from django.utils import translation  # noqa: PLC0415

    from partnership.outbox.channels.layout import sender_of  # noqa: PLC0415
    from partnership.outbox.kinds import kind  # noqa: PLC0415
    from partnership.outbox.models import Message  # noqa: PLC0415
    from partnership.people.models import User  # noqa: PLC0415

    reader = User.objects.select_related("partnership").get(pk=person)
    about = Message(kind="talks.reminder_1day", partnership=reader.partnership, recipient=reader)
    about.about = {"booking": booking}
    with translation.override(reader.language):
        words = kind(about.kind).write(about)
        context = {
            "words": words, "partnership": sender_of(reader.partnership), "language": reader.language,
            "recipient_name": reader.name, "lead": words.paragraphs[0],
        }  # fmt: skip
        text, html = (render_to_string(f"outbox/mail.{half}", context) for half in ("txt", "html"))
    mail = EmailMultiAlternatives(words.subject, text, to=[reader.email], reply_to=[reader.partnership.contact_email])
    mail.attach_alternative(html, "text/html")
    mail.send()


@app.task(name="rivals.hundred")
def hundred(first: int) -> None:
    """A hundred emails in a task, on one connection."""
    with get_connection() as connection:
        connection.send_messages([an_email(number, connection) for number in range(first, first + 100)])


@app.task(name="rivals.by_eta")
def by_eta(number: int) -> None:
    """A reminder as a Celery task with an ETA: the control that must fail."""
    an_email(number).send()
