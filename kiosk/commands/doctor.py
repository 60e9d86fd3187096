"""`kiosk doctor`: looks the whole stall over and prints the fix for each thing that is wrong."""

from __future__ import annotations

import argparse
import json
import os
import sys
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.doctor.finding import Finding

EPILOG = """\
examples:
  kiosk doctor            everything; reads the whole ledger (some seconds for a million sales)
  kiosk doctor --quick    without reading the whole ledger
  kiosk doctor --json     for programs: a list of {area, state, words, fix}

Exit code: 0 all is well, 1 something is missing or wrong. A note is worth knowing and stops nobody.
"""
SIGNS = {
    "found": ("✓", "+", "32"),
    "note": ("·", "-", "33"),
    "missing": ("✗", "x", "31"),
    "wrong": ("✗", "x", "31"),
}
"""Sign, the same in ASCII, and its ANSI colour."""


INDENT = 12
"""Columns before the words."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how thoroughly and in which form."""
    parser.description = _(
        "Check the machine, the settings, the ledger, the ways to pay and every configured device."
    )
    parser.epilog = EPILOG
    parser.add_argument("--quick", action="store_true", help=_("leave out what reads the whole ledger"))
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))


def run(args: argparse.Namespace) -> int:
    """Examine and tell; 1 when something is missing or wrong."""
    from kiosk import doctor

    findings = []
    for finding in doctor.examine(args.shop, quick=args.quick):
        findings.append(finding)
        if not args.json:
            print(_line(finding), flush=True)
    bad = sum(finding.is_bad for finding in findings)
    if args.json:
        rows = [
            {"area": one.area, "state": one.state, "words": one.words, "fix": one.fix} for one in findings
        ]
        print(json.dumps({"ok": not bad, "findings": rows}, ensure_ascii=False))
    else:
        print()
        print(_("{n} to put right.").format(n=bad) if bad else _("All is well."))
    return 1 if bad else 0


def _line(finding: Finding) -> str:
    """Return a finding as it is shown: sign, state, words, and the fix below."""
    sign, plain, colour = SIGNS[finding.state]
    arrow = "→"
    if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        sign, arrow = plain, ">"
    states = {"found": _("found"), "note": _("note"), "missing": _("missing"), "wrong": _("wrong")}
    head = f"{sign} {states[finding.state]:<9}"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        head = f"\x1b[{colour}m{head}\x1b[0m"
    width = max(50, min(get_terminal_size((100, 24)).columns, 110)) - INDENT
    lines = [head + " " + ("\n" + " " * INDENT).join(wrap(finding.words, width) or [""])]
    for number, part in enumerate(wrap(finding.fix, width - 2)):
        lines.append(" " * INDENT + (f"{arrow} " if number == 0 else "  ") + part)
    return "\n".join(lines)
