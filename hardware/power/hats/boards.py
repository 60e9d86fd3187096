"""SunFounder's Pironman and PiPower, LiFePO4wered/Pi, Witty Pi 4 and the controller of 52Pi's UPS Plus."""

from __future__ import annotations

from hardware.power.hats.registers import Blocks, Bytes, Chip, Off, answered, flag, product, scaled
from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import Malformed

PLUGGED_MV = 4000
LIFEPO4WERED = {
    1: (None, 0x15, 0x17, None), 2: (None, 0x17, 0x19, None), 3: (None, 0x19, 0x1B, None),
    4: (0x21, 0x1D, 0x1F, None), 5: (None, 0x1E, 0x20, None), 6: (0x26, 0x22, 0x24, None),
    7: (0x36, 0x32, 0x34, 0x38),
}  # fmt: skip
"""Where VIN, VBAT, VOUT and IOUT stand, by the version of the map in register 0."""
SCALES = {
    4: (966667 / 102300, 5000 / 1023, 554878 / 102300, 581395 / 102300),
    6: (120833 / 102300, 625 / 1023, 69360 / 102300, 72674 / 102300),
    7: (317154 / 102300, 625 / 1023, 65705 / 102300, 72674 / 102300),
}
"""mV or mA of a step of each, up to that version."""
ONLY_IN_7 = range(0x32, 0x3A)
"""Registers that no earlier map has."""


def sunfounder(blocks: Blocks) -> Reading:
    """One block from register 0, low byte first (github.com/sunfounder/spc, spc_data_buffer_sheet.md).

    Which way the battery's current counts is not documented; the flags beside it say which way it flows.
    """
    told = answered(blocks, 0, 8, 12, little=True)
    charging = flag(told.byte(18))
    output_v, output_a = scaled(told.word(4), 1e-3), scaled(told.word(6), 1e-3)
    return checked(
        Reading(
            volts=scaled(told.word(8), 1e-3),
            amps=_directed(scaled(told.word(10, signed=True), 1e-3), charging, flag(told.byte(15))),
            soc=scaled(told.byte(12), 0.01),
            capacity_ah=scaled(told.word(13), 1e-3),
            input_volts=scaled(told.word(0), 1e-3),
            input_amps=scaled(told.word(2), 1e-3),
            output_volts=output_v,
            output_amps=output_a,
            load_w=product(output_v, output_a),
            charging=charging,
            plugged=flag(told.byte(16)),
            alarms=("asks for a shutdown",) if told.byte(20) else (),
            quality=Quality.BMS,
            source="SunFounder",
        )
    )


def lifepo4wered(blocks: Blocks) -> Reading:
    """Version (0x00), then mV and mA by its map (github.com/xorbit/LiFePO4wered-Pi, lifepo4wered-data.c)."""
    told = answered(blocks, *range(0x3A), little=True)
    version = told.byte(0)
    if version is None and any(told.byte(register) is not None for register in ONLY_IN_7):
        version = 7
    if version is None:
        raise Malformed("register 0x00 is missing: it says which version the map of the others has")
    if version not in LIFEPO4WERED:
        raise Malformed(f"register map {version} is not known: 1 to 7 are")
    scales = next(scale for newest, scale in SCALES.items() if version <= newest)
    at = zip(LIFEPO4WERED[version], scales, strict=True)
    input_v, volts, output_v, output_a = (_steps(told, register, scale) for register, scale in at)
    return checked(
        Reading(
            volts=volts,
            input_volts=input_v,
            output_volts=output_v,
            output_amps=output_a,
            load_w=product(output_v, output_a),
            plugged=None if input_v is None else input_v * 1000 > PLUGGED_MV,
            quality=Quality.GAUGE,
            source="LiFePO4wered/Pi",
        )
    )


def wittypi(blocks: Blocks) -> Reading:
    """Whole volts and hundredths in byte pairs (github.com/uugear/Witty-Pi-4, utilities.sh).

    Fed through VIN (0x07 is 1) its input is what carries the stall; by USB it is not.
    """
    told = answered(blocks, 1, 3, 5, little=True)
    input_v, output_v, output_a = (_hundredths(told, register) for register in (1, 3, 5))
    return checked(
        Reading(
            volts=input_v if told.byte(7) == 1 else None,
            input_volts=input_v,
            output_volts=output_v,
            output_amps=output_a,
            load_w=product(output_v, output_a),
            alarms=("shut down for low voltage",) if told.byte(8) == 1 else (),
            quality=Quality.GAUGE,
            source="Witty Pi 4",
        )
    )


def upsplus(blocks: Blocks) -> Reading:
    """The controller at 0x17, low byte first (github.com/geeekpi/upsplus)."""
    told = answered(blocks, 5, 7, 9, 19, little=True)
    inputs = [mv for register in (7, 9) if (mv := told.word(register)) is not None]
    return checked(
        Reading(
            volts=scaled(told.word(5), 1e-3),
            soc=scaled(told.word(19), 0.01),
            celsius=told.word(11),
            output_volts=scaled(told.word(3), 1e-3),
            input_volts=max(inputs) / 1000 if inputs else None,
            plugged=max(inputs) > PLUGGED_MV if inputs else None,
            quality=Quality.GAUGE,
            source="UPS Plus",
        )
    )


SUNFOUNDER = {
    name: Chip(address, reads=((0, 25),), decode=sunfounder, little=True)
    for name, address in (("pironman-u1", 0x5A), ("pipower-3", 0x5B), ("pipower-5", 0x5C))
}
WITTYPI = Chip(0x08, reads=((1, 8),), decode=wittypi, little=True)
UPSPLUS = Chip(
    0x17, reads=((1, 20),), decode=upsplus, little=True, off=Off(0x18, b"\xf0", 240, take_back=b"\x00")
)
"""Its countdown of 240 s is the one that the maker's upsPlus.py starts."""


def lifepo4wered_chip(version: int = 7) -> Chip:
    """The chip with a version of the map.

    Its processor now and then answers late and its first bit is wrong: three equal reads in a row count.
    """
    places = [place for place in LIFEPO4WERED[version] if place is not None]
    reads = ((0x00, 1), *((place, 2) for place in places))
    return Chip(0x43, reads=reads, decode=lifepo4wered, little=True, same_reads=3, tries=20)


def _directed(raw: float | None, charging: bool | None, supplying: bool | None) -> float | None:
    """Amperes out of the battery."""
    if raw is None or charging is None or supplying is None:
        return None
    return -abs(raw) if charging else abs(raw) if supplying else -raw


def _steps(told: Bytes, register: int | None, scale: float) -> float | None:
    """A figure in volts or amperes, to a thousandth as its own program rounds it."""
    raw = None if register is None else told.word(register, signed=True)
    return None if raw is None else round(raw * scale) / 1000


def _hundredths(told: Bytes, register: int) -> float | None:
    """Whole and hundredths; more than 99 of these is a byte that was read while it changed."""
    whole, part = told.byte(register), told.byte(register + 1)
    return None if whole is None or part is None or part > 99 else whole + part / 100
