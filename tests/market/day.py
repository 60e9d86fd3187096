"""The stall of the market day: a shop folder, its simulated devices, a clock, a till that comes and goes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from hardware.printer.profile import for_columns
from hardware.simulated.stall import SimulatedStall
from kiosk import demo, i18n
from kiosk.checkout import printqueue
from kiosk.checkout.sale import stored_receipt
from kiosk.ledger.clock import SystemClock
from kiosk.ledger.connection import Ledger
from kiosk.ledger.instance import TillLock
from kiosk.settings import load
from kiosk.settings.equipment import DRIVERS
from kiosk.station.station import Station
from tests.market.hands import Hands, done
from tests.market.oracle import Bill, Line

T = TypeVar("T")

OPENING_MS = 1_778_313_600_000
"""09:20 in Berlin on Saturday, 9 May 2026."""
DAYS_MS = 86_400_000


class MarketClock(SystemClock):
    """The till's own clock on hands that the test turns: a minute passes with each customer."""

    def __init__(self, wall_ms: int = OPENING_MS, boot_id: str = "market-boot") -> None:
        """Start at a time that the network has confirmed."""
        self.wall_ms, self.boot_ms, self.synced = wall_ms, 60_000, True
        super().__init__(
            wall=lambda: self.wall_ms,
            boot=lambda: self.boot_ms,
            was_set=lambda _wall: self.synced,
            boot_id=boot_id,
        )

    def advance(self, ms: int = 60_000) -> None:
        """Let time pass."""
        self.wall_ms += ms
        self.boot_ms += ms


class Day:
    """Everything that outlives a till."""

    def __init__(self, folder: Path) -> None:
        """Make the demo shop with cash rounding and the devices of a simulated stall in its settings."""
        i18n.set_language("en")
        i18n.set_locale("en_IE", "Europe/Berlin")
        self.folder = folder / "shop"
        self.clock = MarketClock()
        demo.build(self.folder, clock=self.clock, language="en", timezone="Europe/Berlin", shift=False)
        self._closing = ExitStack()
        self.stall = self._closing.enter_context(SimulatedStall(self.folder, for_columns(42)))
        with (self.folder / "shop.toml").open("a", encoding="utf-8") as toml:
            toml.write('\n[cash]\nstep = "0.05"\n' + "".join(map(_device, self.stall.devices().items())))
        self.settings = load(self.folder)
        self.paper: list[str] = []
        self._till: ExitStack | None = None
        self._never = threading.Event()

    def __enter__(self) -> Day:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close_till()
        self._closing.close()

    def open_till(self) -> Hands:
        """Start the till, as `kiosk` does."""
        self._till = ExitStack()
        self._till.enter_context(TillLock(self.settings.ledger))
        self.station = self._till.enter_context(
            Station.on(self.settings, Ledger.open(self.settings.ledger, clock=self.clock))
        )
        hands = Hands(self.station, lambda code: self.stall.do("scan", code=code))
        self.wait(lambda: self.stall.do("status")["scanner"]["readers"])  # type: ignore[index]
        return hands

    def close_till(self) -> None:
        """End the till."""
        till, self._till = self._till, None
        if till is not None:
            till.close()

    def wait(self, true: Callable[[], T]) -> T:
        """Look again until something is true; a minute is for a machine with better things to do."""
        for _look in range(3_000):
            if found := true():
                return found
            self._never.wait(0.02)
        raise AssertionError("not within a minute")

    def tear_paper(self) -> None:
        """Keep what was printed, before the roll's end is forgotten."""
        lines = self.stall.do("paper", tear=True)["lines"]
        assert isinstance(lines, list)
        self.paper += lines

    def printed(self) -> None:
        """Wait until nothing waits to be printed but what is in doubt."""
        self.wait(
            lambda: {job.state for job in done(self.station.read(printqueue.open_jobs))} <= {"DOUBTFUL"}
        )
        self.tear_paper()

    # -- a till that is killed -------------------------------------------------------------------------------

    def killed(self, seed: int, chance: random.Random) -> tuple[list[Bill], dict[str, str]]:
        """Let a till of its own sell until it is killed at some instant.

        Returns the bills that were about to be paid, and the numbers it acknowledged by their bill's key.
        """
        script = [
            sys.executable,
            "-m",
            "tests.market.killed_till",
            str(self.folder),
            str(seed),
            str(self.clock.wall_ms),
        ]
        root = Path(__file__).parents[2]
        with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd=root) as child:
            assert child.stdout is not None
            said: list[str] = []
            wanted = chance.randint(6, 22)
            while sum('"number"' in line for line in said) < wanted:
                line = child.stdout.readline()
                assert line, "the till ended by itself"
                said.append(line)
            self._never.wait(chance.random() * 0.04)  # some instant, not a wait for anything
            child.kill()
            said += child.stdout.read().split("\n")
        bills: dict[str, Bill] = {}
        numbers: dict[str, str] = {}
        for line in said:
            if not line.strip().endswith("}"):
                continue  # the last one was cut off
            told = json.loads(line)
            if "number" in told:
                numbers[told["key"]] = told["number"]
            else:
                bills[told["key"]] = bill_of(told)
        self.clock.advance(len(said) * 30_000)
        return list(bills.values()), numbers

    def stored(self, key: str) -> str | None:
        """The number of a sale by its bill's key, whoever committed it."""
        found = done(self.station.read(stored_receipt, UUID(hex=key)))
        return None if found is None else found.number


def told(bill: Bill) -> str:
    """A bill as one line of text."""
    return json.dumps(asdict(bill))


def bill_of(fields_of: dict[str, Any]) -> Bill:
    """A bill from its line of text."""
    lines = [Line(**line) for line in fields_of["lines"]]
    pairs = {name: [tuple(pair) for pair in fields_of[name]] for name in ("paid", "voids")}
    rest = {one.name: fields_of[one.name] for one in fields(Bill)}
    return Bill(**rest | pairs | {"lines": lines})


def _device(device: tuple[str, dict[str, object]]) -> str:
    """A simulated device as it stands in shop.toml."""
    name, table = device
    role, _, driver = str(table["kind"]).partition("-")
    if driver in DRIVERS.get(role, ()):
        own = "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items() if key != "kind")
        return f'\n[devices.{name}]\nrole = "{role}"\nkind = "{driver}"\n{own}'
    address = (
        f"{table['host']}:{table['port']}"
        if "host" in table
        else str(table["port"]).removeprefix("socket://")
    )
    return f'\n[devices.{name}]\nkind = "tcp"\naddress = "{address}"\n'
