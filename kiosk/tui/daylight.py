"""The theme `auto` follows the hour while the till runs: day and night begin when the settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import minute_of_day

if TYPE_CHECKING:
    from kiosk.front import ShopFront
    from kiosk.settings.shop import UiSettings


def night_at(ui: UiSettings | ShopFront, wall_ms: int) -> bool | None:
    """Whether a moment is in the night theme's hours; None where the theme does not follow the hour."""
    return None if ui.theme != "auto" else not ui.day_from <= minute_of_day(wall_ms) < ui.night_from
