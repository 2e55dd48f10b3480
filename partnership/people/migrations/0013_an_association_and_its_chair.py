from django.db import migrations

# Two promises about an association that need two tables to be seen, looked at when the transaction ends: one with a
# name has a chair, and a chair has one of each name. Each locks what another transaction could change meanwhile before
# it looks, so that of two at once the second finds what the first has written.
FORWARD = """
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
BACKWARD = """
DROP TRIGGER association_once_for_its_chair ON people_organisationcontact;
DROP TRIGGER association_once_for_its_chair ON people_organisation;
DROP FUNCTION association_once_for_its_chair();
DROP TRIGGER association_has_a_chair_or_no_name ON people_organisationcontact;
DROP TRIGGER association_has_a_chair_or_no_name ON people_organisation;
DROP FUNCTION association_has_a_chair_or_no_name();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0012_organisations_of_every_kind")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
