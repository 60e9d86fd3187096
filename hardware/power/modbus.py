"""Modbus RTU as solar controllers speak it: one question, one answer, both sealed by a CRC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hardware.power.refused import BadChecksum, Malformed, NotAnAnswer, Refused, SaidNo, Truncated
from hardware.wire.crc import crc, sealed

Words = Mapping[int, int]
"""16-bit registers by their number."""
QUESTION = 8
"""Bytes of a question for registers."""
MOST = 125
"""Registers of one question; Modbus application protocol, section 6.3."""
LONG = 10
"""Registers of an answer that nobody else has asked for."""
EXCEPTIONS = {
    1: "does not know this function",
    2: "has no such register",
    3: "does not give so many registers",
    4: "failed",
    6: "is busy",
}
"""Modbus application protocol 1.1b3, section 7."""


def question(unit: int, function: int, register: int, count: int) -> bytes:
    """Ask for registers, with function 3 (holding) or 4 (input)."""
    return sealed(bytes([unit, function]) + register.to_bytes(2, "big") + count.to_bytes(2, "big"))


def span(came: bytes) -> int:
    """How many bytes the answer that begins here has; 0 while that cannot be told."""
    if len(came) < 3:
        return 0
    return 5 if came[1] & 0x80 else 5 + came[2]


def words(asked: bytes, answer: bytes) -> Words:
    """The registers that an answer to a question brings. Raises a `Refused`."""
    if answer == asked:
        raise NotAnAnswer("this is the echo of the question: the controller did not answer")
    payload = _payload(answer)
    if answer[:2] != asked[:2]:
        raise NotAnAnswer("the answer is to another question: unit or function differ")
    first, count = int.from_bytes(asked[2:4], "big"), int.from_bytes(asked[4:6], "big")
    if len(payload) != 2 * count:
        raise Truncated(f"{count} registers were asked for and {len(payload) // 2} came")
    return {first + place: _word(payload, place) for place in range(count)}


def alone(answer: bytes, first: int | None, own: Mapping[int, int]) -> Words:
    """The registers of an answer whose question is not at hand, from the first one on.

    Without `first` only a long answer to one of the driver's `own` questions (count to register) has one.
    """
    payload = _payload(answer)
    count = len(payload) // 2
    if first is None and count >= LONG:
        first = own.get(count)
    if first is None:
        raise Malformed(
            f"an answer of {count} registers does not say which: put the question before it, or the "
            f"first register, such as 0x3104: {answer.hex(' ').upper()}"
        )
    return {first + place: _word(payload, place) for place in range(count)}


def is_question(frame: bytes) -> bool:
    """Whether a whole frame asks for registers; an answer of that length would hold half a register.

    The count is looked at too: a good answer with a zero behind it has a CRC that fits.
    """
    if len(frame) != QUESTION or frame[1] not in {3, 4}:
        return False
    return 1 <= int.from_bytes(frame[4:6], "big") <= MOST and _fits(frame)


def split(stream: bytes) -> Iterator[bytes]:
    """The frames of a stream in which questions and answers follow each other; the CRC says where each ends.

    Raises a `Refused` at the first frame that has no such end.
    """
    while stream:
        end = QUESTION if is_question(stream[:QUESTION]) else span(stream)
        if not 0 < end <= len(stream) or not _fits(stream[:end]):
            raise _why(stream)
        yield stream[:end]
        stream = stream[end:]


def _payload(answer: bytes) -> bytes:
    """An answer's register bytes, after every check."""
    length = span(answer)
    if is_question(answer):
        raise NotAnAnswer("this is a question for registers, not an answer")
    if not 0 < length <= len(answer) or len(answer) > length or not _fits(answer):
        raise _why(answer)
    if answer[1] & 0x80:
        said = EXCEPTIONS.get(answer[2], f"answers with exception {answer[2]}")
        raise SaidNo(f"the controller {said}")
    if answer[2] % 2 or not answer[2]:
        raise Malformed("the answer does not hold whole registers")
    return answer[3 : 3 + answer[2]]


def _why(frame: bytes) -> Refused:
    """What is wrong with a frame that does not fit."""
    length = span(frame)
    if not length or length > len(frame):
        return Truncated(f"the answer ends after {len(frame)} of {length or 'at least 5'} bytes")
    if _fits(frame[:length]):
        return Malformed(f"{len(frame) - length} bytes follow the answer")
    return BadChecksum(f"the CRC does not fit: {crc(frame[: length - 2]):04X} was expected, low byte first")


def _fits(frame: bytes) -> bool:
    """Whether a frame's CRC is that of its body."""
    return len(frame) >= 5 and sealed(frame[:-2]) == frame


def _word(payload: bytes, place: int) -> int:
    """One register."""
    return int.from_bytes(payload[2 * place : 2 * place + 2], "big")
