"""What is known of a stall's power as one line of text, so that a reboot keeps it.

Not kept is what a gap makes worthless anyway: the minute that is being filled and the last ten minutes.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from kiosk.power.belief import Belief
from kiosk.power.counter import Count
from kiosk.power.estimator import State, unseen
from kiosk.power.load import Load
from kiosk.power.minutes import Block
from kiosk.power.outlets import Metered
from kiosk.power.pack import Stall
from kiosk.power.resistance import Resistance

FORM = 1
"""The number of this wording; another one is not read."""
DAY_S = 86_400.0
"""A pause of unknown length is taken for a day: then nothing but the capacity is known."""


class BadState(ValueError):
    """A text that is no kept state."""


def kept(state: State) -> str:
    """Write down what is known."""
    return json.dumps(
        {
            "form": FORM,
            "belief": asdict(state.belief),
            "learned_ah": state.learned_ah,
            "count": asdict(state.count),
            "resistance": asdict(state.resistance),
            "burst_a": state.burst_a,
            "blocks": [asdict(block) for block in state.load.blocks],
            "outlets": [asdict(outlet) for outlet in state.load.outlets],
        },
        allow_nan=False,
        separators=(",", ":"),
    )


def restored(text: str, stall: Stall, paused_s: float | None) -> State:
    """Return what is known after a pause nobody measured; None: nobody knows how long it was.

    BadState for a text that cannot be one of ours; what was learned then begins anew.
    """
    try:
        told = json.loads(text)
        if told["form"] != FORM:
            raise BadState(f"form {told['form']}")
        state = State(
            Belief(**_finite(told["belief"])),
            told["learned_ah"],
            Count(**told["count"]),
            Resistance(**_finite(told["resistance"])),
            float(told["burst_a"]),
            Load(
                tuple(Block(**_finite(block)) for block in told["blocks"]),
                tuple(Metered(**outlet) for outlet in told["outlets"]),
            ),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadState(str(error)) from error
    if state.belief.usable <= 0:
        raise BadState("no usable Ah")
    pause = DAY_S if paused_s is None else max(0.0, paused_s)
    return state if pause <= stall.gap_s else unseen(state, stall, pause)


def _finite(table: dict[str, Any]) -> dict[str, Any]:
    """Return the figures, all of them finite numbers."""
    if not all(isinstance(value, int | float) and math.isfinite(value) for value in table.values()):
        raise BadState("a figure is no number")
    return table
