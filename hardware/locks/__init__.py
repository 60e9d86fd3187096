"""Lock boards of a pickup cabinet: codecs, the rules of pulsing, and the cabinet that keeps them.

Begin with `board`, what any board can be asked, and `cabinet`, which polls the doors and opens one at a
time by the rules of `pulses`; `events` is what it says, `boxes` which box is which channel, `silence` what
was not heard of.

- Codecs, pure: `kerong`, `shuoming`, `wkly`, `winnsen`, `blind` (`frames`: their check bytes), spoken over
  a `bus`; `kinds` and `factory` choose one, `describe` says what a captured frame means, `learning` sets
  one up.
- Coils on header pins: `header` reads their settings, `coils` is the till's side, `coilpins` are the lines;
  `guard` holds them in a process of its own (`ontime`), and `secondgrip` behind it lets go if the guard
  itself is killed, as `letgo` does from outside.
"""
