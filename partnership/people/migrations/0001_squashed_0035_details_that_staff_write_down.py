import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


# Django's own shape for a database cache (createcachetable), made here so that `migrate` is all that is needed.
CACHE = """
CREATE TABLE cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""
# What somebody said yes to is evidence: a row may be added, or go with the person, and is never rewritten.
CONSENTS = """
CREATE FUNCTION consent_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.person_id, NEW.wording_id, NEW.is_given, NEW.at, NEW.medium)
       IS DISTINCT FROM (OLD.person_id, OLD.wording_id, OLD.is_given, OLD.at, OLD.medium) THEN
        RAISE EXCEPTION 'A consent is never rewritten: add a row.';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER consent_is_only_added BEFORE UPDATE ON people_consent
    FOR EACH ROW EXECUTE FUNCTION consent_is_only_added();
"""
NO_CONSENTS = """
DROP TRIGGER consent_is_only_added ON people_consent;
DROP FUNCTION consent_is_only_added();
"""
# Two promises about an association that need two tables to be seen, checked when the transaction ends: one with a name
# has a chair, and a chair has one of each name. Each locks what another transaction could change meanwhile before it
# looks, so that of two at once the second finds what the first has written.
CHAIRS = """
CREATE FUNCTION association_has_a_chair_or_no_name() RETURNS trigger AS $$
DECLARE
    looked_at bigint;
BEGIN
    IF TG_TABLE_NAME = 'people_organisation' THEN looked_at := NEW.id; ELSE looked_at := OLD.organisation_id; END IF;
    PERFORM FROM people_organisation WHERE id = looked_at FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM people_organisation
        WHERE id = looked_at AND name <> ''
        AND kind IN ('homeowners', 'owner_flats', 'cooperative', 'housing', 'watch_group')
    ) AND NOT EXISTS (
        SELECT FROM people_organisationcontact WHERE organisation_id = looked_at AND role = 'chair'
    ) THEN
        RAISE EXCEPTION 'Organisation % has a name but no chair.', looked_at
            USING ERRCODE = 'check_violation', CONSTRAINT = 'association_has_a_chair_or_no_name';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER association_has_a_chair_or_no_name
    AFTER INSERT OR UPDATE OF name, kind ON people_organisation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION association_has_a_chair_or_no_name();
CREATE CONSTRAINT TRIGGER association_has_a_chair_or_no_name
    AFTER DELETE OR UPDATE OF organisation_id, role ON people_organisationcontact DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION association_has_a_chair_or_no_name();

CREATE FUNCTION association_once_for_its_chair() RETURNS trigger AS $$
DECLARE
    looked_at bigint;
    its_chair bigint;
BEGIN
    IF TG_TABLE_NAME = 'people_organisation' THEN
        looked_at := NEW.id;
    ELSIF NEW.role = 'chair' THEN
        looked_at := NEW.organisation_id;
    ELSE
        RETURN NULL;
    END IF;
    SELECT person_id INTO its_chair FROM people_organisationcontact
        WHERE organisation_id = looked_at AND role = 'chair';
    PERFORM FROM people_user WHERE id = its_chair FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM people_organisation this
        JOIN people_organisation other ON other.partnership_id = this.partnership_id AND other.name = this.name
        JOIN people_organisationcontact chair ON chair.organisation_id = other.id AND chair.role = 'chair'
        WHERE this.id = looked_at AND other.id <> this.id AND chair.person_id = its_chair
        AND this.kind IN ('homeowners', 'owner_flats', 'cooperative', 'housing', 'watch_group')
        AND other.kind IN ('homeowners', 'owner_flats', 'cooperative', 'housing', 'watch_group')
    ) THEN
        RAISE EXCEPTION 'The chair of organisation % has another one of that name.', looked_at
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'association_once_for_its_chair';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER association_once_for_its_chair
    AFTER UPDATE OF name, kind, partnership_id ON people_organisation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION association_once_for_its_chair();
