"""Codes that come from emupos: its serial scanner through our reader, and the labels its scale prints."""

from __future__ import annotations

import json
import queue
import subprocess

from hardware.device import CodeScanned, Event
from hardware.scanner.serial import SerialScanner
from hardware.supervisor import Supervisor
from kiosk.catalogue.symbology import interpret
from kiosk.catalogue.symbols import Measured
from tests.witness.emupos import DEADLINE_S, Emupos
from tests.witness.parts import need

CODES = (
    "4006381333931",
    "96385074",
    "]C10109521234543213\x1d10AB",
    "Käse 3,50 €",
    "https://shop.example/L/ABCD2345",
)
LABELS = """
import json, random
from emupos.barcodes.weighed import generate
draw = random.Random(5)
rows = []
for _ in range(300):
    item, value = draw.randrange(100_000), draw.randrange(100_000)
    rows.append((item, value, generate("21IIIIIWWWWWC", item=item, grams=value),
                 generate("23IIIIIPPPPPC", item=item, price_minor=value)))
print(json.dumps(rows))
"""


def test_its_scanner_s_codes_arrive_as_they_were(emupos: Emupos) -> None:
    heard: queue.Queue[Event] = queue.Queue()
    supervisor = Supervisor(SerialScanner("gun", emupos.path("lane")), heard.put)
    supervisor.start()
    scanned = []
    for code in CODES:
        emupos.scan(code)
        while not isinstance(event := heard.get(timeout=DEADLINE_S), CodeScanned):
            pass
        scanned.append(event.raw)
        emupos.wait("lane", "scanner.scan.delivered")
    assert scanned == list(CODES)
    assert supervisor.stop()


def test_the_labels_of_its_scale_are_read_as_it_meant_them() -> None:
    python = need("emupos", "emupos/bin/python")
    done = subprocess.run([python, "-c", LABELS], capture_output=True, text=True, check=True, timeout=60)
    rows = json.loads(done.stdout)
    assert len(rows) == 300
    for item, value, weighed, priced in rows:
        by_weight, by_price = (
            interpret(code, ("21IIIIIWWWWWC", "23IIIIIPPPPPC")) for code in (weighed, priced)
        )
        assert isinstance(by_weight, Measured) and isinstance(by_price, Measured)
        assert (by_weight.item, by_weight.weight) == (f"{item:05}", value)
        assert (by_price.item, by_price.price) == (f"{item:05}", value)
