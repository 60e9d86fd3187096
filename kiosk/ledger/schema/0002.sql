-- Click-to-collect, version 2. What stands here is the present; how it came about is in the journal.
-- A box's row changes only together with a journal row; an opening's row is written before its pulse.

CREATE TABLE pickup (
    id          TEXT    PRIMARY KEY CHECK (length(id) = 16),    -- 8 bytes as hex: in tokens, and the key of the hold
    ref         TEXT    NOT NULL UNIQUE,                         -- what people call it
    stage       TEXT    NOT NULL,
    point       TEXT    NOT NULL,                                -- the pickup point's name in the settings
    size        TEXT    NOT NULL,
    low         INTEGER NOT NULL DEFAULT 0 CHECK (low IN (0, 1)),-- wants a box within reach of somebody who sits
    slot_ms     INTEGER NOT NULL,                                -- promised from, Unix milliseconds
    until_ms    INTEGER NOT NULL,                                -- of the hold until it is paid, then to collect
    ready_ms    INTEGER,                                         -- the code went out
    done_ms     INTEGER,
    extended    INTEGER NOT NULL DEFAULT 0 CHECK (extended IN (0, 1)),
    reminded    INTEGER NOT NULL DEFAULT 0,                      -- hours after READY of the last reminder: 24, 48, 70
    name        TEXT    NOT NULL DEFAULT '' CHECK (length(name) <= 60),
    tail        TEXT    NOT NULL DEFAULT '' CHECK (length(tail) <= 2),
    checked     INTEGER NOT NULL DEFAULT 0 CHECK (checked IN (0, 1)), -- handed over with a look at the name
    sale        INTEGER REFERENCES sale,
    code        BLOB    UNIQUE CHECK (length(code) = 32),        -- keyed hash; NULL while none is out
    verifier    BLOB    CHECK (length(verifier) = 8),            -- from the bag's label, where the code was never here
    generation  INTEGER NOT NULL DEFAULT 0 CHECK (generation BETWEEN 0 AND 255),
    held_by     INTEGER NOT NULL REFERENCES journal
) STRICT, WITHOUT ROWID;
CREATE INDEX pickup_live ON pickup (point, slot_ms) WHERE done_ms IS NULL;
CREATE TABLE pickup_line (
    pickup   TEXT    NOT NULL REFERENCES pickup,
    product  INTEGER NOT NULL REFERENCES product,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (pickup, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX pickup_line_product ON pickup_line (product);

CREATE TABLE compartment (
    number  INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 480),
    size    TEXT    NOT NULL,
    low     INTEGER NOT NULL CHECK (low IN (0, 1)),
    state   TEXT    NOT NULL,
    purpose TEXT,
    was     TEXT,
    pickup  TEXT    REFERENCES pickup,
    since   INTEGER NOT NULL REFERENCES journal
) STRICT;
CREATE UNIQUE INDEX compartment_pickup ON compartment (pickup) WHERE pickup IS NOT NULL;

-- One attempt to open a box: there before the first pulse, and each pulse counted before it is sent.
CREATE TABLE opening (
    id      INTEGER PRIMARY KEY REFERENCES journal,
    box     INTEGER NOT NULL REFERENCES compartment,
    purpose TEXT    NOT NULL,
    pickup  TEXT    REFERENCES pickup,
    actor   TEXT    NOT NULL,
    pulses  INTEGER NOT NULL DEFAULT 0 CHECK (pulses BETWEEN 0 AND 2),
    outcome TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'opened', 'stuck', 'not sent', 'lost'))
) STRICT;
CREATE INDEX opening_box ON opening (box);
CREATE TRIGGER opening_no_delete BEFORE DELETE ON opening BEGIN SELECT RAISE(ABORT, 'an opening is never deleted'); END;
CREATE TRIGGER opening_ended BEFORE UPDATE ON opening WHEN OLD.outcome NOT IN ('', 'stuck')
BEGIN SELECT RAISE(ABORT, 'an opening that has ended is never changed'); END;
