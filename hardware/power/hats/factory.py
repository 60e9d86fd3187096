"""Makes battery boards from their settings: which board, which bus, which way its current counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from hardware.options import Options
from hardware.power.hats import boards, gauges, ina219, pijuice, pisugar, waveshare_e
from hardware.power.hats.hat import Hat, smbus
from hardware.power.hats.registers import Chip

Chips = Callable[[Options], Sequence[Chip]]
"""Reads a board's own options."""


def ina219_board(name: str, table: Mapping[str, object]) -> Hat:
    """``board`` (a to d, 3s) and ``shunt_mohm`` for one whose shunt differs from the maker's."""

    def chips(options: Options) -> Sequence[Chip]:
        """The one chip there is."""
        board = options.choice("board", "b", ("a", "b", "c", "d", "3s"))
        milliohms = options.number("shunt_mohm", 0, 0, 1000)
        return (ina219.chip(board, milliohms / 1000 if milliohms else None),)

    return _made(name, table, chips)


def upsplus(name: str, table: Mapping[str, object]) -> Hat:
    """52Pi UPS Plus: its controller, then the battery's INA219, then the Pi's."""
    chips = (boards.UPSPLUS, ina219.chip("52pi"), ina219.chip("52pi-pi"))
    return _made(name, table, lambda _options: chips)


def sunfounder(name: str, table: Mapping[str, object]) -> Hat:
    """``board`` (pironman-u1, pipower-3, pipower-5)."""

    def chips(options: Options) -> Sequence[Chip]:
        """The one chip there is."""
        return (boards.SUNFOUNDER[options.choice("board", "pipower-5", tuple(boards.SUNFOUNDER))],)

    return _made(name, table, chips)


def lifepo4wered(name: str, table: Mapping[str, object]) -> Hat:
    """``map``: the version of its register map (7)."""
    return _made(name, table, lambda options: (boards.lifepo4wered_chip(options.number("map", 7, 1, 7)),))


def _made(name: str, table: Mapping[str, object], chips: Chips) -> Hat:
    """A board from ``bus`` (1), ``every`` (5 s), ``flip`` (false) and its own options."""
    options = Options(name, table)
    number, every_s = options.number("bus", 1, 0, 255), options.number("every", 5, 1, 30)
    flip, chosen = options.flag("flip", False), chips(options)
    options.done()
    return Hat(name, chosen, partial(smbus, number), every_s, flip=flip)


def _plain(chip: Chip) -> Callable[[str, Mapping[str, object]], Hat]:
    """The factory of a board that has no options of its own."""
    return lambda name, table: _made(name, table, lambda _options: (chip,))


max17040 = _plain(gauges.MAX17040)
max17048 = _plain(gauges.MAX17048)
cw2015 = _plain(gauges.CW2015)
hat_e = _plain(waveshare_e.CHIP)
pijuice_hat = _plain(pijuice.CHIP)
pisugar2 = _plain(pisugar.PISUGAR2)
pisugar2_pro = _plain(pisugar.PISUGAR2_PRO)
pisugar3 = _plain(pisugar.PISUGAR3)
wittypi = _plain(boards.WITTYPI)
