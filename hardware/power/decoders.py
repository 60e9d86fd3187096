"""Says what a person pasted means: one reading of everything in it, and what had to be dropped.

Several frames of one source are one look at it. A damaged one is dropped whole and named; if none is good,
the paste is refused with the reason of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hardware.power import daly, instant, jbd, modbus, pasted, vedirect, vedirect_hex
from hardware.power.hats.registers import Chip, words
from hardware.power.lines import told_line
from hardware.power.outlets import kasa, spoken
from hardware.power.outlets.answers import parsed
from hardware.power.outlets.reading import OutletReading
from hardware.power.reading import LIMITS, Reading, checked, overlay
from hardware.power.refused import Malformed, NotAnAnswer, Refused, Truncated

Look = tuple[Reading | OutletReading, tuple[str, ...]]
"""What it means, and why some of it was dropped."""


@dataclass(frozen=True, slots=True)
class Paste:
    """What was pasted, and what its text cannot say."""

    text: str
    swapped: bool = False
    """Registers are SMBus words, low byte first."""
    channel: int = 0
    """Which outlet of a strip, from 0."""
    ohms: float | None = None
    """The shunt of a board whose maker's is not the one it has."""


Told = Callable[[Paste], Look]
T = TypeVar("T")
_NOTHING: Mapping[int, str] = {}
_NAMED = re.compile(r"0[xX]([0-9A-Fa-f]{1,4})\s*=([^=]*?)(?=[\s,;]+0[xX][0-9A-Fa-f]+\s*=|$)")


def text_blocks(paste: Paste) -> Look:
    """VE.Direct: text blocks, HEX frames, or both."""
    raw = pasted.octets(paste.text) if pasted.looks_hex(paste.text) else pasted.unescaped(paste.text)
    if b"\t" not in raw and vedirect.END.strip() not in raw and b":" in raw:
        return hex_frames(Paste(raw.decode("latin-1")))
    return _together(_blocks(raw), vedirect.decode)


def hex_frames(paste: Paste) -> Look:
    """VE.Direct HEX: one frame or several."""
    found = list(vedirect_hex.split(paste.text))
    if not found:
        raise Malformed("a HEX frame is a colon and hexadecimal digits, such as :7BCED00C409000084")
    return _together(found, vedirect_hex.decode)


def modbus_answers(
    own: Mapping[int, int], decode: Callable[[modbus.Words], Reading], unused: Mapping[int, str] = _NOTHING
) -> Told:
    """Modbus RTU: question and answer, or an answer or words with their first register."""

    def told(paste: Paste) -> Look:
        """Lay every answer over the others."""
        found: dict[int, int] = {}
        for answer in _answers(paste.text, own):
            found |= answer
        reading = decode(found)
        if reading == decode({}):
            named = ", ".join(f"0x{at:04X} {unused.get(at, '')}".strip() for at in found)
            raise Malformed(f"none of its registers holds a figure that is read: {named or 'there are none'}")
        return reading, ()

    return told


def jbd_frames(paste: Paste) -> Look:
    """JBD: answers, with or without their questions."""
    return _together(jbd.split(pasted.frames(paste.text)), jbd.decode)


def daly_frames(paste: Paste) -> Look:
    """Daly: answers, with or without their questions."""
    return _together(daly.split(pasted.frames(paste.text)), daly.decode)


def chip(one: Chip, start: int) -> Told:
    """Registers of an I2C chip; a block without a register is taken to start at `start`."""

    def told(paste: Paste) -> Look:
        """Read its registers."""
        blocks = pasted.registers(paste.text, one, start, swapped=paste.swapped)
        return one.decode(blocks), ()

    return told


def shunt_chip(make: Callable[[float | None], Chip], start: int) -> Told:
    """Registers of an INA219, whose shunt may be another."""
    return lambda paste: chip(make(paste.ohms), start)(paste)


def json_answer(decode: Callable[[bytes, int], OutletReading]) -> Told:
    """An outlet's answer over HTTP."""
    return lambda paste: (decode(pasted.body(paste.text), paste.channel), ())


def broker_messages(family: str) -> Told:
    """An outlet's messages through a broker, as `mosquitto_sub -v` prints them: topic, blank, payload."""

    def told(paste: Paste) -> Look:
        """Read them as the driver does."""
        lines = [line.strip() for line in paste.text.replace(r"\n", "\n").splitlines() if line.strip()]
        found = {
            topic: payload.encode("utf-8", "surrogateescape")
            for topic, _blank, payload in (one.partition(" ") for one in lines)
        }
        device = spoken.device(family, tuple(found))
        return spoken.FAMILIES[family](device, "", paste.channel).reading(found), ()

    return told


