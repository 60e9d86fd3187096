"""`kiosk catalogue`: brings products in and out as CSV, adds single ones and searches."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.commands.goods import described
from kiosk.commands.importing import bring
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.settings import Settings

EXAMPLES = """
  kiosk catalogue import items.csv           look what would happen; nothing is stored
  kiosk catalogue import items.csv --apply   do it
  kiosk catalogue export products.csv        edit it in a spreadsheet, then import it again
  kiosk catalogue add --sku MUG-1 --name "Mug, blue" --price 12.50 --barcode 4006381333931
  kiosk catalogue search "blue mu" """


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
    bringing.add_argument("file", type=Path, metavar="FILE", help=_("the CSV file"))
    bringing.add_argument("--apply", action="store_true", help=_("store what the plan says"))
    bringing.add_argument(
        "--tax", default="", metavar="CLASS", help=_("for rows whose tax the shop does not have")
    )
    bringing.add_argument("--json", action="store_true", help=_("answer in JSON"))
    taking = acts.add_parser("export", help=_("write all products to a CSV file"))
    taking.add_argument("file", type=Path, metavar="FILE", help=_("the CSV file"))
    taking.add_argument("--semicolon", action="store_true", help=_("for spreadsheets with a decimal comma"))
    searching = acts.add_parser("search", help=_("find products as the till does"))
    searching.add_argument("text", metavar="TEXT", help=_("part of a name, an SKU or a barcode"))
    searching.add_argument("--json", action="store_true", help=_("answer in JSON"))
    _declare_add(acts.add_parser("add", help=_("add a product, or change the one with this SKU")))


def _declare_add(adding: argparse.ArgumentParser) -> None:
    """Declare the fields of a product."""
    adding.add_argument("--sku", required=True, help=_("its own number or short name in the shop"))
    adding.add_argument("--name", help=_("needed for a new product"))
    adding.add_argument(
        "--price", metavar="AMOUNT", help=_("a plain decimal; `ask` for one asked at the till")
    )
    adding.add_argument("--tax", metavar="CLASS", help=_("tax class (default: the shop's first)"))
    adding.add_argument("--unit", choices=("each", "kg", "l", "m"), help=_("what it is sold by"))
    adding.add_argument("--category", metavar="NAME", help=_("what reports add it up under"))
    adding.add_argument("--barcode", action="append", metavar="CODE", help=_("may be repeated; replaces all"))
    adding.add_argument(
        "--min-age", type=int, metavar="YEARS", dest="min_age", help=_("the age the seller is asked to check")
    )
    adding.add_argument("--prompt", metavar="TEXT", help=_("a note the seller is asked for"))
    adding.add_argument("--demo", metavar="OUTLET", help=_("the outlet of the appliance that shows it"))
    adding.add_argument("--stock", action=argparse.BooleanOptionalAction, help=_("count its stock"))
    adding.add_argument("--active", action=argparse.BooleanOptionalAction, help=_("in sale or not"))


def run(args: argparse.Namespace) -> int:
    """Do one of the actions and print what came of it."""
    from kiosk.settings import load

    settings = load(args.shop)
    acts = {"import": bring, "export": _export, "search": _search, "add": _add}
    acts[args.act](args, settings)
    return 0


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
        found = [described(offer, settings) for offer in search(ledger, args.text)]
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
    print(json.dumps({"added": before is None, **described(stored, settings)}, ensure_ascii=False))
