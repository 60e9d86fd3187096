"""`kiosk deposit`: take orders in at a hub, by what they are called or by the bag's label."""

from __future__ import annotations

import argparse

from kiosk.commands.pickupjson import opened, order_json, show
from kiosk.i18n import _

EPILOG = """\
examples:
  kiosk deposit AP17 --json                 it has come; names the box it goes into (nothing opens yet)
  kiosk deposit 'BRW:...' --json            the same by the bag's label, of an order nobody here has heard of
  kiosk deposit AP17 --counter              no box: it waits at the counter and its code counts from now on

The door is opened on the screen or by `kiosk locker open BOX`; the code counts only after that door was seen
shut with the parcel inside.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Take an order in at the hub.")
    parser.epilog = EPILOG
    parser.add_argument("ref", help=_("what the order is called"))
    parser.add_argument("--counter", action="store_true", help=_("it waits at the counter, in no box"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Take it in."""
    from kiosk.pickup import deposit
    from kiosk.pickup.codes import make_secret
    from kiosk.pickup.tokens import Keys

    with opened(args.shop) as (ledger, settings, pickup):
        keys = Keys(pickup.hub, make_secret(settings.folder), pickup.shop_keys)
        point = next((point.name for point in pickup.points if point.kind == "locker"), "")
        order = deposit.arrived(ledger, args.ref, keys, point)
        order = deposit.to_counter(ledger, order.id) if args.counter else deposit.into_box(ledger, order)
        show(order_json(ledger, order), args.json)
    return 0
