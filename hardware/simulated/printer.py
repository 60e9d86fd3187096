"""A receipt printer without paper: bytes in, replies and decoded paper out, and every fault a real one has.

Pure: no sockets and no clock. Replies and bits follow Epson's reference, checked against emupos 0.4.0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from hardware.printer.profile import PROFILES, Profile
from hardware.simulated.paper import Paper
from hardware.simulated.tokenizer import Token, Tokenizer

BUFFER = 4096
"""Bytes a printer takes before it has printed them, as most desk models have; then it stops reading."""
_REAL_TIME = re.compile(rb"\x10\x04[\x01-\x04]|\x10\x14\x01[\x00\x01][\x01-\x08]")


@dataclass(slots=True)
class Faults:
    """What is wrong with the printer just now."""

    paper: Literal["ok", "low", "out"] = "ok"
    lines_left: int | None = None
    """Lines until the roll ends; ``None`` for a roll that does not."""
    cover_open: bool = False
    jammed: bool = False
    """The cutter is stuck."""
    hot: bool = False
    """The head is too hot; it goes on by itself when it has cooled."""
    broken: bool = False
    """An error that only switching off and on may mend."""
    offline: bool = False
    """It is offline and does not say why: somebody is at its buttons."""
    deaf: bool = False
    """It reads nothing from its line any more, as a crashed one."""
    silent: bool = False
    """It prints and answers nothing."""
    garbled: bool = False
    """Its answers are damaged on the way."""
    half: bool = False
    """It answers the first two status questions and loses the rest."""

    @property
    def blocked(self) -> bool:
        """Whether nothing is printed just now."""
        return self.paper == "out" or self.cover_open or self.offline or bool(self.errors)

    @property
    def errors(self) -> int:
        """The bits of DLE EOT 3, which are those of the second automatic status byte."""
        return 0x08 * self.jammed | 0x20 * self.broken | 0x40 * self.hot


@dataclass(slots=True)
class SimulatedPrinter:
    """Takes bytes as they come; `receive` answers at once, `work` prints."""

    profile: Profile = PROFILES["80mm"]
    faults: Faults = field(default_factory=Faults)
    pulses: int = 0
    """How often the drawer was told to open."""
    drawer_open: bool = False
    received: int = 0
    """Bytes since it was made."""
    paper: Paper = field(init=False)
    _tokens: Tokenizer = field(default_factory=Tokenizer)
    _tail: bytes = b""
    _tells: bool = False
    """Whether it was asked to tell of changes by itself."""
    _told: bytes = b""
    _deaf: bool = False
    """Whether it ignores the real-time pulse."""

    def __post_init__(self) -> None:
        """Put the paper in."""
        self.paper = Paper(self.profile)

    @property
    def held(self) -> int:
        """Bytes taken and not yet printed."""
        return len(self._tokens)

    @property
    def room(self) -> int:
        """Bytes it still takes before it stops reading; a picture larger than that is printed as it comes."""
        if not self.faults.blocked and self._tokens.is_cut:
            return BUFFER
        return max(0, BUFFER - self.held)

    @property
    def reads(self) -> bool:
        """Whether it takes bytes from its line just now."""
        return bool(self.room) and not self.faults.deaf

    def receive(self, chunk: bytes) -> bytes:
        """Take bytes; real-time commands are obeyed at once, wherever they stand."""
        self.received += len(chunk)
        self._tokens.feed(chunk)
        seen, answers, end = self._tail + chunk, b"", 0
        for command in _REAL_TIME.finditer(seen):
            end = command.end()
            if command.group()[1] == 0x14:
                self._open_drawer(unless=self._deaf)
            else:
                number = command.group()[2]
                answers += self._answer(bytes((self.status(number),)), early=number <= 2)
        self._tail = seen[max(end, len(seen) - 4) :]
        return answers

    def work(self, budget: int | None = None) -> bytes:
        """Print what is held, or so many bytes, until something is in the way; return replies in order."""
        answers = b""
        while not self.faults.blocked and (budget is None or budget > 0):
            token = self._tokens.next()
            if token is None:
                break
            budget = None if budget is None else budget - token.size
            answers += self._do(token)
        return answers + self._news()

    def lose_power(self) -> None:
        """Everything held and every mode is gone; the paper stays."""
        self._tokens.clear()
        self._tail = b""
        self._reset()

    def status(self, number: int) -> int:
        """The byte that answers DLE EOT `number`."""
        faults = self.faults
        bits = {
            1: 0x08 * faults.blocked | 0x04 * self.drawer_open,
            2: 0x04 * faults.cover_open | 0x20 * (faults.paper == "out") | 0x40 * bool(faults.errors),
            3: faults.errors,
            4: {"ok": 0, "low": 0x0C, "out": 0x6C}[faults.paper],
        }
        return 0x12 | bits[number]

    def automatic(self) -> bytes:
        """The four bytes it sends by itself."""
        faults = self.faults
        first = 0x10 | 0x04 * self.drawer_open | 0x08 * faults.blocked | 0x20 * faults.cover_open
        return bytes((first, faults.errors, self._sensors(), 0))

    def _sensors(self) -> int:
        """Near-end and end sensor, as GS r 1 and the third automatic byte have them."""
        return {"ok": 0, "low": 0x03, "out": 0x0F}[self.faults.paper]

    def _do(self, token: Token) -> bytes:
        """One command, printed or answered."""
        kind = token.name + (token.parameters[:1].decode("latin-1") if token.name == "extended" else "")
        match kind:
            case "pulse":
                self._open_drawer()
            case "report":
                return self._answer(bytes((self._sensors(),)), early=False)
            case "automatic status":
                self._tells, self._told = token.parameters != b"\0", b""
            case "extendedH" if token.content[:2] == b"00":
                return self._answer(b"\x37\x22" + token.content[2:6] + b"\0", early=False)
            case "extendedD" if token.content[:2] == b"\x14\x01":
                self._deaf = token.content[2:3] in {b"\0", b"0"}
            case "reset":
                self._reset()
            case _:
                self._use_paper(self.paper.put(token))
        return b""

    def _reset(self) -> None:
        """As after ESC @."""
        self._tells = self._deaf = False
        self.paper.reset()

    def _news(self) -> bytes:
        """What it tells by itself, if anything changed."""
        now = self.automatic()
        if not self._tells or now == self._told:
            return b""
        self._told = now
        return self._answer(now, early=False)

    def _use_paper(self, lines: int) -> None:
        """A roll that ends, ends here."""
        if self.faults.lines_left is None or not lines:
            return
        self.faults.lines_left -= lines
        if self.faults.lines_left <= 0:
            self.faults.lines_left, self.faults.paper = None, "out"

    def _open_drawer(self, *, unless: bool = False) -> None:
        """The solenoid clicks."""
        if not unless:
            self.pulses += 1
            self.drawer_open = True

    def _answer(self, reply: bytes, early: bool) -> bytes:
        """A reply as the wire delivers it. Damage is a fixed pattern, so that a test can be repeated."""
        if self.faults.silent or (self.faults.half and not early):
            return b""
        return bytes(byte ^ 0xA5 for byte in reply) if self.faults.garbled else reply
