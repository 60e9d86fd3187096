"""`kiosk deposit`: take orders in at a hub, by what they are called or by the bag's label."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kiosk.commands.pickupjson import opened, order_json, show
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.orders import Order
    from kiosk.settings import Settings
    from kiosk.settings.pickup import PickupSettings

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
    from kiosk.pickup.orders import order_called
    from kiosk.pickup.tokens import PREFIX

    with opened(args.shop) as (ledger, settings, pickup):
        if args.ref.startswith(PREFIX):
            order = _by_label(ledger, args.ref, settings, pickup)
        else:
            order = order_called(ledger, args.ref)
        order = _to_counter(ledger, order) if args.counter else _to_box(ledger, order)
        show(order_json(ledger, order), args.json)
    return 0


def _by_label(ledger: Ledger, text: str, settings: Settings, pickup: PickupSettings) -> Order:
    """The order of a bag's label; BadToken when that is not genuine."""
    from kiosk.pickup.codes import make_secret
    from kiosk.pickup.intake import take_in_label
    from kiosk.pickup.tokens import BadToken, Keys, Label, read, require_now

    label = read(text, Keys(pickup.hub, make_secret(settings.folder), pickup.shop_keys))
    if not isinstance(label, Label):
        raise BadToken(_("this code is no bag's label; nothing was taken in"))
    now = ledger.clock.now()
    require_now(label.token, now.wall_ms // 1000, trusted=now.trusted)
    point = next((point.name for point in pickup.points if point.kind == "locker"), "")
    with ledger.transaction():
        return take_in_label(ledger, label, point)


def _to_box(ledger: Ledger, order: Order) -> Order:
    """Find it a box."""
    from kiosk.pickup.intake import assign_box, take_in

    with ledger.transaction():
        return assign_box(ledger, take_in(ledger, order))


def _to_counter(ledger: Ledger, order: Order) -> Order:
    """Let it wait at the counter."""
    from kiosk.pickup.desk import announce
    from kiosk.pickup.intake import take_in
    from kiosk.pickup.order import Step
    from kiosk.pickup.orders import step

    with ledger.transaction():
        step(ledger, take_in(ledger, order).id, Step.NO_BOX)
    return announce(ledger, order.id)
