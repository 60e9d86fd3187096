-- The ledger, version 5: energy as business data. Frozen: a later change is a new file with the next number.
-- Integers as everywhere: milliwatt hours, milliampere hours, milliwatts, microohms. NULL is unknown, never 0.

-- One demonstration of a product. While it runs, its figures are those of the last look, so that a power cut leaves them.
CREATE TABLE demo (
    id        INTEGER PRIMARY KEY REFERENCES journal,
    sku       TEXT    NOT NULL,
    outlet    TEXT    NOT NULL,                                  -- '': nothing meters it
    person    INTEGER REFERENCES person,                         -- NULL: begun by the outlet's switch
    ended     INTEGER UNIQUE REFERENCES journal,                 -- NULL: it runs
    how       TEXT    CHECK (how IN ('hand', 'switch', 'cut')),  -- how it ended; cut: the till went off
    seconds   INTEGER CHECK (seconds >= 0),                      -- how long it was seen to run
    metered_s INTEGER NOT NULL DEFAULT 0 CHECK (metered_s >= 0), -- of these, how many were metered
    mwh       INTEGER CHECK (mwh >= 0),                          -- taken, above what the outlet takes idle
    idle_mw   INTEGER CHECK (idle_mw >= 0),                      -- what was taken off for that; NULL: not known, nothing
    price     INTEGER CHECK (price >= 0),                        -- of a kWh then, millionths of the currency's unit
    CHECK ((ended IS NULL) = (how IS NULL))
) STRICT;
CREATE UNIQUE INDEX demo_running ON demo (sku) WHERE ended IS NULL;
CREATE UNIQUE INDEX demo_outlet ON demo (outlet) WHERE ended IS NULL AND outlet <> '';
CREATE TRIGGER demo_no_update BEFORE UPDATE ON demo WHEN OLD.ended IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a demonstration that ended is never changed'); END;
CREATE TRIGGER demo_no_delete BEFORE DELETE ON demo BEGIN SELECT RAISE(ABORT, 'a demonstration is never deleted'); END;

-- A part of the power kit, by the id on its sticker. What stands here is the present; how it came about is in component_act.
CREATE TABLE component (
    id        TEXT    PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 24),
    kind      TEXT    NOT NULL CHECK (kind IN ('pack', 'inverter', 'panel', 'outlet')),
    state     TEXT    NOT NULL CHECK (state IN ('used', 'spare', 'retired')),
    place     TEXT    NOT NULL DEFAULT '',                       -- of an outlet: the device's name in the settings
    label_mah INTEGER CHECK (label_mah > 0),                     -- as on its label
    label_mwh INTEGER CHECK (label_mwh > 0),
    label_mw  INTEGER CHECK (label_mw > 0),
    new_uohm  INTEGER CHECK (new_uohm > 0),                      -- resistance when new
    since     INTEGER NOT NULL REFERENCES journal
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX component_place ON component (kind, place) WHERE state = 'used';

-- What was done with a part, by whom, and what was measured then.
CREATE TABLE component_act (
    id        INTEGER NOT NULL REFERENCES journal,
    component TEXT    NOT NULL REFERENCES component,
    what      TEXT    NOT NULL CHECK (what IN ('added', 'tested', 'put in', 'taken out', 'retired')),
    person    INTEGER NOT NULL REFERENCES person,
    mwh       INTEGER CHECK (mwh >= 0),
    mah       INTEGER CHECK (mah >= 0),
    uohm      INTEGER CHECK (uohm > 0),
    idle_mw   INTEGER CHECK (idle_mw >= 0),
    cycles    INTEGER CHECK (cycles >= 0),
    note      TEXT    NOT NULL DEFAULT '' CHECK (length(note) <= 80),
    PRIMARY KEY (id, component)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER component_act_no_update BEFORE UPDATE ON component_act BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
CREATE TRIGGER component_act_no_delete BEFORE DELETE ON component_act BEGIN SELECT RAISE(ABORT, 'what was done is never deleted'); END;
