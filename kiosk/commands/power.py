"""`kiosk power`: how long a stall's power lasts, replayed from a recorded day or planned for one to come."""

from __future__ import annotations

import argparse

from kiosk.commands import powerplan, powerreplay
from kiosk.i18n import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `replay` and `plan`."""
    parser.description = _("How long a stall's power lasts.")
    parser.epilog = _("Examples:") + powerreplay.EXAMPLES + powerplan.EXAMPLES
    parts = parser.add_subparsers(dest="action", required=True, metavar="replay|plan")
    powerreplay.describe(parts.add_parser("replay", help=_("go through a recorded day as it came")))
    powerplan.describe(parts.add_parser("plan", help=_("say which kit lasts from opening to closing")))


def run(args: argparse.Namespace) -> int:
    """Do what was asked. Input that cannot be used ends with exit code 2."""
    return powerreplay.run(args) if args.action == "replay" else powerplan.run(args)
