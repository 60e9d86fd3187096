"""The books' one file: connection, schema, journal, numbering and clock.

Begin with `connection`, the ledger as everybody uses it, `transaction`, all of it or nothing, and
`journal`, the chain that every event becomes a link of.

- A row is added by `recorder` in the order of `hlc`; `verify` goes over all of them. `schema/` and
  `migrations` are the tables, `models/` the same for reports and set-up, by way of `database`.
- The file: `storage` opens it, `birth` makes it, `instance` keeps a second till out, `health` looks at its
  pages, `backup` and `restore` (`sticks`) copy it and bring it back; `errors` say what is safe and what to
  do.
- The time: `clock` with how far it can be believed, by `trust` or by a person's `confirmation`.
"""
