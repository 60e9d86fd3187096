"""A scale without a load cell, in every language we speak: requests in, replies out, faults on command.

Pure: no sockets and no clock. Frames as in the sheets named in `hardware.scale`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal, get_args

Fault = Literal["", "moving", "over", "under", "negative", "garbage", "silent", "half"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
MOST_GRAMS = 99_999
"""Five figures, as the shortest of the languages has them."""
NOISE = b"\x00#?9\x7f"
"""What a loose cable makes of a reply. It ends no reply of any language."""


@dataclass(slots=True)
class SimulatedScale:
    """One scale on a counter."""

    language: str = "toledo8217"
    grams: int = 0
    tare: int = 0
    """Grams taken off what lies on it."""
    fault: Fault = ""
    asked: int = 0
    """How often it was asked for a weight."""
    _held: bytes = b""

    @property
    def net(self) -> int:
        """What its display shows, in grams."""
        return self.grams - self.tare

    @property
    def minus(self) -> bool:
        """Whether there is a minus sign on its display."""
        return self.fault == "negative" or self.net < 0

    def receive(self, chunk: bytes) -> bytes:
        """Take bytes, in whatever pieces they come; return what it answers."""
        answers, questions = b"", LANGUAGES[self.language]
        self._held += chunk
        while self._held:
            question = next((one for one in questions if self._held.startswith(one)), None)
            if question is not None:
                answers += self._faulty(questions[question](self))
                self._held = self._held[len(question) :]
            elif any(one.startswith(self._held) for one in questions):
                break
            else:
                self._held = self._held[1:]
        return answers

    def _faulty(self, reply: bytes) -> bytes:
        """A reply as the wire delivers it."""
        if self.fault == "silent":
            return b""
        if len(reply) == 1:
            return reply  # a bare ACK; what is spoiled is the weight behind it
        if self.fault == "half":
            return reply[: len(reply) // 2]
        return NOISE if self.fault == "garbage" else reply

    def figures(self, width: int, *, point: bool = True) -> str:
        """Its display in kilograms, such as ``01.250``; without the point ``01250``."""
        size = abs(self.net) or (120 if self.fault == "negative" else 0)
        text = f"{size // 1000}.{size % 1000:03}" if point else f"{size}"
        return text.rjust(width, "0")


def _toledo(scale: SimulatedScale) -> bytes:
    """``STX weight [N] CR``, or ``STX ? status CR``."""
    scale.asked += 1
    bits = 0x20 * bool(scale.tare) | {"moving": 1, "over": 2, "under": 4}.get(scale.fault, 4 * scale.minus)
    if bits & 0x07:
        return b"\x02?" + bytes((0x40 | bits,)) + b"\r"
    return b"\x02" + scale.figures(6).encode() + b"N" * bool(scale.tare) + b"\r"


def _sma(scale: SimulatedScale) -> bytes:
    """``LF s r n m f weight unit CR``."""
    scale.asked += 1
    state = {"over": "O", "under": "U"}.get(scale.fault, "Z" if scale.net == 0 else " ")
    kind, motion = "N" if scale.tare else "G", "M" if scale.fault == "moving" else " "
    figures = "-" * scale.minus + scale.figures(5)
    return f"\n{state}1{kind}{motion} {figures:>10}kg \r".encode()


def _sma_tare(scale: SimulatedScale) -> bytes:
    """The same with the tare's weight."""
    return f"\n 1T  {scale.tare // 1000:>6}.{scale.tare % 1000:03}kg \r".encode()


def _nci(scale: SimulatedScale) -> bytes:
    """``LF weight unit CR LF status CR ETX``."""
    scale.asked += 1
    first = 0x30 | (scale.fault == "moving") | 2 * (scale.net == 0)
    second = 0x30 | {"under": 1, "over": 2}.get(scale.fault, 0)
    status = bytes((first, 0x40 | second, 0x34)) if scale.tare else bytes((first, second))
    field = "^" * 8 if scale.fault == "over" else f"{'-' * scale.minus}{scale.figures(5)}".rjust(8)
    return f"\n{field}KG\r\n".encode() + status + b"\r\x03"


def _cas_block(scale: SimulatedScale) -> bytes:
    """``SOH STX state sign figures unit check ETX EOT``."""
    scale.asked += 1
    body = ("U" if scale.fault == "moving" else "S") + ("-" if scale.minus or scale.fault == "under" else " ")
    body += scale.figures(6, point=False) + "kg"
    block = ("SFFFFFFFkg" if scale.fault == "over" else body).encode()
    return b"\x01\x02" + block + bytes((reduce(xor, block),)) + b"\x03\x04"


def _cas_line(scale: SimulatedScale) -> bytes:
    """Figures and CR; while it moves they differ each time, over capacity it sends none."""
    scale.asked += 1
    if scale.fault == "over":
        return b"-----\r"
    drift = scale.asked % 7 if scale.fault == "moving" else 0
    sign = "-" if scale.minus or scale.fault == "under" else ""
    size = abs(scale.net) + drift or (120 if sign else 0)
    return f"{sign}{size:05}\r".encode()


Question = Callable[[SimulatedScale], bytes]
LANGUAGES: Mapping[str, Mapping[bytes, Question]] = {
    "toledo8217": {b"W": _toledo},
    "sma": {b"\nW\r": _sma, b"\nM\r": _sma_tare},
    "nci": {b"W\r": _nci},
    "cas": {b"\x05": lambda _scale: b"\x06", b"\x11": _cas_block},
    "cas-w": {b"W": _cas_line},
}
"""What each of them is asked, and what it answers with."""
TABLES: Mapping[str, Mapping[str, object]] = {
    "toledo8217": {"kind": "scale-toledo8217"},
    "sma": {"kind": "scale-sma"},
    "nci": {"kind": "scale-sma", "dialect": "nci"},
    "cas": {"kind": "scale-cas"},
    "cas-w": {"kind": "scale-cas", "mode": "w"},
}
"""The driver of each, as settings name it."""
