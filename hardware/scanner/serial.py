"""A scanner that sends lines: RS-232, USB in serial mode, or a socket."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.device import CodeScanned, ScanLost
from hardware.linereader import LineReader
from hardware.options import Options


class SerialScanner(LineReader):
    """Reads codes, one a line."""

    def heard(self, line: str, at_ms: int) -> CodeScanned:
        """One whole code."""
        return CodeScanned(self.name, line, at_ms)

    def missed(self, at_ms: int) -> ScanLost:
        """Half a code: the seller scans again."""
        return ScanLost(self.name, "the code was cut off or too long", at_ms)


def make(name: str, table: Mapping[str, object]) -> SerialScanner:
    """``port`` (a path or ``socket://host:port``) and ``baud`` (9600)."""
    options = Options(name, table)
    scanner = SerialScanner(name, options.text("port"), options.number("baud", 9600, 300, 921600))
    options.done()
    return scanner
