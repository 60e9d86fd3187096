"""What power is left, how sure that is, and until when it lasts: pure rules, no clock, no wire, no screen.

Begin with `pack` (what is told once), `sample` (what is told at each look) and `estimator`: a sample in, a
frozen state out. `estimate` makes of that state what is shown: `view` and its `headroom`.

- What is left: `counter` counts Ah, `voltage`, `chemistry`, `start` and `monitor` judge a count, `belief`
  holds what is thought of it, with `capacity` and `resistance` as learned; `inverter` is what the inverter
  takes.
- What is drawn and comes: `load` and `outlets`, `bursts` among them; `sun` and `sky`; `place` has their
  time. `outlook` puts both together: until when it lasts. `outage`: the inverter gives nothing.
- What may be done: `free` watts, `advisor` answers, `moment` asks it; `shedding` and `thrift` spare;
  `whatif`.
- How sure: `grade`. What is kept: `keep`, `minutes`; `trace` (`tracehead`) and `replay` are a recorded day,
  `plan` one that is only planned.
"""
