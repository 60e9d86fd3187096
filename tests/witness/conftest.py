"""The witnesses, started once a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from hardware.printer.encoder import RowLike, encode
from hardware.printer.link import Link
from hardware.printer.printer import Delivery, Printer
from hardware.printer.profile import Profile
from hardware.wire.serial import SerialLink
from hardware.wire.tcp import TcpLink

pytest.register_assert_rewrite("tests.witness.emupos")

from tests.witness.emupos import Emupos, Receipt, Seen  # noqa: E402 - rewritten from here on
from tests.witness.parts import need  # noqa: E402


@pytest.fixture(scope="session")
def running_emupos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emupos]:
    """emupos, for the whole session."""
    started = Emupos(need("emupos", "emupos/bin/emupos"), tmp_path_factory.mktemp("emupos"))
    yield started
    started.stop()


@pytest.fixture
def emupos(running_emupos: Emupos) -> Emupos:
    """emupos with everything mended and nothing seen yet."""
    running_emupos.reset()
    return running_emupos


@dataclass(frozen=True, slots=True)
class Printed:
    """A job as emupos put it on paper, and what it said on the way."""

    paper: Receipt
    delivery: Delivery
    unknown: list[Seen]
    """Commands and code pages it does not know; a test wants this empty."""


@dataclass(frozen=True, slots=True)
class Press:
    """Prints through our own transports on emupos's printers."""

    emupos: Emupos

    def link(self, wire: str) -> Link:
        """Our transport to one of its printers, not yet opened."""
        if wire == "counter":
            return SerialLink(self.emupos.path(wire), 9600, flow="none")  # a pty knows no RTS
        return TcpLink("127.0.0.1", self.emupos.port(wire))

    @contextmanager
    def opened(self, wire: str, profile: Profile) -> Iterator[Printer]:
        """A printer, opened."""
        printer = Printer(wire, self.link(wire), profile)
        printer.open()
        try:
            yield printer
        finally:
            printer.close()

    def print(self, wire: str, profile: Profile, rows: Iterable[RowLike]) -> Printed:
        """Print some rows; the connection ends with them, as paper without a cutter does."""
        with self.opened(wire, profile) as printer:
            delivery = printer.send(encode(rows, profile))
        paper, before = self.emupos.receipt(wire)
        odd = ("printer.command.unknown", "printer.codepage.unsupported")
        return Printed(paper, delivery, [seen for seen in before if seen.kind in odd])


@pytest.fixture
def press(emupos: Emupos) -> Press:
    """A way to print on emupos."""
    return Press(emupos)
