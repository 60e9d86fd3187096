"""Finds out which device the shop's scanner is and how it is set: scan a known code, and hear who types it.

Listens to everything that can type, and grabs none of it: the keyboard of whoever does this is among them.
Every device is heard in all key maps and with all endings at once; the scanner is where the code comes out
right.
"""

from __future__ import annotations

import re
import select
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Final

from hardware.device import CodeScanned, Event
from hardware.inputs.find import InputNode, devices, nodes, resolve, stable
from hardware.inputs.node import Node, open_node
from hardware.inputs.records import Record
from hardware.inputs.stream import Stream
from hardware.scanner.framing import ENDS, SILENCE_MS
from hardware.scanner.keymap import LAYOUTS, keymap
from hardware.scanner.keys import KeyedCodes

SETUP_CODE: Final = "BARROW-ZQ@#/"
"""What to print for it, as Code 128 or QR: it is typed differently on each of our keyboards."""
LONG_S: Final = 3600.0
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that can type."""

    address: str
    """For the settings: a name that is the same after the next start."""
    name: str
    """As its maker calls it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The scanner, as the settings want it."""

    address: str
    layout: str
    suffix: str


def candidates(found: Iterable[InputNode] | None = None) -> list[Candidate]:
    """Everything that can type, a keyboard of the till's included."""
    known = nodes() if found is None else found
    return [Candidate(stable(node), node.name) for node in devices(node for node in known if node.types)]


def bind(
    code: str,
    among: Sequence[Candidate],
    within_s: float,
    *,
    find: Callable[[str], Sequence[str]] = lambda address: resolve(address, lambda node: node.types),
    opener: Callable[[str], Node] = open_node,
    clock: Callable[[], float] = time.monotonic,
) -> Bound | None:
    """Wait until one of the devices types the code; None when none does in time.

    A device that cannot be opened or goes away is left out; ``OSError`` when none at all can be opened.
    """
    with ExitStack() as opened:
        listening: dict[Node, list[tuple[Bound, Stream]]] = {}
        failed: OSError | None = None
        for candidate in among:
            try:
                for path in find(candidate.address):
                    node = opened.enter_context(closing(opener(path)))
                    listening[node] = [*_ears(candidate.address)]
            except OSError as error:
                failed = error
        if failed is not None and not listening:
            raise failed
        return _listen(code, listening, clock() + within_s, clock)


def _ears(address: str) -> Iterator[tuple[Bound, Stream]]:
    """One way to hear a node for each way in which it may be set."""
    for layout in LAYOUTS:
        for suffix in ENDS:
            ear = KeyedCodes(address, keymap(layout), suffix)
            yield Bound(address, layout, suffix), Stream(ear)


def _listen(
    code: str, listening: dict[Node, list[tuple[Bound, Stream]]], until: float, clock: Callable[[], float]
) -> Bound | None:
    """Hear them all until one says the code."""
    while listening and (left := until - clock()) > 0:
        ready = select.select(list(listening), (), (), min(left, _patience(listening)))[0]
        now_ms = int(clock() * 1000)
        for node, ears in tuple(listening.items()):
            try:
                records = node.read() if node in ready else []
            except OSError:
                del listening[node]
                continue
            for bound, stream in ears:
                if any(_is(code, event) for event in _said(stream, records, now_ms)):
                    return bound
    return None


def _patience(listening: dict[Node, list[tuple[Bound, Stream]]]) -> float:
    """Seconds until the first ear must be told of a silence; many when none waits."""
    ears = [stream for ears in listening.values() for _bound, stream in ears]
    return SILENCE_MS / 1000 if any(ear.listener.due_ms is not None for ear in ears) else LONG_S


def _said(stream: Stream, records: Sequence[Record], now_ms: int) -> Iterator[Event]:
    """What one ear made of it."""
    yield from stream.feed(records)
    if not records and stream.is_due(now_ms):
        yield from stream.listener.overdue(now_ms)


def _is(code: str, event: Event) -> bool:
    """Whether an event is the code, with or without an AIM identifier before it."""
    return isinstance(event, CodeScanned) and code in {event.raw, _AIM.sub("", event.raw, count=1)}
