"""Paper rows to ESC/POS bytes: the subset a receipt needs, and nothing a printer could misread.

Bytes: Epson's ESC/POS reference. Every job starts with a reset and pins one code page after it, because a
reset puts the printer back to page 0 and the euro somewhere else. Only changes of style are sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from hardware.printer import bars, codepage, qr
from hardware.printer.profile import Profile

RESET = b"\x1b@"
FONT_B = b"\x1bM\x01"
ALIGN = {"left": b"\x1ba\x00", "centre": b"\x1ba\x01", "right": b"\x1ba\x02"}
BOLD = {False: b"\x1bE\x00", True: b"\x1bE\x01"}
BIG = {False: b"\x1d!\x00", True: b"\x1d!\x11"}
CUT = {"full": b"\x1dVA\x00", "partial": b"\x1dVB\x00"}
"""Function B of the cut: feeds to the cutter first, so no line is left under the knife."""
LF = b"\n"
PULSE = {2: b"\x1bp\x00\x19\xfa", 5: b"\x1bp\x01\x19\xfa"}
"""50 ms on, 500 ms off, by connector pin: enough for every solenoid met, cool when asked twice."""


class RowLike(Protocol):
    """One line of paper as the shop hands it over; the product's own row type fits."""

    @property
    def text(self) -> str:
        """Plain text, already laid out to the column count."""
        ...

    @property
    def bold(self) -> bool:
        """Printed in bold."""
        ...

    @property
    def big(self) -> bool:
        """Double height and width."""
        ...

    @property
    def align(self) -> Literal["left", "centre", "right"]:
        """Where text or code stands."""
        ...

    @property
    def qr(self) -> str | None:
        """The payload of a QR code in place of text."""
        ...

    @property
    def bars(self) -> str:
        """Digits printed as a Code 128 in place of text; empty for none."""
        ...

    @property
    def cut(self) -> bool:
        """Cut the paper after this row."""
        ...

    @property
    def feed(self) -> int:
        """Blank lines after this row, 0 to 255."""
        ...

    @property
    def rule(self) -> bool:
        """A line across the paper in place of text."""
        ...

    @property
    def logo(self) -> bool:
        """The shop's logo in place of text."""
        ...


def encode(rows: Iterable[RowLike], profile: Profile, logo: bytes = b"", *, sparing: bool = False) -> bytes:
    """One whole job. A row with only a feed or a cut prints no line of its own; an empty row is a blank.

    `logo` is what `hardware.printer.logo` made for this profile. `sparing` saves the battery's power: no
    logo, the blackest thing on a receipt, and no blank paper but what the cutter needs.
    """
    out = [RESET, FONT_B if profile.font == "b" else b"", b"\x1bt%c" % profile.pages[profile.page]]
    align, bold, big = "left", False, False
    for row in rows:
        if row.align != align:
            out.append(ALIGN[align := row.align])
        if row.bold != bold:
            out.append(BOLD[bold := row.bold])
        if row.big != big:
            out.append(BIG[big := row.big])
        if row.logo:
            out.append(b"" if sparing else logo)
        else:
            out.append(_body(row, profile))
        if row.feed and not sparing:
            out.append(b"\x1bd%c" % max(0, min(row.feed, 255)))
        if row.cut:
            out.append(CUT[profile.cut] if profile.cut != "none" else b"\x1bd%c" % profile.tear)
    return b"".join(out)


def _body(row: RowLike, profile: Profile) -> bytes:
    """What a row prints, up to its line end."""
    columns = profile.columns // 2 if row.big else profile.columns
    if row.qr:
        return qr.encode(row.qr, profile)
    if row.bars:
        return bars.encode(row.bars, profile)
    if row.rule:
        return codepage.encode("─" * columns, profile.page) + LF
    if not row.text:
        return b"" if row.feed or row.cut else LF
    line = codepage.encode(row.text, profile.page)
    if len(row.text) <= columns < len(line):
        line = _fitted(row.text, codepage.narrowed(line, columns), columns, profile.page)
    return line.rstrip(b" ") + LF


def _fitted(text: str, line: bytes, columns: int, page: str) -> bytes:
    """Put an amount for which no gap made room on a line of its own: the printer would tear it in two."""
    parted = codepage.before_amount(text) if len(line) > columns else None
    if parted is None:
        return line
    word, amount = (codepage.encode(part, page) for part in parted)
    return word + LF + amount.rjust(columns)
