"""`kiosk decode`: says what something means that a device sent, without the device."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from hardware.power.kinds import Kind

EXAMPLES = r"""
  kiosk decode scan 4006381333931
  kiosk decode scan ']C1010400638133393110LOT7<GS>17261231'
  kiosk decode scan 'https://example.com/01/04006381333931/21/7'
  kiosk decode scan 2112345012506 --pattern 21IIIIIWWWWWC
  kiosk decode lock-cu16 '02 00 35 FE FF 21 00 03 58'
  kiosk decode lock-8a 8A0101119B"""

LOCK_FRAMES = {
    "cu16": "02 00 35 FE FF 21 00 03 58",
    "cu48b": "02 00 00 75 FE FF FF FF FF FF 01 00 00 00 00 00 03 74",
    "8a": "80 01 01 01 01 33 B3",
    "wkly": "57 4B 4C 59 0E 00 84 00 04 00 01 01 00 87",
    "winnsen": "90 07 92 01 00 01 03",
    "5a5a": "5A 5A 00 00 00 04 00 01 01 04",
    "r421a08": "01 06 00 01 05 00 DB 5A",
}
"""One frame of each lock board that its sources print."""
MOST_OHMS = 1.0
"""As in the settings; boards have 0.005 to 0.1 ohm."""


class BadAsk(ValueError):
    """An argument that cannot be meant."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be decoded."""
    from hardware.locks.kinds import ALIASES, CODECS
    from hardware.power.kinds import KINDS, ROLES

    parser.description = _(
        "Say what a scanned code means, or what a power source, an outlet or a lock board said, as JSON. "
        "Nothing is looked up, opened or changed."
    )
    powers = "".join(f"\n  kiosk decode {kind.name} '{kind.example}'" for kind in KINDS)
    parser.epilog = "\n".join((_("Examples:") + EXAMPLES + powers, "", _spelling()))
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
    for kind in KINDS:
        added = kinds.add_parser(kind.name, aliases=kind.names[1:], help=kind.what)
        _add_power(added, kind)
        for role in ROLES:  # as it stands in the registry of drivers
            kinds.choices[f"{role}-{kind.name}"] = added
    for board in CODECS:
        names = [f"lock-{alias}" for alias, of in ALIASES.items() if of == board]
        lock = kinds.add_parser(f"lock-{board}", aliases=names, help=_("a frame of a lock board, in hex"))
        lock.formatter_class = argparse.RawDescriptionHelpFormatter
        lock.description = _("Say what a frame of this lock board means, as JSON. Nothing is opened.")
        lock.epilog = "\n".join((_("Example:"), f"  kiosk decode lock-{board} '{LOCK_FRAMES[board]}'"))
        lock.add_argument(
            "text", nargs="*", metavar="HEX", help=_("what the wire said; - or nothing: from standard input")
        )


def run(args: argparse.Namespace) -> int:
    """Print what it means. A ValueError, which ends with exit code 2, when it means nothing."""
    if args.kind.startswith("lock-"):
        return _lock(args)
    return _scan(args) if args.kind == "scan" else _power(args)


def _add_power(parser: argparse.ArgumentParser, kind: Kind) -> None:
    """Describe one source or outlet."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = kind.what
    parser.epilog = "\n".join(
        (_("Example:"), f"  kiosk decode {kind.name} '{kind.example}'", "", _spelling())
    )
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help=_("what the wire said; - or nothing: from standard input")
    )
    if kind.registers:
        parser.add_argument(
            "--swapped", action="store_true", help=_("the numbers were read as SMBus words, low byte first")
        )
    if kind.shunt:
        parser.add_argument(
            "--shunt", type=float, metavar="OHM", help=_("the board's shunt, if not the maker's")
        )
    if kind.json:
        parser.add_argument(
            "--channel", type=int, default=0, metavar="N", help=_("which outlet of a strip, from 0")
        )


def _spelling() -> str:
    """Return how things may be spelt."""
    lines = (
        _("Frames: hexadecimal with or without spaces, 0x, commas, colons; on stdin bare bytes too."),
        _("Several frames are one look."),
        _("Modbus: question and answer, 0x3104: and an answer, or 0x3104=0510 and more words."),
        _("Registers: 0x02=C3 50 as the bytes came, 0x02=0xC350 as a number, or a dump of i2cdump;"),
        _("a block without a register starts at the first one of the example."),
        _("VE.Direct: text with \\r \\n \\t and \\xNN, or hexadecimal. Outlets: the JSON of the answer."),
        _("Volts, amperes, watts, Wh, Ah, seconds, degrees Celsius; charge from 0 to 1; null is unknown."),
        _("Current and watts out of the battery are positive. What is refused is said, with exit code 2."),
    )
    return "\n".join(lines)


def _power(args: argparse.Namespace) -> int:
    """Print the reading that was pasted; what of it was dropped is said beside."""
    from hardware.power.decoders import Paste
    from hardware.power.kinds import decode

    ohms: float | None = getattr(args, "shunt", None)
    paste = Paste(_pasted(args), getattr(args, "swapped", False), getattr(args, "channel", 0), ohms)
    if paste.ohms is not None and not 0 < paste.ohms <= MOST_OHMS:
        raise BadAsk(_("--shunt: ohms above 0 are needed, and at most {most}").format(most=f"{MOST_OHMS:g}"))
    if paste.channel < 0:
        raise BadAsk(_("--channel: outlets are counted from 0"))
    reading, dropped = decode(args.kind, paste)
    print(json.dumps(asdict(reading), ensure_ascii=False))
    for reason in dropped:
        print(_("dropped: {reason}").format(reason=reason), file=sys.stderr)
    return 0


def _pasted(args: argparse.Namespace) -> str:
    """Return what the wire said; a file of bare bytes, of what does not speak JSON, as hexadecimal."""
    if args.text not in ([], ["-"]):
        return " ".join(args.text)
    raw = sys.stdin.buffer.read()
    text = raw.decode("utf-8", "surrogateescape")
    bare = any((letter < " " and letter not in "\t\r\n") or "\udc80" <= letter <= "\udcff" for letter in text)
    return raw.hex(" ") if bare and not hasattr(args, "channel") else text


def _lock(args: argparse.Namespace) -> int:
    """Print what a lock board's frame says; BadFrame, which ends with exit code 2, when it is none."""
    from hardware.locks.describe import describe
    from hardware.locks.kinds import codec
    from hardware.power import pasted

    frame = pasted.frames(_pasted(args))
    print(json.dumps(describe(codec(args.kind.removeprefix("lock-")), frame)))
    return 0


def _scan(args: argparse.Namespace) -> int:
    """Print what a code means."""
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
