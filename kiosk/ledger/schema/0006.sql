-- The ledger, version 6. Frozen: a later change is a new file with the next number.

-- What is to be said to whoever collects, until somebody has said it: shown at the till, sent by a gateway later.
CREATE TABLE pickup_message (
    id      INTEGER PRIMARY KEY REFERENCES journal,
    pickup  TEXT    NOT NULL REFERENCES pickup,
    hours   INTEGER NOT NULL CHECK (hours IN (0, 24, 48, 70, 72)), -- after READY; 0: it is ready, 72: it is overdue
    told_ms INTEGER
) STRICT;
CREATE INDEX pickup_message_untold ON pickup_message (pickup) WHERE told_ms IS NULL;
