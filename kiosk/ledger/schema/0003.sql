-- The ledger, version 3. Frozen: a later change is a new file with the next number.

-- A day's jobs are read whole in less time than it took every sale to keep them in an index: closing the day drops them.
DROP INDEX print_job_open;

-- The tries to take money for a sale that is not booked yet; booked ones leave the index, so that it stays small.
CREATE INDEX payment_attempt_unbooked ON payment_attempt (draft) WHERE sale IS NULL;
