"""Power in words: on the strip below the till, and on the screen of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.tui.widgets.powerstrip import Power

if TYPE_CHECKING:
    from hardware.power.reading import PowerRead, Reading
    from kiosk.power.view import PowerView, SourceSeen
    from kiosk.station.events import PowerEnding
    from kiosk.tui.widgets.flash import Tone

STALE_MS = 30_000
"""Older than this is silence, and what was said then is unknown now."""
DAY_S = 86_400


def power_of(view: PowerView | None, read: PowerRead | None, now_ms: int) -> Power:
    """What is foreseen, or else what a meter says, as the strip shows it.

    Neither shows no strip: the status line says why.
    """
    if view is not None:
        return _foreseen(view, now_ms)
    if read is None:
        return Power(configured=False)
    reading = read.reading
    taken = reading.load_w if reading.load_w is not None else reading.watts
    return Power(
        charge=None if reading.soc is None else int(reading.soc * 100),
        milliwatts=None if taken is None else int(taken * 1000),
        left_minutes=_minutes(reading),
        age_ms=now_ms - read.at_ms,
    )


def _foreseen(view: PowerView, now_ms: int) -> Power:
    """The strip of what is foreseen: the safe end, not the even one."""
    found = view.headroom
    charge, load, safe_s = found.charge.value, found.load_w, found.until.safe_s
    return Power(
        charge=None if charge is None else int(charge * 100),
        milliwatts=None if load is None else int(load * 1000),
        left_minutes=None if safe_s is None else int(safe_s / 60),
        age_ms=now_ms - view.at_ms,
    )


def _minutes(reading: Reading) -> int | None:
    """Minutes until empty at the present load, or by the meter's own word."""
    if reading.left_wh is not None and reading.load_w and reading.load_w - (reading.solar_w or 0) > 0:
        return int(reading.left_wh * 60 / (reading.load_w - (reading.solar_w or 0)))
    return None if reading.seconds_left is None else int(reading.seconds_left / 60)


def _is_flat(view: PowerView) -> bool:
    from kiosk.station.lamps import is_flat

    return is_flat(view)


def ends_line(view: PowerView, clock: Callable[[float], str]) -> str:
    """Until when it lasts: the safe end, then the even one."""
    if _is_flat(view):
        return _("the battery is empty: charge it, or swap it")
    until = view.headroom.until
    if until.safe_s is None or until.even_s is None:
        if view.headroom.full_s is not None:
            return _("charging, full at {time}").format(time=clock(view.headroom.full_s))
        return until.why or view.headroom.grade_why
    if until.safe_s >= DAY_S:
        return _("lasts more than a day")
    words = _("until {safe}, even odds {even}")
    return words.format(safe=clock(until.safe_s), even=clock(until.even_s))


def left_line(view: PowerView) -> str:
    """What is left above the reserve, and what may still be switched on."""
    if _is_flat(view):
        return ""
    found, parts = view.headroom, []
    if found.wh_left.value is not None and found.wh_safe.value is not None:
        words = _("{wh} Wh ({safe} sure)")
        parts.append(words.format(wh=round(found.wh_left.value), safe=round(found.wh_safe.value)))
    if found.free_w.value is not None:
        parts.append(_("{watts} W free").format(watts=round(found.free_w.value)))
    if found.surge_w.value is not None:
        parts.append(_("start {watts} W").format(watts=round(found.surge_w.value)))
    return " · ".join(parts) or found.wh_left.why


def closing_line(view: PowerView, clock: Callable[[float], str]) -> str:
    """Whether closing time is reached."""
    closing = view.headroom.closing
    if _is_flat(view):
        return ""
    if view.closing_s is None:
        return _("no closing time ahead")
    at = clock(view.closing_s)
    if closing.probability is None:
        return _("closing {time}: not known").format(time=at)
    words = {
        "yes": _("closing {time}: yes ({percent} %)"),
        "likely": _("closing {time}: likely ({percent} %)"),
        "unlikely": _("closing {time}: unlikely ({percent} %)"),
        "no": _("closing {time}: no ({percent} %)"),
        "unknown": _("closing {time}: not known"),
    }[closing.word]
    return words.format(time=at, percent=round(closing.probability * 100))


