"""`python -m kiosk.locale`: brings catalogues and number formats up to date with the code and with CLDR.

To add a language, make `kiosk/locale/xx/LC_MESSAGES/barrow.po` (an empty file will do) and run this; then
fill in the `msgstr` lines and run it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kiosk.locale import catalogues, cldr

TABLE = Path(__file__).with_name("table.py")
HEAD = '''"""How places write money, numbers and dates: CLDR, brought here by `python -m kiosk.locale`."""

from __future__ import annotations

from typing import Any

TABLE: dict[str, dict[str, Any]] = '''


def main() -> int:
    """Write everything; exit code 1 while a catalogue misses a text."""
    rows = (f"    {code!r}: {cldr.describe(code)!r},\n" for code in cldr.LOCALES)
    TABLE.write_text(f"{HEAD}{{\n{''.join(rows)}}}\n", encoding="utf-8", newline="\n")
    gaps = catalogues.update()
    for language, texts in gaps.items():
        print(f"{language}: {len(texts)} texts to translate", *texts, sep="\n  ", file=sys.stderr)  # noqa: T201
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
