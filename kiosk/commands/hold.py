"""`kiosk hold`: hold goods, a box size and a slot until they are paid, or see what could be promised."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kiosk.commands.pickupjson import BadQuestion, moment, moment_ms, opened, order_json, question, show
from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.pickup.points import PickupPoint
    from kiosk.pickup.wish import Wish
    from kiosk.settings.pickup import PickupSettings

EPILOG = """\
examples:
  kiosk hold windows locker --size M --json  the first windows that can be promised at a point
  echo '{"key": "00112233445566aa", "point": "locker", "from": "2026-11-24T16:30:00Z", "size": "M",
         "lines": [{"sku": "MUG", "qty": "2"}], "name": "Ann", "tail": "17"}' | kiosk hold make --json
  kiosk hold pay AP17 --json                it is paid: prints the code and the token for the slip, once
  kiosk hold release AP17
  kiosk hold pick AP17 && kiosk hold send AP17   somebody gathers it; it has left for its hub

"key" is 16 hex digits made once by whoever asks; the same question again gives the same hold. Left out, one
is made. "from" is the beginning of a window. An unpaid hold ends after 15 minutes; what the stall sold to
somebody else meanwhile is not paid, and its hold let go. Bad input: exit 2 and one line a problem.
"""
MOST_WINDOWS = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = _("Hold goods for somebody who collects them later.")
    parser.epilog = EPILOG
    parts = parser.add_subparsers(dest="action", required=True, metavar="windows|make|pay|release|pick|send")
    windows = parts.add_parser("windows", help=_("when something can be promised"))
    windows.add_argument("point", help=_("a pickup point of shop.toml"))
    windows.add_argument("--count", type=int, default=5, help=_("how many, 1 to {n}").format(n=MOST_WINDOWS))
    windows.add_argument("--size", default="", help=_("count the free boxes of this size as well"))
    make = parts.add_parser("make", help=_("hold what a JSON object asks for"))
    make.add_argument("file", nargs="?", default="-", help=_("without it, or with -, standard input"))
    for name, words in (
        ("pay", _("it is paid: give it its code")),
        ("release", _("let go of a hold")),
        ("pick", _("somebody gathers its goods")),
        ("send", _("it has left for its hub; `kiosk deposit` takes it in there")),
    ):
        parts.add_parser(name, help=words).add_argument("ref", help=_("what the order is called"))
    for part in parts.choices.values():
        part.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Do it and print the order. 0: done; 1: it cannot be had; 2: bad input."""
    actions = {
        "windows": _windows, "make": _make, "pay": _pay, "release": _release, "pick": _pick, "send": _send,
    }  # fmt: skip
    show(actions[args.action](args), args.json)
    return 0


def _windows(args: argparse.Namespace) -> dict[str, object]:
    """The first windows of a point."""
    from kiosk.station.collecting import promise

    if not 1 <= args.count <= MOST_WINDOWS:
        raise BadQuestion(_("--count: a number from 1 to {n}").format(n=MOST_WINDOWS))
    with opened(args.shop) as (ledger, settings, pickup):
        point = _point(pickup.point(args.point), args.point)
        if args.size:
            _check_size(args.size, pickup)
        found = promise(ledger, point, settings, args.size, args.count)
        rows = [{"from": moment(w.start_ms), "to": moment(w.end_ms), "left": w.left} for w in found.windows]
        return {
            "point": point.name,
            "windows": rows,
            "as_of": moment(found.as_of_ms),
            "clock_trusted": found.clock_trusted,
        }


def _make(args: argparse.Namespace) -> dict[str, object]:
    """Hold what is asked for."""
    from kiosk.pickup.holds import hold_at

    asked = question(args.file)
    with opened(args.shop) as (ledger, settings, pickup):
        wish = _wish(asked)
        point = _point(pickup.point(wish.point), wish.point)
        if point.kind == "locker":
            _check_size(wish.size, pickup)
        return order_json(ledger, hold_at(ledger, wish, point, settings.zone))


