"""Lockers: a code to the pulse on the wire, tokens, holds, the coil's energy, and how full a cabinet gets.

The floor of an opening is the bus alone: the same status question and the same order with the same silences.
That of a token is the bare signature, that of a hold the same rows by ``sqlite3``.
"""

from __future__ import annotations

import hmac
import os
import random
import select
import statistics
import tempfile
import threading
import time
import tty
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from books import Raw, timed
from nacl.signing import SigningKey

from hardware.locks.board import Status
from hardware.locks.boxes import BoxMap
from hardware.locks.bus import TURNAROUND_S, Bus
from hardware.locks.cabinet import STATUS_S, Cabinet
from hardware.locks.coils import GuardWire
from hardware.locks.guard import Channel
from hardware.locks.kinds import codec
from hardware.locks.pulses import COOL_S, GAP_S
from hardware.simulated.lockboard import SimulatedLockBoard
from hardware.supervisor import Supervisor
from hardware.wire.address import wire_to
from kiosk.ledger.clock import FakeClock
from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes, desk, holds, plan, tokens
from kiosk.pickup.compartment import Purpose, State
from kiosk.station.events import BoxNews
from kiosk.station.lockers import Lockers
from tests.pickup.stall import HUB, SECRET, at_hub, build, deposit, product, wish

BOXES = 12
WIRE_S = (5 + 9 + 5) * 10 / 19200
"""What 19 bytes take at a KR-CU16's 19,200 baud; a pty takes no time."""
COIL_W = 24.0
"""12 V at 2 A: the larger of the two locks with a data sheet."""
TABLE = ((16, 8, 24, 0.003), (16, 12, 24, 0.047), (16, 16, 24, 0.16), (16, 16, 12, 0.003),
         (24, 16, 24, 0.010), (24, 24, 24, 0.12))  # fmt: skip
"""Boxes, orders a day, mean hours of stay, share refused: a simulation by other hands."""


# -- a code to the pulse -------------------------------------------------------------------------------------


class Board:
    """A KR-CU16 at the other end of a pty."""

    def __init__(self) -> None:
        """Answer in a thread."""
        self.board = SimulatedLockBoard("cu16", BOXES)
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.path, self._slave = os.ttyname(slave), slave
        self.pulsed = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._over:
            if select.select((self._master,), (), (), 0.2)[0]:
                for part in self.board.receive(os.read(self._master, 256), time.perf_counter()):
                    os.write(self._master, part)
                if any(not one.shut for one in self.board.compartments.values()):
                    self.pulsed.set()

    def pulse_of(self, box: int) -> float:
        """Wait for a coil's pulse and return when it came."""
        assert self.pulsed.wait(10)
        return self.board.compartments[box].pulses[-1]

    def shut(self, box: int) -> None:
        """Somebody takes the parcel and shuts the door."""
        self.pulsed.clear()
        self.board.compartments[box].item = False
        self.board.compartments[box].shut = True

    def close(self) -> None:
        """Pull it out."""
        self._over = True
        self._thread.join()
        for descriptor in (self._master, self._slave):
            os.close(descriptor)


def code_to_pulse() -> dict[str, float]:
    """Milliseconds from eight digits to the order on the wire, against the bus alone."""
    with tempfile.TemporaryDirectory() as folder:
        ours = list(_opened(Path(folder)))
    floor = list(_bare())
    wire_ms = WIRE_S * 1000
    return {
        "code_to_pulse_ms": statistics.median(ours) + wire_ms,
        "code_to_pulse_worst_ms": max(ours) + wire_ms,
        "bare_bus_ms": statistics.median(floor) + wire_ms,
        "code_to_pulse_ratio": (statistics.median(ours) + wire_ms) / (statistics.median(floor) + wire_ms),
    }


