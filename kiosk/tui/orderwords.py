"""A pickup order in words for whoever stands at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kiosk.i18n import _, date, quantity, time
from kiosk.pickup import messages
from kiosk.pickup.order import Stage
from kiosk.pickup.said import order_stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.pickup.standing import Standing
    from kiosk.settings.pickup import PickupSettings

Line = tuple[str, str, int, int]
"""SKU, name, thousandths, and how many of these were handed over."""
TONES: Final[Mapping[Stage, str]] = {
    Stage.READY: "good", Stage.OVERDUE: "warn", Stage.SHORT: "bad", Stage.REPORTED: "bad",
    Stage.RESERVED: "quiet", Stage.TO_RETURN: "quiet",
}  # fmt: skip
"""Ink of an order's row; its word says the same."""


def stage_words(one: Standing) -> str:
    """How far it is, with its box where it lies in one."""
    word = order_stage(one.order.stage)
    return _("{state}, box {box}").format(state=word, box=one.box) if one.inside else word


def customer(one: Standing) -> str:
    """Whose it is: what was said at the till."""
    order = one.order
    return f"{order.name} ··{order.tail}" if order.tail else order.name


def when(one: Standing, today: str) -> str:
    """From when it is promised: a time of today, the day of another one."""
    slot = one.order.slot_ms
    return time(slot) if date(slot) == today else date(slot)


def about(one: Standing, pickup: PickupSettings | None) -> str:
    """What there is to know of it, in one line or two."""
    order = one.order
    point = pickup.point(order.point) if pickup is not None else None
    parts = [stage_words(one), point.title if point is not None else order.point]
    if order.stage is Stage.RESERVED:
        parts.append(_("held until {time}").format(time=time(order.until_ms)))
    else:
        parts.append(_("until {moment}").format(moment=f"{date(order.until_ms)} {time(order.until_ms)}"))
    if order.extended:
        parts.append(_("one more day"))
    return " · ".join(parts)


def message_words(one: Standing, pickup: PickupSettings | None) -> str:
    """What is to be said to its customer; empty for nothing."""
    if one.message is None:
        return ""
    point = pickup.point(one.order.point) if pickup is not None else None
    return messages.words(one.message, point.title if point is not None else one.order.point)


def goods(lines: Sequence[Line]) -> str:
    """What is still to be handed over, in one line: `2 × Mug, 1 × Honey`."""
    left = [(name, there - handed) for _sku, name, there, handed in lines if handed < there]
    return ", ".join(f"{quantity(milli)} × {name}" for name, milli in left)
