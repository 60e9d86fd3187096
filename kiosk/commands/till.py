"""`kiosk till`, or `kiosk` alone: opens the till on the shop."""

from __future__ import annotations

import argparse

from kiosk.i18n import _

EPILOG = """\
examples:
  kiosk                        open the till
  kiosk --shop ~/market till   open another shop's till

No shop yet? `kiosk init` makes one, `kiosk demo` is there to look around. One till at a time runs on a shop.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command; it has no flags of its own."""
    parser.description = _("Open the till on your shop, full-screen in this terminal.")
    parser.epilog = EPILOG


def run(args: argparse.Namespace) -> int:
    """Hand the terminal to the till."""
    from kiosk.launch import open_till

    return open_till(args.shop)
