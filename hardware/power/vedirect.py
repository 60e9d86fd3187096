"""Victron VE.Direct text: shunts (SmartShunt, BMV), solar chargers (MPPT) and inverters, one block a second.

A block is CR LF label TAB value, again and again, ended by CR LF ``Checksum`` TAB and one byte that makes the
sum of all bytes 0 modulo 256. HEX lines (``:`` to LF) may stand between and inside blocks and are not part of
the sum. A BMV sends two blocks a second, what is and what was. Source: Victron's paper on VE.Direct, and the
captures of github.com/karioja/vedirect.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import BadChecksum, Malformed, Truncated

END = b"\r\nChecksum\t"
HEX_LINE = re.compile(rb":[0-9A-Fa-f]{3,120}\n")
"""A HEX frame. No value of a block can look like one: its line would end in CR LF."""
WHOLE = re.compile(r"-?[0-9]{1,12}")
MOST = 1024
"""Bytes of the longest block kept; the longest seen has 164."""
GAP_S = 0.5
"""Silence after which the beginning of a block is forgotten; inside a block bytes follow within 1 ms."""
FIRST_LABELS = (b"\r\nPID\t", b"\r\nH1\t")
"""How a whole block begins; one that begins otherwise was cut off by plugging in."""

STATES = {
    0: "off", 1: "low power", 2: "fault", 3: "bulk", 4: "absorption", 5: "float", 6: "storage",
    7: "equalise", 9: "inverting", 245: "starting", 246: "repeated absorption", 247: "auto equalise",
    248: "battery safe", 252: "external control",
}  # fmt: skip
"""The meaning of ``CS``."""
ALARMS = {
    1: "low voltage", 2: "high voltage", 4: "low charge", 8: "low starter voltage",
    16: "high starter voltage",
    32: "low temperature", 64: "high temperature", 128: "mid voltage", 256: "overload", 512: "DC ripple",
    1024: "low AC output", 2048: "high AC output", 4096: "short circuit", 8192: "BMS lockout",
}  # fmt: skip
"""The bits of ``AR`` and ``WARN``."""


class Blocks:
    """Collects bytes; `feed` returns the blocks they complete, whole and not yet checked."""

    def __init__(self, *, joined: bool = True) -> None:
        """Start empty; `joined`: the stream was joined in its middle, so the first block is probably cut."""
        self._held = bytearray()
        self._last_s = 0.0
        self._joined = joined

    def feed(self, chunk: bytes, at_s: float) -> list[bytes]:
        """Take bytes that arrived at a monotonic time; return whole blocks in order, without HEX lines."""
        if at_s - self._last_s > GAP_S:
            self._held.clear()
        self._last_s = at_s
        self._held += chunk
        self._held[:] = HEX_LINE.sub(b"", self._held)
        whole = []
        while (at := self._held.find(END)) >= 0 and len(self._held) > (length := at + len(END)):
            block = bytes(self._held[: length + 1])
            del self._held[: length + 1]
            block = block[block.find(b"\r\n") :]
            if not self._joined or block.startswith(FIRST_LABELS):
                whole.append(block)
            self._joined = False
        if len(self._held) > MOST:
            self._held.clear()
        return whole

    @property
    def rest(self) -> bytes:
        """What has come of a block that is not whole yet."""
        return bytes(self._held)


def fields(block: bytes) -> dict[str, str]:
    """The labels and values of one block. Raises `Truncated`, `BadChecksum` or `Malformed`."""
    body = HEX_LINE.sub(b"", block)
    if not body.startswith(b"\r\n"):
        raise Malformed("no VE.Direct block: it begins with CR LF and a label such as PID")
    if END not in body:
        raise Truncated("the block has no checksum: its end is missing")
    if len(body) != body.index(END) + len(END) + 1:
        raise Truncated("the block does not end with one byte of checksum")
    if wrong := sum(body) % 256:
        raise BadChecksum(f"the block's bytes come to {wrong} instead of 0: the whole block is dropped")
    told = {}
    for line in body[2 : body.index(END)].split(b"\r\n"):
        label, tab, value = line.partition(b"\t")
        if not tab:
            raise Malformed(f"the line {line!r} has no TAB")
        told[label.decode("latin-1")] = value.decode("latin-1")
    return told


def decode(block: bytes) -> Reading:
    """What one block says. Raises a `Refused` when it is not whole."""
    told = fields(block)
    if "H1" in told and "V" not in told:
        return checked(_history(told))
    return checked(_live(told))


def _live(told: Mapping[str, str]) -> Reading:
    """A block of what is now; ``I`` is into the battery, so its sign is turned."""
    charger = "PPV" in told or "VPV" in told
    volts, amps = figure(told, "V", 1e-3), figure(told, "I", 1e-3)
    watts, load = figure(told, "P", 1), figure(told, "IL", 1e-3)
    used = figure(told, "CE", 1e-3)
    return Reading(
        volts=volts,
        amps=None if amps is None else -amps,
        watts=None if watts is None else -watts,
        soc=figure(told, "SOC", 1e-3),
        used_ah=None if used is None else -used,
        seconds_left=figure(told, "TTG", 60),
        celsius=figure(told, "T", 1),
        load_w=None if load is None or volts is None else load * volts,
        ac_va=_output(told),
        solar_w=figure(told, "PPV", 1),
        solar_volts=figure(told, "VPV", 1e-3),
        solar_wh=figure(told, "H19", 10),
        state=_state(told.get("CS")),
        alarms=_alarms(told),
        quality=Quality.CHARGER if charger else Quality.SHUNT,
        source=_source(told),
    )


def _output(told: Mapping[str, str]) -> float | None:
    """Volt-amperes at an inverter's output, from its own figure or from volts and amps."""
    volts, amps = figure(told, "AC_OUT_V", 0.01), figure(told, "AC_OUT_I", 0.1)
    return figure(told, "AC_OUT_S", 1) if volts is None or amps is None else volts * amps


def _history(told: Mapping[str, str]) -> Reading:
    """A BMV's second block: what has passed since its history was cleared."""
    return Reading(
        wh=figure(told, "H17", 10),
        charged_wh=figure(told, "H18", 10),
        quality=Quality.SHUNT,
        source=_source(told),
    )


def figure(told: Mapping[str, str], label: str, unit: float) -> float | None:
    """A whole number in its unit; nothing for ``---``, which is Victron's unknown, and for anything else."""
    text = told.get(label, "")
    return int(text) * unit if WHOLE.fullmatch(text) else None


def _state(text: str | None) -> str | None:
    """The charger's or inverter's state in words; an unknown number is told as it is."""
    if text is None or not text.isdigit():
        return None
    return STATES.get(int(text), f"state {text}")


def _alarms(told: Mapping[str, str]) -> tuple[str, ...]:
    """Alarm and warning bits, and a charger's error number, in words."""
    bits = (int(figure(told, "AR", 1) or 0)) | (int(figure(told, "WARN", 1) or 0))
    error = figure(told, "ERR", 1)
    named = tuple(words for bit, words in ALARMS.items() if bits & bit)
    return (*named, f"error {error:.0f}") if error else named


def _source(told: Mapping[str, str]) -> str:
    """The product by its number."""
    return f"VE.Direct {told['PID']}" if "PID" in told else "VE.Direct"