def rescue_line(view: PowerView) -> str:
    """What closes the gap to closing time; nothing where there is none."""
    if _is_flat(view):
        return ""
    rescue, names = view.rescue, to_switch_off(view)
    missing = "" if rescue is None else _("{wh} Wh missing").format(wh=max(1, round(rescue.missing_wh)))
    if rescue is not None and rescue.off:
        return _("{missing}: {names} off closes it").format(missing=missing, names=" + ".join(names))
    if names:
        return _("the end is near: {name} should go off").format(name=names[0])
    if rescue is not None:
        return _("{missing}: nothing that may go off closes it").format(missing=missing)
    if view.proposal is not None and view.proposal.act == "restore":
        return _("enough again: {name} may come back on").format(name=view.proposal.outlet)
    return ""


def outage_line(view: PowerView) -> tuple[str, bool]:
    """That the inverter seems to be off, and what to do; nothing while it gives."""
    words = {
        "silent": _("no outlet answers: is the inverter off?"),
        "dead": _("the inverter gives nothing: switch it on"),
    }.get(view.outage, "")
    return words, bool(words)


def class_word(load_class: int) -> str:
    """How needed an outlet is: from what never goes off to what goes first."""
    return (_("always on"), _("needed"), _("cooling"), _("optional"))[load_class]


def to_switch_off(view: PowerView) -> tuple[str, ...]:
    """What should go off: what reaches closing time, or else what is proposed because the end is near."""
    if view.rescue is not None and view.rescue.off:
        return view.rescue.off
    if view.proposal is not None and view.proposal.act == "shed":
        return (view.proposal.outlet,)
    return ()


def health_line(view: PowerView) -> tuple[str, bool]:
    """How the battery is: what it gives of what its label says, its resistance; whether it is worn."""
    figures, worn = [], bool(view.worn)
    if view.learned_ah is not None:
        gives, label = view.learned_ah
        figures.append(_("gives {gives} of {label} Ah").format(gives=round(gives), label=round(label)))
    if view.ohm is not None:
        figures.append(_("{milliohm} mΩ").format(milliohm=round(view.ohm * 1000)))
    if worn:
        figures.append(_("swap it"))
    return " · ".join(figures), worn


def ending_words(ending: PowerEnding) -> tuple[str, Tone]:
    """What becomes of a battery at its end, and how loud that is said."""
    seconds = round(ending.seconds)
    if ending.what == "notice":
        words = _("Power is at its end: finish this sale. In {n} s the till switches off; nothing is lost.")
        if not seconds:
            words = _("Power is at its end: finish this sale. Nothing is lost when it goes.")
        return words.format(n=seconds), "bad"
    if ending.what == "ordered":
        return _("Everything is written. The box switches off within {n} s.").format(n=seconds), "bad"
    if ending.what == "written":
        return _("Everything is written: the box may be switched off now."), "bad"
    if ending.what == "refused":
        words = _("Everything is written, but the box does not switch off ({reason}): switch it off.")
        return words.format(reason=ending.reason), "bad"
    if ending.what == "unheard":
        words = _("{name} was told to switch the box off and did not; it is told again.")
        return words.format(name=ending.reason), "bad"
    if ending.what == "stubborn":
        words = _("Power is back, but {name} does not take its order back: the box may still go off.")
        return words.format(name=ending.reason), "warn"
    return _("Called off: the till stays on."), "good"


def source_line(source: SourceSeen) -> tuple[str, bool]:
    """What a source says and how old that is, and whether something is wrong with it."""
    if source.age_s * 1000 > STALE_MS:
        return _("{name}: silent for {seconds} s").format(name=source.name, seconds=int(source.age_s)), True
    if source.problem:
        return f"{source.name}: {source.problem}", True
    figures = []
    if source.volts is not None and source.amps is not None:
        figures += [f"{source.volts:.1f} V", f"{source.amps:.1f} A"]
    if source.solar_w is not None:
        figures.append(_("sun {watts} W").format(watts=round(source.solar_w)))
    figures.append(_("{seconds} s").format(seconds=int(source.age_s)))
    return f"{source.name}: {' · '.join(figures)}", False