def _opened(folder: Path) -> Iterator[float]:
    """Box after box through the till's own code."""
    with _at_work(folder) as (line, lockers, submit, news):
        for box in range(1, BOXES + 1):
            line.board.compartments[box].item = True
            ticket = submit(at_hub, f"buyer {box}", box).result()
            submit(deposit, ticket.order.id, box).result()
            time.sleep(GAP_S)  # the silence between two pulses is the cabinet's, not ours
            began = time.perf_counter()
            order = submit(desk.by_code, ticket.code, SECRET, HUB).result()
            lockers.open(box, Purpose.PICKUP, order.id, "keypad").result()
            yield (line.pulse_of(box) - began) * 1000
            news(lambda one, box=box: (one.box.number, one.what) == (box, "open"))
            line.shut(box)
            news(lambda one, box=box: (one.box.number, one.what) == (box, "shut"))


@contextmanager
def _at_work(folder: Path) -> Iterator[tuple[Board, Lockers, Callable[..., Future[Any]], Any]]:
    """A cabinet whose coils are cool, under its supervisor, and the lockers with a writer's thread."""
    told, bell = list[BoxNews](), threading.Condition()
    line, writer = Board(), ThreadPoolExecutor(1)
    ledger = writer.submit(build, folder / "ledger.db", FakeClock(), BOXES).result()
    cabinet = Cabinet("locks", Bus(wire_to(line.path, 19200), codec("cu16")),
                      BoxMap.plain(codec("cu16"), [0], BOXES))  # fmt: skip
    cabinet._pulses._started -= COOL_S

    def tell(event: object) -> None:
        if isinstance(event, BoxNews):
            with bell:
                told.append(event)
                bell.notify_all()

    def submit(function: Callable[..., Any], *args: Any) -> Future[Any]:
        return writer.submit(function, ledger, *args)

    def news(wanted: Callable[[BoxNews], bool]) -> None:
        with bell:
            assert bell.wait_for(lambda: any(map(wanted, told)), 20)
            told.clear()

    lockers = Lockers(cabinet, submit, tell)
    lockers.start()
    supervisor = Supervisor(cabinet, lockers.heard)
    supervisor.start()
    while {one.state for one in submit(boxes.boxes).result()} != {State.FREE}:
        time.sleep(0.05)
    try:
        yield line, lockers, submit, news
    finally:
        supervisor.stop()
        lockers.stop()
        writer.submit(ledger.close).result()
        writer.shutdown()
        line.close()


def _bare() -> Iterator[float]:
    """The same two frames over the same kind of line, and nothing else."""
    line = Board()
    bus = Bus(wire_to(line.path, 19200), codec("cu16"))
    bus.wire.open()
    for box in range(1, BOXES + 1):
        began = time.perf_counter()
        (question,) = bus.codec.questions(0, [box])
        bus.ask(question, lambda reply: isinstance(reply, Status), STATUS_S)
        bus.tell(bus.codec.open(0, box))
        yield (line.pulse_of(box) - began) * 1000
        line.shut(box)
        bus.rest(TURNAROUND_S)
    bus.wire.close()
    line.close()


# -- tokens and holds ----------------------------------------------------------------------------------------


def tokens_ratio(rounds: int = 2000) -> dict[str, float]:
    """Microseconds to check a shop's and a hub's token, against the bare signature."""
    seed = bytes(range(32))
    keys = tokens.Keys(HUB, SECRET, {0: tokens.public_key(seed)})
    token = tokens.Token(HUB, b"ORDER001", 0, 0, tokens.Purpose.PICKUP)
    signed, sealed = tokens.sign(token, seed), tokens.seal(token, SECRET)
    body, public = SigningKey(seed).sign(token.pack()), SigningKey(seed).verify_key
    mac = hmac.new(SECRET, token.pack(), sha256).digest()
    shop = _median(rounds, lambda: tokens.read(signed, keys))
    bare = _median(rounds, lambda: public.verify(body))
    hub = _median(rounds, lambda: tokens.read(sealed, keys))
    bare_hub = _median(
        rounds, lambda: hmac.compare_digest(mac, hmac.new(SECRET, token.pack(), sha256).digest())
    )
    return {
        "token_shop_us": shop, "token_shop_ratio": shop / bare, "token_hub_us": hub, "bare_hmac_us": bare_hub
    }  # fmt: skip


