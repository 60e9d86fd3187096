"""How many boxes a locker needs: orders come, stay and go, and some find no box. A simulation, pure.

Orders come at random (a Poisson process); how long one stays is an exponential draw cut off at the limit, at
which staff clear the box. What finds every box full is refused. With 16 boxes, a mean stay of 24 h and three
days at the most, 8 orders a day are refused in 0.3 % of cases, 12 in 4.7 %, 16 in 16 %.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.i18n import _

MOST_PER_BOX = 10
"""Orders a day and box beyond which nobody plans."""
WARM_UP_DAYS = 10
"""Left out: a cabinet that starts empty refuses nobody."""


class BadPlan(ValueError):
    """The figures describe no locker."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked."""

    boxes: int
    per_day: float
    """Orders a day, on average."""
    stay_h: float = 24.0
    """Hours from the deposit to the collection, on average."""
    limit_h: float = 72.0
    """Hours after which a box is cleared."""
    days: int = 400


@dataclass(frozen=True, slots=True)
class Outlook:
    """What comes of it."""

    refused: float
    """Share of orders that found no box, 0 to 1."""
    occupied: float
    """Boxes in use, as a share of all, on average."""
    overdue: float
    """Share of the orders in boxes that stayed to the limit."""


def simulate(plan: Plan, dice: random.Random) -> Outlook:
    """Live through the days. BadPlan for figures no locker has."""
    _check(plan)
    now, end = 0.0, (plan.days + WARM_UP_DAYS) * 24.0
    leaving: list[float] = []
    came = refused = late = 0
    box_hours = 0.0
    while (now := now + dice.expovariate(plan.per_day / 24.0)) < end:
        while leaving and leaving[0] <= now:
            heapq.heappop(leaving)
        counted = now >= WARM_UP_DAYS * 24.0
        came += counted
        if len(leaving) >= plan.boxes:
            refused += counted
            continue
        stay = dice.expovariate(1 / plan.stay_h)
        late += counted and stay > plan.limit_h
        stay = min(stay, plan.limit_h)
        box_hours += stay if counted else 0.0
        heapq.heappush(leaving, now + stay)
    kept = came - refused
    return Outlook(
        refused / came if came else 0.0,
        min(1.0, box_hours / (plan.boxes * plan.days * 24.0)),
        late / kept if kept else 0.0,
    )


def most_per_day(
    plan: Plan, seed: int, refused: float = 0.01, tell: Callable[[int], object] = lambda _tried: None
) -> int:
    """The most orders a day that so few are refused; 0 when even one is too many. By halving the range.

    `tell` hears each number of orders before its days are lived through.
    """
    _check(plan)

    def bears(per_day: int) -> bool:
        tell(per_day)
        return simulate(replace(plan, per_day=per_day), random.Random(seed)).refused <= refused  # noqa: S311

    most, too_many = 0, 1
    while too_many <= plan.boxes * MOST_PER_BOX and bears(too_many):
        most, too_many = too_many, too_many * 2
    while too_many - most > 1:
        middle = (most + too_many) // 2
        most, too_many = (middle, too_many) if bears(middle) else (most, middle)
    return most


def _check(plan: Plan) -> None:
    """Refuse impossible figures."""
    limits = (
        (plan.boxes, 1, 480, _("boxes")),
        (plan.per_day, 0.1, 10_000, _("orders a day")),
        (plan.stay_h, 0.1, 1000, _("hours of stay")),
        (plan.limit_h, 1, 2000, _("hours at the most")),
        (plan.days, 30, 4000, _("days")),
    )
    wrong = [
        _("{what}: {value} is not between {least} and {most}").format(
            what=what, value=value, least=low, most=high
        )
        for value, low, high, what in limits
        if not low <= value <= high
    ]
    if wrong:
        raise BadPlan("\n".join(wrong))
