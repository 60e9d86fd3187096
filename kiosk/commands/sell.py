"""`kiosk sell`: books sales given as JSON, through the same door as the till."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.paper import require_printer
from kiosk.i18n import _

if TYPE_CHECKING:
    from uuid import UUID

    from kiosk.checkout.new_sale import NewSale
    from kiosk.checkout.people import Person
    from kiosk.checkout.sale import Receipt
    from kiosk.checkout.sale_question import AskedSale
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

EPILOG = """\
example:
  echo '{"id": "0b0e0c1c-7a51-4f0e-9a53-2d2f5d1c7a11", "person": "Mia",
         "lines": [{"sku": "MUG", "qty": "2"},
                   {"sku": "MISC-1", "name": "Old vase", "qty": "1", "price": "8.00", "tax": "A"}],
         "payments": [{"method": "card", "tendered": "33.00", "reference": "TX 4711"}]}' | kiosk sell

The fields are those of `kiosk quote`. What shop.toml says (currency, prices, rounding, tax, cash_rounding)
and what the catalogue says (price, tax) may be left out. Besides: "id", a UUID, so that the same sale sent
again is booked once; "person", else the sale is booked by "Import"; "training": true for practice; on a line
"name" and "unit" for something the catalogue does not have, "note", "age_checked"; on a payment "reference".
A list of sales is checked as a whole: with one problem in it nothing is booked. Should the disk fill up in
the middle, those booked so far are printed all the same.
If no shift is open, one is opened with an empty drawer, and the answer says so.
Exit status: 0, or 2 with one line on stderr for each problem with the input.
"""

IMPORT = "Import"
"""Who books a sale that names nobody: a supervisor without a PIN, who can never sign in."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Book a sale, or a list of sales, given as JSON, and print the receipts as JSON."
    parser.epilog = EPILOG
    parser.add_argument(
        "file", nargs="?", default="-", help="the sales; without it, or with -, standard input"
    )
    parser.add_argument("--print", action="store_true", dest="receipt", help="print a receipt for each")


def run(args: argparse.Namespace) -> int:
    """Book what is asked for. 0: booked; 2: the input has the problems on stderr, and nothing is booked."""
    from kiosk.checkout.quote import QuoteErrors
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import FILE, load

    settings = load(args.shop) if (args.shop / FILE).exists() else None
    if args.receipt and settings is not None:
        require_printer(settings, _("leave out --print"))
    ledger = Ledger.open(args.shop / "ledger.db")
    answers: list[dict[str, object]] = []
    try:
        many = sell(ledger, settings, _read(args.file), answers, receipt=args.receipt)
    except QuoteErrors as errors:
        print(errors, file=sys.stderr)
        return 2
    except Exception:
        if answers:  # whoever sends the rest of the list again must know what is booked
            print(json.dumps(answers, ensure_ascii=False))
        raise
    finally:
        ledger.close()
    print(json.dumps(answers if many else answers[0], ensure_ascii=False))
    return 0


def sell(
    ledger: Ledger,
    settings: Settings | None,
    text: str,
    answers: list[dict[str, object]],
    *,
    receipt: bool = False,
) -> bool:
    """Book the sales of a JSON text, adding an answer for each; return whether it was a list of sales."""
    from kiosk.catalogue.products import Catalogue
    from kiosk.checkout.sale import commit, stored_receipt
    from kiosk.checkout.sale_question import read_sales

    asked, many = read_sales(text, settings.pricing if settings else None, Catalogue(ledger).by_sku)
    sales = _new_sales(ledger, asked, many, receipt)
    fresh = [sale for sale in sales if stored_receipt(ledger, sale.event_id) is None]
    opened = _opened_shift(ledger, settings, fresh[0].person) if fresh else None
    for one, sale in zip(asked, sales, strict=True):
        answers.append(_answer(one, commit(ledger, sale)) | ({"opened_shift": opened} if opened else {}))
    return many


