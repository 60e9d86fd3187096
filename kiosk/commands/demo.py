"""`kiosk demo`: a demo shop with a simulated stall, in a throw-away folder."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from kiosk.front import TIME_OF_DAY
from kiosk.i18n import _
from kiosk.where import DEMO_FOLDER

EPILOG = """\
examples:
  kiosk demo                     Mia sells (PIN 1111), Sam supervises (PIN 2580); nothing is kept
  kiosk demo locker              the same with sixteen boxes: sell "collect later", put it in, collect it
  kiosk sim cabinet --watch      in a second terminal: the cabinet as a picture, doors, parcels, pulses
  kiosk sim door 7 close         push a door shut; `left` leaves it open, `kiosk sim board silent` breaks it
  kiosk demo --at 9:00 --speed 60
                                 a market day from nine in eight minutes: watch what the power screen
                                 (Ctrl-V) promises; `kiosk sim clock --speed 1` slows it down again
  kiosk sim sun cloud --minutes 40, kiosk sim outlet blender on, kiosk sim battery --charge 100
                                 a cloud passes, the blender is switched on, the battery comes back full
  kiosk demo --keep ~/demo       keep the shop; the same again goes on with it
  kiosk sim scan 9520000000011   in a second terminal: the scanner scans a blue mug
  kiosk sim tap 20 60            a finger on the panel, 20 % from the left, 60 % from the top
  kiosk sim paper                what the receipt printer has printed
  kiosk sim scale 1.250          1.250 kg on the scale
  kiosk sim button pay           the PAY button on the counter
  kiosk sim --help               tear the paper, pull a plug, break a lock, drain the battery
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the demo shop lives."""
    parser.description = _(
        "Open a demo shop: goods, touch keys, two people, and every device simulated, down to the battery."
    )
    parser.epilog = EPILOG
    parser.add_argument(
        "part", nargs="?", choices=("till", "locker"), default="till", help=_("what the screen shows first")
    )
    parser.add_argument(
        "--at", type=_time_of_day, default=None, metavar="HH:MM", help=_("what time it is there; else now")
    )
    parser.add_argument(
        "--speed", type=_speed, default=1.0, metavar="TIMES", help=_("how many times as fast its time passes")
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help=_("keep the shop in this folder"))
    parser.add_argument(
        "--build-only", action="store_true", help=_("with --keep: make the shop, do not open it")
    )


def run(args: argparse.Namespace) -> int:
    """Build the shop unless it is there, start the stall, and hand the terminal to the till."""
    from kiosk.launch import require_terminal

    if not args.build_only:
        require_terminal()
    elif args.keep is None:
        raise NothingToKeep(_("--build-only needs --keep DIR: otherwise nothing would be left."))
    if args.keep is not None:
        return _open(args.keep.expanduser(), args)
    with tempfile.TemporaryDirectory(prefix=DEMO_FOLDER, ignore_cleanup_errors=True) as folder:
        return _open(Path(folder) / "shop", args)


class NothingToKeep(ValueError):
    """The flags contradict each other; nothing was made."""


def _open(folder: Path, args: argparse.Namespace) -> int:
    """Make or load the shop, and open it between simulated devices."""
    from kiosk import demo
    from kiosk.demo.stall import clock_of, running_stall, stall_time
    from kiosk.settings import FILE, load

    time = stall_time(args.at or "", args.speed)
    clock = clock_of(time)
    settings = load(folder) if (folder / FILE).exists() else demo.build(folder, clock=clock)
    if args.part == "locker" and settings.pickup is None:
        from kiosk.demo.locker import add_locker

        settings = add_locker(settings, clock=clock)
    if args.build_only:
        print(_("The demo shop is in {folder}.").format(folder=folder))
        return 0
    from kiosk.demo.parts import register_parts
    from kiosk.launch import open_till

    register_parts(settings, clock)
    with running_stall(settings, time, clock) as connected:
        return open_till(folder, connected, clock, time)


def _time_of_day(text: str) -> str:
    """Read a time of day; the parser tells the person when it is none."""
    if re.fullmatch(TIME_OF_DAY, text) is None:
        raise argparse.ArgumentTypeError(_("{text} is no time of day such as 9:00").format(text=text))
    return text


def _speed(text: str) -> float:
    """Read how fast time passes."""
    from hardware.simulated.stalltime import FASTEST

    try:
        times = float(text)
    except ValueError:
        times = 0.0
    if not 1 <= times <= FASTEST:
        words = _("{text} is no number from 1 to {most}")
        raise argparse.ArgumentTypeError(words.format(text=text, most=f"{FASTEST:g}"))
    return times
