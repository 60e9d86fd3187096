"""A till that tells what it had imported at its first frame, and rests at once when asked to by a signal.

python watched_till.py MODULES --shop DIR till
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from kiosk.tui import hours
from kiosk.tui.app import BarrowApp

MODULES, WORDS = Path(sys.argv[1]), sys.argv[2:]
_begin = BarrowApp._begin


def begin(self: BarrowApp) -> None:
    """After the first frame: write down what it took, then go on as ever."""
    MODULES.write_text(" ".join(sorted(sys.modules)))
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, rest, self)
    _begin(self)


def rest(self: BarrowApp) -> None:
    """As when the minute changes and nobody has touched the till for long."""
    hours.REST_AFTER_MS = -1
    self._minute()


BarrowApp._begin = begin  # type: ignore[method-assign]

if __name__ == "__main__":
    from kiosk.cli import main

    main(WORDS)
