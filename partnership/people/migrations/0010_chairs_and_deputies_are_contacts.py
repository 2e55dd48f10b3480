from django.db import migrations

# Foreign keys are looked at when a transaction ends, and until then the tables cannot be altered.
LOOKED_AT = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
FORWARD = """
INSERT INTO people_organisationcontact (organisation_id, person_id, role)
    SELECT id, chair_id, 'chair' FROM people_organisation WHERE chair_id IS NOT NULL
    UNION ALL
    SELECT id, deputy_id, 'deputy' FROM people_organisation WHERE deputy_id IS NOT NULL;
""" + LOOKED_AT
# A contact person has no column to go back to.
BACKWARD = """
UPDATE people_organisation SET
    chair_id = (
        SELECT person_id FROM people_organisationcontact WHERE organisation_id = people_organisation.id AND role = 'chair'
    ),
    deputy_id = (
        SELECT person_id FROM people_organisationcontact WHERE organisation_id = people_organisation.id AND role = 'deputy'
    );
DELETE FROM people_organisationcontact;
""" + LOOKED_AT


class Migration(migrations.Migration):
    dependencies = [("people", "0009_organisation_contacts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
