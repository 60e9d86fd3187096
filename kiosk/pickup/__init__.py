"""Click-to-collect: a promise made at the till, a box that keeps it, and nothing lost in between.

Begin with the two tables of states, `order` and `compartment`: what may happen in which state, and what it
leads to. Each has its records on disk with a journal row a step, `orders` and `boxes`.

- The promise: `wish` is what somebody wants, `points` where and when it can be had, `room` what can still
  be promised, `holds` binds it. `codes`, `tokens` (`base45`) open a box; `slip` and `ticketjob` are the
  ticket.
- To the hub and out again: `intake`, `deposit`, `handover` (over the counter), `parcels` (more than one
  box); `desk` and `lockout` are the keypad, `visit` one person before it, `reopening` their way back.
- A box opens: `openings` writes each attempt down before anything moves; `contacts`, `inside` and
  `recovery` say what came of it; `overrides`, `looked` and `walk` are staff's (`staff`: who may).
- What else happens: `returns`, `cancelling`, `disowning`, `reminders`, `messages`, `dating` (by a clock not
  confirmed), `reserve` (the last Wh).
- Looked at: `standing`, `said` (in words), `report`; `plan` tells how many boxes a locker needs.
"""
