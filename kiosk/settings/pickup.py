"""Reads `[pickup]`: the hub's number, the points where orders are collected, and the boxes of its cabinet.

[pickup]
hub = 7                                    # this hub in tokens, 0 to 65535
boxes = { S = "1-8", M = "9-14", L = "15,16" }
low_boxes = "9-12"                         # 40 to 120 cm above the ground
locker_mode = true                         # the screen is the locker's, not a till
reserve_wh = 5                             # below so many Wh in the battery boxes are only emptied
voice = "espeak-ng"                        # where a headset or speaker is: reads the screen after `*`
voice_device = "plughw:CARD=Headphones"    # its sound card by ALSA's name, if not the default one
voice_speed = 150                          # words a minute, 80 to 300; 0 as the program likes
help = "Call 0151 234 567."                # whom to ask; the locker's screen says it where somebody is stuck
layout = "1-4 / 5-8 / 9-12 / 13-16"        # the doors as they stand there, from the top row down

[pickup.points.stall]
title = "Stall 3, Market Square"
kind = "counter"                           # or "locker"
hours = "09:00-12:00, 13:00-17:00"         # of every day; a weekday's own: sat = "09:00-12:00", sun = ""
exceptions = { "2026-12-24" = "09:00-12:00" }
preparation_min = 60
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from kiosk.i18n import _
from kiosk.pickup.points import ALL_DAY, Hours, PickupPoint
from kiosk.pickup.reserve import RESERVE_WH
from kiosk.settings.section import Section

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
POINT_NAME = re.compile("[a-z][a-z0-9_-]{0,23}")
SIZE_NAME = re.compile("[A-Z0-9]{1,4}")
KEY = re.compile("[0-9a-fA-F]{64}")
MOST_BOXES = 480
COLUMNS = 4
"""Doors beside one another, where the settings do not say how they stand."""
CHECK_FROM = 150
VOICE = "([a-z][a-z0-9-]{0,23})?"
VOICE_DEVICE = "([A-Za-z][A-Za-z0-9:,=_.-]{0,63})?"
SPEEDS = (80, 300)
"""Words a minute: espeak-ng's least (`speak_lib.h`), and twice what most people follow."""
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class PickupSettings:
    """Click-to-collect in one shop."""

    hub: int
    """This hub's number in tokens."""
    points: tuple[PickupPoint, ...]
    boxes: tuple[tuple[int, str, bool], ...] = ()
    """Number, size and whether it is low, of every box of the cabinet."""
    shop_keys: Mapping[int, bytes] = field(default_factory=dict)
    """The shop's public keys by number: what bags' labels are checked with."""
    locker_mode: bool = False
    """The screen is a locker's; the till opens with a supervisor's PIN."""
    reserve_wh: int = RESERVE_WH
    """Wh of the battery that are kept for collecting."""
    check_from: int = CHECK_FROM
    """Whole units of the currency from which an order is given out only after a look at the name; 0: none."""
    voice: str = ""
    """The program that reads the locker's screen aloud, such as espeak-ng; empty: none."""
    voice_device: str = ""
    """The sound card of headset or speaker, by ALSA's name; empty: the default one."""
    voice_speed: int = 0
    """Words a minute; 0: as the program likes, which is 175."""
    help: str = ""
    """Whom to ask, in the shop's words; empty: nobody."""
    layout: tuple[tuple[int, ...], ...] = ()
    """The doors as they stand there, row by row from the top; empty: four beside one another."""

    def point(self, name: str) -> PickupPoint | None:
        """Return a point by its name."""
        return next((point for point in self.points if point.name == name), None)

    @property
    def sizes(self) -> tuple[str, ...]:
        """Every size there is, in the order of the file."""
        return tuple(dict.fromkeys(size for _number, size, _low in self.boxes))

    @property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The doors as they are drawn."""
        numbers = tuple(number for number, _size, _low in self.boxes)
        return self.layout or tuple(numbers[at : at + COLUMNS] for at in range(0, len(numbers), COLUMNS))


def pickup(section: Section) -> PickupSettings:
    """Read the whole table."""
    hub = section.whole("hub", 1, 0, 65535)
    low = _numbers(section, "low_boxes", section.text("low_boxes", "", most=200))
    boxes = _boxes(section, low)
    listed = section.section("points")
    points = tuple(_point(name, listed.section(name)) for name in listed.names())
    for name in listed.names():
        if POINT_NAME.fullmatch(name) is None:
            listed.findings.add(
                f"pickup.points.{name}", None, _("a point's name is small letters and digits")
            )
    keys = _keys(section.section("shop_keys"))
    mode = section.truth("locker_mode", False)
    reserve = section.whole("reserve_wh", RESERVE_WH, 0, 1000)
    check = section.whole("check_from", CHECK_FROM, 0, 10**6)
    voice = section.text("voice", "", _("a program such as espeak-ng"), form=VOICE)
    card = _("a sound card such as plughw:CARD=Headphones")
    device = section.text("voice_device", "", card, form=VOICE_DEVICE)
    speed = section.whole("voice_speed", 0, *SPEEDS) if section.raw("voice_speed", 0) != 0 else 0
    whom = section.text("help", "", most=60)
    layout = _layout(section, boxes)
    section.finish()
    return PickupSettings(hub, points, boxes, keys, mode, reserve, check, voice, device, speed, whom, layout)


def _keys(section: Section) -> dict[int, bytes]:
    """Read the shop's public keys."""
    found = {}
    for number in section.names():
        text = section.text(number, "", most=64)
        if not number.isdecimal() or int(number) > 255 or KEY.fullmatch(text) is None:
            section.wrong(number, _("a number from 0 to 255, and a public key of 64 hex digits"))
            continue
        found[int(number)] = bytes.fromhex(text)
    return found


