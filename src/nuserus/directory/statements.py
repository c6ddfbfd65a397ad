"""What the database itself holds of memberships, claims and what a place says of itself."""

from __future__ import annotations

from django.conf import settings

from nuserus.directory.enums import (
    CODE_DAYS,
    CODE_TRIES,
    CODES_A_DAY,
    CODES_A_REQUEST,
    MAX_A_DAY,
    MAX_OPEN,
    MAX_PENDING,
)

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
_OURS = f"('{settings.DB_ROLES['owner']}', '{settings.DB_ROLES['system']}')"

# A membership and a correction of a place concern the person, the referents of the place and the moderators.
CORRECTIONS_READ = (
    "(SELECT nuserus_asked()) AND (SELECT nuserus_user()) IS NOT NULL AND ("
    "scope_institution = ANY ((SELECT nuserus_ids('managed'))::uuid[])"
    " OR (SELECT nuserus_has_role('moderator')))"
)

# Row-level security compares one row; what may become of it needs the row before. Nobody decides about themselves,
# requests are for oneself, refused and ended are final; whoever is not of the place says how they checked before they
# name a referent; what is kept of a code is written by the functions below alone.
GUARD = f"""
CREATE OR REPLACE FUNCTION directory_guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine boolean := NEW.account_id IS NOT DISTINCT FROM nuserus_user();
  of_the_place boolean := NEW.institution_id = ANY (nuserus_ids('managed'));
  decides boolean := NOT mine AND (of_the_place OR nuserus_has_role('moderator'));
BEGIN
  IF current_user IN {_OURS} THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF mine AND NEW.status = 'pending' AND NOT NEW.is_referent
       AND NEW.decided_at IS NULL AND NEW.decided_by_id IS NULL
       AND (NEW.checked_by, NEW.how_checked, NEW.code_hash, NEW.code_count, NEW.code_tries) = ('', '', '', 0, 0)
       AND NEW.code_asked_at IS NULL AND NEW.claim_refused_at IS NULL THEN
      RETURN NEW;
    END IF;
  ELSIF ROW(NEW.account_id, NEW.institution_id, NEW.asked_at,
            NEW.code_hash, NEW.code_asked_at, NEW.code_count, NEW.code_tries)
        IS NOT DISTINCT FROM ROW(OLD.account_id, OLD.institution_id, OLD.asked_at,
            OLD.code_hash, OLD.code_asked_at, OLD.code_count, OLD.code_tries) THEN
    IF ROW(NEW.status, NEW.is_referent, NEW.decided_at, NEW.decided_by_id, NEW.checked_by, NEW.how_checked,
           NEW.claim_refused_at)
       IS NOT DISTINCT FROM
       ROW(OLD.status, OLD.is_referent, OLD.decided_at, OLD.decided_by_id, OLD.checked_by, OLD.how_checked,
           OLD.claim_refused_at)
       AND (mine OR NEW.claimed_at IS NOT DISTINCT FROM OLD.claimed_at) THEN
      RETURN NEW;
    END IF;
    IF NEW.decided_by_id IS NOT DISTINCT FROM nuserus_user() THEN
      IF decides AND (OLD.status, NEW.status) IN (
           ('pending', 'confirmed'), ('pending', 'refused'),
           ('confirmed', 'confirmed'), ('confirmed', 'ended'))
         AND (NEW.claimed_at IS NULL OR NEW.claimed_at IS NOT DISTINCT FROM OLD.claimed_at)
         AND (NOT NEW.is_referent OR OLD.is_referent OR of_the_place
              OR (NEW.checked_by = 'moderator' AND char_length(btrim(NEW.how_checked)) >= 10)) THEN
        RETURN NEW;
      END IF;
      IF mine AND NOT NEW.is_referent AND OLD.status IN ('pending', 'confirmed')
         AND NEW.status IN (OLD.status, 'ended')
         AND NEW.claim_refused_at IS NOT DISTINCT FROM OLD.claim_refused_at
         AND ((NEW.checked_by, NEW.how_checked) = ('', '')
              OR (NEW.checked_by, NEW.how_checked) = (OLD.checked_by, OLD.how_checked)) THEN
        RETURN NEW;
      END IF;
    END IF;
  END IF;
  RAISE EXCEPTION 'this membership is not yours to decide' USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# How many places one person asks for, whatever asks in their name, and however many ask at the same moment: one
# request of a person waits for the other. It sees all their rows, which the program may have filtered.
LIMITS = f"""
CREATE FUNCTION directory_limit_membership() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.account_id::text, 4));
  IF EXISTS (SELECT FROM directory_institution WHERE id = NEW.institution_id AND closed_on <= current_date) THEN
    RAISE EXCEPTION 'this place is closed' USING ERRCODE = 'ND001';
  END IF;
  IF (SELECT count(*) FROM directory_membership
      WHERE account_id = NEW.account_id AND status = 'pending') >= {MAX_PENDING}
     OR (SELECT count(*) FROM directory_membership
         WHERE account_id = NEW.account_id AND asked_at > now() - interval '1 day') >= {MAX_A_DAY}
     OR (SELECT count(*) FROM directory_membership
         WHERE account_id = NEW.account_id AND status IN ('pending', 'confirmed')) >= {MAX_OPEN}
     OR NEW.asked_at < now() - interval '1 hour' THEN
    RAISE EXCEPTION 'too many places for one person' USING ERRCODE = 'ND002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER directory_limit_membership BEFORE INSERT ON directory_membership
