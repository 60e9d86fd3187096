"""`kiosk report`: what was sold, by day, product, category, hour and the like; and the energy beside it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.commands.dates import business_date
from kiosk.i18n import _

if TYPE_CHECKING:
    from datetime import tzinfo

    from kiosk.checkout.reports import Report
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import Settings

WHAT = ("day", "product", "category", "hour", "seller", "method", "rate")
ENERGY = ("demo", "energy")
EPILOG = """\
examples:
  kiosk report day                            the newest business day
  kiosk report product --date 2026-11-21
  kiosk report day --date 2026-11-01 --to 2026-11-30 --csv
  kiosk report day --json                     with methods, rates, hours and energy of the same days
  kiosk report demo                           what demonstrations took, beside what was sold of it
  kiosk report energy --csv                   Wh by hour and for each sale, with how much was measured

Days are business dates, as the shifts have them. Refunds count against what they take back; practice sales
count nowhere. In JSON and CSV amounts are plain decimals.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Show what was sold on a business day, or on several.")
    parser.epilog = EPILOG
    parser.add_argument(
        "by", nargs="?", choices=WHAT + ENERGY, default="day", help=_("what to sum up by (day)")
    )
    parser.add_argument(
        *("--date", "--day", "--from"),  # the last two as `kiosk export` calls them
        dest="date",
        type=business_date,
        metavar="DATE",
        help=_("a business date (default: the newest)"),
    )
    parser.add_argument("--to", type=business_date, metavar="DATE", help=_("the last of several dates"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("answer in JSON"))
    form.add_argument("--csv", action="store_true", help=_("answer in CSV"))


def run(args: argparse.Namespace) -> int:
    """Print one report."""
    from kiosk.checkout.reports import latest_day, report
    from kiosk.ledger.connection import Ledger

    settings = _settings(args)
    zone = None if settings is None else settings.zone
    ledger = Ledger.open(args.shop / "ledger.db", readonly=True)
    try:
        first = args.date or args.to or latest_day(ledger) or _today(ledger, zone)
        if args.by in ENERGY:
            from kiosk.commands.reportenergy import Asked, run_energy

            run_energy(ledger, settings, Asked(args.by, first, args.to or first, args.json, args.csv))
            return 0
        found = report(ledger, args.by, first, args.to, zone=zone)
        if args.csv:
            print(found.to_csv(), end="")
        elif args.json:
            print(_json(ledger, found, settings))
        else:
            print(_table(found))
    finally:
        ledger.close()
    return 0


def _today(ledger: Ledger, zone: tzinfo | None) -> str:
    """Return today's date, for a ledger that has no shift yet."""
    from kiosk.checkout.shift import business_day

    return business_day(ledger.clock.now().wall_ms, 0, zone).isoformat()


def _settings(args: argparse.Namespace) -> Settings | None:
    """Return the shop's settings and take over its way of writing numbers; None where there are none."""
    from kiosk.settings import FILE, load

    if not (args.shop / FILE).exists():
        return None
    settings = load(args.shop)
    i18n.set_locale(settings.locale, settings.timezone)
    return settings


def _json(ledger: Ledger, found: Report, settings: Settings | None) -> str:
    """Return a report as JSON; that of days comes with its methods, rates, hours and energy."""
    from kiosk.checkout.reports import ReportBy, report
    from kiosk.commands.reportenergy import sums_of

    body = json.loads(found.to_json())
    zone = None if settings is None else settings.zone
    if found.by == "day":
        more: tuple[tuple[str, ReportBy], ...] = (("methods", "method"), ("rates", "rate"), ("hours", "hour"))
        for name, by in more:
            body[name] = json.loads(report(ledger, by, found.first, found.last, zone=zone).to_json())["rows"]
        if (energy := sums_of(ledger, settings, found.first, found.last)) is not None:
            body["energy"] = energy
    return json.dumps(body, ensure_ascii=False)


def _table(found: Report) -> str:
    """Return a report as lines for a person."""
    title = _("{first} to {last}").format(first=i18n.day(found.first), last=i18n.day(found.last))
    lines = [i18n.day(found.first) if found.first == found.last else title]
    widest = max((len(row.label) for row in found.rows), default=0)
    for row in found.rows:
        count = "" if row.count is None else str(row.count)
        pieces = "" if row.quantity is None else i18n.quantity(row.quantity)
        gross = i18n.money(row.gross, found.currency)
        label = i18n.day(row.label) if found.by == "day" else row.label
        lines.append(f"{label:<{widest}}  {count:>6}  {pieces:>10}  {gross:>14}")
    if not found.rows:
        lines.append(_("nothing was sold"))
    elif found.by != "rate":
        total = i18n.money(sum(row.gross for row in found.rows), found.currency)
        word = _("Total")  # outside the f-string: extractors before Python 3.12 do not look into one
        lines.append(f"{word:<{widest}}  {'':>6}  {'':>10}  {total:>14}")
    return "\n".join(lines)
