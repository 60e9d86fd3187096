"""What all slips of a shop have in common: its paper's width, its head and foot, and how rows are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk import i18n
from kiosk.catalogue.cleaning import plain_text
from kiosk.catalogue.paper import Align, Row
from kiosk.checkout.columns import pad, spread, width, wrap
from kiosk.i18n import _

INDENT = "  "
"""Before what belongs to the line above."""
END = Row(feed=1, cut=True)
"""The end of every slip."""


@dataclass(frozen=True, slots=True)
class Stationery:
    """A shop's paper. Texts are the shop's own, in its own language."""

    columns: int = 42  # 32, 42 or 48
    header: tuple[str, ...] = ()  # name, address, tax number; the first line is the largest
    footer: tuple[str, ...] = ()
    tax_labels: Mapping[str, str] = field(default_factory=dict)  # by tax class, such as "reduced"
    method_labels: Mapping[str, str] = field(default_factory=dict)  # of payment methods that packages add
    logo: bool = False  # a picture above the head of a receipt
    code: bool = True  # a QR code with the receipt's number, to find the sale again

    def head(self) -> list[Row]:
        """Return the rows at the top of every slip."""
        rows: list[Row] = []
        for number, line in enumerate(self.header):
            text = plain_text(line)
            big = number == 0 and width(text) <= self.columns // 2
            rows += self.text(text, align="centre", bold=number == 0, big=big)
        return rows

    def foot(self) -> list[Row]:
        """Return the rows at the bottom of a receipt."""
        return [row for line in self.footer for row in self.text(plain_text(line), align="centre")]

    def text(self, text: str, *, align: Align = "left", bold: bool = False, big: bool = False) -> list[Row]:
        """Return a text as rows, wrapped."""
        columns = self.columns // 2 if big else self.columns
        return [Row(line, align=align, bold=bold, big=big) for line in wrap(plain_text(text), columns)]

    def pair(self, left: str, right: str, *, bold: bool = False) -> list[Row]:
        """Return a text at the left edge and one at the right edge."""
        return [Row(line, bold=bold) for line in spread(_kept(left), _kept(right), self.columns)]

    def total(self, left: str, right: str) -> list[Row]:
        """Return the one amount to be seen from afar: double size where it fits."""
        left, right = plain_text(left), plain_text(right)
        half = self.columns // 2
        if width(left) + 1 + width(right) > half:
            return self.pair(left, right, bold=True)
        return [Row(pad(left, half - width(right)) + right, bold=True, big=True)]

    def indented(self, text: str) -> list[Row]:
        """Return a text that belongs to the row above."""
        return [Row(line) for line in wrap(INDENT + plain_text(text), self.columns)]

    def table(self, rows: Iterable[tuple[str, ...]]) -> list[Row]:
        """Return a table under its heading (the first row): a text column, then right-aligned amounts.

        A label too long for its column takes a line of its own; where the amounts do not fit beside each
        other they stand under each other with their headings.
        """
        heading, *cells = [tuple(_kept(cell) for cell in row) for row in rows]
        wide = [max(width(row[n]) for row in (heading, *cells)) + 1 for n in range(1, len(heading))]
        room = self.columns - sum(wide)
        if room < 0:
            return self._tall_table(heading, cells)
        made: list[Row] = []
        for label, *values in (heading, *cells):
            numbers = "".join(pad(value, n, right=True) for value, n in zip(values, wide, strict=True))
            if width(label) > room:
                made += self.text(label)
                label = ""  # noqa: PLW2901 - it stands above now
            made.append(Row(pad(label, room) + numbers))
        return made

    def _tall_table(self, heading: tuple[str, ...], cells: Iterable[tuple[str, ...]]) -> list[Row]:
        """Return a table with one line for each amount."""
        made: list[Row] = []
        for label, *values in cells:
            made += self.text(label)
            for name, value in zip(heading[1:], values, strict=True):
                made += self.pair(INDENT + name, value) if value else []
        return made

    def method(self, name: str) -> str:
        """Return what a payment method is called on paper."""
        known = {"cash": _("Cash"), "card": _("Card"), "qr": _("QR payment")}
        return self.method_labels.get(name) or known.get(name) or name.capitalize()

    def tax(self, tax_class: str, rate: int) -> str:
        """Return a tax class with its rate (millionths), such as `A 19 %`."""
        label = self.tax_labels.get(tax_class, "")
        return " ".join(part for part in (tax_class, i18n.percent(rate), label) if part)


def _kept(text: str) -> str:
    """Return a text cleaned, with the plain spaces at its edges that a layout put there."""
    bare = text.strip(" ")
    return text.replace(bare, plain_text(bare), 1) if bare else text