FOR EACH ROW WHEN (current_user NOT IN {_OURS}) EXECUTE FUNCTION directory_limit_membership();
"""  # noqa: S608 (numbers and names of our own)
UNLIMIT = """
DROP TRIGGER directory_limit_membership ON directory_membership;
DROP FUNCTION directory_limit_membership();
"""

# The code of a first referent. Each answers a word: '' when it is done, else why not. The address is the one of the
# register; the institution is locked, so that of two people with a code one is the first.
CODES = f"""
CREATE FUNCTION directory_claim_in_the_way(claim directory_membership) RETURNS text LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT CASE
    WHEN claim.id IS NULL OR claim.claimed_at IS NULL OR claim.is_referent
      OR claim.status NOT IN ('pending', 'confirmed') THEN 'no-claim'
    WHEN EXISTS (SELECT FROM directory_institution
                 WHERE id = claim.institution_id AND closed_on <= current_date) THEN 'closed'
    WHEN EXISTS (SELECT FROM directory_membership
                 WHERE institution_id = claim.institution_id AND is_referent) THEN 'has-referent'
    ELSE '' END
$$;

CREATE FUNCTION directory_ask_code(place uuid) RETURNS text LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  claim directory_membership;
  address text;
  found text;
BEGIN
  SELECT contact_email INTO address FROM directory_institution WHERE id = place FOR UPDATE;
  SELECT * INTO claim FROM directory_membership
  WHERE institution_id = place AND account_id = nuserus_user() AND status IN ('pending', 'confirmed') FOR UPDATE;
  found := directory_claim_in_the_way(claim);
  IF found <> '' THEN
    RETURN found;
  ELSIF coalesce(address, '') = '' THEN
    RETURN 'no-address';
  ELSIF claim.code_count >= {CODES_A_REQUEST} OR (
    SELECT coalesce(sum(code_count), 0) FROM directory_membership
    WHERE institution_id = place AND code_asked_at > now() - interval '1 day') >= {CODES_A_DAY} THEN
    RETURN 'too-many';
  END IF;
  UPDATE directory_membership
  SET code_hash = '', code_tries = 0, code_asked_at = now(), code_count = code_count + 1 WHERE id = claim.id;
  RETURN '';
END $$;

CREATE FUNCTION directory_keep_code(place uuid, hash text) RETURNS text LANGUAGE sql {_DEFINER} AS $$
  UPDATE directory_membership m SET code_hash = hash
  FROM directory_institution i
  WHERE i.id = place AND m.institution_id = place AND m.account_id = nuserus_user() AND m.claimed_at IS NOT NULL
    AND m.status IN ('pending', 'confirmed') AND NOT m.is_referent AND m.code_asked_at IS NOT NULL
    AND char_length(hash) = 64
  RETURNING i.contact_email
$$;

CREATE FUNCTION directory_use_code(place uuid, hash text) RETURNS text LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  claim directory_membership;
  found text;
