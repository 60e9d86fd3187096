"""A box in words for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kiosk.i18n import N_, _, date, time
from kiosk.pickup.compartment import State
from kiosk.pickup.order import Stage
from kiosk.pickup.returns import Case
from kiosk.pickup.said import box_state

if TYPE_CHECKING:
    from kiosk.pickup.compartment import Compartment
    from kiosk.pickup.orders import Order

HUES: Final[Mapping[State, str]] = {
    State.OCCUPIED: "blue", State.HELD: "teal", State.OVERDUE: "warn", State.CHECK: "warn",
    State.LEFT_OPEN: "bad", State.FAILED: "bad", State.OPEN: "green", State.CLOSING: "warn",
}  # fmt: skip
"""The colour of a box's key; its word says the same."""


STAGES: Final[Mapping[Stage, str]] = {
    Stage.PAID: N_("paid"), Stage.PICKING: N_("being picked"), Stage.PACKED: N_("packed"),
    Stage.IN_TRANSIT: N_("on its way"), Stage.AT_HUB: N_("it is here"),
    Stage.DEPOSITING: N_("not in its box yet"), Stage.DEPOSITED: N_("inside"), Stage.READY: N_("ready"),
    Stage.OPENING: N_("being collected"), Stage.NO_BOX: N_("at the counter"), Stage.OVERDUE: N_("overdue"),
    Stage.TO_RETURN: N_("cleared"), Stage.REPORTED: N_("something is wrong: look"),
    Stage.COLLECTED: N_("collected"), Stage.COLLECTED_OPEN: N_("collected, door left open"),
    Stage.COLLECTED_UNATTESTED: N_("collected, not seen"),
}  # fmt: skip
"""How far an order has come, for those that staff at a box meet."""


CASES: Final[Mapping[Case, str]] = {
    Case.DROPPED: N_("in its box"), Case.TRIAGE: N_("being looked at"), Case.REPAIR: N_("in repair"),
    Case.REPAIRED: N_("repaired"), Case.REPLACED: N_("replaced"), Case.REFUNDED: N_("money back"),
    Case.GIVEN_BACK: N_("given back"),
}  # fmt: skip
"""How far something that was brought back is."""


def case_words(case: Case) -> str:
    """How far a return is."""
    return _(CASES.get(case, str(case)))


def stage_words(order: Order) -> str:
    """How far an order has come."""
    return _(STAGES.get(order.stage, str(order.stage)))


def state_words(box: Compartment) -> str:
    """A box's state."""
    return box_state(box.state)


def box_words(box: Compartment, order: Order | None) -> str:
    """What there is to know of a box."""
    size = box.size + ", " + _("low box") if box.low else box.size
    words = [size, state_words(box)]
    if order is not None:
        until = f"{date(order.until_ms)} {time(order.until_ms)}"
        words += [
            _("order {ref}").format(ref=order.ref),
            stage_words(order),
            _("until {moment}").format(moment=until),
        ]
    return " · ".join(words)
