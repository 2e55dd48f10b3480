"""Copy Django's sessions, so that who is logged in stays so. Staff log in again: theirs have no beginning."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone


def copy(apps, schema_editor) -> None:
    old, new = apps.get_model("sessions", "Session"), apps.get_model("entrance", "BrowserSession")
    people = set(apps.get_model("people", "User").objects.values_list("pk", flat=True))
    now, decode = timezone.now(), SessionStore().decode
    rows = []
    for row in old.objects.filter(expire_date__gt=now).iterator():
        person = int(decode(row.session_data).get(SESSION_KEY, 0))
        if person in people:
            rows.append(
                new(
                    session_key=row.session_key,
                    session_data=row.session_data,
                    expire_date=row.expire_date,
                    person_id=person,
                    used_at=now,
                )
            )
    new.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("entrance", "0001_sign_ins"),
        ("people", "0014_plain_words"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
