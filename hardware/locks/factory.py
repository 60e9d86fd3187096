"""Makes a cabinet from its settings, for each kind of board."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from hardware.locks.boxes import BoxMap, load
from hardware.locks.bus import Bus
from hardware.locks.cabinet import Cabinet
from hardware.locks.coils import Coils, GuardWire
from hardware.locks.guard import MOST_MS
from hardware.locks.header import header
from hardware.locks.kinds import CODECS
from hardware.options import BadOptions, Options
from hardware.wire.address import wire_to


def _board(kind: str, name: str, table: Mapping[str, object]) -> Cabinet:
    """``port``, ``baud``, ``boards`` ("0,1"), ``boxes``, ``map``, ``pulse_ms`` and ``lock_most_ms``."""
    codec, options = CODECS[kind], Options(name, table)
    port = options.text("port")
    baud = options.number("baud", codec.baud, 1200, 921600)
    boards = _numbers(name, "boards", options.text("boards", str(codec.boards[0])))
    boxes = options.number("boxes", codec.capabilities.channels * len(boards), 1, 480)
    stored = options.text("map", "-")
    pulse_ms = options.number("pulse_ms", 500, 50, MOST_MS)
    bears_ms = options.number("lock_most_ms", 1000, 50, 60_000)
    options.done()
    fixed = codec.capabilities.pulse_ms
    problems = [
        f"boards: {board} is no address of a {kind} board" for board in boards if board not in codec.boards
    ]
    if fixed is not None and fixed > bears_ms:
        problems.append(f"lock_most_ms: the board pulses for {fixed} ms, the lock bears {bears_ms}")
    if problems:
        raise BadOptions(name, problems)
    plain = BoxMap.plain(codec, boards, boxes)
    return Cabinet(
        name,
        Bus(wire_to(port, baud), codec),
        plain if stored == "-" else load(Path(stored)),
        pulse_ms=pulse_ms,
    )


def gpio(name: str, table: Mapping[str, object]) -> Cabinet:
    """Coils on the header (`hardware.locks.header`)."""
    wired, codec = header(name, table), Coils()
    wire = GuardWire(wired.channels, pulse_ms=wired.pulse_ms, chip=wired.chip, files=wired.files)
    plain = BoxMap.plain(codec, [0], len(wired.channels))
    boxes = plain if wired.map == "-" else load(Path(wired.map))
    return Cabinet(name, Bus(wire, codec), boxes, pulse_ms=wired.pulse_ms)


def _numbers(name: str, key: str, text: str) -> list[int]:
    """A list of addresses such as `0,1,2`."""
    try:
        numbers = [int(word) for word in text.split(",")]
    except ValueError:
        raise BadOptions(name, [f"{key}: {text!r}, must be numbers with commas between them"]) from None
    if len(set(numbers)) < len(numbers):
        raise BadOptions(name, [f"{key}: {text!r} names a board twice"])
    return numbers


cu16, cu48b, shuoming, wkly, winnsen, board5a, relay = (
    partial(_board, kind) for kind in ("cu16", "cu48b", "8a", "wkly", "winnsen", "5a5a", "r421a08")
)
