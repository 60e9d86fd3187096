"""From what each meter said last to one sample: which source is believed, and which contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.power.sample import Outlet, Sample
from kiosk.power.view import SourceSeen
from kiosk.station.together import Heard, as_of

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead

RANKS = ("shunt", "bms", "charger", "gauge")
"""Whom to believe, best first; a source that does not say how it knows comes after the shunt and the BMS."""
GAUGE = "gauge"
APART_A, APART = 1.0, 0.15
"""Two counts of the same current lie closer than an ampere, or 15 % of it, or one of them is wrong."""
APART_V = 0.03
"""The same for volts."""
NOT_THE_PACK = 0.6
"""A source with less than this part of the cut-off volts sees another battery: the computer's own cell."""


def sampled(
    now_s: float,
    reads: Mapping[str, PowerRead],
    heard: Heard,
    cutoff_v: float,
    gap_s: float,
    wall_s: float | None = None,
) -> tuple[Sample, tuple[SourceSeen, ...]]:
    """Return the sample of this moment and what each source says. What is older than a gap is not said."""
    fresh = [read for read in reads.values() if now_s - read.at_ms / 1000 <= gap_s]
    packs = sorted((read for read in fresh if sees(read, cutoff_v)), key=_rank)
    best = packs[0] if packs else None
    solar = [read.reading.solar_w for read in fresh if read.reading.solar_w is not None]
    outlets = tuple(
        Outlet(name, read.reading.on, read.reading.watts)
        for name, read in sorted(as_of(heard, int(now_s * 1000) if best is None else best.at_ms).items())
        if now_s - read.at_ms / 1000 <= gap_s
    )
    watts = [outlet.watts for outlet in outlets]
    known = [one for one in watts if one is not None]
    said = best.reading if best is not None else None
    sample = Sample(
        now_s if best is None else best.at_ms / 1000,
        None if said is None else said.volts,
        None if said is None else said.amps,
        sum(solar) if solar else None,
        sum(known) if outlets and len(known) == len(watts) == len(heard) else None,
        outlets,
        wall_s,
        "" if best is None else best.device,
        said is not None and str(said.quality or "") != GAUGE,
    )
    return sample, tuple(_sources(now_s, reads.values(), best, packs))


def sees(read: PowerRead, cutoff_v: float) -> bool:
    """Tell whether a source measures the stall's battery: its volts and its amps."""
    reading = read.reading
    if reading.volts is None or reading.amps is None or str(reading.quality or "") == "charger":
        return False
    return reading.volts >= NOT_THE_PACK * cutoff_v


def _rank(read: PowerRead) -> tuple[int, str]:
    """Return where a source stands, best first."""
    quality = str(read.reading.quality or "")
    return RANKS.index(quality) if quality in RANKS else RANKS.index("charger"), read.device


def _sources(
    now_s: float, reads: Iterable[PowerRead], best: PowerRead | None, packs: list[PowerRead]
) -> Iterable[SourceSeen]:
    """Return what each source says, the believed one first."""
    for read in sorted(reads, key=lambda read: (read is not best, _rank(read))):
        reading = read.reading
        problem = ""
        if best is not None and read is not best and read in packs and _apart(read, best):
            text = _("says {amps} A: {name} is believed")
            problem = text.format(amps=f"{reading.amps:.1f}", name=best.device)
        age = max(0.0, now_s - read.at_ms / 1000)
        yield SourceSeen(
            read.device, age, reading.volts, reading.amps, reading.solar_w, read is best, problem
        )


def _apart(one: PowerRead, other: PowerRead) -> bool:
    """Tell whether two sources contradict each other."""
    a, b = one.reading, other.reading
    if a.amps is None or b.amps is None or a.volts is None or b.volts is None:
        return False
    amps = abs(a.amps - b.amps) > max(APART_A, APART * max(abs(a.amps), abs(b.amps)))
    return amps or abs(a.volts - b.volts) > APART_V * max(a.volts, b.volts)
