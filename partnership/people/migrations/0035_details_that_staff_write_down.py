"""What staff write down and correct of a person: rows that are only added, and where letters go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As for consents: a row may be added, lose who did it and why, or go with the person, and never be rewritten.
FORWARD = """
CREATE FUNCTION person_step_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.person_id, NEW.at, NEW.medium, NEW.changed, NEW.submission)
       IS DISTINCT FROM (OLD.person_id, OLD.at, OLD.medium, OLD.changed, OLD.submission)
       OR coalesce(NEW.by_id, OLD.by_id) IS DISTINCT FROM OLD.by_id
       OR coalesce(nullif(NEW.why, ''), OLD.why) IS DISTINCT FROM OLD.why THEN
        RAISE EXCEPTION 'A correction is never rewritten: add a row.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER person_step_is_only_added BEFORE UPDATE ON people_personstep
    FOR EACH ROW EXECUTE FUNCTION person_step_is_only_added();
"""
BACKWARD = """
DROP TRIGGER person_step_is_only_added ON people_personstep;
DROP FUNCTION person_step_is_only_added();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0034_seen_on'),
        ('places', '0007_skyline_of_a_partnership'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostalAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postal_addresses', to='places.address')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='postal_address', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PersonStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('medium', models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email')], max_length=10)),
                ('changed', models.JSONField(help_text='The names of the details; written_down if the person is new to us')),
                ('why', models.CharField(blank=True, max_length=200)),
                ('submission', models.UUIDField(help_text='Drawn with the form: a double click counts once')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='detail_steps', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('by', 'submission'), name='person_step_once_for_a_form')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
