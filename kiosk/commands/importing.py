"""`kiosk catalogue import`: shows what a file would do to the catalogue, and does it when told to."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING

from kiosk.commands.goods import described
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.catalogue.csv_plan import Change, ImportPlan
    from kiosk.settings import Settings

_SHOWN = 20
"""Changed products that are listed one by one; `--json` has all."""
_SHOWN_PROBLEMS = 100
"""Bad rows that are listed one by one; a person mends the first ones and looks again."""
_QUICK = 2000
"""Rows that need no progress: they take less than a second."""
_GAP_S = 0.12
"""Between two parts while a till runs: SQLite's own busy wait looks at the latest after 0.1 s."""


def bring(args: argparse.Namespace, settings: Settings) -> None:
    """Plan an import, show it, and do it if asked for."""
    from kiosk.catalogue import csv_import
    from kiosk.catalogue.cleaning import UnknownTax
    from kiosk.ledger.connection import Ledger

    classes = settings.pricing.taxes
    if args.tax and args.tax not in classes:
        raise UnknownTax(args.tax, tuple(classes))
    rules = csv_import.Rules(
        exponent=settings.currency.exponent,
        taxes={code: tax.rate for code, tax in classes.items()},
        default_tax=settings.default_tax,
        tax=args.tax,
    )
    with args.file.open("rb") as file:
        content = file.read(csv_import.MOST_BYTES + 1)  # one more is too many, and no reason to read on
    with Ledger.open(settings.ledger, readonly=not args.apply) as ledger:
        plan = csv_import.plan(ledger, content, rules, _follow(_("looking at row")))
        if args.apply:
            between = _let_it_in if _till_runs(settings.ledger) else None
            csv_import.apply(ledger, plan, progress=_follow(_("storing")), between=between)
    if args.json:
        print(json.dumps(_as_json(plan, args.apply, settings), ensure_ascii=False))
    else:
        _tell(plan, args.apply)


def _till_runs(ledger: Path) -> bool:
    """Whether a till sells on this ledger meanwhile."""
    from kiosk.ledger.errors import AlreadyRunning
    from kiosk.ledger.instance import TillLock

    try:
        TillLock(ledger).release()
    except AlreadyRunning:
        return True
    return False


def _let_it_in() -> None:
    """Leave the ledger to the till for a moment: it looks again every few milliseconds."""
    time.sleep(_GAP_S)


def _follow(words: str) -> Callable[[int, int], None]:
    """Return what shows on a terminal how far an import is; a short one is over before that is read."""
    seen = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        """Write over the line before."""
        if seen and of > _QUICK:
            print(f"\r{words} {done}/{of} ", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return show


def _as_json(plan: ImportPlan, applied: bool, settings: Settings) -> dict[str, object]:
    """Return a plan as JSON."""
    return {
        "source": plan.source,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "decimal": plan.decimal,
        "rows": plan.rows,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "refused": plan.refused,
        "applied": applied,
        "problems": [
            {"line": problem.line, "column": problem.column, "reason": problem.reason}
            for problem in plan.problems
        ],
        "unused_columns": list(plan.unused),
        "added": [described(product, settings) for product in plan.new],
        "changes": [
            {
                "sku": change.after.sku,
                "fields": list(change.fields),
                "after": described(change.after, settings),
            }
            for change in plan.changed
        ],
    }


def _tell(plan: ImportPlan, applied: bool) -> None:
    """Tell a person what was planned or done."""
    rows = ngettext("{n} row", "{n} rows", plan.rows).format(n=plan.rows)
    print(
        _("{source} file, {encoding}: {rows}").format(source=plan.source, encoding=plan.encoding, rows=rows)
    )
    counts = _("{new} new, {changed} changed, {same} the same, {refused} refused")
    refused = plan.refused
    print(counts.format(new=len(plan.new), changed=len(plan.changed), same=plan.same, refused=refused))
    for problem in plan.problems[:_SHOWN_PROBLEMS]:
        where = _("line {line}").format(line=problem.line)
        print("  " + ": ".join(part for part in (where, problem.column, problem.reason) if part))
    if (more := len(plan.problems) - _SHOWN_PROBLEMS) > 0:
        print("  " + _("... and {n} more; --json tells all of them").format(n=more))
    for change in plan.changed[:_SHOWN]:
        print("  " + _change(change))
    if plan.unused:
        print(_("not used: {columns}").format(columns=", ".join(plan.unused)))
    print(_("Stored.") if applied else _("Nothing was stored; add --apply to do it."))


def _change(change: Change) -> str:
    """Say what changes in a product."""
    return f"{change.after.sku}: {', '.join(change.fields)}"
