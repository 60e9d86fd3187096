"""What a person or a test can do to scanners and the touch panel: rows of the stall's table of commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from hardware.scanner.keymap import LAYOUTS, keymap
from hardware.simulated.inputs import KEY_FAULTS, TOUCH_FAULTS
from hardware.simulated.offer import N_, Answer, Command, Do, Field, Fields

if TYPE_CHECKING:
    from hardware.simulated.bench import Bench
    from hardware.simulated.plugs import Plug

SLOWEST_MS = 1000
"""Longest time between two keys; a scanner's slowest setting is a tenth of it."""


async def type_code(bench: Bench, fields: Fields) -> Answer:
    """Scan a ``code`` with the scanner that is a keyboard, and ``also`` another one in the same batch.

    ``layout`` is the keyboard it is set to, ``step_ms`` the time between two keys, ``fault`` one of
    `KEY_FAULTS`. Says how many readers heard it.
    """
    codes = [code for code in (fields.get("code"), fields.get("also")) if isinstance(code, str)]
    if not codes or not all(0 < len(code) <= 4096 for code in codes):
        raise ValueError("type: code must be a text of 1 to 4096 characters")
    step_ms = fields.get("step_ms", 0)
    if not isinstance(step_ms, int) or not 0 <= step_ms <= SLOWEST_MS:
        raise ValueError(f"type: step_ms must be a number from 0 to {SLOWEST_MS}")
    layout = keymap(_one_of(fields, "layout", LAYOUTS) or "us")
    fault = _one_of(fields, "fault", KEY_FAULTS)
    return {"readers": await bench.inputs.type(codes, layout, step_ms=step_ms, fault=fault)}


async def tap(bench: Bench, fields: Fields) -> Answer:
    """Touch the panel at ``x`` and ``y``, percent of its size; with ``to``, another two, slide there.

    ``fault`` is one of `TOUCH_FAULTS`. Says how many readers felt it.
    """
    path = [(_part(fields, "x"), _part(fields, "y"))]
    if to := fields.get("to"):
        if not isinstance(to, list | tuple) or len(to) != 2:
            raise ValueError("to: must be percent from the left, and from the top")
        path.append((_part({"to": to[0]}, "to"), _part({"to": to[1]}, "to")))
    return {"readers": await bench.inputs.touch(path, _one_of(fields, "fault", TOUCH_FAULTS))}


def _plug_of(name: str, which: Callable[[Bench], Plug]) -> Do:
    """A command that pulls a device's plug or puts it back: ``act`` is unplug or replug."""

    async def act(bench: Bench, fields: Fields) -> Answer:
        if fields.get("act") == "unplug":
            which(bench).unplug()
        elif fields.get("act") == "replug":
            await which(bench).plug()
        else:
            raise ValueError(f"{name}: act must be unplug or replug")
        return bench.status()

    return act


def _one_of(fields: Fields, key: str, allowed: Iterable[str]) -> str | None:
    """A word, or nothing when it was left out."""
    value, words = fields.get(key), tuple(allowed)
    if value is None or (isinstance(value, str) and value in words):
        return value
    raise ValueError(f"{key}: must be one of {', '.join(words)}")


def _part(fields: Fields, key: str) -> float:
    """A percentage as a part of 1."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise ValueError(f"{key}: must be percent of the panel, from 0 to 100")
    return value / 100


def _plugged(name: str, words: str, which: Callable[[Bench], Plug]) -> Command:
    """A row for a device of which only the plug can be pulled."""
    act = Field("act", N_("what is done to it"), choices=("unplug", "replug"))
    return Command(
        _plug_of(name, which), words, (act,), ((f"{name} unplug", "pull its plug; `replug` puts it back"),)
    )


COMMANDS: Mapping[str, Command] = {
    "type": Command(
        type_code,
        N_("scan a code with the scanner that is a keyboard"),
        (
            Field("code", N_("what the scanner reads")),
            Field("also", N_("a second code in the same batch"), option="--also", sign="CODE"),
            Field(
                "layout",
                N_("the keyboard it is set to; the till expects us"),
                option="--layout",
                choices=LAYOUTS,
            ),
            Field("step_ms", N_("milliseconds between two keys"), "whole", "--step", "MS"),
            Field("fault", N_("what happens on the way"), option="--fault", choices=tuple(KEY_FAULTS)),
        ),
        (
            ("type 96385074 --layout de", "scan with the scanner that is a keyboard, set to German"),
            ("type 96385074 --fault dropped", "lose keys in the middle: the till asks for another scan"),
        ),
    ),
    "tap": Command(
        tap,
        N_("touch the panel"),
        (
            Field("x", N_("percent from the left"), "number"),
            Field("y", N_("percent from the top"), "number"),
            Field("to", N_("slide there"), "number", "--to", sign="XY", count=2),
            Field("fault", N_("what happens on the way"), option="--fault", choices=TOUCH_FAULTS),
        ),
        (
            ("tap 20 60", "a finger on the panel, 20 % from the left, 60 % from the top"),
            ("tap 20 60 --to 40 60", "one that slides, which is no tap"),
        ),
    ),
    "scanner": _plugged(
        "scanner", N_("pull the scanner's plug, or put it back"), lambda bench: bench.scanner
    ),
    "keys": _plugged(
        "keys",
        N_("pull the plug of the scanner that is a keyboard, or put it back"),
        lambda bench: bench.inputs.keys,
    ),
    "touch": _plugged(
        "touch", N_("pull the touch panel's plug, or put it back"), lambda bench: bench.inputs.panel
    ),
}
