"""The status line's lamps: what is known about each thing the seller depends on, and what is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hardware.device import State, StateChanged
from hardware.power.reading import PowerRead, Reading
from hardware.printer.status import UNKNOWN, PrinterStatus
from kiosk.i18n import _
from kiosk.power.thrift import Level
from kiosk.station.events import OrdersChanged, QueueChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.power.headroom import Headroom, Word
    from kiosk.power.view import PowerView

LampState = Literal["ok", "warn", "bad", "unknown", "off"]

LOW_SOC = 0.2
"""Below a fifth the battery lamp warns; below a tenth it is red."""
STALE_MS = 30_000
"""A power reading older than this is no reading: its value is unknown."""

LAST_S, DAY_S = 45 * 60, 86_400
"""Less than this left is red; a whole day stands for longer."""
TIGHT_W = 20
"""Fewer watts free than this is a warning."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """One item of the status line: a sign, a colour and words, never colour alone."""

    name: str
    state: LampState
    words: str
    briefs: tuple[str, ...] = ()
    """The same in fewer words, each shorter than the one before, for a narrow line."""


def printer_lamp(change: StateChanged | None, status: PrinterStatus = UNKNOWN) -> Lamp:
    """How the printer is, in the word that says what to do."""
    if change is None:
        return Lamp("printer", "off", _("no printer"))
    if change.state in {State.ABSENT, State.OPENING, State.CLOSED}:
        return Lamp("printer", "bad", _("printer not found"))
    if change.state is State.FAULT:
        return Lamp("printer", "bad", _("printer fault"))
    if status.paper == "out":
        return Lamp("printer", "bad", _("no paper"))
    if status.cover == "open":
        return Lamp("printer", "bad", _("printer cover open"))
    if status.error in {"cutter", "recoverable", "fatal"}:
        return Lamp("printer", "bad", _("cutter stuck") if status.error == "cutter" else _("printer error"))
    if status.error == "hot":
        return Lamp("printer", "warn", _("print head hot"))
    if status.online is False:
        return Lamp("printer", "bad", _("printer offline"))
    if change.state is State.DEGRADED and not status.answered:  # it should answer: nothing is printed
        return Lamp("printer", "bad", _("printer silent"))
    if status.printing is None:  # it never answers, or does not tell of its paper
        return Lamp("printer", "unknown", _("printer unknown"))
    return (
        Lamp("printer", "warn", _("paper low"))
        if status.paper == "low"
        else Lamp("printer", "ok", _("printer ok"))
    )


def queue_lamp(queue: QueueChanged) -> Lamp | None:
    """What waits to be printed; nothing when nothing does."""
    if queue.doubtful:
        return Lamp("queue", "bad", _("{n} prints in doubt").format(n=queue.doubtful))
    return Lamp("queue", "warn", _("{n} waiting").format(n=queue.waiting)) if queue.waiting else None


def orders_lamp(orders: OrdersChanged) -> Lamp | None:
    """Customers who wait for a word, and orders nobody came for; nothing where there are none."""
    if orders.overdue:
        return Lamp("orders", "warn", _("{n} overdue").format(n=orders.overdue))
    return Lamp("orders", "warn", _("{n} to tell").format(n=orders.untold)) if orders.untold else None


def scanner_lamp(change: StateChanged | None) -> Lamp:
    """Whether scans can come in."""
    if change is None:
        return Lamp("scanner", "off", _("keyboard scanner"))
    if change.state in {State.READY, State.DEGRADED}:
        return Lamp("scanner", "ok", _("scanner ok"))
    return Lamp("scanner", "bad", _("scanner not found"))


def touch_lamp(change: StateChanged | None) -> Lamp | None:
    """A touch panel that does not answer; nothing while it does, for then it is in everybody's sight."""
    if change is None or change.state in {State.READY, State.DEGRADED, State.OPENING}:
        return None
    return Lamp(
        "touch", "bad", _("touch panel fault") if change.state is State.FAULT else _("no touch panel")
    )


def pace_lamp(speed: float) -> Lamp | None:
    """A demo in a hurry says so; everywhere else time passes as it does."""
    return None if speed == 1 else Lamp("pace", "warn", _("time × {times}").format(times=f"{speed:g}"))


