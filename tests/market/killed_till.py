"""A till in a process of its own, which sells until somebody kills it: FOLDER SEED WALL_MS.

A bill is written to standard output before the basket is saved and again before the sale is committed, the
receipt's number after it. Whoever reads that knows what must be in the ledger, and what may be.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from hardware.device import State, StateChanged
from hardware.simulated.control import tell
from kiosk import i18n
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.settings import load
from kiosk.station.station import Station
from tests.market.customers import Customers
from tests.market.day import MarketClock, told
from tests.market.hands import Hands


def main(folder: Path, seed: int, wall_ms: int) -> None:
    """Open the till and sell for ever."""
    i18n.set_language("en")
    i18n.set_locale("en_IE", "Europe/Berlin")
    settings, clock = load(folder), MarketClock(wall_ms, f"boot-{seed}")
    with TillLock(settings.ledger):
        station = Station.on(settings, Ledger.open(settings.ledger, clock=clock))
        hands = Hands(station, lambda code: tell(folder, "scan", code=code))
        station.start()
        hands.wait_for(StateChanged("scanner", State.READY))
        customers = Customers(hands, random.Random(seed), about_to_pay=lambda bill: say(told(bill)))
        while True:
            hands.sign_in(customers.chance.choice(("Mia", "Mia", "Sam")))
            for _customer in range(10):
                bill, receipt = customers.one()
                say(json.dumps({"key": bill.key, "number": receipt.number}))
                clock.advance()


def say(line: str) -> None:
    """Write a line that is there when the process is killed right after it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