def _boxes(section: Section, low: frozenset[int]) -> tuple[tuple[int, str, bool], ...]:
    """Read which boxes have which size; none twice."""
    table = section.section("boxes")
    found: dict[int, str] = {}
    for size in table.names():
        numbers = _numbers(table, size, table.text(size, "", most=200))
        if SIZE_NAME.fullmatch(size) is None or not numbers or numbers & found.keys():
            table.wrong(size, _('box numbers such as "1-8" or "9,10", each in one size only'))
            continue
        found |= dict.fromkeys(numbers, size)
    if low - found.keys():
        section.wrong("low_boxes", _("numbers of boxes that there are"))
    return tuple((number, size, number in low) for number, size in sorted(found.items()))


def _layout(section: Section, boxes: tuple[tuple[int, str, bool], ...]) -> tuple[tuple[int, ...], ...]:
    """Read how the doors stand: every one of them once, or none."""
    rows = [
        tuple(sorted(_numbers(section, "layout", row)))
        for row in filter(None, (part.strip() for part in section.text("layout", "", most=400).split("/")))
    ]
    there = sorted(number for number, _size, _low in boxes)
    if rows and sorted(number for row in rows for number in row) != there:
        section.wrong("layout", _('every door once, row by row from the top, such as "1-4 / 5-8"'))
        return ()
    return tuple(rows)


def _numbers(section: Section, key: str, text: str) -> frozenset[int]:
    """Read a list of numbers and ranges; empty when it is none."""
    numbers: set[int] = set()
    for part in filter(None, (word.strip() for word in text.split(","))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= MOST_BOXES:
            section.wrong(key, _('box numbers such as "1-8" or "9,10"'))
            return frozenset()
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def _point(name: str, section: Section) -> PickupPoint:
    """Read one point."""
    kind = cast("Literal['counter', 'locker']", section.choice("kind", "counter", ("counter", "locker")))
    usual = _hours(section, "hours", section.text("hours", "", most=80)) if "hours" in section else ALL_DAY
    week = tuple(
        _hours(section, day, section.text(day, "", most=80)) if day in section else usual for day in WEEKDAYS
    )
    days = section.section("exceptions")
    exceptions = {day: _hours(days, day, days.text(day, "", most=80)) for day in days.names()}
    for day in exceptions:
        if not _is_date(day):
            days.findings.add(f"{days.path}.{day}", None, _("a day such as 2026-12-24"))
    point = PickupPoint(
        name,
        section.text("title", name, most=40),
        kind,
        week,
        exceptions,
        section.whole("preparation_min", 60, 0, 10_080),
        section.whole("cut_off_min", 1440, 0, 1440),
        section.number_of("slot_min", 30, (10, 15, 20, 30, 60, 120)),
        section.whole("handovers", 4, 1, 200),
    )
    section.finish()
    return point


def _hours(section: Section, key: str, text: str) -> Hours:
    """Read one day's opening hours; an empty text is a closed day."""
    spans: list[tuple[int, int]] = []
    for part in filter(None, (word.strip() for word in text.split(","))):
        match = _SPAN.fullmatch(part)
        opens, closes = (
            (int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])) if match else (0, 0)
        )
        if not 0 <= opens < closes <= 1440 or (spans and opens < spans[-1][1]):
            section.wrong(key, _('hours such as "09:00-12:00, 13:00-17:00", or "" for a closed day'))
            return ()
        spans.append((opens, closes))
    return tuple(spans)


def _is_date(text: str) -> bool:
    """Tell whether a text is a day."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