def _pay(args: argparse.Namespace) -> dict[str, object]:
    """Take a hold as paid and give it its code."""
    from kiosk.pickup.codes import make_secret
    from kiosk.pickup.codes import show as shown
    from kiosk.pickup.desk import give_code
    from kiosk.pickup.holds import pay
    from kiosk.pickup.orders import order_called

    with opened(args.shop) as (ledger, settings, pickup):
        order = pay(ledger, order_called(ledger, args.ref).id, None)
        ticket = give_code(ledger, order.id, make_secret(settings.folder), pickup.hub)
        return order_json(ledger, ticket.order) | {"code": shown(ticket.code), "token": ticket.token}


def _release(args: argparse.Namespace) -> dict[str, object]:
    """Let go of a hold."""
    from kiosk.pickup.holds import release
    from kiosk.pickup.orders import order_called

    with opened(args.shop) as (ledger, _settings, _pickup):
        return order_json(ledger, release(ledger, order_called(ledger, args.ref).id))


def _pick(args: argparse.Namespace) -> dict[str, object]:
    """Somebody gathers its goods."""
    from kiosk.pickup.order import Step
    from kiosk.pickup.orders import order_called, step

    with opened(args.shop) as (ledger, _settings, _pickup):
        with ledger.transaction():
            order = step(ledger, order_called(ledger, args.ref).id, Step.PICK)
        return order_json(ledger, order)


def _send(args: argparse.Namespace) -> dict[str, object]:
    """It has left for its hub."""
    from kiosk.pickup.intake import send_off
    from kiosk.pickup.orders import order_called

    with opened(args.shop) as (ledger, _settings, _pickup):
        with ledger.transaction():
            order = send_off(ledger, order_called(ledger, args.ref))
        return order_json(ledger, order)


def _point(found: PickupPoint | None, name: str) -> PickupPoint:
    """The point, if there is one."""
    if found is None:
        raise BadQuestion(_("there is no pickup point {name} in shop.toml").format(name=name))
    return found


def _check_size(size: str, pickup: PickupSettings) -> None:
    """BadQuestion for a size of which the cabinet has no box."""
    if size not in pickup.sizes:
        words = _("size {size} is none of the cabinet's: {sizes}")
        raise BadQuestion(words.format(size=repr(size), sizes=", ".join(pickup.sizes)))


def _wish(asked: Mapping[str, object]) -> Wish:
    """A wish out of JSON; BadQuestion with every problem."""
    from kiosk.pickup.wish import Wish

    known = {"key", "point", "from", "size", "lines", "name", "tail", "low", "checked"}
    problems = [_("{key} is not known here").format(key=key) for key in asked if key not in known]
    texts = {key: asked.get(key, "") for key in ("point", "size", "name", "tail")}
    problems += [
        _("{key} must be a text").format(key=key) for key, v in texts.items() if not isinstance(v, str)
    ]
    problems += [
        _("{key} must be true or false").format(key=key)
        for key in ("low", "checked")
        if not isinstance(asked.get(key, False), bool)
    ]
    lines = asked.get("lines")
    quantities: dict[str, int] = {}
    for line in lines if isinstance(lines, list) else ():
        try:
            sku, thousandths = line["sku"], Decimal(str(line["qty"])) * 1000
            if not isinstance(sku, str) or thousandths != int(thousandths):
                raise InvalidOperation
            quantities[sku] = quantities.get(sku, 0) + int(thousandths)
        except (TypeError, KeyError, ArithmeticError, ValueError):  # 1e999999 overflows even a Decimal
            problems.append(_('a line must be like {"sku": "MUG", "qty": "2"}'))
    if not quantities:
        problems.append(_("lines: at least one is wanted"))
    if problems:
        raise BadQuestion("\n".join(problems))
    return Wish(
        key=str(asked.get("key") or secrets.token_hex(8)),
        point=str(texts["point"]),
        slot_ms=moment_ms(asked.get("from")),
        size=str(texts["size"]),
        lines=quantities,
        low=asked.get("low") is True,
        name=str(texts["name"]),
        tail=str(texts["tail"]),
        checked=asked.get("checked") is True,
    )
