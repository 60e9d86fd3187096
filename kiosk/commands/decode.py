"""`kiosk decode`: says what something means that a device sent, without the device."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kiosk.i18n import _

EXAMPLES = r"""
  kiosk decode scan 4006381333931
  kiosk decode scan ']C1010400638133393110LOT7<GS>17261231'
  kiosk decode scan 'https://example.com/01/04006381333931/21/7'
  kiosk decode scan 2112345012506 --pattern 21IIIIIWWWWWC"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be decoded."""
    parser.description = _("Say what a scanned code means, as JSON. Nothing is looked up, opened or changed.")
    parser.epilog = _("Examples:") + EXAMPLES
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    scan = kinds.add_parser("scan", help=_("a code from a scanner"), description=parser.description)
    scan.add_argument(
        "raw", metavar="RAW", help=_("the text as the scanner sends it; <GS> stands for the separator of GS1")
    )
    scan.add_argument(
        "--pattern",
        action="append",
        metavar="PATTERN",
        help=_(
            "how a scale prints numbers, such as 21IIIIIWWWWWC; instead of the shop's own; may be repeated"
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Print what the code means. BadCode, which ends with exit code 2, when it means nothing."""
    from kiosk.catalogue.describe import describe
    from kiosk.catalogue.gs1 import GS
    from kiosk.catalogue.symbology import interpret

    patterns, exponent = _shop(args.shop)
    if args.pattern is not None:
        patterns = tuple(args.pattern)
    symbol = interpret(args.raw.replace("<GS>", GS), patterns, exponent)
    print(json.dumps(describe(symbol, exponent), ensure_ascii=False))
    return 0


def _shop(folder: Path) -> tuple[tuple[str, ...], int]:
    """Return the shop's patterns and its currency's decimals; without a shop, none and two."""
    from kiosk.settings import NoSettings, load

    try:
        settings = load(folder)
    except NoSettings:
        return (), 2
    return settings.scan.patterns, settings.currency.exponent
