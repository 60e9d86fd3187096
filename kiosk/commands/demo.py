"""`kiosk demo`: a demo shop with a simulated stall, in a throw-away folder."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from kiosk.i18n import _
from kiosk.where import DEMO_FOLDER

EPILOG = """\
examples:
  kiosk demo                     Mia sells (PIN 1111), Sam supervises (PIN 2580); nothing is kept
  kiosk demo locker              the same with sixteen boxes: sell "collect later", put it in, collect it
  kiosk sim door 7 close         push a door shut; `left` leaves it open, `kiosk sim board silent` breaks it
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
        return _open(args.keep.expanduser(), args.part, build_only=args.build_only)
    with tempfile.TemporaryDirectory(prefix=DEMO_FOLDER, ignore_cleanup_errors=True) as folder:
        return _open(Path(folder) / "shop", args.part, build_only=False)


class NothingToKeep(ValueError):
    """The flags contradict each other; nothing was made."""


def _open(folder: Path, part: str, *, build_only: bool) -> int:
    """Make or load the shop, and open it between simulated devices."""
    from kiosk import demo
    from kiosk.settings import FILE, load

    settings = load(folder) if (folder / FILE).exists() else demo.build(folder)
    if part == "locker" and settings.pickup is None:
        from kiosk.demo.locker import add_locker

        settings = add_locker(settings)
    if build_only:
        print(_("The demo shop is in {folder}.").format(folder=folder))
        return 0
    from kiosk.demo.stall import running_stall
    from kiosk.launch import open_till

    with running_stall(settings) as connected:
        return open_till(folder, connected)
