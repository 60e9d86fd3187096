"""The lock boards there are, by the word the settings use."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hardware.locks.blind import Board5a, Relay
from hardware.locks.board import Codec
from hardware.locks.kerong import Cu16, Cu48
from hardware.locks.shuoming import Shuoming
from hardware.locks.winnsen import Winnsen
from hardware.locks.wkly import Wkly

CODECS: Mapping[str, Codec] = MappingProxyType(
    {codec.kind: codec for codec in (Cu16(), Cu48(), Shuoming(), Wkly(), Winnsen(), Board5a(), Relay())}
)
"""Every board on a serial bus. Coils on header pins are `hardware.locks.coils`."""
ALIASES: Mapping[str, str] = MappingProxyType(
    {"cu12": "cu16", "kr-cu12": "cu16", "kr-cu16": "cu16", "kerong": "cu16", "cu48": "cu48b", "0x8a": "8a",
     "shuoming": "8a", "yunchuan": "wkly", "5a": "5a5a", "modbus": "r421a08", "relay": "r421a08"}
)  # fmt: skip
"""Other names people know them by."""


def codec(kind: str) -> Codec:
    """The codec of a board, by any of its names; KeyError where there is none."""
    name = kind.lower()
    return CODECS[ALIASES.get(name, name)]
