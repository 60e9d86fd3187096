-- The ledger, version 1. Frozen: a later change is a new file with the next number.
-- Money is integer minor units, quantities are thousandths, rates are millionths. No REAL anywhere (STRICT sees to it).
-- A sale, a shift and a cash movement carry the journal seq of the event that made them as their id: one identity, no second key.

-- 'Brow' in the file's header: this is a ledger of ours and no other program's database.
PRAGMA application_id = 1114795895;

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE boot (id INTEGER PRIMARY KEY, boot_id TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE journal (
    seq           INTEGER PRIMARY KEY,
    event_id      BLOB    NOT NULL UNIQUE CHECK (length(event_id) = 16),
    type          TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    hlc           INTEGER NOT NULL,
    boot          INTEGER NOT NULL REFERENCES boot,
    boot_ms       INTEGER NOT NULL,
    wall_ms       INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL CHECK (clock_trusted IN (0, 1)),
    body          TEXT    NOT NULL,
    hash          BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- How far each peer has acknowledged the journal, which is also the outbox.
CREATE TABLE cursor (peer TEXT PRIMARY KEY, acked INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Events a peer refused: shown to a person until resolved, never dropped.
CREATE TABLE rejected (seq INTEGER PRIMARY KEY REFERENCES journal, peer TEXT NOT NULL, reason TEXT NOT NULL) STRICT;

CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    role     TEXT    NOT NULL CHECK (role IN ('seller', 'supervisor')),
    pin_hash TEXT    NOT NULL,
    language TEXT    NOT NULL DEFAULT '',
    active   INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0)
) STRICT;

-- What a product was called when it was sold. Immutable: a change of name, unit or tax class is a new row.
CREATE TABLE article (
    id        INTEGER PRIMARY KEY,
    sku       TEXT NOT NULL,
    name      TEXT NOT NULL,
    unit      TEXT NOT NULL CHECK (unit IN ('each', 'kg', 'l', 'm')),
    tax_class TEXT NOT NULL,
    UNIQUE (sku, name, unit, tax_class)
) STRICT;
CREATE TRIGGER article_no_update BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'an article is what was sold: add a new one'); END;
CREATE TRIGGER article_no_delete BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'an article is what was sold: keep it'); END;

