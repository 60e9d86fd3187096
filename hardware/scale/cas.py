"""CAS and the many scales that can speak like one. Which of its ECR types a scale speaks is set in its menu.

``ecr`` (type 6, "Samsung ER-670"): ENQ, ACK, DC1, then a block with a check byte. Sources: CAS PD-II manual
p. 23 (3.1.6), Ohaus Aviator 7000 Service Manual p. 36 (the same block, its weight with the decimal point).
``w`` (PD-II at 9600 7E1): ``W``, then figures up to CR, or between STX and ETX (type 2). Sources: uniCenta
oPOS ``ScaleCASPDII.java``, npm ``@kortoaus/cas-scale``. It tells neither motion nor overload, so three equal
figures are waited for.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import xor

from hardware.scale.language import Language, Step
from hardware.scale.weight import Answer, Trouble, weight_of

ENQ, ACK, DC1 = b"\x05", re.compile(rb"\x06"), b"\x11"
_BLOCK = re.compile(
    rb"\x01\x02(?P<body>(?P<state>.)(?P<sign>.)(?P<figures>.{6})(?P<unit>..)).\x03\x04", re.DOTALL
)
_FIGURES = re.compile(r" *([0-9]*\.?[0-9]+) *")
_LINE = re.compile(
    rb"\x02? *(?P<sign>-?) *(?P<figures>[0-9]{4,6}|[0-9]{1,3}\.[0-9]{3}) *(?:kg)?[\r\x03]", re.IGNORECASE
)


def decode_block(reply: bytes) -> Answer:
    """``SOH STX state sign figures unit check ETX EOT``; the check is the exclusive or of state to unit."""
    block = _BLOCK.fullmatch(reply)
    if block is None or reduce(xor, block["body"]) != reply[-3]:
        return Trouble.GARBAGE
    if block["sign"] == b"F" or b"F" in block["figures"]:
        return Trouble.OVER
    if block["state"] not in {b"S", b"U"} or block["sign"] not in {b" ", b"-"}:
        return Trouble.GARBAGE
    if block["state"] == b"U":
        return Trouble.MOVING
    found = _FIGURES.fullmatch(block["figures"].decode("ascii", "replace"))
    if found is None:
        return Trouble.GARBAGE
    return weight_of(
        _kilograms(block["sign"].strip().decode(), found[1]), block["unit"].decode("ascii", "replace").strip()
    )


def decode_line(reply: bytes) -> Answer:
    """Figures, with a point or in thousandths of a kilogram."""
    found = _LINE.fullmatch(reply)
    if found is None:
        return Trouble.GARBAGE
    return weight_of(_kilograms(found["sign"].decode(), found["figures"].decode()), steady=None)


def _kilograms(sign: str, figures: str) -> str:
    """Figures without a point are thousandths."""
    return sign + (figures if "." in figures else f"{figures}e-3")


ECR = Language((Step(ENQ, ACK), Step(DC1, _BLOCK)), decode_block)
W = Language((Step(b"W", re.compile(rb"[^\r\x03]*[\r\x03]")),), decode_line, frame="7E1")
