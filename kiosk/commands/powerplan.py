"""`kiosk power plan`: which kit lasts from opening to closing with these devices."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.power.plan import Device, Kit, Opening, Verdict

EXAMPLES = """
  kiosk power plan --open 09:00 --close 17:30 --at 52.0,5.0 --date 2026-06-21
  kiosk power plan --device till=5.5:dc --device router=10:dc --device fridge=48:35% --device lights=20
  kiosk power plan --kit 1500,500,200 --close 20:00 --at 6.93,79.85 --json"""
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])|(24):(00)")
YEARS = range(1950, 2051)
"""The sun's place is reckoned for a century around 2000."""
DEVICE = re.compile(r"([^=:]{1,40})=([0-9.]{1,8})(?::([0-9.]{1,5})%)?(:dc)?")
MOST_DEVICES = 100


class BadPlan(ValueError):
    """An argument that no day can be planned with."""


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = _("Say which kit lasts from opening to closing, from a full battery.")
    parser.epilog = _("Examples:") + EXAMPLES
    parser.add_argument("--open", default="09:00", metavar="HH:MM", help=_("opening time (default 09:00)"))
    parser.add_argument("--close", default="17:30", metavar="HH:MM", help=_("closing time (default 17:30)"))
    parser.add_argument(
        "--device",
        action="append",
        default=[],
        metavar="NAME=WATTS[:SHARE%][:dc]",
        help=_(
            "a device, the part of the day it is on, and dc where no inverter feeds it; may be repeated "
            "(default: till, router, lights, card reader, printer, fridge, blender)"
        ),
    )
    parser.add_argument(
        "--kit",
        action="append",
        default=[],
        metavar="WH,WATTS[,SUN]",
        help=_(
            "battery, inverter and panel; may be repeated (default: 600 Wh to 3 kWh, without and with sun)"
        ),
    )
    parser.add_argument("--at", metavar="LAT,LON", help=_("the place; without it no sun is counted on"))
    parser.add_argument("--date", metavar="YYYY-MM-DD", help=_("the day (default: today)"))
    parser.add_argument("--json", action="store_true", help=_("print a JSON object a kit, a line each"))


def run(args: argparse.Namespace) -> int:
    """Print a verdict for each kit. BadPlan ends with exit code 2."""
    from kiosk.power import plan

    opening = _opening(args)
    devices = tuple(map(_device, args.device[: MOST_DEVICES + 1])) or plan.USUAL_STALL
    if len(devices) > MOST_DEVICES:
        raise BadPlan(_("--device: at most {most}").format(most=MOST_DEVICES))
    verdicts = [plan.planned(kit, opening, devices) for kit in map(_kit, args.kit)] or [
        plan.planned(kit, opening, devices) for kit in plan.KITS
    ]
    if args.json:
        for verdict in verdicts:
            print(json.dumps(_as_json(verdict, opening)))
    else:
        _table(verdicts, opening, devices)
    return 0


def _opening(args: argparse.Namespace) -> Opening:
    """Return when and where it is open; closing before opening is the next day."""
    from kiosk.power.place import zone_of
    from kiosk.power.plan import Opening

    latitude, longitude = _place(args.at) if args.at else (None, None)
    day = _day(args.date) if args.date else datetime.now(UTC)
    zone = UTC if latitude is None or longitude is None else zone_of(latitude, longitude)
    day = day.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone)
    opens, closes = _clock("--open", args.open), _clock("--close", args.close)
    if closes <= opens:
        closes += timedelta(days=1)
    return Opening(day + opens, day + closes, latitude, longitude)