CREATE TABLE product (
    id            INTEGER PRIMARY KEY,
    sku           TEXT    NOT NULL UNIQUE CHECK (length(sku) BETWEEN 1 AND 64),
    article       INTEGER NOT NULL REFERENCES article,
    category      TEXT    NOT NULL DEFAULT '',
    price         INTEGER CHECK (price >= 0),                  -- NULL: asked for at the till
    min_age       INTEGER CHECK (min_age BETWEEN 1 AND 99),
    prompt        TEXT    NOT NULL DEFAULT '',                 -- a note asked for when sold
    demo          TEXT    NOT NULL DEFAULT '',                 -- demo appliance (outlet id)
    stock_tracked INTEGER NOT NULL DEFAULT 0 CHECK (stock_tracked IN (0, 1)),
    active        INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE TABLE barcode (
    code    TEXT PRIMARY KEY,                                  -- GTIN-14 text, or the plain code
    product INTEGER NOT NULL REFERENCES product ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX barcode_product ON barcode (product);
-- rowid = product.id; kept by the catalogue in the same transaction as the product.
CREATE VIRTUAL TABLE product_search USING fts5 (
    name, sku, codes, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE quicklist (
    id       INTEGER PRIMARY KEY,
    token    TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL CHECK (kind IN ('list', 'bundle')),
    name     TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    colour   TEXT    NOT NULL DEFAULT '',
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE quicklist_key (
    quicklist INTEGER NOT NULL REFERENCES quicklist ON DELETE CASCADE,
    page      INTEGER NOT NULL CHECK (page >= 1),
    position  INTEGER NOT NULL CHECK (position >= 1),
    product   INTEGER NOT NULL REFERENCES product,
    label     TEXT    NOT NULL DEFAULT '',
    colour    TEXT    NOT NULL DEFAULT '',
    quantity  INTEGER NOT NULL DEFAULT 1000 CHECK (quantity > 0),
    PRIMARY KEY (quicklist, page, position)
) STRICT, WITHOUT ROWID;

-- Stock is movements. A sale line is itself the movement of a sale; only the others have a row of their own.
CREATE TABLE stock_move (
    id       INTEGER PRIMARY KEY REFERENCES journal,
    product  INTEGER NOT NULL REFERENCES product,
    quantity INTEGER NOT NULL,
    cause    TEXT    NOT NULL CHECK (cause IN ('received', 'count', 'loss', 'return'))
) STRICT;
-- Rolled up at Z: on hand = level + what moved after seq `upto`.
CREATE TABLE stock_level (
    product INTEGER PRIMARY KEY REFERENCES product, quantity INTEGER NOT NULL, upto INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    id            INTEGER PRIMARY KEY REFERENCES journal,
    business_date TEXT    NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    person        INTEGER NOT NULL REFERENCES person,
    float_amount  INTEGER NOT NULL CHECK (float_amount >= 0)
) STRICT;
CREATE TABLE closing (
    session  INTEGER PRIMARY KEY REFERENCES session,
    id       INTEGER NOT NULL UNIQUE REFERENCES journal,
    z_number INTEGER NOT NULL UNIQUE,
    person   INTEGER NOT NULL REFERENCES person,
    expected INTEGER NOT NULL,
    counted  INTEGER NOT NULL,
    report   TEXT    NOT NULL                                   -- the Z as printed, JSON
) STRICT;
CREATE TRIGGER session_one_open BEFORE INSERT ON session
WHEN EXISTS (SELECT 1 FROM session s LEFT JOIN closing c ON c.session = s.id WHERE c.session IS NULL)
BEGIN SELECT RAISE(ABORT, 'a shift is open already'); END;
CREATE TABLE cash_move (
    id      INTEGER PRIMARY KEY REFERENCES journal,
    session INTEGER NOT NULL REFERENCES session,
    kind    TEXT    NOT NULL CHECK (kind IN ('in', 'out', 'drawer')),
    amount  INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    person  INTEGER NOT NULL REFERENCES person
) STRICT;

CREATE TABLE sale (
    id       INTEGER PRIMARY KEY REFERENCES journal,
    session  INTEGER NOT NULL REFERENCES session,
    series   TEXT    NOT NULL,
    number   INTEGER NOT NULL CHECK (number > 0),
    kind     TEXT    NOT NULL CHECK (kind IN ('sale', 'refund', 'training')),
    refunds  INTEGER REFERENCES sale CHECK ((kind = 'refund') = (refunds IS NOT NULL)),
    person   INTEGER NOT NULL REFERENCES person,
    prices   TEXT    NOT NULL CHECK (prices IN ('inclusive', 'exclusive')),
    rounding TEXT    NOT NULL CHECK (rounding IN ('line', 'rate', 'document')),
    net      INTEGER NOT NULL,
    tax      INTEGER NOT NULL,
    total    INTEGER NOT NULL CHECK (total = net + tax),
    UNIQUE (series, number)
) STRICT;
CREATE INDEX sale_refunds ON sale (refunds) WHERE refunds IS NOT NULL;
CREATE TABLE sale_line (
    sale          INTEGER NOT NULL REFERENCES sale,
    line          INTEGER NOT NULL,
    article       INTEGER NOT NULL REFERENCES article,
    quantity      INTEGER NOT NULL CHECK (quantity <> 0),       -- negative in a refund
    price         INTEGER NOT NULL CHECK (price >= 0),          -- of one unit
    line_discount INTEGER NOT NULL,
    sale_discount INTEGER NOT NULL,                             -- this line's share of the whole-sale discount
    net           INTEGER NOT NULL,
    tax           INTEGER NOT NULL,
    refunds_line  INTEGER,
    approver      INTEGER REFERENCES person,                    -- who allowed a price or discount
    note          TEXT,
    PRIMARY KEY (sale, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE sale_tax (
    sale      INTEGER NOT NULL REFERENCES sale,
    tax_class TEXT    NOT NULL,
    part      INTEGER NOT NULL,                                 -- 0, 1, ... : the taxes of a class, in order
    rate      INTEGER NOT NULL CHECK (rate >= 0),
    net       INTEGER NOT NULL,                                 -- of the class, on part 0; 0 on the others
    tax       INTEGER NOT NULL,
    PRIMARY KEY (sale, tax_class, part)
) STRICT, WITHOUT ROWID;
CREATE TABLE payment (
    sale      INTEGER NOT NULL REFERENCES sale,
    n         INTEGER NOT NULL,
    method    TEXT    NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('tender', 'change', 'rounding')),
    amount    INTEGER NOT NULL,                                 -- signed; a sale's payments sum to its total
    reference TEXT,
    PRIMARY KEY (sale, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_no_update BEFORE UPDATE ON sale BEGIN SELECT RAISE(ABORT, 'a paid sale is never changed: book a refund'); END;
CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale BEGIN SELECT RAISE(ABORT, 'a paid sale is never deleted: book a refund'); END;
CREATE TRIGGER sale_line_no_update BEFORE UPDATE ON sale_line BEGIN SELECT RAISE(ABORT, 'a paid sale is never changed: book a refund'); END;
CREATE TRIGGER sale_line_no_delete BEFORE DELETE ON sale_line BEGIN SELECT RAISE(ABORT, 'a paid sale is never deleted: book a refund'); END;
CREATE TRIGGER sale_tax_no_update BEFORE UPDATE ON sale_tax BEGIN SELECT RAISE(ABORT, 'a paid sale is never changed: book a refund'); END;
CREATE TRIGGER sale_tax_no_delete BEFORE DELETE ON sale_tax BEGIN SELECT RAISE(ABORT, 'a paid sale is never deleted: book a refund'); END;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never changed: book a refund'); END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never deleted: book a refund'); END;
CREATE TRIGGER closing_no_update BEFORE UPDATE ON closing BEGIN SELECT RAISE(ABORT, 'a Z report is never changed'); END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing BEGIN SELECT RAISE(ABORT, 'a Z report is never deleted'); END;
CREATE TRIGGER session_no_update BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT, 'a shift is never changed'); END;
CREATE TRIGGER session_no_delete BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'a shift is never deleted'); END;
CREATE TRIGGER cash_move_no_update BEFORE UPDATE ON cash_move BEGIN SELECT RAISE(ABORT, 'a cash movement is never changed'); END;
CREATE TRIGGER cash_move_no_delete BEFORE DELETE ON cash_move BEGIN SELECT RAISE(ABORT, 'a cash movement is never deleted'); END;

-- Goods that came back: what was done with them. The repair itself is a later chapter.
CREATE TABLE return_case (
    id       INTEGER NOT NULL REFERENCES journal,
    sale     INTEGER NOT NULL REFERENCES sale,
    line     INTEGER NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    remedy   TEXT    NOT NULL CHECK (remedy IN ('repair', 'swap', 'refund')),
    reason   TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (id, line)
) STRICT, WITHOUT ROWID;

-- A basket that is not paid yet: open on the screen, or parked under a name.
CREATE TABLE draft (
    id         TEXT    PRIMARY KEY,
    state      TEXT    NOT NULL CHECK (state IN ('open', 'parked')),
    name       TEXT    NOT NULL DEFAULT '',
    person     INTEGER REFERENCES person,
    updated_ms INTEGER NOT NULL,
    body       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
-- One try to take money by a method that may answer late or never. Stored before the first call.
CREATE TABLE payment_attempt (
    id        TEXT    PRIMARY KEY,                              -- the idempotency key
    draft     TEXT    NOT NULL,
    method    TEXT    NOT NULL,
    asked     INTEGER NOT NULL CHECK (asked > 0),
    state     TEXT    NOT NULL CHECK (state IN ('pending', 'confirmed', 'failed', 'unknown', 'cancelled')),
    reference TEXT    NOT NULL DEFAULT '',
    sale      INTEGER REFERENCES sale
) STRICT, WITHOUT ROWID;

CREATE TABLE print_job (
    id     INTEGER PRIMARY KEY,
    kind   TEXT    NOT NULL,                                    -- receipt, copy, drawer, x, z, slip
    ref    INTEGER,                                             -- journal seq of what is printed
    copy   INTEGER NOT NULL DEFAULT 0,                          -- 0: the original, 1, 2, ...: the nth COPY
    state  TEXT    NOT NULL CHECK (state IN ('QUEUED', 'SENDING', 'SENT', 'CONFIRMED', 'DOUBTFUL', 'CANCELLED')),
    sent   INTEGER NOT NULL DEFAULT 0,                          -- bytes that have left
    tries  INTEGER NOT NULL DEFAULT 0,
    body   TEXT,                                                -- rows of a slip; NULL: rendered from ref
    error  TEXT
) STRICT;
CREATE INDEX print_job_open ON print_job (state) WHERE state IN ('QUEUED', 'SENDING', 'DOUBTFUL');
