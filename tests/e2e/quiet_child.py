"""The till, with its screen on one terminal and whatever else is written to stdout or stderr on another.

Textual draws through ``sys.__stderr__``: that object alone keeps the first terminal. At the end the names of
all imported modules go into a file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

shop, others, modules = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
os.close(os.open(os.ttyname(0), os.O_RDWR))  # the first terminal a session opens is its own
screen = os.fdopen(os.dup(2), "w", encoding="utf-8")
os.dup2(others, 1)
os.dup2(others, 2)
sys.__stderr__ = screen  # type: ignore[misc]  # which is what a till with two terminals would have
try:
    from kiosk.cli import main

    code = main(["--shop", shop])
finally:
    modules.write_text("\n".join(sorted(sys.modules)))
sys.exit(code)
