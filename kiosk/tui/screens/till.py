"""The till."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.tui.commands import bindings
from kiosk.tui.screens.frame import Frame
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.painted import Painted
from kiosk.tui.widgets.powerstrip import Power, PowerStrip
from kiosk.tui.widgets.total import Sum, Total
from kiosk.tui.widgets.touchkey import TouchKey


class TillScreen(Frame[None]):
    PLACE = "till"
    BINDINGS = bindings("till")
    CSS_PATH = "till.tcss"

    def body(self) -> ComposeResult:
        with Horizontal(id="till"):
            with Vertical(id="sale"):
                yield Painted(id="basket")
                yield Total(id="total")
            with Vertical(id="keys"):
                yield KeyGrid(id="tabs")
                yield KeyGrid(id="products")
                yield Flash(id="flash")
                yield KeyGrid(id="bar")
                yield KeyGrid(id="pay")
        yield PowerStrip(id="power")

    def show_state(self):
        hues = ["blue", "teal", "green", "olive", "amber", "red", "plum", "slate"]
        self.query_one("#tabs").show(
            [
                TouchKey(f"l{i}", n, hue=h)
                for i, (n, h) in enumerate(zip(["Mugs", "Candles", "Textiles", "Food", "Loose"], hues))
            ],
            columns=5,
        )
        grid = self.query_one("#products")
        c, r = max(grid.size.width // 15, 1), max(grid.size.height // (4 if self.size.height < 28 else 5), 1)
        names = [
            "Beeswax candle",
            "Soy small",
            "Soy large, lavender",
            "Gift box",
            "Pillar",
            "Tea lights",
            "Holder, brass",
            "Snuffer",
            "Wick trimmer",
            "Matches",
            "Lantern",
            "Citronella",
        ] * 3
        hue = ["amber", "amber", "olive", "plum"]
        grid.show(
            [
                TouchKey(
                    f"p{i}",
                    names[i],
                    detail="12.50",
                    hint="abcdefghijklmnopqrstuvwxyz"[i],
                    hue=hue[(i // 3) % 4],
                    tile=True,
                    mark="low" if i == 3 else "",
                    enabled=i != 7,
                )
                for i in range(min(c * r, 26))
            ],
            columns=c,
            rows=r,
        )
        self.query_one("#bar").show(
            [self.key(n) for n in ("times", "find", "undo", "park", "choose", "more")], columns=6
        )
        self.query_one("#pay").show([self.key(n) for n in ("cash", "card", "qr")], columns=3)
        self.query_one(Total).show(Sum("50.85", "EUR", "5 items", "tax incl. 8.12"))
        self.query_one(PowerStrip).show(Power(87, 71000, 190))
        self.say("Tote, natural 15.00 added", "good", "undo")

    def on_resize(self):
        self.show_state()
