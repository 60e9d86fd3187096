"""A scanner that is a keyboard, from the other side: a code to the records its node would give. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from hardware.inputs import records as wire
from hardware.inputs.records import Record
from hardware.scanner import keyboard
from hardware.scanner.keymap import ACCENTS, KeyMap

Stroke = tuple[int, ...]
"""Keys pressed one after the other and let go in reverse: modifiers, then what they modify."""

MODIFIERS: Final = (
    (),
    (keyboard.KEY_LEFTSHIFT,),
    (keyboard.KEY_RIGHTALT,),
    (keyboard.KEY_LEFTSHIFT, keyboard.KEY_RIGHTALT),
)
"""What is held on each level of a key map."""
SUFFIXES: Final = {"enter": (keyboard.KEY_ENTER,), "tab": (keyboard.KEY_TAB,), "none": ()}
KEYPAD: Final = {digit: key for key, digit in keyboard.DIGITS.items()}


class Untypable(ValueError):
    """A character that no scanner can type on that keyboard."""


def strokes(keymap: KeyMap, text: str) -> list[Stroke]:
    """The strokes of a text; `Untypable` names the first character that has none."""
    return [stroke for character in text for stroke in _character(keymap, character)]


def records(typed: Sequence[Stroke], at_ms: int, step_ms: int = 0) -> list[Record]:
    """The records of strokes, the first of them at a time, each so much later than the one before.

    A press or a release is a packet of three records, as USB keyboards give them.
    """
    return [
        record
        for number, stroke in enumerate(typed)
        for key, value in _turns(stroke)
        for record in _packet(key, value, at_ms + number * step_ms)
    ]


def held_for_long(typed: Sequence[Record]) -> list[Record]:
    """The same with the kernel's auto-repeat behind every press."""
    out = []
    for record in typed:
        out.append(record)
        if record.kind == wire.EV_KEY and record.value == wire.PRESS:
            out += [record._replace(value=wire.REPEAT)] * 2
    return out


def stuck(typed: Sequence[Record]) -> list[Record]:
    """The same with the last key never let go: it repeats instead."""
    last = max(at for at, record in enumerate(typed) if record.kind == wire.EV_KEY)
    end = Record(wire.EV_SYN, wire.SYN_REPORT, 0, typed[-1].at_ms)
    return [*typed[: last - 1], *[typed[last]._replace(value=wire.REPEAT), end] * 20]


def overrun(typed: Sequence[Record]) -> list[Record]:
    """The same after the kernel's buffer ran over in the middle: some packets are gone, and one is torn."""
    third = len(typed) // 3
    return [
        *typed[:third],
        Record(wire.EV_SYN, wire.SYN_DROPPED, 0, typed[third].at_ms),
        *typed[2 * third + 1 :],
    ]


def _character(keymap: KeyMap, character: str) -> list[Stroke]:
    """How one character is typed: plainly, with a dead key, as a control key, or by its number."""
    if character == keyboard.GS:
        return [(keyboard.KEY_LEFTCTRL, keyboard.KEY_RIGHTBRACE)]
    if stroke := _plain(keymap, character):
        return [stroke]
    accents = {sign: accent for accent, sign in ACCENTS.items()}
    base, accent = (" ", accents[character]) if character in accents else _apart(character)
    dead, plain = _plain(keymap, accent), _plain(keymap, base)
    if dead and plain:
        return [dead, plain]
    try:
        number = character.encode("cp1252")[0]
    except UnicodeEncodeError as error:
        raise Untypable(f"no key types {character!r} on the keyboard {keymap.name}") from error
    return [(keyboard.KEY_LEFTALT, *(KEYPAD[digit] for digit in f"{number:04}"))]


def _plain(keymap: KeyMap, character: str) -> Stroke | None:
    """The one stroke of a character, with as little held as possible."""
    for level, held in enumerate(MODIFIERS):
        for key, typed in keymap.keys.items():
            if character and level < len(typed) and typed[level] == character:
                return (*held, key)
    return None


def _apart(character: str) -> tuple[str, str]:
    """A letter and its accent, or nothing."""
    both = unicodedata.normalize("NFD", character)
    return (both[0], both[1]) if len(both) == 2 else ("", "")


def _turns(stroke: Stroke) -> Iterator[tuple[int, int]]:
    """Presses and releases of one stroke; the digits of an Alt code are let go one by one."""
    if stroke[0] == keyboard.KEY_LEFTALT:
        yield stroke[0], wire.PRESS
        for key in stroke[1:]:
            yield from ((key, wire.PRESS), (key, wire.RELEASE))
        yield stroke[0], wire.RELEASE
    else:
        yield from ((key, wire.PRESS) for key in stroke)
        yield from ((key, wire.RELEASE) for key in reversed(stroke))


def _packet(key: int, value: int, at_ms: int) -> tuple[Record, ...]:
    """What one press or release is on the wire."""
    return (
        Record(wire.EV_MSC, wire.MSC_SCAN, 0x70000 + key, at_ms),
        Record(wire.EV_KEY, key, value, at_ms),
        Record(wire.EV_SYN, wire.SYN_REPORT, 0, at_ms),
    )
