"""Energy in words, the same on the screen, on paper and in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk import i18n
from kiosk.i18n import _, ngettext

if TYPE_CHECKING:
    from kiosk.energy.shown import Shown

WHOLE = 0.95
"""Above this part what was measured is as good as all."""


def wh_words(mwh: int | None) -> str:
    """Say an energy in whole Wh; small ones to a tenth."""
    if mwh is None:
        return _("unknown")
    step = 100 if mwh < 10_000 else 1000
    return _("{wh} Wh").format(wh=i18n.quantity(round(mwh / step) * step))


def percent_words(share: float | None) -> str:
    """Say a part."""
    return _("unknown") if share is None else i18n.percent(round(share * 100) * 10_000)


def shown_words(row: Shown) -> str:
    """Say what showing a product took, how often, and what was sold of it: 214 Wh, 9 demos, 6 sold."""
    return f"{wh_words(row.mwh)}, {times_words(row)}"


def times_words(row: Shown) -> str:
    """Say how often a product was shown, what of that is not known, and what was sold of it."""
    times = [ngettext("{n} demo", "{n} demos", row.demos).format(n=row.demos)]
    if row.unmetered and row.mwh is not None:
        times.append(_("({n} not measured)").format(n=row.unmetered))
    elif row.measured is not None and row.mwh is not None and row.measured < WHOLE:
        times.append(_("({share} measured)").format(share=percent_words(row.measured)))
    if row.cut:
        times.append(_("({n} cut off)").format(n=row.cut))
    sold = _("{n} sold").format(n=i18n.quantity(row.sold))
    return f"{' '.join(times)}, {sold}"
