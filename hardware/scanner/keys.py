"""A scanner that is a keyboard to the system: its keys are grabbed, and only whole codes come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hardware.device import CodeScanned, Event, ScanLost
from hardware.inputs.find import resolve
from hardware.inputs.node import Node
from hardware.inputs.reader import InputReader
from hardware.inputs.records import EV_KEY, Record
from hardware.inputs.stream import Listener
from hardware.options import Options
from hardware.scanner.framing import ENDS, GAP_MS, Cut, Framing, Whole
from hardware.scanner.keyboard import F_KEYS, Keyboard
from hardware.scanner.keymap import LAYOUTS, KeyMap, keymap


class KeyedCodes:
    """Records of one node to codes. Pure: the times are those of the records."""

    def __init__(self, device: str, layout: KeyMap, suffix: str = "enter", gs_key: int | None = None) -> None:
        """`device` is the name in the events; `suffix` a word of `ENDS`; `gs_key` a key that means GS."""
        self._device = device
        self._keyboard = Keyboard(layout, gs_key)
        self._framing = Framing(suffix)
        self._last_ms = 0

    @property
    def due_ms(self) -> int | None:
        """When a code that is under way must have gone on."""
        return self._framing.due_ms

    def feed(self, record: Record) -> Iterator[Event]:
        """Take one record; only keys matter."""
        if record.kind != EV_KEY:
            return
        if record.at_ms - self._last_ms >= GAP_MS:
            self._keyboard.fresh()
        self._last_ms = record.at_ms
        if typed := self._keyboard.feed(record.code, record.value):
            yield from self._events(self._framing.feed(typed, record.at_ms))

    def overdue(self, now_ms: int) -> Iterator[Event]:
        """Hear that nothing came for too long."""
        return self._events(self._framing.overdue(now_ms))

    def join(self, at_ms: int) -> None:
        """Take no rest of a code for a code: the console had its first part."""
        self._framing.skip(at_ms, "its beginning was typed before the scanner was taken hold of")

    def lost(self, at_ms: int) -> Iterator[Event]:
        """Keys are missing: neither the part before nor the part behind is a code."""
        self._framing.skip(at_ms)
        return self._events([Cut("some of its keys were lost", at_ms)])

    def resume(self, at_ms: int) -> None:
        """Go on, still behind the code that is lost; only that one can have had a key held."""
        self._keyboard.restart()
        self._framing.skip(at_ms)

    def _events(self, outcomes: Iterable[Whole | Cut]) -> Iterator[Event]:
        """Say it as an event of the device."""
        for one in outcomes:
            if isinstance(one, Whole):
                yield CodeScanned(self._device, one.text, one.at_ms)
            else:
                yield ScanLost(self._device, one.reason, one.at_ms)


class KeyScanner(InputReader):
    """The scanner: every node of it, each with a decoder of its own."""

    def __init__(
        self, name: str, address: str, layout: str = "us", suffix: str = "enter", gs_key: int | None = None
    ) -> None:
        """`address` as in `hardware.inputs.find`, `layout` one of `LAYOUTS`, the rest as in `KeyedCodes`."""
        super().__init__(name, address, find=lambda address: resolve(address, lambda node: node.types))
        self._layout = keymap(layout)
        self._suffix = suffix
        self._gs_key = gs_key

    def listener(self, node: Node) -> Listener:  # noqa: ARG002  keys mean the same on every node
        """A decoder."""
        return KeyedCodes(self.name, self._layout, self._suffix, self._gs_key)


def make(name: str, table: Mapping[str, object]) -> KeyScanner:
    """``address``: /dev/input/by-id/..., vendor:product[:serial] or ``socket://host:port``.

    ``layout`` (us): the keyboard the scanner is set to. ``suffix`` (enter, tab or none): what it types behind
    a code. ``gs_key`` (none, or F1 to F12): the key it types for GS, where that is not Ctrl+].
    """
    options = Options(name, table)
    address = options.text("address")
    layout = options.choice("layout", "us", LAYOUTS)
    suffix = options.choice("suffix", "enter", ENDS)
    gs_key = options.choice("gs_key", "none", ("none", *F_KEYS))
    options.done()
    return KeyScanner(name, address, layout, suffix, F_KEYS.get(gs_key))
