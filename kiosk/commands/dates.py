"""Business dates on the command line."""

from __future__ import annotations

import argparse
import re
from datetime import date

from kiosk.i18n import _


def business_date(text: str) -> str:
    """Read a date; the parser tells the person when it is none."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(_("a date is written 2026-11-23"))
