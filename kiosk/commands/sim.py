"""`kiosk sim`: play with the simulated stall of a running demo, from a second terminal."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands import simcounter, simlocks, simpower
from kiosk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = """\
  kiosk sim scan 4006381333931            scan a code
  kiosk sim type 96385074 --layout de     scan with the scanner that is a keyboard, set to German
  kiosk sim type 96385074 --fault dropped lose keys in the middle: the till asks for another scan
  kiosk sim keys unplug                   pull its plug; `replug` puts it back
  kiosk sim tap 20 60                     a finger on the panel, 20 % from the left, 60 % from the top
  kiosk sim tap 20 60 --to 40 60          one that slides, which is no tap
  kiosk sim printer paper-out             the roll ends
  kiosk sim printer paper-out --after 5   the roll ends five lines into the next receipt
  kiosk sim printer unplug                pull its plug; `replug` puts it back
  kiosk sim paper                         show what was printed
  kiosk sim paper --png paper.png         the same as a picture
  kiosk sim status --json                 how every device is
"""
ACTS = (
    "paper-out", "paper-low", "paper-ok", "cover-open", "cover-closed", "jam", "unjam", "hot", "cool",
    "broken", "offline", "online", "deaf", "hears", "silent", "answer", "garble", "half-reply", "slow",
    "drawer-shut", "unplug", "replug", "clear",
)  # fmt: skip
"""What the simulated printer can be told; a test compares them with the stall's own list."""
KEY_FAULTS = ("half", "dropped", "repeat", "stuck")
TOUCH_FAULTS = ("bounce", "dropped", "no-lift")
"""What can happen to a code that is typed, and to a tap; and these."""
PARTS = (simcounter, simpower, simlocks)
"""Modules that declare more devices."""
LAYOUTS = ("us", "gb", "de", "fr", "es", "it")
HEARD = ("scan", "type", "tap")
"""What somebody must hear for it to have been done."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Play with the simulated stall: scan, tear the paper, pull a plug.")
    parser.epilog = _("examples:") + "\n" + EXAMPLE + simcounter.EXAMPLE + simpower.EXAMPLE + simlocks.EXAMPLE
    devices = parser.add_subparsers(dest="device", required=True, metavar="DEVICE")
    scan = devices.add_parser("scan", help=_("scan a code"))
    scan.add_argument("code", help=_("what the scanner reads"))
    scan.add_argument(
        "--half", action="store_true", help=_("break off in the middle, as a shaken cable does")
    )
    _add_inputs(devices)
    _add_printer(devices.add_parser("printer", help=_("do something to the receipt printer")))
    paper = devices.add_parser("paper", help=_("show what was printed"))
    paper.add_argument("--tear", action="store_true", help=_("take it away afterwards"))
    paper.add_argument("--png", metavar="FILE", type=Path, help=_("draw it into this file"))
    for part in PARTS:
        part.add_devices(devices)
    devices.add_parser("status", help=_("how every device is"))
    for device in devices.choices.values():
        device.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Tell the stall, and print its answer. 0: done; 1: no stall runs, or nobody heard or felt it."""
    from hardware.simulated.control import tell

    part = next((part for part in PARTS if args.device in part.DEVICES), None)
    answer = tell(args.shop, args.device, **(_fields(args) if part is None else part.fields(args)))
    if getattr(args, "png", None) is not None:
        return _draw(answer, args.png)
    shown = _words if part is None else part.words
    print(json.dumps(answer, ensure_ascii=False) if args.json else shown(args.device, answer))
    return int(not answer.get("readers", True) or not answer.get("heard", True))


def _draw(paper: Mapping[str, object], file: Path) -> int:
    """Put the paper into a picture file."""
    from hardware.simulated.picture import png

    file.write_bytes(png(paper))
    print(_("the paper is in {file}").format(file=file))
    return 0


def _add_inputs(devices: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The scanner that is a keyboard, the touch panel, and the plugs of both and of the other scanner."""
    typed = devices.add_parser("type", help=_("scan a code with the scanner that is a keyboard"))
    typed.add_argument("code", help=_("what the scanner reads"))
    typed.add_argument("--also", metavar="CODE", help=_("a second code in the same batch"))
    typed.add_argument("--layout", choices=LAYOUTS, help=_("the keyboard it is set to; the till expects us"))
    typed.add_argument("--step", type=int, metavar="MS", help=_("milliseconds between two keys"))
    typed.add_argument("--fault", choices=KEY_FAULTS, help=_("what happens on the way"))
    tap = devices.add_parser("tap", help=_("touch the panel"))
    tap.add_argument("x", type=float, help=_("percent from the left"))
    tap.add_argument("y", type=float, help=_("percent from the top"))
    tap.add_argument("--to", type=float, nargs=2, metavar=("X", "Y"), help=_("slide there"))
    tap.add_argument("--fault", choices=TOUCH_FAULTS, help=_("what happens on the way"))
    for name, words in (
        ("scanner", _("pull the scanner's plug, or put it back")),
        ("keys", _("pull the plug of the scanner that is a keyboard, or put it back")),
        ("touch", _("pull the touch panel's plug, or put it back")),
    ):
        devices.add_parser(name, help=words).add_argument("act", choices=("unplug", "replug"))


def _add_printer(parser: argparse.ArgumentParser) -> None:
    """The printer's own options."""
    parser.add_argument("act", choices=ACTS, metavar="ACT", help=", ".join(ACTS))
    parser.add_argument("--after", type=int, metavar="LINES", help=_("paper-out: only after so many lines"))
    parser.add_argument("--rate", type=int, metavar="BYTES", help=_("slow: bytes a second"))


def _fields(args: argparse.Namespace) -> dict[str, object]:
    """The command's fields, without those that were left out."""
    to = getattr(args, "to", None)
    fields = {
        "code": getattr(args, "code", None),
        "half": getattr(args, "half", None),
        "act": getattr(args, "act", None),
        "after": getattr(args, "after", None),
        "rate": getattr(args, "rate", None),
        "tear": getattr(args, "tear", None),
        "drawn": True if getattr(args, "png", None) else None,
        "fault": getattr(args, "fault", None),
        "also": getattr(args, "also", None),
        "layout": getattr(args, "layout", None),
        "step_ms": getattr(args, "step", None),
        "x": getattr(args, "x", None),
        "y": getattr(args, "y", None),
        "to_x": to[0] if to else None,
        "to_y": to[1] if to else None,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _words(device: str, answer: Mapping[str, object]) -> str:
    """An answer for people."""
    if device == "tap":
        return _("touched") if answer["readers"] else _("nobody is listening to the touch panel")
    if device in HEARD:
        return _("scanned") if answer["readers"] else _("nobody is listening to the scanner")
    if device == "paper":
        lines = answer["lines"]
        return "\n".join(map(str, lines)) if isinstance(lines, list) and lines else _("(no paper yet)")
    return "\n".join(f"{key:<20} {_plain(value)}" for key, value in _flat(answer))


def _flat(answer: Mapping[str, object]) -> list[tuple[str, object]]:
    """A table of tables as rows."""
    return [
        (f"{device}.{key}", value)
        for device, table in answer.items()
        if isinstance(table, dict)
        for key, value in table.items()
    ]


def _plain(value: object) -> str:
    """A value without the look of a program."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "-" if value is None else str(value)