CREATE CONSTRAINT TRIGGER association_once_for_its_chair
    AFTER INSERT OR UPDATE OF organisation_id, person_id, role ON people_organisationcontact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION association_once_for_its_chair();
"""
NO_CHAIRS = """
DROP TRIGGER association_once_for_its_chair ON people_organisationcontact;
DROP TRIGGER association_once_for_its_chair ON people_organisation;
DROP FUNCTION association_once_for_its_chair();
DROP TRIGGER association_has_a_chair_or_no_name ON people_organisationcontact;
DROP TRIGGER association_has_a_chair_or_no_name ON people_organisation;
DROP FUNCTION association_has_a_chair_or_no_name();
"""
# Two years is the limit of `partnership/people/retention.py`, which deletes what is older each night.
LOOK_UPS = """
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
NO_LOOK_UPS = """
DROP TRIGGER look_up_is_only_added ON people_lookup;
DROP FUNCTION look_up_is_only_added();
"""
# As for consents: a row may be added, lose who did it and why, or go with the person, and is never rewritten.
STEPS = """
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
NO_STEPS = """
DROP TRIGGER person_step_is_only_added ON people_personstep;
DROP FUNCTION person_step_is_only_added();
"""


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_people_roles_and_consents"),
        ("people", "0002_consents_are_only_added"),
        ("people", "0003_cache_table"),
        ("people", "0004_channel_and_retention_runs"),
        ("people", "0005_proved_phone"),
        ("people", "0006_nightly_runs"),
        ("people", "0007_names_in_the_administration"),
        ("people", "0008_associations_become_organisations"),
        ("people", "0009_organisation_contacts"),
        ("people", "0010_chairs_and_deputies_are_contacts"),
        ("people", "0011_chair_and_deputy_are_no_columns"),
        ("people", "0012_organisations_of_every_kind"),
        ("people", "0013_an_association_and_its_chair"),
        ("people", "0014_plain_words"),
        ("people", "0015_doubles"),
        ("people", "0016_one_spelling_for_each_mailbox"),
        ("people", "0017_verified_phone"),
        ("people", "0018_who_noted_an_activity"),
        ("people", "0019_form_that_made_an_association"),
        ("people", "0020_told_in_person_or_by_email"),
        ("people", "0021_readers_of_older_links"),
        ("people", "0022_older_links_have_a_reader"),
        ("people", "0023_who_made_a_chair"),
        ("people", "0024_look_ups"),
        ("people", "0025_contact_notes"),
        ("people", "0026_roles_of_one_area"),
        ("people", "0027_log_entries_outlive_who_wrote_them"),
        ("people", "0028_name_and_address_protection"),
        ("people", "0029_roles_open_the_administration"),
        ("people", "0030_duplicates"),
        ("people", "0031_medium_of_a_consent"),
        ("people", "0032_pages_of_talks_and_messages"),
        ("people", "0033_one_word_for_email"),
        ("people", "0034_seen_on"),
        ("people", "0035_details_that_staff_write_down"),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('places', '0001_squashed_0009_what_an_area_fact_counts'),
    ]

    operations = [
        migrations.CreateModel(
            name='NightlyRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=60, unique=True)),
                ('night', models.DateField()),
                ('claimed_until', models.DateTimeField(blank=True, help_text='While somebody is at it', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='began')),
                ('ended_at', models.DateTimeField(verbose_name='ended')),
                ('removed', models.JSONField(default=dict, help_text='Rule: how many rows; only those that let something go', verbose_name='rows removed')),
            ],
            options={
                'verbose_name': 'night of clearing',
                'verbose_name_plural': 'nights of clearing',
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('language', models.CharField(max_length=2)),
                ('text', models.TextField()),
                ('digest', models.CharField(help_text='SHA-256 of purpose, language and text', max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(blank=True, error_messages={'unique': 'Another person has this email address. Write another, or leave it out.'}, max_length=254, null=True, unique=True, verbose_name='email address')),
                ('is_duplicate', models.BooleanField(default=False, editable=False, help_text='Somebody else holds the same mailbox')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('language', models.CharField(default='da', max_length=2, verbose_name='language')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telephone')),
                ('verified_phone', models.CharField(blank=True, editable=False, help_text='The telephone, once a code texted to it was typed here', max_length=20)),
                ('channel', models.CharField(blank=True, choices=[('mail', 'by email'), ('sms', 'by text message'), ('letter', 'by letter')], help_text='Empty: by email if the person has one, else by letter', max_length=6, verbose_name='how we reach the person')),
                ('is_protected', models.BooleanField(db_default=False, default=False, help_text='Only coordinators and administrators see this person', verbose_name='name and address protection')),
                ('is_active', models.BooleanField(default=True, verbose_name='may log in')),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='known since')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('partnership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='places.partnership', verbose_name='partnership')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='The room and what was done: neighbours.met_a_neighbour', max_length=40)),
                ('day', models.DateField()),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='places.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(blank=True, help_text='Staff to whom the person told it; empty if they ticked it themselves', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ContactNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('code', models.CharField(choices=[('called_us', 'they called us'), ('we_called', 'we called them'), ('no_answer', 'we called, and nobody answered'), ('wrote', 'they wrote to us'), ('came_by', 'we met them'), ('other', 'another contact')], max_length=12)),
                ('line', models.CharField(blank=True, max_length=120)),
                ('submission', models.UUIDField(help_text='Drawn with the form: a double click counts once')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_notes', to='places.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_notes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LookUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_id', models.BigIntegerField(help_text='The number of who looked')),
                ('person_id', models.BigIntegerField(help_text='The number of whom they looked at')),
                ('at', models.DateTimeField()),
                ('purpose', models.CharField(choices=[('call', 'they called'), ('letter_or_slip', 'a letter or a slip'), ('email', 'an email'), ('visit', 'they came by'), ('correcting', 'to correct or end something'), ('message_failed', 'a message did not arrive'), ('other', 'something else')], max_length=20)),
                ('seen_on', models.CharField(choices=[('page', 'the page of the person'), ('search', 'the search'), ('administration', 'the administration'), ('letters', 'letters to print'), ('talk', 'the page of a talk'), ('message', 'the page of a message'), ('helpers', 'the list of helpers'), ('slip', 'a slip of somebody already known'), ('mailboxes', 'the list of people with one mailbox')], max_length=20)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='look_ups', to='places.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('homeowners', "homeowners’ association"), ('owner_flats', 'association of flat owners'), ('cooperative', 'housing cooperative'), ('housing', "tenants’ or social housing association"), ('watch_group', 'watch group'), ('landlord', 'landlord'), ('housing_company', 'housing company'), ('civil_society', 'civil society organisation'), ('authority', 'authority')], max_length=20, verbose_name='kind')),
                ('homes', models.PositiveIntegerField(blank=True, null=True, verbose_name='homes')),
                ('confirmed_on', models.DateField(blank=True, help_text='When the chair last said that this is right', null=True, verbose_name='confirmed on')),
                ('made_by_form', models.UUIDField(editable=False, help_text='The form that it came from: it goes if that form is replaced', null=True)),
                ('readers_of_older_links', models.CharField(blank=True, editable=False, help_text='Digests of chair and deputy when links from before 30 November 2026 got a reader; they end by 2028', max_length=25)),
                ('form_made_chair', models.BooleanField(db_default=False, default=False, editable=False, help_text='That form made the chair too, who goes with it')),
                ('area', models.ForeignKey(blank=True, help_text='Empty: the whole municipality', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='places.area', verbose_name='local area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisations', to='places.partnership', verbose_name='partnership')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
            },
        ),
        migrations.CreateModel(
            name='OrganisationContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('chair', 'chair'), ('deputy', 'deputy'), ('contact', 'contact person')], max_length=10, verbose_name='role')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='people.organisation', verbose_name='organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organisation_roles', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
            },
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
            },
        ),
        migrations.CreateModel(
            name='PostalAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postal_addresses', to='places.address')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='postal_address', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('naboven', 'Naboven'), ('coordinator', 'coordinator'), ('police', 'police officer'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='places.area', verbose_name='local area')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='places.partnership', verbose_name='partnership')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_given', models.BooleanField(help_text='False withdraws', verbose_name='says yes')),
                ('at', models.DateTimeField(verbose_name='said on')),
                ('medium', models.CharField(choices=[('web', 'on the web'), ('paper', 'on paper'), ('phone', 'by telephone'), ('person', 'in person'), ('email', 'by email'), ('mail', 'by a link in an email')], max_length=10, verbose_name='said how')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='places.partnership', verbose_name='partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('written_by', models.ForeignKey(blank=True, help_text='Staff who typed a slip', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written down by')),
                ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.wording', verbose_name='wording')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_is_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_duplicate', True), ('email__regex', '^[!-~]+$'), _connector='OR'), name='user_email_is_in_its_one_spelling'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('partnership__isnull', False), ('is_superuser', True), _connector='OR'), name='user_belongs_to_a_partnership'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['partnership', 'day'], name='activity_by_day'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('person', 'kind', 'day'), name='activity_once_a_day'),
        ),
        migrations.AddIndex(
            model_name='contactnote',
            index=models.Index(models.F('person'), models.OrderBy(models.F('at'), descending=True), name='contact_note_newest'),
        ),
        migrations.AddConstraint(
            model_name='contactnote',
            constraint=models.UniqueConstraint(fields=('person', 'submission'), name='contact_note_once'),
        ),
        migrations.AddIndex(
            model_name='lookup',
            index=models.Index(fields=['person_id', 'at'], name='look_up_of_person'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('homes__gt', 0)), name='organisation_has_homes_or_no_number'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('homeowners', 'owner_flats', 'cooperative', 'housing', 'watch_group')), _negated=True), models.Q(('area__isnull', False), ('homes__isnull', False)), _connector='OR'), name='association_has_an_area_and_homes', violation_error_message='An association has a local area and homes.'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('homeowners', 'owner_flats', 'cooperative', 'housing', 'watch_group')), models.Q(('name', ''), _negated=True), _connector='OR'), name='organisation_that_is_no_association_has_a_name', violation_error_message='Write the name of the organisation.'),
        ),
        migrations.AddConstraint(
            model_name='organisationcontact',
            constraint=models.UniqueConstraint(condition=models.Q(('role__in', ['chair', 'deputy'])), fields=('organisation', 'role'), name='organisation_has_one_chair_and_one_deputy'),
        ),
        migrations.AddConstraint(
            model_name='organisationcontact',
            constraint=models.UniqueConstraint(fields=('organisation', 'person', 'role'), name='contact_holds_a_role_once'),
        ),
        migrations.AddConstraint(
            model_name='personstep',
            constraint=models.UniqueConstraint(fields=('by', 'submission'), name='person_step_once_for_a_form'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.UniqueConstraint(fields=('user', 'partnership', 'area', 'kind'), name='role_held_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('area', None), ('kind', 'naboven'), _connector='OR'), name='role_of_one_area_is_a_naboven', violation_error_message='Only a Naboven has one local area; other roles count everywhere here.'),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(models.F('person'), models.OrderBy(models.F('id'), descending=True), name='consent_newest'),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE cache"),
        migrations.RunSQL(CONSENTS, NO_CONSENTS),
        migrations.RunSQL(CHAIRS, NO_CHAIRS),
        migrations.RunSQL(LOOK_UPS, NO_LOOK_UPS),
        migrations.RunSQL(STEPS, NO_STEPS),
    ]
