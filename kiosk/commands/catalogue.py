"""`kiosk catalogue`: brings products in and out as CSV, adds single ones and searches."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.catalogue.csv_plan import Change, ImportPlan
    from kiosk.catalogue.products import Offer, Product
    from kiosk.settings import Settings

EXAMPLES = """
  kiosk catalogue import items.csv           look what would happen; nothing is stored
  kiosk catalogue import items.csv --apply   do it
  kiosk catalogue export products.csv        edit it in a spreadsheet, then import it again
  kiosk catalogue add --sku MUG-1 --name "Mug, blue" --price 12.50 --barcode 4006381333931
  kiosk catalogue search "blue mu" """
_SHOWN = 20
"""Changed products that are listed one by one; `--json` has all."""
_SHOWN_PROBLEMS = 100
"""Bad rows that are listed one by one; a person mends the first ones and looks again."""
_QUICK = 2000
"""Rows that need no progress: they take less than a second."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    parser.description = _(
        "Products come in from this till's own CSV files and from the exports of Loyverse, Square and\n"
        "Odoo, which are recognised by their columns. Products are matched by SKU: importing twice\n"
        "changes nothing.\n"
        "A bad row is reported with line, column and reason and leaves the good ones alone."
    )
    parser.epilog = _("Examples:") + EXAMPLES
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACTION")
    bringing = acts.add_parser("import", help=_("read products from a CSV file (a dry run without --apply)"))
    bringing.add_argument("file", type=Path, metavar="FILE")
    bringing.add_argument("--apply", action="store_true", help=_("store what the plan says"))
    bringing.add_argument(
        "--tax", default="", metavar="CLASS", help=_("for rows whose tax the shop does not have")
    )
    bringing.add_argument("--json", action="store_true", help=_("answer in JSON"))
    taking = acts.add_parser("export", help=_("write all products to a CSV file"))
    taking.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--semicolon", action="store_true", help=_("for spreadsheets with a decimal comma"))
    searching = acts.add_parser("search", help=_("find products as the till does"))
    searching.add_argument("text", metavar="TEXT")
    searching.add_argument("--json", action="store_true", help=_("answer in JSON"))
    _declare_add(acts.add_parser("add", help=_("add a product, or change the one with this SKU")))


def _declare_add(adding: argparse.ArgumentParser) -> None:
    """Declare the fields of a product."""
    adding.add_argument("--sku", required=True)
    adding.add_argument("--name", help=_("needed for a new product"))
    adding.add_argument(
        "--price", metavar="AMOUNT", help=_("a plain decimal; `ask` for one asked at the till")
    )
    adding.add_argument("--tax", metavar="CLASS", help=_("tax class (default: the shop's first)"))
    adding.add_argument("--unit", choices=("each", "kg", "l", "m"))
    adding.add_argument("--category", metavar="NAME")
    adding.add_argument("--barcode", action="append", metavar="CODE", help=_("may be repeated; replaces all"))
    adding.add_argument("--min-age", type=int, metavar="YEARS", dest="min_age")
    adding.add_argument("--prompt", metavar="TEXT", help=_("a note the seller is asked for"))
    adding.add_argument("--demo", metavar="OUTLET", help=_("the outlet of the appliance that shows it"))
    adding.add_argument("--stock", action=argparse.BooleanOptionalAction, help=_("count its stock"))
    adding.add_argument("--active", action=argparse.BooleanOptionalAction, help=_("in sale or not"))


def run(args: argparse.Namespace) -> int:
    """Do one of the actions and print what came of it."""
    from kiosk.settings import load

    settings = load(args.shop)
    acts = {"import": _import, "export": _export, "search": _search, "add": _add}
    acts[args.act](args, settings)
    return 0


def _import(args: argparse.Namespace, settings: Settings) -> None:
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
            csv_import.apply(ledger, plan, progress=_follow(_("storing")))
    if args.json:
        print(json.dumps(_described(plan, args.apply, settings), ensure_ascii=False))
    else:
        _tell(plan, args.apply)


def _follow(words: str) -> Callable[[int, int], None]:
    """Return what shows on a terminal how far an import is; a short one is over before that is read."""
    seen = sys.stderr.isatty()

    def show(done: int, of: int) -> None:
        """Write over the line before."""
        if seen and of > _QUICK:
            print(f"\r{words} {done}/{of} ", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return show


def _described(plan: ImportPlan, applied: bool, settings: Settings) -> dict[str, object]:
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
        "added": [_product(product, settings) for product in plan.new],
        "changes": [
            {
                "sku": change.after.sku,
                "fields": list(change.fields),
                "after": _product(change.after, settings),
            }
            for change in plan.changed
        ],
    }


def _product(product: Product | Offer, settings: Settings) -> dict[str, object]:
    """Return a product as JSON."""
    from kiosk.catalogue.gtin import printed

    price = product.price
    found: dict[str, object] = {
        "sku": product.sku,
        "name": product.name,
        "price": None if price is None else settings.currency.plain(price),
        "unit": product.unit,
        "tax": product.tax_class,
        "category": product.category,
    }
    if codes := getattr(product, "barcodes", ()):
        found["barcodes"] = [printed(code) for code in codes]
    return found


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


def _export(args: argparse.Namespace, settings: Settings) -> None:
    """Write the catalogue to a file."""
    from kiosk.catalogue.csv_export import export
    from kiosk.ledger.connection import Ledger

    with Ledger.open(settings.ledger, readonly=True) as ledger:
        count = export(ledger, args.file, ";" if args.semicolon else ",")
    words = ngettext("{n} product in {file}", "{n} products in {file}", count)
    print(words.format(n=count, file=args.file))


def _search(args: argparse.Namespace, settings: Settings) -> None:
    """Print what a search finds."""
    from kiosk.catalogue.search import search
    from kiosk.ledger.connection import Ledger

    with Ledger.open(settings.ledger, readonly=True) as ledger:
        found = [_product(offer, settings) for offer in search(ledger, args.text)]
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        price = one["price"] or "…"
        print(f"{one['sku']:<20} {price:>12} /{one['unit']:<5} {one['name']}")


def _add(args: argparse.Namespace, settings: Settings) -> None:
    """Add a product, or change the fields that were named of the one there is."""
    from kiosk.catalogue.cleaning import UnknownTax
    from kiosk.catalogue.products import Catalogue, Product
    from kiosk.ledger.connection import Ledger

    if args.tax is not None and args.tax not in settings.pricing.taxes:
        raise UnknownTax(args.tax, tuple(settings.pricing.taxes))
    fields: dict[str, Any] = {
        "name": args.name,
        "tax_class": args.tax,
        "unit": args.unit,
        "category": args.category,
        "barcodes": None if args.barcode is None else tuple(args.barcode),
        "min_age": args.min_age,
        "prompt": args.prompt,
        "demo": args.demo,
        "stock_tracked": args.stock,
        "active": args.active,
    }
    named = {name: value for name, value in fields.items() if value is not None}
    if args.price is not None:
        named["price"] = None if args.price == "ask" else settings.currency.parse(args.price)
    with Ledger.open(settings.ledger) as ledger:
        catalogue = Catalogue(ledger)
        before = catalogue.by_sku(args.sku)
        base = before or Product(sku=args.sku, name="", tax_class=settings.default_tax)
        stored = catalogue.put(replace(base, **named))
    print(json.dumps({"added": before is None, **_product(stored, settings)}, ensure_ascii=False))
