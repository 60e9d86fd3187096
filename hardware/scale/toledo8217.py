"""Mettler Toledo 8217, the language most shop scales can be set to: ``W``, then a weight or a status byte.

Sources: Mettler Toledo, DIVA Service Manual for PSC Magellan 8500, 6.1.4.2 and 6.1.4.3 (command W, status
bits); Odoo's ``serial_scale_driver.py`` (9600 7E1); emupos 0.4.0 ``toledo8217.py`` as a second opinion.
"""

from __future__ import annotations

import re

from hardware.scale.language import Language, Step
from hardware.scale.weight import Answer, Trouble, weight_of

WHOLE = re.compile(rb"\x02(?:\?.|[^?\r][^\r]*)\r", re.DOTALL)
_WEIGHT = re.compile(rb"\x02 *([0-9]{1,4}\.([0-9]{1,4}))(N?)\r")
_STATUS = re.compile(rb"\x02\?(.)\r", re.DOTALL)
MOTION, OVER, UNDER = 0x01, 0x02, 0x04
"""Bits of the status byte. Bit 6 is always 1 with Mettler and "bad command" with emupos: not looked at."""


def language(decimals: int = 3) -> Language:
    """The language of a scale that shows kilograms with so many decimals.

    The reply names no unit. By Mettler's sheet kilograms have three decimals and pounds two, so that a reply
    with any other number of them is taken for the other unit, never for kilograms.
    """
    return Language((Step(b"W", WHOLE),), lambda reply: decode(reply, decimals), frame="7E1")


def decode(reply: bytes, decimals: int = 3) -> Answer:
    """What a whole reply says; weights only come when they are stable."""
    if status := _STATUS.fullmatch(reply):
        return _status(status[1][0])
    found = _WEIGHT.fullmatch(reply)
    if found is None:
        return Trouble.GARBAGE
    if len(found[2]) != decimals:
        return Trouble.UNIT
    return weight_of(found[1].decode(), net=bool(found[3]))


def _status(byte: int) -> Trouble:
    """Why there is no weight. A status with none of the three bits wants a person: zero it, look at it."""
    if byte & OVER:
        return Trouble.OVER
    if byte & UNDER:
        return Trouble.UNDER
    return Trouble.MOVING if byte & MOTION else Trouble.FAULT
