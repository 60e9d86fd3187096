"""`kiosk locker open` and `status`: the cabinet without a screen, through the station's own code."""

from __future__ import annotations

import argparse
import json
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.i18n import N_, _

if TYPE_CHECKING:
    from kiosk.station.events import BoxNews
    from kiosk.station.lockers import Lockers
    from kiosk.station.station import Station

FIND_S = 10.0
"""Until a cabinet that answers has been polled twice and every box is known."""
OPEN_S = 240.0
"""A coil that cools, a second pulse, and somebody who stands at the open door for three minutes."""
LONGEST_REASON = 80
SAID = {
    "opening": N_("opening"), "cooling": N_("its coil cools"), "press": N_("lean on the door"),
    "stuck": N_("stuck"), "refused": N_("not opened"), "lost": N_("not seen any more"),
    "open": N_("stands open"), "remind": N_("still open"), "alarm": N_("open for too long"),
    "left": N_("left open"), "shut": N_("shut"), "seen": N_("its contacts moved"),
}  # fmt: skip
"""What happens to a box (`kiosk.station.events.BoxWord`), for the person who opens it."""


class NoCabinet(LookupError):
    """The shop has no cabinet, or its settings cannot be used."""


class BadReason(ValueError):
    """The reason cannot be kept."""


@contextmanager
def _cabinet(args: argparse.Namespace) -> Iterator[tuple[Station, Lockers, queue.SimpleQueue[BoxNews]]]:
    """The cabinet at work, and its news."""
    from kiosk.ledger.connection import Ledger
    from kiosk.ledger.instance import TillLock
    from kiosk.settings import load
    from kiosk.station.events import BoxNews
    from kiosk.station.station import Station

    settings = load(args.shop)
    locks = tuple(device for device in settings.devices if device.role == "locks")
    if not locks or settings.pickup is None:
        raise NoCabinet(_("shop.toml names no cabinet: [devices.locks] and [pickup] are wanted"))
    news: queue.SimpleQueue[BoxNews] = queue.SimpleQueue()
    with TillLock(settings.ledger):
        station = Station.on(replace(settings, devices=locks), Ledger.open(settings.ledger))
        station.subscribe(lambda event: news.put(event) if isinstance(event, BoxNews) else None)
        with station:
            station.submit(lambda _ledger: None).result()  # the devices are made before it
            if station.lockers is None:
                raise NoCabinet(_("[devices.locks] cannot be used; `kiosk doctor` says why"))
            _wait_for_doors(station, station.lockers, news)
            yield station, station.lockers, news


def _wait_for_doors(station: Station, lockers: Lockers, news: queue.SimpleQueue[BoxNews]) -> None:
    """Until the contacts have spoken and every box is known by them, or they are given up."""
    from kiosk.pickup.boxes import boxes
    from kiosk.pickup.compartment import State

    def all_known() -> bool:
        known = {number for number, one in lockers.doors.items() if one.door != "unknown"}
        told = [box for box in station.submit(boxes).result() if box.number in known]
        return bool(known) and not any(box.state is State.UNKNOWN for box in told)

    end = time.monotonic() + FIND_S
    while time.monotonic() < end and not all_known():
        try:
            news.get(timeout=0.2)
        except queue.Empty:
            continue


def run_status(args: argparse.Namespace) -> int:
    """Print every box, or the one that is asked for; NoSuchBox, and nothing is talked to, for another."""
    from kiosk.pickup.boxes import boxes

    _require_box(args)
    with _cabinet(args) as (station, lockers, _news):
        station.submit(lambda _ledger: None).result()
        rows = [
            {"box": box.number, "size": box.size, "low": box.low, "state": str(box.state),
             "door": str(seen.door) if (seen := lockers.doors.get(box.number)) else "unknown",
             "item": str(seen.item) if seen else "unknown", "order": box.order}
            for box in station.submit(boxes).result()
            if args.box in {None, box.number}
        ]  # fmt: skip
    if args.json:
        print(json.dumps(rows if args.box is None else next(iter(rows), None)))
    for row in () if args.json else rows:
        print("{box:>4}  {size:<3} {state:<10} {door:<8} {item:<8} {order}".format(**row))
    return 0


def _require_box(args: argparse.Namespace) -> None:
    """NoSuchBox for a number that the settings have no box of."""
    from kiosk.pickup.boxes import NoSuchBox
    from kiosk.settings import load

    pickup = load(args.shop).pickup
    numbers = {number for number, _size, _low in pickup.boxes} if pickup is not None else set()
    if args.box is not None and args.box not in numbers:
        raise NoSuchBox(args.box)


def run_open(args: argparse.Namespace) -> int:
    """Open a box and follow it until it is shut."""
    from kiosk.pickup import deposit
    from kiosk.pickup.compartment import Event, Purpose, State

    for text in (args.reason, args.by):
        if not text.isprintable() or not 0 < len(text.strip()) <= LONGEST_REASON:
            words = _("the reason is one line of at most {n} characters")
            raise BadReason(words.format(n=LONGEST_REASON))
    with _cabinet(args) as (station, lockers, news):
        lockers.open(args.box, Purpose.STAFF, actor=f"{args.by}: {args.reason}").result()
        last = _follow(args.box, news, quiet=args.json)
        box = last.box if last else None
        if box is not None and box.state is State.CLOSING:
            said = {"empty": Event.STAFF_EMPTY, "parcel": Event.STAFF_FULL}.get(args.holds, Event.UNSURE)
            box = lockers.say(args.box, said, args.by).result()
            station.submit(deposit.announce_inside).result()
    if args.json:
        print(json.dumps({"box": args.box, "seen": last.what if last else "nothing",
                          "state": str(box.state) if box else "unknown",
                          "reason": last.reason if last else ""}))  # fmt: skip
    return 0 if last is not None and last.what == "shut" else 1


def _told(event: BoxNews) -> str:
    """What happens to a box, for how long, and why."""
    from kiosk.station.reasons import words

    parts = [_(SAID[event.what])]
    if event.seconds:
        parts.append(f"{event.seconds:.0f} s")
    return " ".join([*parts, words(event.reason)]).strip()


def _follow(number: int, news: queue.SimpleQueue[BoxNews], *, quiet: bool) -> BoxNews | None:
    """Say what happens to a box until that ends; the last news of it."""
    end, last = time.monotonic() + OPEN_S, None
    while (left := end - time.monotonic()) > 0:
        try:
            event = news.get(timeout=left)
        except queue.Empty:
            break
        if event.box.number != number:
            continue
        last = event
        if not quiet:
            print(_("box {box}: {what}").format(box=number, what=_told(event)))
        if event.what in {"shut", "stuck", "refused", "lost", "left"}:
            break
    return last
