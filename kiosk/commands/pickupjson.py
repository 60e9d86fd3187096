"""What the pickup commands share: the shop's pickup settings, its secret, and an order as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.ledger.connection import Ledger
    from kiosk.pickup.orders import Order
    from kiosk.settings import Settings
    from kiosk.settings.pickup import PickupSettings


class NoPickup(LookupError):
    """The shop's settings have no `[pickup]`."""

    def __init__(self) -> None:
        super().__init__(_("shop.toml has no [pickup]; nothing was done; describe the pickup points there"))


class BadQuestion(ValueError):
    """The JSON that was given is not what the command takes."""


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Ledger, Settings, PickupSettings]]:
    """Open a shop's ledger with its settings; NoPickup where nothing is collected."""
    from kiosk.ledger.connection import Ledger
    from kiosk.settings import load

    settings = load(folder)
    if settings.pickup is None:
        raise NoPickup
    with Ledger.open(settings.ledger) as ledger:
        yield ledger, settings, settings.pickup


def question(file: str) -> Mapping[str, object]:
    """Read one JSON object from a file, or from standard input for `-`."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        asked = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadQuestion(_("this is no JSON: {reason}").format(reason=error)) from error
    if not isinstance(asked, dict):
        raise BadQuestion(_("one JSON object is wanted; see --help"))
    return asked


def order_json(ledger: Ledger, order: Order) -> dict[str, object]:
    """An order for programs: times as ISO 8601 in UTC, quantities as decimal strings."""
    from kiosk.pickup.boxes import box_with
    from kiosk.pickup.orders import contents

    box = box_with(ledger, order.id)
    return {
        "order": order.id,
        "ref": order.ref,
        "stage": str(order.stage),
        "point": order.point,
        "size": order.size,
        "low": order.low,
        "from": moment(order.slot_ms),
        "until": moment(order.until_ms),
        "box": None if box is None else box.number,
        "box_state": None if box is None else str(box.state),
        "lines": [
            {"sku": sku, "name": name, "qty": quantity_text(quantity)}
            for sku, name, quantity in contents(ledger, order.id)
        ],
    }


def moment(wall_ms: int) -> str:
    """Unix milliseconds as ISO 8601."""
    return datetime.fromtimestamp(wall_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_ms(text: object) -> int:
    """ISO 8601 with a time zone as Unix milliseconds; BadQuestion otherwise."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        words = _("{text} is no moment such as 2026-11-24T16:30:00Z")
        raise BadQuestion(words.format(text=repr(text)))
    return int(found.timestamp()) * 1000


def quantity_text(thousandths: int) -> str:
    """A quantity as a plain decimal."""
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def show(answer: Mapping[str, object], as_json: bool) -> None:
    """Print an answer as JSON, or as lines for people."""
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
        return
    for name, value in answer.items():
        print(f"{name:<10} {value if not isinstance(value, list) else ', '.join(map(_line, value))}")


def _line(entry: object) -> str:
    """One line of goods, or one window, for people."""
    if isinstance(entry, dict) and "qty" in entry:
        return f"{entry['qty']} × {entry['name']}"
    if isinstance(entry, dict) and "left" in entry:
        return _("{start} to {end}: {n} left").format(start=entry["from"], end=entry["to"], n=entry["left"])
    return str(entry)
