"""`kiosk quote`: what a basket comes to, without a screen and without a shop."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

EXAMPLE = """\
example:
  echo '{"currency": "EUR", "prices": "inclusive", "rounding": "rate", "tax": {"A": "0.19", "B": "0.07"},
         "lines": [{"sku": "MUG", "qty": "2", "price": "12.50", "tax": "A"},
                   {"sku": "OLIVES", "qty": "0.335", "price": "12.99", "tax": "B", "discount_percent": "10"}],
         "cash_rounding": {"step": "0.05", "method": "half-up"},
         "payments": [{"method": "cash", "tendered": "50"}]}' | kiosk quote

All amounts, quantities and rates are decimals in quotes. A tax class may be a list of taxes:
  "C": [{"rate": "0.06"}, {"rate": "0.03", "on": "base+earlier"}]
A discount (discount_percent or discount_amount) may stand on a line and on the whole basket.
"rounding" is line, rate or document: where tax is rounded. In the answer, "rounding" is what cash
rounding adds to what is paid; "paid" is what stays after change.
Exit status: 0, or 2 with one line on stderr for each problem with the input.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser.description = "Read a basket as JSON and print what it comes to, as JSON."
    parser.epilog = EXAMPLE
    parser.add_argument(
        "file", nargs="?", default="-", help="the basket; without it, or with -, standard input"
    )


def run(args: argparse.Namespace) -> int:
    """Answer one question. 0: answered; 2: the input has the problems on stderr."""
    from kiosk.checkout.quote import MOST_TEXT, QuoteErrors, answer, parse

    try:
        most = 4 * MOST_TEXT + 1  # a character has at most four bytes
        print(json.dumps(answer(parse(_read(args.file, most).decode("utf-8-sig")))))
    except UnicodeDecodeError:
        print("the input: is not UTF-8 text", file=sys.stderr)
        return 2
    except OSError as failed:
        print(f"{args.file}: cannot be read: {failed.strerror}", file=sys.stderr)
        return 2
    except QuoteErrors as errors:
        print(errors, file=sys.stderr)
        return 2
    return 0


def _read(file: str, most: int) -> bytes:
    """Return what a file or standard input (-) holds, up to a size that is refused anyway."""
    if file == "-":
        return sys.stdin.buffer.read(most)
    with Path(file).open("rb") as source:
        return source.read(most)
