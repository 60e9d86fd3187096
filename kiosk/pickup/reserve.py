"""The last of the battery belongs to those who come for their parcels. Pure.

Half an hour of board and screen is 3 to 5 Wh, and fifty openings of 5 mWh are a quarter of one: from there on
boxes are only emptied.
"""

from __future__ import annotations

RESERVE_WH = 5


def collection_only(soc: float | None, capacity_wh: float | None, reserve_wh: int = RESERVE_WH) -> bool:
    """Whether so little is left that nothing new is taken in; what is unknown is no reason.

    Args:
        soc: State of charge, 0 to 1.
        capacity_wh: Usable Wh from full to cut-off.
        reserve_wh: Wh that are kept for collecting.
    """
    return soc is not None and capacity_wh is not None and soc * capacity_wh <= reserve_wh
