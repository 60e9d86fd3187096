"""Presses and releases of a scanner's keys to the characters they type. Pure.

Scanners reach characters their keyboard lacks in three ways, all understood here: dead keys, Ctrl with a key
(``Ctrl+]`` is GS), and Alt with digits on the keypad, where a leading zero means Windows-1252 and none means
code page 437, as Windows has it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from hardware.inputs.records import PRESS, RELEASE
from hardware.scanner.keymap import ACCENTS, KeyMap

GS: Final = "\x1d"
"""Separates the parts of a GS1 code."""
KEY_TAB, KEY_ENTER, KEY_LEFTCTRL, KEY_LEFTSHIFT, KEY_RIGHTSHIFT, KEY_LEFTALT = 15, 28, 29, 42, 54, 56
KEY_CAPSLOCK, KEY_KPENTER, KEY_RIGHTCTRL, KEY_RIGHTALT, KEY_RIGHTBRACE = 58, 96, 97, 100, 27
SHIFTS: Final = frozenset({KEY_LEFTSHIFT, KEY_RIGHTSHIFT})
CTRLS: Final = frozenset({KEY_LEFTCTRL, KEY_RIGHTCTRL})
ALTS: Final = frozenset({KEY_LEFTALT, KEY_RIGHTALT})
HELD: Final = SHIFTS | CTRLS | ALTS
DIGITS: Final = {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
"""The keypad's digits; Num Lock is left out of account, since scanners send what they mean."""
SAME: Final = DIGITS | {
    KEY_ENTER: "\r", KEY_KPENTER: "\r", KEY_TAB: "\t",
    55: "*", 74: "-", 78: "+", 83: ".", 98: "/", 117: "=", 121: ",",
}  # fmt: skip
"""Keys that are the same on every keyboard."""
F_KEYS: Final = dict(zip((f"F{n}" for n in range(1, 13)), (*range(59, 69), 87, 88), strict=True))
MOST_DIGITS: Final = 7
"""Digits of an Alt code: the highest character has seven."""


class Keyboard:
    """What is held, and what was typed so far of a character that takes several keys."""

    def __init__(self, keymap: KeyMap, gs_key: int | None = None) -> None:
        """`gs_key` is the code of a key that stands for GS, as some scanners send F12 for it."""
        self._keymap = keymap
        self._gs_key = gs_key
        self._altgr_keys = {KEY_RIGHTALT} if keymap.has_altgr else set()
        self._down: set[int] = set()
        self._caps = False
        self._accent = ""
        self._alt_digits = ""

    def feed(self, key: int, value: int) -> str:
        """One press or release; returns the characters it completes. The kernel's auto-repeat is nothing."""
        if value == RELEASE:
            self._down.discard(key)
            return self._alt_code() if key in ALTS and not self._down & ALTS else ""
        if value != PRESS:
            return ""
        if key in HELD:
            self._down.add(key)
            return ""
        if key == KEY_CAPSLOCK:
            self._caps = not self._caps
            return ""
        if key in DIGITS and self._down & (ALTS - self._altgr_keys):
            self._alt_digits = (self._alt_digits + DIGITS[key])[:MOST_DIGITS]
            return ""
        return self._with_accent(GS if key == self._gs_key else SAME.get(key) or self._character(key))

    def fresh(self) -> None:
        """Forget what was left half done, so that one lost key does not spoil every code behind it."""
        self._caps = False
        self._accent = self._alt_digits = ""

    def restart(self) -> None:
        """Begin again, with nothing held."""
        self.fresh()
        self._down.clear()

    def _character(self, key: int) -> str:
        """What an ordinary key types with what is held."""
        ctrl, alt = bool(self._down & CTRLS), bool(self._down & (ALTS - self._altgr_keys))
        altgr = bool(self._down & self._altgr_keys) or (ctrl and alt)
        shift = bool(self._down & SHIFTS)
        if ctrl and not altgr:
            return self._control(key)
        if alt and not altgr:
            return ""
        plain, upper = (self._keymap.typed(key, shift=one, altgr=altgr) for one in (False, True))
        if self._caps and plain.isalpha() and plain.upper() == upper:
            shift = not shift
        return upper if shift else plain

    def _control(self, key: int) -> str:
        """The control character of a key: GS wherever ``]`` is on an American keyboard, as on Windows."""
        letter = self._keymap.typed(key, shift=False, altgr=False).upper()
        if key == KEY_RIGHTBRACE or letter == "]":
            return GS
        return chr(ord(letter) & 0x1F) if len(letter) == 1 and "A" <= letter <= "Z" else ""

    def _with_accent(self, character: str) -> str:
        """A character with the dead key before it; what does not go together is typed one by one."""
        if not character:
            return ""
        accent, self._accent = self._accent, ""
        if character in ACCENTS:
            self._accent = character
            return ACCENTS.get(accent, "")
        if not accent:
            return character
        both = unicodedata.normalize("NFC", character + accent)
        if len(both) == 1:
            return both
        return ACCENTS[accent] + ("" if character == " " else character)

    def _alt_code(self) -> str:
        """The character whose number was typed while Alt was held."""
        digits, self._alt_digits = self._alt_digits, ""
        number = int(digits or "0")
        if not number:
            return ""
        if number < 256:
            page = "cp1252" if digits.startswith("0") else "cp437"
            return bytes((number,)).decode(page, "ignore")
        return chr(number) if number < 0xD800 or 0xE000 <= number <= 0x10FFFF else ""
