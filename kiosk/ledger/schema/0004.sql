-- The ledger, version 4. Frozen: a later change is a new file with the next number.

-- The sale a hold was made for, while it is not paid: a till that was cut off finds its hold again.
ALTER TABLE pickup ADD COLUMN draft TEXT;
-- What was handed over of an order already, in thousandths: the rest follows, or its money goes back.
ALTER TABLE pickup_line ADD COLUMN handed INTEGER NOT NULL DEFAULT 0 CHECK (handed BETWEEN 0 AND quantity);

-- Slips of before carried the customer's code in clear. Nobody needs them any more: who does is given a new code.
UPDATE print_job SET body = NULL, state = iif(state IN ('QUEUED', 'SENDING', 'DOUBTFUL'), 'CANCELLED', state)
WHERE kind = 'slip' AND body LIKE '%"qr":"BRW:%';

-- A receipt says what was promised of it.
CREATE INDEX pickup_sale ON pickup (sale) WHERE sale IS NOT NULL;
