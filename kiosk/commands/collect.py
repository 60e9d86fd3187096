"""`kiosk collect`: whose order a code or token is, and its hand-over at a counter."""

from __future__ import annotations

import argparse

from kiosk.commands.pickupjson import opened, order_json, show
from kiosk.i18n import _

EPILOG = """\
examples:
  kiosk collect 4821 0934 --json            which order has this code, and in which box it is
  kiosk collect 'BRW:...' --json            the same for a scanned token
  kiosk collect 4821 0934 --hand-over Mia   Mia gives it out over the counter
  kiosk collect 4821 0934 --hand-over Mia --looked   the same, after a look at the name where that is wanted

A wrong code counts at the keypad, as on the screen: after five it rests. A box is opened on the screen or by
`kiosk locker open`. Exit status: 0; 1 when it cannot be collected now; 2 for what is no code.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Look up an order by its code or token.")
    parser.epilog = EPILOG
    parser.add_argument("code", nargs="+", help=_("eight digits, or a token"))
    parser.add_argument("--hand-over", metavar="NAME", help=_("book it as handed over the counter by NAME"))
    parser.add_argument("--looked", action="store_true", help=_("somebody looked at the name or the age"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Look it up, and hand it over where that is asked."""
    from kiosk.checkout.people import person_named
    from kiosk.pickup.codes import read_secret
    from kiosk.pickup.desk import by_code, by_token
    from kiosk.pickup.handover import hand_over
    from kiosk.pickup.staff import at_counter
    from kiosk.pickup.tokens import PREFIX, Keys

    text = " ".join(args.code)
    with opened(args.shop) as (ledger, settings, pickup):
        secret = read_secret(settings.folder)
        if text.startswith(PREFIX):
            order = by_token(ledger, text, Keys(pickup.hub, secret, {}))
        else:
            order = by_code(ledger, text, secret, pickup.hub)
        if args.hand_over:
            person = person_named(ledger, args.hand_over)
            order = at_counter(ledger, person, hand_over, order.id, person.name, looked=args.looked)
        show(order_json(ledger, order), args.json)
    return 0
