"""Whether the inverter gives nothing: what hangs behind it goes silent, or draws nothing, all at once.

An inverter that was overloaded tries again after 30 s, and after three failed tries it stays off until a
person switches it (Victron, Phoenix Inverter manual, "Overload"). Its outlets cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from kiosk.power.outlets import Metered
from kiosk.power.view import OutletSeen

Outage = Literal["", "silent", "dead"]
"""`silent`: no outlet answers; `dead`: they answer, and nothing comes out of them."""
LEAST_OUTLETS = 2
"""One that does not answer is a matter of its own."""
STEADY_W, STEADY, STEADY_MIN = 5.0, 0.2, 10.0
"""What draws so much all the time, give or take a fifth, for so many minutes does not just pause."""


def outage(outlets: Sequence[OutletSeen], known: Iterable[Metered], *, heard: bool) -> Outage:
    """Tell how the inverter seems to be off; `heard`: the battery's own meter speaks."""
    if not heard or not outlets:
        return ""
    if all(one.on is None for one in outlets):
        return "silent" if len(outlets) >= LEAST_OUTLETS else ""
    on = [one for one in outlets if one.on]
    steady = {one.name for one in known if is_steady(one)}
    dead = all(one.watts == 0 for one in on) and any(one.name in steady for one in on)
    return "dead" if dead else ""


def is_steady(outlet: Metered) -> bool:
    """Tell whether something draws about the same whenever it is on."""
    spread = float(outlet.variance**0.5)
    return outlet.minutes >= STEADY_MIN and outlet.watts >= STEADY_W and spread <= STEADY * outlet.watts
