"""`python -m kiosk.locale`: brings catalogues and number formats up to date with the code and with CLDR.

To add a language, make `kiosk/locale/xx/LC_MESSAGES/barrow.po` (an empty file will do) and run this; then
fill in the `msgstr` lines and run it again.
"""

from __future__ import annotations

import json
import sys

from kiosk.locale import catalogues, cldr, conventions


def main() -> int:
    """Write everything; exit code 1 while a catalogue misses a text."""
    rows = (
        f"{json.dumps(code)}: {json.dumps(cldr.describe(code), ensure_ascii=False)}" for code in cldr.LOCALES
    )
    conventions.TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8", newline="\n")
    gaps = catalogues.update()
    for language, texts in gaps.items():
        print(f"{language}: {len(texts)} texts to translate", *texts, sep="\n  ", file=sys.stderr)  # noqa: T201
    return 1 if any(gaps.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
