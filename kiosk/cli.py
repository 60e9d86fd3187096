"""The command line: one table of commands, each imported only when it is asked for.

`kiosk` alone opens the till. Whatever goes wrong ends in one clear line and an exit code: 1 when something
failed, 2 when what was asked for cannot be done as it was asked, 130 when the person stopped it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import N_, _
from kiosk.where import default_shop, running_demo

if TYPE_CHECKING:
    import argparse

Table = dict[str, tuple[str, str]]

EVERY_DAY: Table = {
    "till": ("kiosk.commands.till", N_("open the till on your shop (the same as `kiosk` alone)")),
    "demo": ("kiosk.commands.demo", N_("open a demo shop with a simulated stall, in a throw-away folder")),
    "init": ("kiosk.commands.init", N_("make a shop from a few questions")),
    "setup": ("kiosk.commands.setup", N_("fit the devices to the shop: find, try and write down each")),
    "customer": ("kiosk.commands.customer", N_("show the customer what is sold, on a second screen")),
    "doctor": ("kiosk.commands.doctor", N_("check the shop, its ledger and every device; print each fix")),
}
GOODS: Table = {
    "catalogue": ("kiosk.commands.catalogue", N_("import, export and search products")),
    "quicklist": ("kiosk.commands.quicklist", N_("show touch-key lists and print their QR sheet")),
}
BOOKS: Table = {
    "report": (
        "kiosk.commands.report",
        N_("sales by day, product, category, hour, seller, method or rate; energy"),
    ),
    "export": (
        "kiosk.commands.export",
        N_("write the day, the journal, the catalogue and the power to a folder or USB stick"),
    ),
    "backup": ("kiosk.commands.backup", N_("copy the ledger safely while it runs, or restore a copy")),
    "journal": ("kiosk.commands.journal", N_("verify or list the tamper-evident journal")),
}
MACHINES: Table = {
    "quote": ("kiosk.commands.quote", N_("print the totals of a basket given as JSON")),
    "sell": ("kiosk.commands.sell", N_("commit a sale given as JSON")),
    "payqr": ("kiosk.commands.payqr", N_("make or check a payment QR code")),
    "decode": ("kiosk.commands.decode", N_("say what a scanned code or a captured frame means")),
    "power": (
        "kiosk.commands.power",
        N_("replay a recorded day of power, plan one; the register of its parts"),
    ),
    "sim": ("kiosk.commands.sim", N_("play with the simulated stall: scan, tear the paper, pull a plug")),
}
PICKUP: Table = {
    "hold": ("kiosk.commands.hold", N_("hold goods for somebody who collects them later")),
    "deposit": ("kiosk.commands.deposit", N_("take an order in at the hub")),
    "collect": ("kiosk.commands.collect", N_("look up an order by its code and hand it over")),
    "locker": ("kiosk.commands.locker", N_("plan a locker; see promises kept and locks that wear out")),
    "token": ("kiosk.commands.token", N_("make or check signed pickup codes and labels")),
}
GROUPS = (
    (N_("Every day"), EVERY_DAY),
    (N_("Goods"), GOODS),
    (N_("Books"), BOOKS),
    (N_("Collecting"), PICKUP),
    (N_("For programs and tests"), MACHINES),
)
COMMANDS: Table = EVERY_DAY | GOODS | BOOKS | PICKUP | MACHINES


def _overview() -> str:
    """Return the body of `kiosk --help`: every command in its group, and how a day begins."""
    lines: list[str] = []
    for title, commands in GROUPS:
        lines += [
            f"{_(title)}:",
            *(f"  {name:<10} {_(words)}" for name, (_where, words) in commands.items()),
            "",
        ]
    examples = (
        ("kiosk demo", _("look around; nothing is kept")),
        ("kiosk init", _("make your own shop, once")),
        ("kiosk", _("open the till")),
        ("kiosk doctor", _("something does not work? start here")),
        ("kiosk export --usb", _("take the books home on a stick")),
        ("kiosk --shop ~/market report day", _("use another shop's folder")),
    )
    lines += [_("Examples:"), *(f"  {line:<34} {words}" for line, words in examples), ""]
    lines.append(_("`kiosk COMMAND --help` explains one command, with examples."))
    return "\n".join(lines)


def _root() -> argparse.ArgumentParser:
    """Return the parser of what stands before the command."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="kiosk",
        usage="kiosk [--shop DIR] [COMMAND ...]",
        description=_("Barrow, the till of a market stall. Without a command it opens the till."),
        epilog=_overview(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_shop(parser, default=None)
    parser.add_argument("--version", action="store_true", help=_("print the version and exit"))
    return parser


def _add_shop(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Add `--shop`, which may stand before the command or after it."""
    parser.add_argument(
        "--shop",
        metavar="DIR",
        type=Path,
        default=default,
        help=_("the shop's folder, with shop.toml and ledger.db (else $BARROW_SHOP, else your data folder)"),
    )


def split(argv: Sequence[str]) -> tuple[list[str], str, list[str]]:
    """Cut the arguments into those before the command, the command (`till` if none) and those after it."""
    at = 0
    while at < len(argv) and argv[at].startswith("-"):
        at += 2 if argv[at] == "--shop" else 1
    head, tail = list(argv[:at]), list(argv[at:])
    return head, tail[0] if tail else "till", tail[1:]


def plain_start(argv: Sequence[str]) -> Path | None:
    """Return the shop whose till is to be opened, when nothing else is asked for; None to have it parsed.

    That is the start somebody waits for, and making the parsers would take a tenth of our own part of it.
    """
    head, command, rest = split(argv)
    if command != "till" or rest or (head and (len(head) != 2 or head[0] != "--shop")):
        return None
    return (Path(head[1]) if head else default_shop()).expanduser()


def parse(argv: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """Return the command and its arguments; a wrong one ends the program with usage and exit code 2."""
    import argparse

    from kiosk.meant import Parser

    head, command, rest = split(argv)
    root = _root()
    before = root.parse_args(head)
    if before.version:
        from importlib.metadata import version  # 10 ms, so not on the way to the till

        root.exit(0, f"barrow {version('barrow')}\n")
    if command not in COMMANDS:
        root.exit(2, f"{_unknown(command)}\n")
    module = import_module(COMMANDS[command][0])
    parser = Parser(prog=f"kiosk {command}", formatter_class=argparse.RawDescriptionHelpFormatter)
    _add_shop(parser, default=argparse.SUPPRESS)
    module.add_arguments(parser)
    if {"-h", "--help"} & set(rest):
        from kiosk import manual

        manual.complete(parser)
    args = parser.parse_args(rest)
    named = getattr(args, "shop", None) or before.shop
    if named is None and command in {"sim", "customer"} and "BARROW_SHOP" not in os.environ:
        named = running_demo()
    args.shop = (named or default_shop()).expanduser()
    return command, args


def _unknown(command: str) -> str:
    """Say that there is no such command, and which one was perhaps meant."""
    from difflib import get_close_matches

    text = _("kiosk: there is no command {name!r}.").format(name=command)
    if near := get_close_matches(command, COMMANDS, n=1):
        return f"{text} " + _("Did you mean `kiosk {name}`?").format(name=near[0])
    return f"{text} " + _("`kiosk --help` lists them all.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    i18n.set_language(i18n.environment_language())
    words = sys.argv[1:] if argv is None else argv
    try:
        if (shop := plain_start(words)) is not None:
            from kiosk.launch import open_till

            return open_till(shop)
        command, args = parse(words)
        code: int = import_module(COMMANDS[command][0]).run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (`| head`) has what it wants. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from kiosk.failure import explain

        told = explain(error)
        if told is None:
            raise
        lines, code = told
        print(*lines, sep="\n", file=sys.stderr)  # noqa: T201 - this is the command line
    return code