BEGIN
  PERFORM FROM directory_institution WHERE id = place FOR UPDATE;
  SELECT * INTO claim FROM directory_membership
  WHERE institution_id = place AND account_id = nuserus_user() AND status IN ('pending', 'confirmed') FOR UPDATE;
  found := directory_claim_in_the_way(claim);
  IF found <> '' THEN
    RETURN found;
  ELSIF claim.code_hash = '' OR claim.code_asked_at < now() - interval '{CODE_DAYS} days' THEN
    RETURN 'expired';
  ELSIF claim.code_tries >= {CODE_TRIES} THEN
    RETURN 'spent';
  ELSIF claim.code_hash <> hash THEN
    UPDATE directory_membership SET code_tries = code_tries + 1 WHERE id = claim.id;
    RETURN 'wrong';
  END IF;
  UPDATE directory_membership
  SET status = 'confirmed', is_referent = true, checked_by = 'code', claimed_at = NULL, code_hash = '',
      decided_at = now(), decided_by_id = NULL
  WHERE id = claim.id;
  RETURN '';
END $$;

-- whom to tell that a place without referent is claimed: ids only
CREATE FUNCTION directory_moderators() RETURNS SETOF uuid LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT DISTINCT held.account_id FROM people_rolegrant held JOIN people_account account ON account.id = held.account_id
  WHERE nuserus_user() IS NOT NULL AND account.is_active
    AND held.role = 'moderator' AND held.scope_institution IS NULL
$$;
"""  # noqa: S608 (numbers and names of our own)
NO_CODES = """
DROP FUNCTION directory_moderators();
DROP FUNCTION directory_use_code(uuid, text);
DROP FUNCTION directory_keep_code(uuid, text);
DROP FUNCTION directory_ask_code(uuid);
DROP FUNCTION directory_claim_in_the_way(directory_membership);
"""

# What a place says of itself. The application may not write the directory: these change one detail, of a place whose
# referent asks, and keep what was there. A private home has no telephone and no hours. A name that the moderators took
# back does not come again.
CORRECTIONS = f"""
CREATE FUNCTION directory_write_detail(place uuid, chosen text, said text, as_folded text, own boolean)
RETURNS void LANGUAGE sql {_DEFINER} AS $$
  UPDATE directory_institution SET
    name = CASE WHEN chosen = 'name' THEN said ELSE name END,
    folded = CASE WHEN chosen = 'name' THEN as_folded ELSE folded END,
    named_by_place = CASE WHEN chosen = 'name' THEN own ELSE named_by_place END,
    phone = CASE WHEN chosen = 'phone' THEN said ELSE phone END,
    website = CASE WHEN chosen = 'website' THEN said ELSE website END,
    opening = CASE WHEN chosen = 'opening' THEN said ELSE opening END,
    own_details = CASE WHEN own THEN array_append(array_remove(own_details, chosen::varchar), chosen::varchar)
                       ELSE array_remove(own_details, chosen::varchar) END
  WHERE id = place
$$;
REVOKE ALL ON FUNCTION directory_write_detail(uuid, text, text, text, boolean)
FROM PUBLIC, "{settings.DB_ROLES["app"]}";

CREATE FUNCTION directory_correct(correction uuid, place uuid, chosen text, said text, as_folded text)
RETURNS text LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  known directory_institution;
  was text;
BEGIN
  IF place IS NULL OR NOT place = ANY (nuserus_ids('managed')) THEN
    RETURN 'not-yours';
  END IF;
  SELECT * INTO known FROM directory_institution WHERE id = place FOR UPDATE;
  was := CASE chosen WHEN 'name' THEN known.name WHEN 'phone' THEN known.phone
                     WHEN 'website' THEN known.website WHEN 'opening' THEN known.opening END;
  IF was IS NULL OR (chosen = 'name' AND btrim(said) = '') THEN
    RETURN 'not-known';
  ELSIF was = said THEN
    RETURN 'same';
  ELSIF known.is_private_home AND chosen IN ('phone', 'opening') THEN
    RETURN 'home';
  ELSIF chosen = 'name' AND EXISTS (
    SELECT FROM directory_correction
    WHERE institution_id = place AND detail = 'name' AND after = said AND by_moderation) THEN
    RETURN 'taken-back';
  END IF;
  INSERT INTO directory_correction (id, scope_level, scope_institution, institution_id, detail, before, after,
    from_register, author_id, made_at, by_moderation)
  VALUES (correction, 'restricted', place, place, chosen, was, said,
    NOT chosen = ANY (known.own_details), nuserus_user(), now(), false);
  PERFORM directory_write_detail(place, chosen, said, as_folded, true);
  RETURN '';
