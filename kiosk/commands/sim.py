"""`kiosk sim`: play with the simulated stall of a running demo, from a second terminal.

What can be played, and how, is the stall's own table: `hardware.simulated.commands.COMMANDS`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.commands.simcabinet import drawing, watch
from kiosk.i18n import _

if TYPE_CHECKING:
    from hardware.simulated.offer import Command, Field

SHORT = 4
"""With more choices than that, they stand in the words of the help, not in its usage."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe every command of the stall."""
    from hardware.simulated.commands import COMMANDS

    parser.description = _("Play with the simulated stall: scan, tear the paper, pull a plug.")
    parser.epilog = _("examples:") + "\n" + "".join(map(_examples, COMMANDS.values()))
    devices = parser.add_subparsers(dest="device", required=True, metavar="DEVICE")
    for name, command in COMMANDS.items():
        one = devices.add_parser(
            name, help=_(command.words), description=_(command.words),
            epilog=_("examples:") + "\n" + _examples(command),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )  # fmt: skip
        for field in command.fields:
            _add(one, field)
        if name == "paper":
            one.add_argument("--png", metavar="FILE", type=Path, help=_("draw it into this file"))
        if name == "cabinet":
            one.add_argument("--watch", action="store_true", help=_("draw it anew until Ctrl+C"))
        one.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Tell the stall, and print its answer. 0: done; 1: no stall runs, or nobody heard or felt it."""
    from hardware.simulated.commands import COMMANDS
    from hardware.simulated.control import tell

    typed = {field.name: getattr(args, field.name) for field in COMMANDS[args.device].fields}
    fields = {name: value for name, value in typed.items() if value is not None}
    if getattr(args, "watch", False):
        return watch(lambda: _locks(tell(args.shop, args.device)))
    file: Path | None = getattr(args, "png", None)
    answer = tell(args.shop, args.device, **fields, **({} if file is None else {"drawn": True}))
    if file is not None:
        return _draw(answer, file)
    print(json.dumps(answer, ensure_ascii=False) if args.json else _words(args.device, answer))
    return int(not answer.get("readers", True) or not answer.get("heard", True))


def _examples(command: Command) -> str:
    """The examples of a command, a line each."""
    return "".join(f"  {'kiosk sim ' + line:<39} {words}\n" for line, words in command.examples)


def _add(parser: argparse.ArgumentParser, field: Field) -> None:
    """Declare one field."""
    words = _(field.words)
    if field.kind == "flag":
        parser.add_argument(
            field.option, dest=field.name, action="store_const", const=field.value, help=words
        )
        return
    more: dict[str, Any] = {"type": TYPES[field.kind], "choices": field.choices or None}
    if len(field.choices) > SHORT:
        words = f"{words}: {', '.join(field.choices)}"
        more["metavar"] = field.sign or "WORD"
    elif field.sign:
        more["metavar"] = field.sign if field.count == 1 else tuple(field.sign)
    if field.option:
        more["dest"] = field.name
    if field.optional or field.count > 1:
        more["nargs"] = "?" if field.optional else field.count
    parser.add_argument(field.option or field.name, help=words, **more)


def _draw(paper: Mapping[str, object], file: Path) -> int:
    """Put the paper into a picture file."""
    from hardware.simulated.picture import png

    file.write_bytes(png(paper))
    print(_("the paper is in {file}").format(file=file))
    return 0


def _words(device: str, answer: Mapping[str, object]) -> str:
    """An answer for people."""
    if device == "tap":
        return _("touched") if answer["readers"] else _("nobody is listening to the touch panel")
    if "readers" in answer:
        return _("scanned") if answer["readers"] else _("nobody is listening to the scanner")
    if "heard" in answer:
        return _("pressed") if answer["heard"] else _("nobody is listening to the buttons")
    if device == "paper":
        lines = answer["lines"]
        return "\n".join(map(str, lines)) if isinstance(lines, list) and lines else _("(no paper yet)")
    if device in {"cabinet", "door", "board"}:
        return drawing(_locks(answer))
    if device == "display":
        frame = "─" * 20
        return f"┌{frame}┐\n│{answer['upper']}│\n│{answer['lower']}│\n└{frame}┘"
    own = answer.get(device)
    rows = _flat(own if isinstance(own, dict) else answer)
    return "\n".join(f"{key:<20} {_plain(value)}" for key, value in rows)


def _locks(answer: Mapping[str, object]) -> Mapping[str, object]:
    """What an answer says of the cabinet."""
    own = answer.get("locks")
    return own if isinstance(own, dict) else {}


def _flat(answer: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """A table, or a table of tables, as rows."""
    for key, value in answer.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _plain(value: object) -> str:
    """A value without the look of a program."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "-" if value is None else str(value)


def _kilograms(text: str) -> int:
    """Kilograms as whole grams; argparse says which argument was wrong."""
    try:
        grams = Decimal(text.replace(",", ".")) * 1000
    except InvalidOperation:
        raise argparse.ArgumentTypeError(_("{text} is no weight in kilograms").format(text=text)) from None
    if not grams.is_finite() or grams != grams.to_integral_value() or abs(grams) > 99_999:
        raise argparse.ArgumentTypeError(
            _("{text} is not a whole number of grams up to 99.999 kg").format(text=text)
        )
    return int(grams)


def _part(text: str) -> float:
    """A percentage as a part of 1."""
    try:
        part = float(text) / 100
    except ValueError:
        part = -1.0
    if not 0 <= part <= 1:
        raise argparse.ArgumentTypeError(_("{text} is no percentage from 0 to 100").format(text=text))
    return part


TYPES: Mapping[str, Callable[[str], object]] = {
    "text": str,
    "whole": int,
    "number": float,
    "grams": _kilograms,
    "percent": _part,
}
"""How each kind of field is read."""
