"""What a person or a test can do to the receipt printer: a row of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from hardware.simulated.offer import N_, Answer, BadCommand, Command, Field, Fields, number

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench


async def printer(bench: Bench, fields: Fields) -> Answer:
    """Do something to the printer, named by ``act``; see `PRINTER_ACTS`."""
    act = PRINTER_ACTS.get(str(fields.get("act")))
    if act is None:
        raise BadCommand(f"printer: act must be one of {', '.join(PRINTER_ACTS)}")
    await act(bench, fields)
    bench.work()
    return bench.status()


async def _paper_out(bench: Bench, fields: Fields) -> None:
    """The roll ends now, or after so many lines."""
    after = number(fields, "after")
    faults = bench.printer.faults
    faults.lines_left = int(after) if after else None
    faults.paper = "ok" if after else "out"


async def _paper_low(bench: Bench, _fields: Fields) -> None:
    """The roll is nearly at its end."""
    bench.printer.faults.paper = "low"


async def _paper_ok(bench: Bench, _fields: Fields) -> None:
    """A new roll."""
    bench.printer.faults.paper, bench.printer.faults.lines_left = "ok", None


async def _slow(bench: Bench, fields: Fields) -> None:
    """Print no faster than ``rate`` bytes a second; without it, at once."""
    rate = number(fields, "rate")
    if rate is not None and not 1 <= rate <= 1_000_000:
        raise BadCommand("slow: rate must be a number from 1 to 1000000")
    bench.rate = None if rate is None else int(rate)


async def _plug(bench: Bench, _fields: Fields) -> None:
    """Power and cable back."""
    await bench.wall.plug()


async def _unplug(bench: Bench, _fields: Fields) -> None:
    """Power and cable out: what it held and had not printed is lost."""
    bench.wall.unplug()
    bench.printer.lose_power()


async def _shut_drawer(bench: Bench, _fields: Fields) -> None:
    """Push the drawer in."""
    bench.printer.drawer_open = False


async def _clear(bench: Bench, fields: Fields) -> None:
    """Mend everything but a pulled plug."""
    from hardware.simulated.printer import Faults

    bench.printer.faults = Faults()
    await _slow(bench, {key: value for key, value in fields.items() if key != "rate"})


def _switch(name: str, on: bool) -> Callable[[Bench, Fields], Awaitable[None]]:
    """An act that turns one fault on or off."""

    async def act(bench: Bench, _fields: Fields) -> None:
        setattr(bench.printer.faults, name, on)

    return act


PRINTER_ACTS: Mapping[str, Callable[[Bench, Fields], Awaitable[None]]] = {
    "paper-out": _paper_out,
    "paper-low": _paper_low,
    "paper-ok": _paper_ok,
    "cover-open": _switch("cover_open", True),
    "cover-closed": _switch("cover_open", False),
    "jam": _switch("jammed", True),
    "unjam": _switch("jammed", False),
    "hot": _switch("hot", True),
    "cool": _switch("hot", False),
    "broken": _switch("broken", True),
    "offline": _switch("offline", True),
    "online": _switch("offline", False),
    "deaf": _switch("deaf", True),
    "hears": _switch("deaf", False),
    "silent": _switch("silent", True),
    "answer": _switch("silent", False),
    "garble": _switch("garbled", True),
    "half-reply": _switch("half", True),
    "slow": _slow,
    "drawer-shut": _shut_drawer,
    "unplug": _unplug,
    "replug": _plug,
    "clear": _clear,
}
"""Everything that can happen to the printer. ``clear`` mends all of it except a pulled plug."""

COMMANDS: Mapping[str, Command] = {
    "printer": Command(
        printer,
        N_("do something to the receipt printer"),
        (
            Field("act", N_("what happens"), choices=tuple(PRINTER_ACTS), sign="ACT"),
            Field("after", N_("paper-out: only after so many lines"), "whole", "--after", "LINES"),
            Field("rate", N_("slow: bytes a second"), "whole", "--rate", "BYTES"),
        ),
        (
            ("printer paper-out", "the roll ends"),
            ("printer paper-out --after 5", "the roll ends five lines into the next receipt"),
            ("printer slow --rate 300", "it prints no faster than 300 bytes a second"),
            ("printer unplug", "pull its plug; `replug` puts it back"),
        ),
    )
}
