"""`kiosk locker returns`: what was brought back into boxes, where it is and who has it."""

from __future__ import annotations

import argparse
import json

from kiosk.commands.pickupjson import moment, opened
from kiosk.i18n import _


def run_returns(args: argparse.Namespace) -> int:
    """Print every return that waits for somebody; with `--all` the settled ones too."""
    from kiosk.pickup.returns import Case, returns

    with opened(args.shop) as (ledger, _settings, _pickup):
        found = returns(ledger, settled=args.all)
    rows = [
        {
            "ref": one.ref,
            "state": str(one.state),
            "box": one.box if one.state is Case.DROPPED else None,
            "receipt": one.receipt,
            "order": one.order,
            "taken_by": one.taken_by,
            "since": moment(one.since_ms),
        }
        for one in found
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        print(_("Nothing was brought back."))
    for row in () if args.json else rows:
        where = _("box {number}").format(number=row["box"]) if row["box"] else row["taken_by"]
        shown = {**row, "where": where, "with": row["receipt"] or row["order"]}
        print("{ref:<8} {state:<11} {where:<14} {with:<12} {since}".format(**shown))
    return 0