def power_lamp(configured: bool, read: PowerRead | None, now_ms: int) -> Lamp:
    """Charge and load of the battery. A silent meter is unknown, never empty and never full."""
    if not configured:
        return Lamp("power", "off", _("no meter"))
    if read is None or now_ms - read.at_ms > STALE_MS or read.reading.soc is None:
        return Lamp("power", "unknown", _("power unknown"))
    soc = read.reading.soc
    state: LampState = "bad" if soc < LOW_SOC / 2 else "warn" if soc < LOW_SOC else "ok"
    return Lamp("power", state, _power_words(read.reading))


def _power_words(reading: Reading) -> str:
    """Percent, and what is taken, or comes in, where it is known."""
    percent = int((reading.soc or 0) * 100)
    watts = reading.load_w if reading.load_w is not None else reading.watts
    if watts is None:
        return _("battery {percent} %").format(percent=percent)
    if watts < 0:
        words = _("battery {percent} % · charging {watts} W")
        return words.format(percent=percent, watts=round(-watts))
    words = _("battery {percent} % · {watts} W")
    return words.format(percent=percent, watts=round(watts))


def is_flat(view: PowerView) -> bool:
    """Tell whether the battery has given all it had: its end was announced, and nothing flows any more."""
    return view.thrift.level is Level.ENDING and view.headroom.flow == "holding"


def headroom_lamp(view: PowerView | None, now_ms: int, clock: Callable[[float], str]) -> Lamp:
    """Until when it lasts, what is left, what is free, and whether closing time is reached.

    `clock` tells seconds from the view's moment as a time of day. What is silent or not known is unknown.
    """
    if view is None or now_ms - view.at_ms > STALE_MS or view.headroom.grade == "D":
        return Lamp("power", "unknown", _("power unknown"))
    if is_flat(view):
        return Lamp("power", "bad", _("battery empty"))
    found = view.headroom
    until, closing = _until_words(found, clock), _closing_words(found.closing.word)
    parts = [until]
    if found.wh_left.value is not None:
        parts.append(_("{wh} Wh").format(wh=round(found.wh_left.value)))
    if found.free_w.value is not None:
        parts.append(_("{watts} W free").format(watts=round(found.free_w.value)))
    briefs = (f"{until} · {closing}", until) if closing else (until,)
    whole = " · ".join([*parts, *([closing] if closing else [])])
    return Lamp("power", _headroom_state(found), whole, briefs)


def thrift_lamp(level: Level) -> Lamp | None:
    """That the till saves power, and how far; nothing while there is plenty."""
    if level >= Level.ENDING:
        return Lamp("thrift", "bad", _("power at its end"), (_("at its end"),))
    if level is Level.COLLECTING:
        return Lamp("thrift", "warn", _("low power: only collecting"), (_("only collecting"),))
    return Lamp("thrift", "warn", _("saving power"), (_("saving"),)) if level else None


def _until_words(found: Headroom, clock: Callable[[float], str]) -> str:
    """Say until when it lasts; where that cannot be told, what can."""
    until = found.until
    if until.safe_s is not None and until.safe_s >= DAY_S:
        return _("more than a day")
    if until.safe_s is not None:
        return _("until {time}").format(time=clock(until.safe_s))
    if found.flow == "charging":
        return _("charging")
    if found.flow == "holding":
        return _("holding")
    return _("power: learning")


def _closing_words(word: Word) -> str:
    """Say whether closing time is reached; nothing where there is no closing time or no telling."""
    return {
        "yes": _("closing: yes"),
        "likely": _("closing: likely"),
        "unlikely": _("closing: unlikely"),
        "no": _("closing: no"),
        "unknown": "",
    }[word]


def _headroom_state(found: Headroom) -> LampState:
    """Red when it ends soon or too much is on; a warning when closing time is in doubt."""
    safe_s, free_w, word = found.until.safe_s, found.free_w.value, found.closing.word
    if (safe_s is not None and safe_s < LAST_S) or (free_w is not None and free_w < 0):
        return "bad"
    if word in {"unlikely", "no"} or (free_w is not None and free_w < TIGHT_W):
        return "warn"
    if safe_s is None and found.flow not in {"charging", "holding"}:
        return "unknown"
    return "ok"


def newest(states: Mapping[str, StateChanged], name: str | None) -> StateChanged | None:
    """What a configured device said last: opening until it speaks; None for one that is not configured."""
    return None if name is None else states.get(name, StateChanged(name, State.OPENING))
