"""`kiosk power`: how long a stall's power lasts, replayed or planned; and the parts that it comes from."""

from __future__ import annotations

import argparse

from kiosk.commands import powerparts, powerplan, powerreplay
from kiosk.i18n import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `replay`, `plan` and `components`."""
    parser.description = _("How long a stall's power lasts, and the parts it comes from.")
    parser.epilog = _("Examples:") + powerreplay.EXAMPLES + powerplan.EXAMPLES + powerparts.EXAMPLES
    parts = parser.add_subparsers(dest="action", required=True, metavar="replay|plan|components")
    powerreplay.describe(parts.add_parser("replay", help=_("go through a recorded day as it came")))
    powerplan.describe(parts.add_parser("plan", help=_("say which kit lasts from opening to closing")))
    words = _("packs, inverters, panels and outlets: how they are, test and swap")
    powerparts.describe(parts.add_parser("components", help=words))


def run(args: argparse.Namespace) -> int:
    """Do what was asked. Input that cannot be used ends with exit code 2."""
    if args.action == "components":
        return powerparts.run(args)
    return powerreplay.run(args) if args.action == "replay" else powerplan.run(args)
