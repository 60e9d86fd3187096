"""Takes what a person pastes for what the wire said: bytes in any usual spelling, registers, escaped text.

Generous in spelling and exact in meaning: what can be read in two ways is refused with how to say it clearly.
"""

from __future__ import annotations

import ast
import re

from hardware.power.hats.registers import Chip
from hardware.power.refused import Malformed, NotAnAnswer, SaidNo, Truncated

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([rnt0\\]))")
_ESCAPED = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
_NOISE = re.compile(r"[\s,;|\[\]()'\"-]+")
_REGISTER = re.compile(r"(?:^|(?<=[\s,;]))(0[xX][0-9A-Fa-f]+|[0-9A-Fa-f]{1,4})\s*[=:]\s*")
_DUMP = re.compile(r"^[ \t]*([0-9A-Fa-f]{2}):((?:\s[0-9A-Fa-fX]{2}){16})(?:\s|$)", re.MULTILINE)
_HEX = re.compile(r"[0-9A-Fa-f]+")
_COLONS = re.compile(r"(?<=[0-9A-Fa-f]{2}):(?=[0-9A-Fa-f]{2})")
_SHORT = re.compile(r"(?<![0-9A-Fa-f])0[xX]([0-9A-Fa-f])(?![0-9A-Fa-f])")
_BETWEEN = re.compile(
    r"->|=>|→|[>/]|\b(?:tx|rx|sent|received|request|question|answer|reply|response)\b\s*:?", re.IGNORECASE
)


def octets(text: str) -> bytes:
    """Bytes from hexadecimal digits with or without spaces, 0x, \\x, commas or colons, or Python's b'...'.

    Raises a `Refused`.
    """
    if (literal := _literal(text)) is not None:
        return literal
    plain = re.sub(
        r"\\x|(?<![0-9A-Fa-f])0[xX](?=[0-9A-Fa-f]{2})", " ", _SHORT.sub(r"0\1", _COLONS.sub(" ", text))
    )
    parts = _NOISE.sub(" ", plain).split()
    if not parts:
        raise Malformed("there is nothing to decode")
    for part in parts:
        if not _HEX.fullmatch(part):
            raise Malformed(f"{part[:20]!r} is no hexadecimal: digits 0-9 and A-F are")
        if len(part) % 2:
            raise Truncated(f"{part[:20]!r} is no whole bytes: a digit is missing")
    return bytes.fromhex("".join(parts))


def frames(text: str) -> bytes:
    """The bytes of one or several frames, without the arrows and names that people put between them."""
    return octets(text if _literal(text) is not None else _BETWEEN.sub(" ", text))


def unescaped(text: str) -> bytes:
    r"""Bytes from text in which \r, \n, \t, \0 and \xNN stand for what a terminal cannot show.

    Raises `Malformed`.
    """
    if (literal := _literal(text)) is not None:
        return literal
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ESCAPED[found[2]], text)
    try:
        return bytes(
            ord(letter) - 0xDC00 if "\udc80" <= letter <= "\udcff" else ord(letter) for letter in plain
        )
    except ValueError:
        raise Malformed("the text has a letter that no byte stands for; write it as \\xNN") from None


def looks_hex(text: str) -> bool:
    """Whether a text can only be hexadecimal digits."""
    return (
        bool(re.fullmatch(r"(?:[\s,-]|0[xX]|\\x|[0-9A-Fa-f])+", _COLONS.sub(" ", text))) and "\t" not in text
    )


def registers(text: str, chip: Chip, start: int, *, swapped: bool = False) -> dict[int, bytes]:
    """Blocks by register, from ``0x02=C350 0x04=4B80``, one block from `start`, or a dump of i2cdump.

    Bytes stand as they came; a number such as ``0xC350`` is the register's value, whatever order its chip
    sends it in. `swapped`: the numbers were read as SMBus words, low byte first. Raises a `Refused`.
    """
    if rows := _DUMP.findall(text):
        return _dumped(rows)
    named = list(_REGISTER.finditer(text))
    if not named:
        return {start: _value(text, chip, swapped)}
    if lead := text[: named[0].start()].strip(" ,;\n\t"):
        raise Malformed(f"{lead[:20]!r} stands before the first register")
    ends = [found.start() for found in named[1:]] + [len(text)]
    return {
        _number(found[1]): _value(text[found.end() : end], chip, swapped)
        for found, end in zip(named, ends, strict=True)
    }


def body(text: str) -> bytes:
    """The JSON of an answer, without HTTP's head or MQTT's topic before it. Raises a `Refused`."""
    whole = text.strip()
    if re.match(r"(?:(?:GET|POST|PUT)\s|/|https?:)", whole):
        raise NotAnAnswer("this is a question (a path or an address), not its answer")
    if topic := re.match(
        r"[A-Za-z0-9_][A-Za-z0-9_./-]*\s*=?\s*(?=\{)", whole
    ):  # as mosquitto_sub -v prints it
        whole = whole[topic.end() :]
    if whole.startswith("HTTP/"):
        if not re.match(r"HTTP/[0-9.]+ 200\b", whole):
            raise SaidNo(f"it answered {whole.splitlines()[0][:40]!r}")
        whole = whole[whole.find("{") :] if "{" in whole else ""
    return whole.encode("utf-8", "surrogateescape")


def _value(text: str, chip: Chip, swapped: bool) -> bytes:
    """The bytes of one block."""
    number = re.fullmatch(r"\s*0[xX]([0-9A-Fa-f]{4})[\s,;]*", text)
    value = octets(text)
    if number and chip.little != swapped:
        return value[::-1]
    if swapped and len(value) % 2 == 0:
        return b"".join(value[at : at + 2][::-1] for at in range(0, len(value), 2))
    return value


def _number(text: str) -> int:
    """A register's number; one of digits only could be meant either way."""
    if text[:2] in {"0x", "0X"}:
        return int(text, 16)
    if text.isdigit() and int(text, 16) != int(text):
        raise Malformed(f"register {text} can be meant as 0x{text} or as 0x{int(text):02X}: write which")
    return int(text, 16)


def _dumped(rows: list[tuple[str, str]]) -> dict[int, bytes]:
    """The blocks of a dump: runs of bytes between those that could not be read."""
    blocks: dict[int, bytes] = {}
    for first, cells in rows:
        for at, cell in enumerate(cells.split()):
            if "X" not in cell:
                blocks[int(first, 16) + at] = bytes.fromhex(cell)
    return blocks


def _literal(text: str) -> bytes | None:
    """What Python's ``b'...'`` stands for, if that is what was pasted."""
    if not re.match(r"\s*b['\"]", text):
        return None
    try:
        found = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        raise Malformed("that begins like b'...' and does not end like it") from None
    return found if isinstance(found, bytes) else None
