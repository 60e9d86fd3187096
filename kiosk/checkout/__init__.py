"""Selling, from the basket to the Z: rules first, then the books, then paper. It knows no device, no screen.

Begin with `register`, all that may be done to a basket; `totals`, what it comes to; and `sale`, the one
transaction that books it.

- Rules, pure: `money`, `cash`, `denominations`, `allocation`, `tax`, `taxspread`, `basketline`, `basket`,
  `tender`, `echo`. `till` is the state that `register` keeps, `outcome` what came of an action, `customer`
  what the customer may see of it.
- The books: `new_sale`, `sale` and `sale_rows` store one, `stored_sale` and `find_sale` get it back,
  `refund` (`refund_rows`, `return_case`) takes goods back; `matching` holds the rows against the journal.
  `drafts` (`draftbody`) are not paid yet; `attempts` ask for money that may come late or never;
  `unfinished` is what waits for a person.
- A day: `shift`, added up by `shift_sums` into a `shift_report`, closed by `z_report`; `reports`.
- People: `people`, `pins`, `rights`, `desk` (the owner's), `spoken` (a person's language).
- Paper: `printqueue` holds jobs, `print_rows` reads what one prints; `stationery`, `columns` and
  `slip_lines` lay out `receipt`, `shift_slip`, `tax_table` and `slips`, `slip_body` keeps one.
  `receipt_code`, `qr_matrix`.
- Asked in JSON, without a screen: `quote` (`quotefields`, `fields`) and `sale_question`.
- `payments/`: the ways to pay.
"""
