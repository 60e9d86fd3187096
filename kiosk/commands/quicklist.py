"""`kiosk quicklist`: shows the touch-key lists and bundles, and prints their QR codes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.paper import require_printer
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.catalogue.quicklists import QuickList
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

EXAMPLES = """
  kiosk quicklist list
  kiosk quicklist print                      all codes on the receipt printer
  kiosk quicklist print Mugs --pdf mugs.pdf  one list, on paper and as PDF
  kiosk quicklist print --no-paper --svg sheet.svg
  kiosk quicklist create "Gift set" --bundle --colour amber
  kiosk quicklist add "Gift set" MUG-1 CANDLE"""


class NoSuchList(LookupError):
    """A name on the command line belongs to no list; nothing was done."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    parser.description = _(
        "Quick-lists are the touch keys of the till, bundles are added as a whole. Each has a QR code:\n"
        "scanned at the till it opens the list or adds the bundle; a customer's phone can open the same code."
    )
    parser.epilog = _("Examples:") + EXAMPLES
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACTION")
    listing = acts.add_parser("list", help=_("show all lists and what is on them"))
    listing.add_argument("--json", action="store_true", help=_("answer in JSON"))
    printing = acts.add_parser("print", help=_("print the QR codes"))
    printing.add_argument("names", nargs="*", metavar="LIST", help=_("names or tokens; without any, all"))
    printing.add_argument("--svg", type=Path, metavar="FILE", help=_("also write the sheet as SVG"))
    printing.add_argument("--pdf", type=Path, metavar="FILE", help=_("also write the sheet as PDF"))
    printing.add_argument("--no-paper", action="store_true", help=_("print nothing, only write files"))
    create = acts.add_parser("create", help=_("make an empty list"))
    create.add_argument("name", metavar="NAME", help=_("of the new list"))
    create.add_argument("--bundle", action="store_true", help=_("a bundle, added as a whole"))
    create.add_argument("--colour", default="", metavar="COLOUR", help=_("a name such as amber, or #rrggbb"))
    adding = acts.add_parser("add", help=_("put products on new keys behind the last one"))
    adding.add_argument("name", metavar="LIST", help=_("name or token"))
    adding.add_argument("skus", nargs="+", metavar="SKU", help=_("products, in the order of their keys"))


def run(args: argparse.Namespace) -> int:
    """Do one of the actions and print what came of it."""
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import load

    settings = load(args.shop)
    reading = args.act == "list"
    with Ledger.open(settings.ledger, readonly=reading) as ledger:
        if args.act == "list":
            _list(ledger, settings, args.json)
        elif args.act == "print":
            _print(ledger, settings, args)
        else:
            _edit(ledger, settings, args)
    return 0


def _described(quicklist: QuickList, settings: Settings) -> dict[str, object]:
    """Return a list as JSON."""
    from kiosk.catalogue.qrsheet import url

    return {
        "name": quicklist.name,
        "kind": quicklist.kind,
        "colour": quicklist.colour,
        "token": quicklist.token,
        "url": url(settings.base_url, quicklist.token),
        "keys": [
            {
                "page": key.page,
                "position": key.position,
                "sku": key.product.sku,
                "label": key.label or key.product.name,
                "colour": key.colour or quicklist.colour,
            }
            for key in quicklist.keys
        ],
    }


def _list(ledger: Ledger, settings: Settings, as_json: bool) -> None:
    """Show all lists."""
    from kiosk.catalogue.quicklists import every_list

    found = every_list(ledger)
    if as_json:
        print(json.dumps([_described(one, settings) for one in found], ensure_ascii=False))
        return
    for one in found:
        keys = ngettext("{n} key", "{n} keys", len(one.keys)).format(n=len(one.keys))
        kind = _("bundle") if one.kind == "bundle" else _("list")
        print(f"{one.token}  {kind:<8} {keys:>10}  {one.name}")
        for key in one.keys:
            print(f"    {key.page}.{key.position:<3} {key.product.sku:<16} {key.label or key.product.name}")


def _chosen(ledger: Ledger, names: Sequence[str]) -> list[QuickList]:
    """Return the lists of these names or tokens, all of them without any; NoSuchList when one is unknown."""
    from kiosk.catalogue.quicklists import every_list

    there = every_list(ledger)
    if not there:
        raise NoSuchList(
            _("there are no lists yet: make one on the screen, or with `kiosk quicklist create`")
        )
    if not names:
        return list(there)
    found = []
    for name in names:
        fitting = [one for one in there if name in {one.name, one.token}]
        if not fitting:
            raise NoSuchList(_("there is no list {name}; `kiosk quicklist list` shows all").format(name=name))
        found += fitting
    return found


def _print(ledger: Ledger, settings: Settings, args: argparse.Namespace) -> None:
    """Queue the codes for the printer and write the files that were asked for."""
    from kiosk.catalogue import qrdraw, qrpdf, qrsheet
    from kiosk.checkout import printqueue, slip_body

    if not args.no_paper:
        require_printer(settings, _("write a file with --no-paper --pdf FILE"))
    chosen = _chosen(ledger, args.names)
    base = settings.base_url
    svg = None if args.svg is None else qrdraw.svg(chosen, base)
    pdf = None if args.pdf is None else qrpdf.pdf(chosen, base)
    if svg is not None:
        args.svg.write_text(svg, encoding="utf-8")
    if pdf is not None:
        args.pdf.write_bytes(pdf)
    if not args.no_paper:
        rows = qrsheet.paper(chosen, settings.receipt.columns, base)
        with ledger.transaction():
            printqueue.enqueue(ledger, "slip", None, body=slip_body.dump(rows))
    answer = {
        "lists": [_described(one, settings)["url"] for one in chosen],
        "queued": not args.no_paper,
        "files": [str(path) for path in (args.svg, args.pdf) if path is not None],
    }
    print(json.dumps(answer, ensure_ascii=False))


def _edit(ledger: Ledger, settings: Settings, args: argparse.Namespace) -> None:
    """Make a list, or put products on one, and print it."""
    from kiosk.catalogue.products import Catalogue, UnknownProduct
    from kiosk.catalogue.quicklists import QuickLists

    lists = QuickLists(ledger)
    if args.act == "create":
        made = lists.create(args.name, kind="bundle" if args.bundle else "list", colour=args.colour)
    else:
        (made, *_more) = _chosen(ledger, [args.name])
        for sku in args.skus:
            product = Catalogue(ledger).by_sku(sku)
            if product is None:
                raise UnknownProduct(_("there is no product {sku}").format(sku=sku))
            made = lists.add_product(made.id, product)
    print(json.dumps(_described(made, settings), ensure_ascii=False))
