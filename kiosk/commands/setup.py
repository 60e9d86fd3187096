"""`kiosk setup`: fits a device to the shop, with a person who looks at what it does."""

from __future__ import annotations

import argparse
import json
import sys

from kiosk.commands import setupdevices, setuplockers
from kiosk.i18n import _

EPILOG = """\
examples:
  kiosk setup devices            walks through all that is plugged in; writes shop.toml when you agree
  kiosk setup devices scanner    the same with one device of shop.toml
  kiosk setup devices --yes      asks nothing: writes down what is certain
  kiosk setup lockers            opens lock by lock, asks which door that was, writes the cabinet's map
  kiosk setup printer            prints a strip of numbered lines, asks which one reads right
  kiosk setup printer --line 2   says what line 2 of the strip means, without printing
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be set up."""
    parser.description = _("Fit a device to the shop: you look at what it does, and say what you see.")
    parser.epilog = EPILOG
    devices = parser.add_subparsers(dest="device", required=True, metavar="DEVICE")
    setupdevices.add_arguments(
        devices.add_parser("devices", help=_("walk through every device: find it, try it, write it down"))
    )
    setuplockers.add_arguments(
        devices.add_parser("lockers", help=_("go through a cabinet lock by lock, and write down its map"))
    )
    printer = devices.add_parser("printer", help=_("find the printer's code page by a printed strip"))
    printer.add_argument(
        "--line", type=int, metavar="N", help=_("the line that reads right, from a strip printed before")
    )


def run(args: argparse.Namespace) -> int:
    """Walk through the devices, or find the printer's code page."""
    if args.device == "lockers":
        return setuplockers.run(args)
    return setupdevices.run(args) if args.device == "devices" else find_code_page(args)


def find_code_page(args: argparse.Namespace) -> int:
    """Print, ask, and say what belongs into shop.toml."""
    from kiosk import i18n
    from kiosk.settings import load
    from kiosk.station.reasons import reason
    from kiosk.station.teststrip import meaning, print_strip

    settings = load(args.shop)
    i18n.set_language(settings.language)
    number, answers = args.line, True
    if number is None:
        try:
            answers = print_strip(settings).answers
        except OSError as error:
            words = _("printer: {reason}; `kiosk doctor` tells what to do")
            print(words.format(reason=reason(error)), file=sys.stderr)
            return 1
        print(_("The printer has printed a strip. The last number of its first line is the paper's columns."))
        print(_("Which line reads right, with every letter? Its number, or 0 if none does."))
        number = read_number()
    lines = [f"{key} = {json.dumps(value)}" for key, value in meaning(number, settings).items()]
    print(_("In shop.toml:"), "[receipt]", *lines, sep="\n")
    if not answers:
        print(_("The printer tells nothing of itself. In [devices.printer]:"), "answers = false", sep="\n")
    return 0


def read_number() -> int:
    """What the person types; NoSuchLine when it is no number."""
    from kiosk.station.teststrip import NoSuchLine

    try:
        return int(input("> ").strip())
    except (ValueError, EOFError):
        words = _("the number of a line was wanted; later: `kiosk setup printer --line N`")
        raise NoSuchLine(words) from None
