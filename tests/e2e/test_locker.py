"""The locker in a real terminal: sold, put in, collected by code and QR, brought back; killed half-way."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.ledger.connection import Ledger
from kiosk.pickup import boxes
from kiosk.pickup.compartment import State
from tests.e2e.terminal import Terminal, closed, kill, till_of

IDLE = "Hold your QR code to the reader, or type the code"
"""Of what stands there in letters of blocks nothing can be read in the window's text."""
SIGNED_IN = "0 boxes to look into"


def to_the_till(terminal: Terminal) -> None:
    """From the locker's screen through the PIN to the till."""
    terminal.shows(IDLE)
    terminal.press("*")
    terminal.shows("Staff help you")
    terminal.press("9")
    terminal.sign_in("a", "Mia", "1111")
    terminal.shows(SIGNED_IN)
    terminal.press("F9")
    terminal.shows("COLLECT")


def sell_to_collect(terminal: Terminal, *shop: str) -> tuple[str, str, str]:
    """Sell a mug that is collected later: what the order is called, its code and its QR code."""
    terminal.press("a")
    terminal.shows("1 item")
    terminal.press("C-g")
    for question in ("Collect where?", "How large?", "Collect from when?"):
        terminal.shows(question)
        terminal.press("a")
    terminal.shows("For whom?")
    terminal.press("Enter")
    terminal.shows("Held as")
    terminal.press("F5")
    terminal.shows("exact")
    terminal.press("a")
    terminal.shows("to collect from")
    found = re.search(r"(\w+) to collect from", terminal.text())
    assert found is not None
    terminal.until(lambda: "[QR: BRW:" in terminal.paper(*shop), "the ticket at the receipt's end")
    paper = terminal.paper(*shop)
    code = re.findall(r"\[Code 128: (\d{8})\]", paper)[-1]
    assert code not in re.sub(r"\s", "", terminal.text()), "on paper, it is not on the screen"
    qr = re.findall(r"\[QR: (BRW:.*)\]", paper)[-1]
    terminal.press("Enter")
    return found[1], code, qr


def put_in(terminal: Terminal, *refs: str) -> None:
    """Put orders into their boxes, from the first one on; somebody in the demo shuts the doors."""
    terminal.press("C-f")
    for box, ref in enumerate(refs, 1):
        terminal.shows(SIGNED_IN, f"{box} free")
        terminal.press("F2")
        terminal.shows("Which order?")
        terminal.shows(ref)
        terminal.press("a")
        terminal.shows(f"goes into box {box}")
        terminal.shows(f"{box} full")
    terminal.press("Escape")
    terminal.shows(IDLE)


def state_of(shop: Path, box: int) -> State:
    """A box as the records have it."""
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        return boxes.box_of(ledger, box).state


def test_sold_put_in_collected_by_code_and_by_reader_and_brought_back(
    terminal: Terminal, tmp_path: Path
) -> None:
    """The whole story of a newcomer, with a board that breaks and a door that nobody shuts."""
    shop = tmp_path / "locker"
    of_shop = ("--shop", str(shop))
    terminal.open("demo", "locker", "--keep", str(shop))
    to_the_till(terminal)
    ref, code, qr = sell_to_collect(terminal, *of_shop)
    other, _code, other_qr = sell_to_collect(terminal, *of_shop)
    put_in(terminal, ref, other)
    terminal.press("C-q")
    terminal.press("C-c")
    terminal.kiosk(*of_shop, "sim", "board", "silent")
    terminal.kiosk(*of_shop, "sim", "scan", qr)
    terminal.shows("Your code stays good")
    terminal.press("1")
    terminal.shows(IDLE)
    terminal.kiosk(*of_shop, "sim", "board", "ok")
    terminal.until(lambda: state_of(shop, 1) is State.OCCUPIED, "the board's answer")
    terminal.press("1")
    terminal.shows("Type the eight digits")
    for digit in code:
        terminal.press(digit)
    terminal.shows("Door 1 is open")
    assert "OPEN" in terminal.kiosk(*of_shop, "sim", "door", "1", "left").stdout
    for act in ("take", "close"):
        terminal.kiosk(*of_shop, "sim", "door", "1", act)
    terminal.shows("Something wrong?")
    terminal.kiosk(*of_shop, "sim", "scan", other_qr)
    terminal.shows("Door 2 is open")
    terminal.shows("Something wrong?")  # whoever stands there in the demo has taken it and shut the door
    terminal.kiosk(*of_shop, "sim", "scan", qr)
    terminal.shows("Already collected")
    terminal.press("Escape")
    terminal.shows(IDLE)
    bring_back(terminal, *of_shop)


def bring_back(terminal: Terminal, *of_shop: str) -> None:
    """Somebody brings something back; whoever stands there in the demo puts it in and shuts the door."""
    terminal.press("2")
    terminal.shows("choose the size of the box")
    terminal.press("1")
    terminal.shows("Push it shut when it is inside.")
    terminal.shows("Keep this number")
    terminal.press("#")
    terminal.shows(IDLE)
    assert "▒▒▒▒" in terminal.kiosk(*of_shop, "sim", "cabinet").stdout


def test_killed_while_the_door_is_open(terminal: Terminal, tmp_path: Path) -> None:
    shop = tmp_path / "locker"
    terminal.open("demo", "locker", "--keep", str(shop))
    to_the_till(terminal)
    ref, _code, qr = sell_to_collect(terminal, "--shop", str(shop))
    put_in(terminal, ref)
    terminal.kiosk("--shop", str(shop), "sim", "scan", qr)
    terminal.shows("Door 1 is open")
    kill(till_of(shop))
    terminal.until(lambda: closed(shop), "the till's end")
    with Ledger.open(shop / "ledger.db") as ledger:
        assert boxes.box_of(ledger, 1).state is State.OPEN
        assert ledger.rows("SELECT pulses FROM opening ORDER BY id DESC LIMIT 1") == [(1,)]
    terminal.leave()
    terminal.open("demo", "locker", "--keep", str(shop))
    terminal.shows(IDLE)

    def concluded() -> bool:
        with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
            return boxes.box_of(ledger, 1).state is State.FREE

    terminal.until(concluded, "the conclusion")  # its new twin of a cabinet is shut and empty
    with Ledger.open(shop / "ledger.db", readonly=True) as ledger:
        assert ledger.rows("SELECT stage FROM pickup") == [("collected, not seen",)]
        assert ledger.rows("SELECT sum(pulses) FROM opening WHERE purpose = 'pickup'") == [(1,)]
