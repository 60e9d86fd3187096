"""The one place that wires devices to services, and keeps nobody waiting: all that is slow has a thread here.

Begin with `station`, one till from its opening to its close; it is a `powered` station on its `books`,
whose threads read and write the ledger, and has its `equipment`, the devices. `events` are what it tells.

- Devices: `wiring` makes them (`unusable`: what stands in for a refused one), `lamps` tell how they are,
  `counter` has scale, displays (`pole`) and buttons, `voice` reads aloud.
- Paper: `spooler` empties the print queue by way of `press`; `rendering`, `tickets`, `picklist`, `kept` and
  `teststrip` say what a slip looks like, `obstacles` why one waits.
- Power: `gauging` makes the `gauge`. What `listening` hears becomes one moment (`together`) and one sample
  (`sampling`, `monitoring`); `prospect` makes the seller's view of it, `powerrecord` and `outletmemory`
  keep what must last, `questions` are the seller's. `switching` acts; `saving` (without a gauge `thrifty`),
  `shortage`, `lastgasp` and `cuts` are the way to the end. `showing` meters demonstrations.
- Pickup: `lockers` works the boxes in a thread of `errands`, one of `attempts` after the other; `promises`
  watches what is due. `collecting` and `moneyback` are transactions that sell and promise at once.
- `reasons` (`reasontexts`): why something failed, in the person's language. `pace`: how fast a demo's time
  passes.
"""
