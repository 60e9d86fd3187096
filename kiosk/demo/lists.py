"""The demo shop's quick-lists and its bundle: what stands on which key, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DemoList:
    """One list before it is stored."""

    name: str
    colour: str
    keys: str
    """SKUs in order; `SKU=label` puts a shorter name on the key, `SKU:colour` another colour."""
    kind: Literal["list", "bundle"] = "list"


LISTS = (
    DemoList(
        "Pottery",
        "blue",
        "MUG-BLUE MUG-GREEN:green MUG-SAND:amber MUG-HALF MUG-NAME:plum CUP-ESP BOWL-S BOWL-L PLATE VASE JUG "
        "TEAPOT",
    ),
    DemoList(
        "Candles",
        "amber",
        "CAN-BEES=Beeswax CAN-SOY-S CAN-SOY-L CAN-PILLAR=Pillar CAN-TEA CAN-CREME CAN-FIR:green "
        "CAN-HOLD:slate CAN-SNUFF:slate CAN-BOX:red LAMP-SALT:plum",
    ),
    DemoList(
        "Textiles",
        "plum",
        "TOTE TOTE-PRINT SCARF:red BEANIE TEATOWEL APRON:blue SOCKS CUSHION BLANKET LINEN=Linen:olive",
    ),
    DemoList(
        "Food",
        "green",
        "HONEY:amber JAM=Jelly OIL:olive DUKKAH CHALLAH:amber SOUP=Żurek:red COFFEE DISH:teal CIDRE:plum "
        "GIN:plum",
    ),
    DemoList(
        "Loose",
        "olive",
        "OLIVES ALMONDS:amber FIGS:plum CHEESE:amber EARLGREY WALNUTS:amber TURRON=Turrón:red APPLES:red "
        "SOAP:blue VINEGAR:teal",
    ),
    DemoList("Breakfast set", "teal", "MUG-BLUE HONEY TEATOWEL", kind="bundle"),
)


def read_key(text: str) -> tuple[str, str, str]:
    """Return SKU, label and colour of one key."""
    text, _colon, colour = text.partition(":")
    sku, _equals, label = text.partition("=")
    return sku, label, colour
