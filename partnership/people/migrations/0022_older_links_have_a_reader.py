from django.db import migrations
from django.utils.crypto import salted_hmac


def note_readers(apps, _editor):
    """Links say from now on whom they are for. For those sent before, note who could have them: chair, then deputy."""
    could = {}
    contacts = apps.get_model("people", "OrganisationContact").objects.filter(role__in=["chair", "deputy"])
    for pk, person, email in contacts.order_by("role").values_list("organisation", "person", "person__email"):
        digest = salted_hmac("people.links", f"{person} {email or ''}").hexdigest()[:12]
        could.setdefault(pk, []).append(digest)
    organisations = apps.get_model("people", "Organisation").objects
    for pk, digests in could.items():
        organisations.filter(pk=pk).update(readers_of_older_links=" ".join(digests))


class Migration(migrations.Migration):
    dependencies = [("people", "0021_readers_of_older_links")]

    operations = [migrations.RunPython(note_readers, migrations.RunPython.noop)]
