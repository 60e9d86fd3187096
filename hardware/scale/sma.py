"""SMA SCP-0499 and its elder NCI (Weigh-Tronix SCP-01): request ``W``, a reply with its unit and its state.

Sources: Scale Manufacturers Association, SCP-0499 Level 1, section 5.1, as printed in the Sartorius PR 5220
manual p. 130, Cardinal 190 p. 79 and Fairbanks PR 5410 p. 120; emupos 0.4.0 ``sma.py`` as a second opinion.
NCI: Avery Weigh-Tronix 7821 p. 25, NCI 6702 p. 14 (carets, underscores, dashes), Mettler Toledo DIVA p. 37
and Fairbanks FB2250 p. 61 (status bytes, whose high half is always 3, or 7 where another follows).
"""

from __future__ import annotations

import re

from hardware.scale.language import Language, Step
from hardware.scale.weight import Answer, Trouble, weight_of

_SMA_REPLY = re.compile(rb"\n[^\n\r]*\r")
_SMA_WEIGHT = re.compile(r" *(-? *[0-9]*\.?[0-9]+) *")
_NCI_REPLY = re.compile(rb"\n[^\x03]*\x03")
_NCI = re.compile(rb"\n(?P<field>[^\r\n]*)\r\n?(?P<status>S?[0-?][p-\x7f]*[0-?])\r?\x03")
_NCI_STATUS_ONLY = re.compile(rb"\n(?P<status>S?[0-?][p-\x7f]*[0-?])\r\x03")
_NCI_WEIGHT = re.compile(r" *(-? *[0-9]*\.?[0-9]+) *([a-z]{1,2}) *", re.IGNORECASE)
_BARS = {"^": Trouble.OVER, "_": Trouble.UNDER, "-": Trouble.FAULT}
"""What fills the field instead of figures: over capacity, under capacity, zeroing error."""


def decode_sma(reply: bytes) -> Answer:
    """``LF s r n m f weight unit CR``: status, range, gross or net, motion, nothing yet, figures, unit."""
    body = reply[1:-1].decode("ascii", "replace")
    if body == "?":
        return Trouble.FAULT
    if len(body) < 9:
        return Trouble.GARBAGE
    state, _range, kind, motion, field, unit = body[0], body[1], body[2], body[3], body[5:-3], body[-3:]
    if state in "EITe":
        return Trouble.FAULT
    if state in "OU":
        return Trouble.OVER if state == "O" else Trouble.UNDER
    found = _SMA_WEIGHT.fullmatch(field)
    if state not in " Z" or kind not in "GNTgn" or motion not in " M" or found is None:
        return Trouble.GARBAGE
    if motion == "M":
        return Trouble.MOVING
    return weight_of(found[1].replace(" ", ""), unit.strip(" _"), net=kind in "Nn")


def decode_nci(reply: bytes) -> Answer:
    """``LF weight unit CR LF status CR ETX``; some leave the weight out when there is none to sell by."""
    found = _NCI.fullmatch(reply) or _NCI_STATUS_ONLY.fullmatch(reply)
    if found is None:
        return Trouble.FAULT if reply == b"\n?\r\x03" else Trouble.GARBAGE
    status = found["status"].lstrip(b"S")
    if trouble := _nci_status(status):
        return trouble
    field = found.groupdict().get("field", b"").decode("ascii", "replace")
    if (bar := field.strip(" ")[:1]) and field.startswith(bar * 3) and bar in _BARS:
        return _BARS[bar]
    weight = _NCI_WEIGHT.fullmatch(field)
    if weight is None:
        return Trouble.GARBAGE
    net = len(status) > 2 and bool(status[2] & 0x04)
    return weight_of(weight[1].replace(" ", ""), weight[2], net=net)


def _nci_status(status: bytes) -> Trouble | None:
    """Byte 1: motion, at zero, RAM, EEPROM. Byte 2: under, over, ROM, calibration."""
    first, second = status[0], status[1]
    if first & 0x0C or second & 0x0C:
        return Trouble.FAULT
    if second & 0x03:
        return Trouble.OVER if second & 0x02 else Trouble.UNDER
    return Trouble.MOVING if first & 0x01 else None


SMA = Language((Step(b"\nW\r", _SMA_REPLY),), decode_sma, tare=Step(b"\nM\r", _SMA_REPLY))
NCI = Language((Step(b"W\r", _NCI_REPLY),), decode_nci, frame="7E1")