def _read(file: str) -> str:
    """Return the text of a file or of standard input (-)."""
    raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    return raw.decode("utf-8-sig")


def _new_sales(ledger: Ledger, asked: list[AskedSale], many: bool, receipt: bool) -> list[NewSale]:
    """Return the sales as they will be booked; QuoteErrors when one has a wrong currency or person."""
    from kiosk.checkout.new_sale import NewSale, check_paid, overrides
    from kiosk.checkout.people import NoSuchPerson, NotAllowed
    from kiosk.checkout.quote import QuoteErrors

    sales: list[NewSale] = []
    problems = _ids_taken(ledger, asked, many)
    for nth, one in enumerate(asked):
        where = f"[{nth}] " if many else ""
        pricing = one.basket.pricing
        if (pricing.currency.code, pricing.currency.exponent) != (ledger.currency, ledger.exponent):
            problems.append(f"{where}currency: this ledger is kept in {ledger.currency}")
            continue
        try:
            sale = NewSale(
                basket=one.basket,
                payments=one.tender.payments(),
                person=_person(ledger, one.person),
                event_id=one.event_id,
                training=one.training,
                receipt=receipt,
            )
            check_paid(sale)
            overrides(ledger, sale)
        except (NoSuchPerson, NotAllowed) as error:
            problems.append(f"{where}person: {error}")
        else:
            sales.append(sale)
    if problems:
        raise QuoteErrors(problems)
    return sales


def _ids_taken(ledger: Ledger, asked: list[AskedSale], many: bool) -> list[str]:
    """Return a problem for each sale whose id is another sale's, in the list or in the ledger."""
    from kiosk.checkout.sale import stored_receipt

    problems: list[str] = []
    first: dict[UUID, int] = {}
    for nth, one in enumerate(asked):
        where = f"[{nth}] " if many else ""
        known = stored_receipt(ledger, one.event_id)
        if (earlier := first.setdefault(one.event_id, nth)) != nth:
            problems.append(f"{where}id: is that of [{earlier}] too; each sale has one of its own")
        elif known is not None and known.total != one.basket.totals.gross:
            problems.append(f"{where}id: {known.number} was booked under it, with another total")
    return problems


def _person(ledger: Ledger, name: str | None) -> Person:
    """Return who books: the one named, or the one who stands for imports."""
    from kiosk.checkout.people import NoSuchPerson, add_person, person_named

    try:
        return person_named(ledger, name or IMPORT)
    except NoSuchPerson:
        if name is not None:
            raise
    return add_person(ledger, IMPORT, "supervisor", None)


def _opened_shift(ledger: Ledger, settings: Settings | None, person: Person) -> dict[str, object] | None:
    """Open a shift with an empty drawer if none is open, and tell which; else None."""
    from kiosk.checkout.shift import current, open_shift

    if current(ledger) is not None:
        return None
    shift = open_shift(
        ledger,
        person,
        0,
        roll_over_hour=settings.rollover_hour if settings else 0,
        zone=settings.zone if settings else None,
    )
    return {"id": shift.id, "business_date": shift.business_date, "float": 0}


def _answer(asked: AskedSale, receipt: Receipt) -> dict[str, object]:
    """Return what is printed of one booked sale."""
    plain = asked.basket.pricing.currency.plain
    totals, tender = asked.basket.totals, asked.tender
    return {
        "number": receipt.number,
        "id": str(receipt.event_id),
        "seq": receipt.id,
        "kind": receipt.kind,
        "total": plain(receipt.total),
        "net": plain(totals.net),
        "tax": plain(totals.tax),
        "discount": plain(totals.discount),
        "rounding": plain(tender.rounding),
        "change": plain(tender.change),
        "paid": plain(tender.paid),
        "business_date": receipt.business_date,
        "clock_trusted": receipt.clock_trusted,
        "repeated": receipt.repeated,
    }