def instant_record(paste: Paste) -> Look:
    """Victron Instant Readout, after decryption."""
    return instant.decode(pasted.octets(paste.text)), ()


def json_line(paste: Paste) -> Look:
    """A meter's JSON line."""
    reading = told_line(parsed(pasted.body(paste.text)))
    if reading == told_line({}):
        raise Malformed(f"it holds no figure that is read, in numbers; these are: {', '.join(LIMITS)}")
    return reading, ()


def kasa_answer(paste: Paste) -> Look:
    """Kasa: JSON, or what went over the wire."""
    if "{" in paste.text:
        return kasa.decode(pasted.body(paste.text)), ()
    stream, readings = pasted.frames(paste.text), []
    reasons: list[Refused] = []
    while stream:
        length = kasa.span(stream) or len(stream)
        try:
            readings.append(kasa.decode(kasa.clear(stream[:length])))
        except NotAnAnswer as error:
            reasons.append(error)
        stream = stream[length:]
    if not readings:
        raise _all(reasons)
    return readings[-1], ()


def _blocks(raw: bytes) -> Iterator[bytes]:
    """The blocks of a VE.Direct text; what a terminal does to it is undone, and the checksum decides."""
    if b"\r" not in raw:
        raw = vedirect.HEX_LINE.sub(b"", raw).replace(b"\n", b"\r\n")
    if b"\t" not in raw and re.search(rb"(?:^|\n)[A-Za-z0-9#_]+[ ]", raw):
        raw = re.sub(rb"(?<=\n)([A-Za-z0-9#_]+)[ ]+", rb"\1\t", b"\r\n" + raw.lstrip(b"\r\n"))
    if re.match(rb"[A-Za-z0-9#_]+\t", raw):
        raw = b"\r\n" + raw
    blocks = vedirect.Blocks(joined=False)
    yield from blocks.feed(raw, 0)
    if blocks.rest.strip():
        yield blocks.rest


def _answers(text: str, own: Mapping[int, int]) -> Iterator[modbus.Words]:
    """The registers of every answer in a text."""
    if re.search(r"0[xX][0-9A-Fa-f]{1,4}\s*=", text):
        yield from _named(text)
        return
    asked: bytes | None = None
    for first, part in _parts(text):
        for frame in modbus.split(pasted.frames(part)):
            if modbus.is_question(frame) and asked is None:
                asked = frame
            elif asked is None:
                yield modbus.alone(frame, first, own)
            else:
                yield modbus.words(asked, frame)
                asked = None
    if asked is not None:
        raise NotAnAnswer("this is a question for registers, and no answer follows it")


def _named(text: str) -> Iterator[modbus.Words]:
    """Registers with their words: ``0x3104=0510 0x331B=FF9C FFFF``."""
    for register, value in _NAMED.findall(text):
        yield words({int(register, 16): pasted.octets(value)})


def _parts(text: str) -> list[tuple[int | None, str]]:
    """Pieces of a text, each with the register that stands before it as ``0x3104:``."""
    pieces = re.split(r"0[xX]([0-9A-Fa-f]{3,4})\s*:", text)
    named: list[tuple[int | None, str]] = [
        (int(register, 16), part) for register, part in zip(pieces[1::2], pieces[2::2], strict=True)
    ]
    return ([(None, pieces[0])] if pieces[0].strip() else []) + named


def _together(parts: Iterable[T], decode: Callable[[T], Reading]) -> Look:
    """One reading of everything that is good."""
    reading: Reading | None = None
    reasons: list[Refused] = []
    for part in parts:
        try:
            told = decode(part)
        except Refused as error:
            reasons.append(error)
        else:
            reading = told if reading is None else overlay(reading, told)
    if reading is None:
        raise _all(reasons)
    return checked(reading), tuple(str(error) for error in reasons if not isinstance(error, NotAnAnswer))


def _all(reasons: list[Refused]) -> Refused:
    """Every reason in one refusal, a line each."""
    if not reasons:
        return Truncated("no whole frame is in it")
    return reasons[0] if len(reasons) == 1 else Refused("\n".join(dict.fromkeys(map(str, reasons))))