def _day(text: str) -> datetime:
    """Return a date."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
        if day.year in YEARS:
            return day
    except ValueError:
        pass
    raise BadPlan(_("--date {text!r}: such as 2026-06-21").format(text=text))


def _place(text: str) -> tuple[float, float]:
    """Return latitude and longitude."""
    found = _numbers(text, 2, 2)
    if found is None or abs(found[0]) > 90 or abs(found[1]) > 180:
        raise BadPlan(
            _("--at {text!r}: latitude and longitude in degrees, such as 52.0,5.0").format(text=text)
        )
    return found[0], found[1]


def _clock(name: str, text: str) -> timedelta:
    """Return a time of day."""
    found = CLOCK.fullmatch(text)
    if found is None:
        raise BadPlan(_("{name} {text!r}: a time such as 17:30 is needed").format(name=name, text=text))
    return timedelta(hours=int(found[1] or found[3]), minutes=int(found[2] or found[4]))


def _device(text: str) -> Device:
    """Return a device."""
    from kiosk.power.plan import Device

    found = DEVICE.fullmatch(text)
    figures = None if found is None else _numbers(f"{found[2]},{found[3] or 100}", 2, 2)
    if found is None or figures is None or figures[0] > 10_000 or figures[1] > 100:
        raise BadPlan(
            _("--device {text!r}: NAME=WATTS[:SHARE%][:dc] is needed, such as fridge=48:35%").format(
                text=text
            )
        )
    return Device(found[1], figures[0], figures[1] / 100, found[4] is not None)


def _kit(text: str) -> Kit:
    """Return a kit."""
    from kiosk.power.plan import Kit

    found = _numbers(text, 2, 3)
    if found is None or not 10 <= found[0] <= 1e6 or not 0 < found[1] <= 1e5 or not 0 <= found[-1] <= 1e5:
        raise BadPlan(
            _("--kit {text!r}: Wh and watts are needed, such as 1000,300 or 1000,300,500").format(text=text)
        )
    return Kit(*found)


def _numbers(text: str, least: int, most: int) -> list[float] | None:
    """Return numbers between commas; None where it is something else."""
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    return found if least <= len(found) <= most and all(abs(x) < 1e9 for x in found) else None


def _as_json(verdict: Verdict, opening: Opening) -> dict[str, object]:
    """Return a verdict as it is printed."""
    return {
        "kit": verdict.kit.name,
        "lasts": verdict.lasts,
        "probability": round(verdict.probability, 3),
        "word": verdict.word,
        "safe_until": _until(opening, verdict.safe_s),
        "even_until": _until(opening, verdict.even_s),
        "missing_wh": round(verdict.missing_wh),
        "load_w": round(verdict.load_w, 1),
        "over_w": round(verdict.over_w),
    }


def _until(opening: Opening, seconds: float) -> str | None:
    """Write when it ends by the stall's clock; None from a day on."""
    return None if seconds >= 86_400 else f"{opening.opens + timedelta(seconds=seconds):%H:%M}"


def _table(verdicts: Sequence[Verdict], opening: Opening, devices: Sequence[Device]) -> None:
    """Print the verdicts for people."""
    hours = opening.seconds / 3600
    load = _("{hours} h from {opens} to {closes}, {watts} W at the battery").format(
        hours=f"{hours:.1f}",
        opens=f"{opening.opens:%H:%M}",
        closes=f"{opening.closes:%H:%M}",
        watts=round(verdicts[0].load_w),
    )
    print(load, ", ".join(device.name for device in devices), "", sep="\n")
    width = max(len(verdict.kit.name) for verdict in verdicts)
    for verdict in verdicts:
        print(f"{verdict.kit.name:<{width}}  {_words(verdict, opening)}")
    if opening.latitude is None and any(verdict.kit.panel_w for verdict in verdicts):
        print("", _("No sun is counted on: tell the place with --at LAT,LON."), sep="\n")


def _words(verdict: Verdict, opening: Opening) -> str:
    """Say whether a kit lasts, until when, and what it lacks."""
    ends = [_until(opening, seconds) or _("> 24 h") for seconds in (verdict.safe_s, verdict.even_s)]
    until = _("until {safe} surely, {even} probably").format(safe=ends[0], even=ends[1])
    if verdict.over_w:
        return _("does not last: {watts} W over the inverter; {until}").format(
            watts=round(verdict.over_w), until=until
        )
    if verdict.lasts:
        return _("lasts: {until}").format(until=until)
    return _("does not last: {until}; {missing} Wh missing").format(
        until=until, missing=round(verdict.missing_wh)
    )