def _median(rounds: int, work: Callable[[], object]) -> float:
    """Microseconds of this thread's CPU."""
    return statistics.median(timed(work)[1][0] for _ in range(rounds)) / 1000


class RawHold(Raw):
    """The rows of one hold."""

    TABLES = ("journal", "pickup", "pickup_line")


def hold_ratio(rounds: int = 200) -> dict[str, float]:
    """A hold against the same rows in one transaction by ``sqlite3``, in turn; CPU and wall."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = build(Path(folder) / "ledger.db", FakeClock(), count=480)
        product(ledger, "CUP", 10_000)
        raw = RawHold(ledger, Path(folder) / "raw.db")
        ours, floor = [], []
        for n in range(rounds):
            asked = wish(f"buyer {n}", slot_ms=1_767_261_600_000 + n, lines={"CUP": 1000})
            order, cost = timed(lambda asked=asked: holds.hold(ledger, asked, handovers=8, boxed=True))
            ours.append(cost)
            same = _rows(ledger, order.id)  # type: ignore[attr-defined]
            ledger.rows("SELECT 1")
            floor.append(timed(lambda same=same: raw.write(same))[1])
        ledger.close()
    cpu, wall = (
        statistics.median(o[i] for o in ours) / statistics.median(f[i] for f in floor) for i in (0, 1)
    )
    return {"hold_cpu_ratio": cpu, "hold_wall_ratio": wall,
            "hold_cpu_us": statistics.median(o[0] for o in ours) / 1000}  # fmt: skip


def _rows(ledger: Ledger, order: str) -> dict[str, list[tuple[object, ...]]]:
    """What a hold left."""
    return {
        "journal": ledger.rows("SELECT * FROM journal ORDER BY seq DESC LIMIT 1"),
        "pickup": ledger.rows("SELECT * FROM pickup WHERE id = ?", (order,)),
        "pickup_line": ledger.rows("SELECT * FROM pickup_line WHERE pickup = ?", (order,)),
    }


# -- energy and boxes ----------------------------------------------------------------------------------------


def energy() -> dict[str, float]:
    """Milliwatt hours of a coil for one pickup: how long the guard's line was high, at 24 W."""
    with tempfile.TemporaryDirectory() as folder:
        wire = GuardWire({n: Channel(n + 8) for n in range(1, 6)}, pulse_ms=500, files=Path(folder))
        wire.open()
        history = Path(folder) / "history"
        highs: list[int] = []
        for lock in range(1, 6):
            wire.write(f"open {lock}\n".encode(), 1)
            while True:
                rows = [row.split() for row in history.read_text().splitlines()] if history.exists() else []
                at = [(int(level), int(ms)) for line, level, ms in rows if int(line) == lock + 8]
                up = next((ms for level, ms in at if level), None)
                down = next((ms for level, ms in at if up is not None and not level and ms > up), None)
                if up is not None and down is not None:
                    highs.append(down - up)
                    break
                time.sleep(0.02)
        wire.close()
    high_ms = statistics.median(highs)
    return {"coil_on_ms": high_ms, "energy_per_pickup_mwh": COIL_W * high_ms / 3_600_000 * 1000}


def occupancy() -> dict[str, float]:
    """How far `kiosk locker plan` is from the table, in points of a hundred orders, at the worst row."""
    began = time.perf_counter()
    errors = [
        abs(plan.simulate(plan.Plan(boxes, day, stay), random.Random(1)).refused - share) * 100
        for boxes, day, stay, share in TABLE
    ]
    return {"plan_error_points": max(errors), "plan_s": time.perf_counter() - began}


def measure() -> dict[str, float]:
    """All of it."""
    return code_to_pulse() | tokens_ratio() | hold_ratio() | energy() | occupancy()
