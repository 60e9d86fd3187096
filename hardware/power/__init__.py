"""Power sources and meters: batteries, shunts, solar controllers, and in folders `hats/` and `outlets/`.

Begin with `reading`, the one value that all of them deliver, and `kinds`, the table of what can be decoded.
A source talks by itself (`stream`: `vedirect`, `vedirect_hex`; `lines`) or answers when asked (`poller`,
`asked`: `modbus` with `epever` and `renogy`, `jbd`, `daly`). `silence` notices one that makes no sense any
more, `refused` says why a frame is no reading. `decoders`, `pasted` and `instant` are for what a person
pastes.
"""