END $$;

CREATE FUNCTION directory_undo_correction(correction uuid, as_folded text)
RETURNS text LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  kept directory_correction;
  known directory_institution;
  back text;
  of_the_place boolean;
BEGIN
  SELECT * INTO kept FROM directory_correction WHERE id = correction;
  SELECT * INTO known FROM directory_institution WHERE id = kept.institution_id FOR UPDATE;
  of_the_place := kept.institution_id = ANY (nuserus_ids('managed'));
  IF known.id IS NULL OR NOT (of_the_place OR nuserus_has_role('moderator')) THEN
    RETURN 'not-yours';
  END IF;
  IF kept.undone_at IS NOT NULL OR correction <> (
    SELECT id FROM directory_correction WHERE institution_id = known.id AND detail = kept.detail AND undone_at IS NULL
    ORDER BY made_at DESC, id DESC LIMIT 1) THEN
    RETURN 'not-last';
  END IF;
  back := CASE WHEN kept.detail = 'name' AND kept.from_register AND known.register_name <> ''
               THEN known.register_name ELSE kept.before END;
  IF known.is_private_home AND kept.detail IN ('phone', 'opening') THEN
    back := '';
  END IF;
  UPDATE directory_correction SET undone_at = now(), by_moderation = NOT of_the_place WHERE id = correction;
  PERFORM directory_write_detail(known.id, kept.detail, back, as_folded, NOT kept.from_register);
  RETURN '';
END $$;
"""  # noqa: S608 (numbers and names of our own)
NO_CORRECTIONS = """
DROP FUNCTION directory_undo_correction(uuid, text);
DROP FUNCTION directory_correct(uuid, uuid, text, text, text);
DROP FUNCTION directory_write_detail(uuid, text, text, text, boolean);
"""

# What two institutions that are one may both have, and one can have once only. A person who is in both stays in the
# one that is kept, with the better of the two standings.
_SAME_PERSON = """
g.institution_id = %(gone)s AND k.institution_id = %(kept)s AND k.account_id = g.account_id
AND g.status IN ('pending', 'confirmed') AND k.status IN ('pending', 'confirmed')
"""
MEMBERS_OF_BOTH = (
    f"""UPDATE directory_membership k SET status = 'confirmed', is_referent = k.is_referent OR g.is_referent,
      decided_at = coalesce(k.decided_at, g.decided_at), decided_by_id = coalesce(k.decided_by_id, g.decided_by_id),
      checked_by = CASE WHEN k.is_referent THEN k.checked_by ELSE g.checked_by END,
      how_checked = CASE WHEN k.is_referent THEN k.how_checked ELSE g.how_checked END
    FROM directory_membership g WHERE g.status = 'confirmed' AND {_SAME_PERSON}""",  # noqa: S608 (our own text)
    f"""UPDATE directory_membership g SET status = 'ended', is_referent = false, claimed_at = NULL, decided_at = now()
    FROM directory_membership k WHERE {_SAME_PERSON}""",  # noqa: S608 (our own text)
)
ROLES_IN_BOTH = (
    "DELETE FROM people_rolegrant g USING people_rolegrant k WHERE g.scope_institution = %(gone)s"
    " AND k.scope_institution = %(kept)s AND k.account_id = g.account_id AND k.role = g.role",
)
WORDS_OF_BOTH = {
    words: (
        f"DELETE FROM directory_institution_{words} g USING directory_institution_{words} k"  # noqa: S608 (our own)
        f" WHERE g.institution_id = %(gone)s AND k.institution_id = %(kept)s AND k.{word}_id = g.{word}_id",
    )
    for words, word in (("publics", "public"), ("trades", "trade"))
}
