"""``kiosk`` and ``python -m kiosk``: hands the words of the command line to ``kiosk.cli``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from kiosk.cli import main as run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
