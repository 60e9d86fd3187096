"""`kiosk locker openings`: which boxes staff opened, who and why."""

from __future__ import annotations

import argparse
import json
import time

from kiosk.commands.pickupjson import moment, opened
from kiosk.i18n import _

DAY_MS = 24 * 3_600_000


MOST_DAYS = 3660


def days(text: str) -> int:
    """Read how many days back; the parser tells the person when it is no such number."""
    if text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MOST_DAYS:
        return int(text)
    raise argparse.ArgumentTypeError(_("1 to {n} days").format(n=MOST_DAYS))


def run_openings(args: argparse.Namespace) -> int:
    """Print what staff opened in the last days, and how often each of them did."""
    from kiosk.pickup.overrides import overrides

    with opened(args.shop) as (ledger, _settings, _pickup):
        since = time.time_ns() // 1_000_000 - args.days * DAY_MS
        rows = [
            {"at": moment(one.at_ms), "clock_trusted": one.clock_trusted, "box": one.box, "who": one.who,
             "why": one.why, "pulses": one.pulses, "outcome": one.outcome}
            for one in overrides(ledger, since)
        ]  # fmt: skip
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for row in rows:
        print("{at}  {box:>3}  {who:<12} {why:<20} {outcome}".format(**row))
    for who in sorted({str(row["who"]) for row in rows}):
        count = sum(row["who"] == who for row in rows)
        print(_("{who}: {n} opened").format(who=who, n=count))
    return 0
