"""The basket as a customer reads it: the newest lines, as many as there is room for; nobody turns pages."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.tui.basketrows import BasketRow
from kiosk.tui.widgets.basket import BasketView


class NewestRows(BasketView):
    """The last rows; what is above them is told by an ellipsis."""

    _every: tuple[BasketRow, ...] = ()

    def show(self, rows: Sequence[BasketRow], *, fresh: int, chosen: int = 0) -> None:
        """Show the end of these rows."""
        self._every = tuple(rows)
        super().show(self._newest(), fresh=fresh, chosen=chosen)

    def on_resize(self) -> None:
        """There is another number of rows to fill."""
        super().show(self._newest(), fresh=self._every[-1].uid if self._every else 0)

    def _newest(self) -> tuple[BasketRow, ...]:
        """As many of the last rows as fit; all of them while the size is not known yet."""
        height = self.size.height
        if not 0 < height < len(self._every):
            return self._every
        return (BasketRow(0, "more", text="…"), *self._every[len(self._every) - height + 1 :])
