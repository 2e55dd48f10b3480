import django.db.models.deletion
from django.db import migrations, models

# Two years is the limit of `partnership/people/retention.py`, which deletes what is older each night.
FORWARD = """
CREATE FUNCTION look_up_is_only_added() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '729 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A look-up is never changed, and deleted only after two years.';
END $$ LANGUAGE plpgsql;
CREATE TRIGGER look_up_is_only_added BEFORE UPDATE OR DELETE ON people_lookup
    FOR EACH ROW EXECUTE FUNCTION look_up_is_only_added();
"""
BACKWARD = """
DROP TRIGGER look_up_is_only_added ON people_lookup;
DROP FUNCTION look_up_is_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0023_who_made_a_chair"), ("places", "0007_skyline_of_a_partnership")]

    operations = [
        migrations.CreateModel(
            name='LookUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(help_text='The number of who looked')),
                ('person_id', models.BigIntegerField(help_text='The number of whom they looked at')),
                ('at', models.DateTimeField()),
                ('purpose', models.CharField(choices=[('call', 'they called'), ('letter_or_slip', 'a letter or a slip'), ('email', 'an e-mail'), ('visit', 'they came by'), ('correcting', 'to correct or end something'), ('message_failed', 'a message did not arrive'), ('other', 'something else')], max_length=20)),
                ('way', models.CharField(choices=[('page', 'the page of the person'), ('search', 'the search'), ('administration', 'the administration'), ('letters', 'letters to print')], max_length=20)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_ups', to='places.partnership')),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'at'], name='look_up_of_person')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
