"""Write each stored address in its one spelling. Where several people have one mailbox, the one who has that spelling
already holds it, or else the oldest; the others keep theirs and are marked as doubles.

It is here, and not with people, because stops of email are hashes of addresses: each is copied to the new spelling.
"""

import hashlib
import hmac
import unicodedata

import idna
from django.conf import settings
from django.db import migrations

# Written so already, as nearly all are.
PLAIN = r"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$"


def one_spelling(address: str) -> str:
    """Return `address` itself if it cannot be one."""
    visible = "".join(sign for sign in address if unicodedata.category(sign) not in ("Cf", "Cc", "Zs"))
    name, _at, domain = unicodedata.normalize("NFKC", visible).lower().rpartition("@")
    try:
        labels = [idna.ulabel(label) if label.startswith("xn--") else label for label in domain.rstrip(".").split(".")]
        return f"{name}@{idna.encode('.'.join(labels), uts46=True).decode()}"
    except (idna.IDNAError, UnicodeError):
        return address


def digest(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), address.strip().lower().encode(), hashlib.sha256).hexdigest()


def keep_stops(apps, old: str, new: str) -> None:
    Suppression, Bounce = apps.get_model("outbox", "Suppression"), apps.get_model("outbox", "Bounce")
    for stop in Suppression.objects.filter(digest=digest(old)):
        Suppression.objects.get_or_create(digest=digest(new), defaults={"reason": stop.reason, "at": stop.at})
    Bounce.objects.filter(digest=digest(old)).update(digest=digest(new))


def of_people(apps, schema_editor) -> None:
    User, EmailAddress = apps.get_model("people", "User"), apps.get_model("account", "EmailAddress")
    for person in User.objects.exclude(email=None).exclude(email__regex=PLAIN).order_by("pk"):
        old, new = person.email, one_spelling(person.email)
        keep_stops(apps, old, new)
        if not new.isascii() or User.objects.filter(email=new).exclude(pk=person.pk).exists():
            User.objects.filter(pk=person.pk).update(is_double=True)
        else:
            User.objects.filter(pk=person.pk).update(email=new, is_double=False)
            EmailAddress.objects.filter(user=person, email__iexact=old).update(email=new)


def of_messages(apps, schema_editor) -> None:
    """Messages to people hold no address."""
    Message = apps.get_model("outbox", "Message")
    for message in Message.objects.exclude(address="").exclude(address__regex=PLAIN):
        keep_stops(apps, message.address, one_spelling(message.address))
        Message.objects.filter(pk=message.pk).update(address=one_spelling(message.address))


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0006_steps_are_only_added"),
        ("people", "0015_doubles"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    # The one spelling works with older code too.
    operations = [
        migrations.RunPython(of_people, migrations.RunPython.noop),
        migrations.RunPython(of_messages, migrations.RunPython.noop),
    ]
