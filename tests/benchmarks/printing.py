"""A receipt of twenty lines against python-escpos, and the way from PAY to the first byte at the printer.

The floor of the second is the same rows by plain ``sqlite3`` and one send on an open connection, in turn.
"""

from __future__ import annotations

import queue
import socket
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from books import Raw, new_sale, rows_of, shop

from hardware.printer.encoder import RESET, encode
from hardware.printer.profile import PROFILES
from kiosk.catalogue.paper import Row
from kiosk.checkout import printqueue, sale
from kiosk.checkout.receipt import receipt_rows
from kiosk.checkout.stationery import Stationery
from kiosk.settings import parse
from kiosk.station.station import Station
from tests.checkout.receipts.sales import MARKET, PAPER, line

SHOP = """
[shop]
name = "Bench"
currency = "EUR"
[tax.A]
rate = "19 %"
[devices.printer]
kind = "tcp"
address = "127.0.0.1:{port}"
"""


def receipt_of(lines: int) -> list[Row]:
    """The rows of a sale of so many lines, on 48 columns."""
    names = ("Mug, blue glaze", "Käse, gereift", "Crème brûlée", "Candle, beeswax")
    goods = tuple(line(n + 1, names[n % 4]) for n in range(lines))
    return receipt_rows(replace(MARKET, lines=goods), Stationery(48, PAPER.header, PAPER.footer))


def by_escpos(rows: list[Row]) -> bytes:
    """The same rows as a program that uses python-escpos prints them, styles sent when they change."""
    from escpos.printer import Dummy

    printer = Dummy(profile="TM-T20II")
    printer.charcode("CP858")
    style: tuple[object, ...] = ()
    for row in rows:
        if (row.align, row.bold, row.big) != style:
            style = (row.align, row.bold, row.big)
            align = "center" if row.align == "centre" else row.align
            printer.set(align=align, bold=row.bold, double_width=row.big, double_height=row.big)
        if row.qr:
            printer.qr(row.qr, size=6, native=True)
        elif row.rule:
            printer.text("-" * 48 + "\n")
        elif row.text or not (row.cut or row.feed):
            printer.text(row.text + "\n")
        if row.feed:
            printer.print_and_feed(row.feed)
        if row.cut:
            printer.cut()
    output: bytes = printer.output
    return output


def receipt_ratios(rounds: int = 60) -> dict[str, float]:
    """Bytes and CPU of a receipt of twenty lines, ours over python-escpos."""
    rows = receipt_of(20)
    mine, theirs = [], []
    for _ in range(rounds):
        began = time.process_time()
        ours = encode(rows, PROFILES["80mm"])
        middle = time.process_time()
        escpos = by_escpos(rows)
        mine.append(middle - began)
        theirs.append(time.process_time() - middle)
    return {
        "receipt_bytes": len(ours),
        "receipt_bytes_ratio": len(ours) / len(escpos),
        "receipt_cpu_ms": statistics.median(mine[5:]) * 1000,
        "receipt_cpu_ratio": statistics.median(mine[5:]) / statistics.median(theirs[5:]),
    }


class Paperless:
    """A printer that answers, prints nothing, and notes when a job begins."""

    def __init__(self) -> None:
        """Listen."""
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        self.began: queue.Queue[float] = queue.Queue()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                wire, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(wire,), daemon=True).start()

    def _answer(self, wire: socket.socket) -> None:
        with wire:
            while came := wire.recv(65536):
                if RESET in came:
                    self.began.put(time.perf_counter())
                wire.sendall(b"\x12" * came.count(b"\x10\x04") + b"\0" * came.count(b"\x1dr\x01"))


def first_byte(rounds: int = 60) -> dict[str, float]:
    """From PAY (the sale handed to the writer) to its receipt's first byte at the printer, over the floor."""
    printer = Paperless()
    with tempfile.TemporaryDirectory() as folder:
        ledger, person = shop(Path(folder), 100)
        settings = parse(SHOP.format(port=printer.port).encode(), Path(folder) / "shop.toml")
        raw = Raw(ledger, Path(folder) / "raw.db")
        floor = socket.create_connection(("127.0.0.1", printer.port))
        mine, theirs = [], []
        with Station.on(settings, ledger) as station:
            for n in range(rounds):
                made = station.read(lambda reading, n=n: new_sale(reading, person, [n % 100 + 1])).result(10)
                began = time.perf_counter()
                done = station.submit(sale.commit, made)
                mine.append(printer.began.get(timeout=10) - began)
                receipt = done.result(10)
                while station.read(printqueue.open_jobs).result(10):
                    time.sleep(0.01)  # a till that is at rest when the next customer pays
                rows = station.read(rows_of, receipt.id).result(10)
                began = time.perf_counter()
                raw.write(rows)
                floor.sendall(RESET)
                theirs.append(printer.began.get(timeout=10) - began)
        floor.close()
        raw.db.close()
    printer.server.close()
    return {
        "first_byte_ms": statistics.median(mine[5:]) * 1000,
        "floor_first_byte_ms": statistics.median(theirs[5:]) * 1000,
        "first_byte_ratio": statistics.median(mine[5:]) / statistics.median(theirs[5:]),
    }
