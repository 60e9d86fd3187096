"""What a code means, as JSON that needs no manual: for the command line, for tests and for other programs."""

from __future__ import annotations

from kiosk.catalogue.gs1 import decimal
from kiosk.catalogue.symbols import Gs1, Gtin, ListToken, Measured, PickupToken, PlainCode, Symbol, Url

Json = dict[str, object]

_GS1_TEXTS = (
    "gtin", "lot", "serial", "made", "packed", "best_before", "sell_by", "expiry", "count", "price",
    "currency", "reference",
)  # fmt: skip


def describe(symbol: Symbol, exponent: int = 2) -> Json:
    """Return a code's meaning; amounts are plain decimals, `exponent` the decimals of the currency."""
    match symbol:
        case Gtin():
            return _gtin(symbol)
        case Measured():
            return _measured(symbol, exponent)
        case Gs1():
            return _gs1(symbol)
        case ListToken():
            return {"kind": "list", "token": symbol.token}
        case PickupToken():
            return {"kind": "pickup", "token": symbol.token}
        case Url():
            return {"kind": "url", "url": symbol.url}
        case PlainCode():
            return {"kind": "plain", "text": symbol.text}


def _gtin(symbol: Gtin) -> Json:
    """Describe an article's number."""
    found: Json = {"kind": "gtin", "gtin": symbol.gtin, "symbology": symbol.symbology}
    if symbol.gtin[1:4] in {"978", "979"}:
        found["isbn"] = symbol.gtin[1:]
    if symbol.addon:
        found["addon"] = symbol.addon
    return found


def _measured(symbol: Measured, exponent: int) -> Json:
    """Describe a number printed by a scale."""
    found: Json = {"kind": "measured", "code": symbol.code, "item": symbol.item}
    if symbol.weight is not None:
        found["weight"] = decimal(str(symbol.weight), 3)
    if symbol.price is not None:
        found["price"] = decimal(str(symbol.price), exponent)
    if symbol.count is not None:
        found["count"] = symbol.count
    return found


def _gs1(symbol: Gs1) -> Json:
    """Describe element strings: what a till uses of them, then all of them."""
    found: Json = {"kind": "gs1", "source": symbol.source}
    found |= {name: value for name in _GS1_TEXTS if (value := getattr(symbol, name)) is not None}
    if symbol.weight is not None:
        found["weight"] = decimal(str(symbol.weight), 3)
    if symbol.measure is not None:
        found["measure"] = {"value": decimal(str(symbol.measure), 3), "unit": symbol.measure_unit}
    found["elements"] = [{"ai": one.ai, "value": one.value} for one in symbol.elements]
    return found
