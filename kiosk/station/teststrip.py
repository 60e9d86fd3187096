"""Prints the self-test strip on the shop's printer, for whoever sets it up and says what came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.printer.errors import PrinterSilent
from hardware.printer.printer import Printer
from hardware.printer.strip import LINES, Line, strip
from kiosk.i18n import _
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.settings import Settings


class NoPrinterToTry(LookupError):
    """The shop names no printer whose strip could be printed."""


class NoSuchLine(LookupError):
    """The strip has no line of that number."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is known after the strip has been sent."""

    answers: bool
    """Whether the printer said anything of itself; false: write ``answers = false`` if the strip came out."""


def print_strip(settings: Settings) -> Tried:
    """Print it now, past the queue. `NoPrinterToTry`, or ``OSError`` with what is in the way.

    A printer that answers nothing gets the strip all the same: a person stands before it.
    """
    chosen = settings.device("printer")
    printer = device(settings, chosen) if chosen is not None else None
    if not isinstance(printer, Printer):
        raise NoPrinterToTry(_("shop.toml names no printer: write [devices.printer] first"))
    printer.open()
    try:
        try:
            printer.send(strip(printer.profile))
        except PrinterSilent:
            printer.link.answers = False
            printer.send(strip(printer.profile))
        return Tried(printer.link.answers)
    finally:
        printer.close()


def meaning(number: int, settings: Settings) -> dict[str, str | int]:
    """The keys of ``[receipt]`` that the line with this number stands for; raises `NoSuchLine`.

    0 stands for no line at all: letters without accents are printed right by every printer.
    """
    from hardware.printer.profile import PROFILES, for_columns

    if number == 0:
        return {"code_page": "CP437"}
    line = _line(number)
    receipt = settings.receipt
    profile = PROFILES[receipt.profile] if receipt.profile else for_columns(receipt.columns)
    usual = profile.pages[line.page] == line.at
    return {"code_page": line.page} | ({} if usual else {"page_number": line.at})


def _line(number: int) -> Line:
    """The line with this number."""
    found = next((line for line in LINES if line.number == number), None)
    if found is None:
        raise NoSuchLine(_("the strip has lines 1 to {n}, and 0 for none").format(n=len(LINES)))
    return found
