-- The ledger, version 7: people who work at the cabinet only. Frozen: a later change is a new file with the next number.

CREATE TABLE person_7 (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    role     TEXT    NOT NULL CHECK (role IN ('seller', 'supervisor', 'courier')),
    pin_hash TEXT    NOT NULL,
    language TEXT    NOT NULL DEFAULT '',
    active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
) STRICT;
INSERT INTO person_7 (id, name, role, pin_hash, language, active, failures)
SELECT id, name, role, pin_hash, language, active, failures FROM person;
DROP TABLE person;
ALTER TABLE person_7 RENAME TO person;

-- An order may fill two boxes, which are opened one after the other.
DROP INDEX compartment_pickup;
CREATE INDEX compartment_pickup ON compartment (pickup) WHERE pickup IS NOT NULL;

-- Something brought back into a box, and what becomes of it. Written down before the door opens; who did what
-- and when is in the journal.
CREATE TABLE return_drop (
    id       INTEGER PRIMARY KEY REFERENCES journal,
    ref      TEXT    NOT NULL UNIQUE,                            -- what the customer is told
    box      INTEGER NOT NULL REFERENCES compartment,
    state    TEXT    NOT NULL CHECK (state IN ('announced', 'dropped', 'triage', 'repair', 'repaired', 'replaced',
                                               'refunded', 'given back')),
    sale     INTEGER REFERENCES sale,                            -- the receipt that was shown with it
    pickup   TEXT    REFERENCES pickup,                          -- or the order
    taken_by TEXT    NOT NULL DEFAULT '' CHECK (length(taken_by) <= 40),
    since    INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE INDEX return_drop_box ON return_drop (box);
CREATE TRIGGER return_drop_no_delete BEFORE DELETE ON return_drop BEGIN SELECT RAISE(ABORT, 'a return is never deleted'); END;
