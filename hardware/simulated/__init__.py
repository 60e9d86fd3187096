"""A whole virtual stall on the same wires as the real one, with faults on command.

Begin with `stall`, which has a thread and a door to play through (`control`), and `bench`, the devices on
one table, each on its plug (`plugs`). A device here is a model without a socket (`printer`, `scale`,
`display`, `battery`, `outlet`, `lockboard` ...) and a wire that speaks its language.

- What befalls one is a row in `commands` (`printercommands`, `countercommands`, `inputcommands`,
  `powercommands`, `lockcommands`), and so a command of `kiosk sim` (`offer`).
- The printer: `tokenizer` reads its bytes, `paper` is what came out, `picture` draws it.
- The counter: `counter` with `scale`, `display` and `panel`; `inputs` with `typist` and `fingertip`.
- Power: `supply` has the battery, the sun (`sky`), the `inverter` and its `strip` of outlets, told by
  `vedirect`; `asked`, `i2c`, `outletwires` and `outletmqtt` speak the other languages. `stalltime` may
  hurry.
- Lockers: `cabinet` and its `lockboard`.
"""
