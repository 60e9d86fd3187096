"""INA219 boards: Waveshare UPS HAT (A) to (D), UPS Module 3S, and the two of 52Pi's UPS Plus.

The current is worked out from the shunt's volts and the board's own resistor, not from the chip's calibration
register: that one is lost with power, and wrong constants were the commonest fault
(github.com/geeekpi/upsplus, issues 37 and 74; mykhailog/hacs_waveshare_ups_hat, issue 16). Registers: Texas
Instruments INA219, SBOS448G. Boards: github.com/odya/hass-ina219-ups-hat and
github.com/uvjim/rpi_waveshare_ups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from hardware.power.hats.registers import Blocks, Chip, signed, words
from hardware.power.reading import Quality, Reading, checked
from hardware.power.refused import Malformed, SaidNo

CONFIG, SHUNT, BUS, CURRENT, CALIBRATION = 0x00, 0x01, 0x02, 0x04, 0x05
SHUNT_V, BUS_V = 10e-6, 4e-3
"""Volts of one step of the shunt register, and of the bus register after its three flag bits."""
OVERFLOW = 0x01
"""Bit of the bus register: the chip's own current and power are out of range."""
RANGE = {0: 4000, 1: 8000, 2: 16000, 3: 32000}
"""The shunt register's largest figure at each gain: there it stands still whatever flows."""
CALIBRATED = 0.04096
"""Calibration register times amperes of a step times ohms of the shunt."""
OFF_BY = 0.05
"""The chip's own current may differ by a twentieth; makers write 26868 where 26876 would be right."""


BEYOND = 0.25
"""How far outside the maker's 0 to 100 % a pack may be; further out it has another number of cells, which an
integration told as 0 % for ever (github.com/odya/hass-ina219-ups-hat, issue 7)."""


@dataclass(frozen=True, slots=True)
class Board:
    """One way in which an INA219 was soldered."""

    address: int
    ohms: float | None
    """The shunt; None where boards differ."""
    out: int
    """1 where current out of the battery is positive, -1 where current into it is."""
    empty: float | None
    """Load volts that the maker calls 0 %; none where another chip knows the charge."""
    span: float = 1.0
    """Volts from 0 to 100 %."""
    config: int = 0x3EEF
    lsb: float = 1e-4
    """Amperes of one step of the chip's own current register, as the maker calibrates it."""
    load: bool = False
    """Whether it measures what the Pi takes instead of the battery."""


A = Board(0x42, 0.1, -1, empty=6.0, span=2.4)
C = Board(0x43, 0.1, -1, empty=3.0, span=1.2)
D = Board(0x43, 0.01, 1, empty=3.0, span=1.2, config=0x0EEF, lsb=152.4e-6)
BOARDS: Mapping[str, Board] = {
    "a": A,
    "b": A,
    "c": C,
    "d": D,
    "3s": Board(0x41, None, -1, empty=9.0, span=3.6),
    "52pi": Board(0x45, 0.005, -1, empty=None, config=0x199F),
    "52pi-pi": Board(0x40, 0.00725, 1, empty=None, config=0x199F, load=True),
}
"""By the letter its maker gives it; (D) counts the current the other way round than the others."""


def chip(name: str, ohms: float | None = None) -> Chip:
    """The chip of a board; `ohms` for one whose shunt differs from the maker's."""
    board = BOARDS[name]
    return Chip(
        board.address,
        reads=((SHUNT, 2), (BUS, 2)),
        decode=partial(decode, board, ohms=ohms),
        setup=((CONFIG, board.config.to_bytes(2, "big")),),
        word_registers=True,
    )


def decode(board: Board, blocks: Blocks, *, ohms: float | None = None) -> Reading:
    """What its registers mean. Raises a `Refused`."""
    told = words(blocks)
    if not {SHUNT, BUS, CURRENT} & told.keys():
        raise Malformed("neither shunt (0x01), bus (0x02) nor current (0x04) is there")
    if told.get(BUS) == 0xFFFF:
        raise SaidNo("the bus register is FFFF: nobody answered")
    volts = (told[BUS] >> 3) * BUS_V if BUS in told else None
    amps, alarms = _amps(board, told, board.ohms if ohms is None else ohms)
    if board.load:
        taken = None if volts is None or amps is None else volts * amps
        reading = Reading(output_volts=volts, output_amps=amps, load_w=taken)
        return checked(replace(reading, alarms=alarms, quality=Quality.SHUNT, source="INA219"))
    soc = None if volts is None or board.empty is None else (volts - board.empty) / board.span
    if soc is not None and not -BEYOND <= soc <= 1 + BEYOND:
        soc, alarms = None, (*alarms, "no pack of this board has such volts")
    reading = Reading(volts=volts, amps=amps, soc=None if soc is None else min(1.0, max(0.0, soc)))
    quality = Quality.SHUNT if soc is None else Quality.GAUGE
    return checked(replace(reading, alarms=alarms, quality=quality, source="INA219"))


def _amps(board: Board, told: Mapping[int, int], ohms: float | None) -> tuple[float | None, tuple[str, ...]]:
    """Amperes out of the battery, and what is wrong with them."""
    across = signed(told[SHUNT]) if SHUNT in told else None
    own = _own(board, told, ohms)
    if across is None:
        return (None, ("current out of range",)) if told.get(BUS, 0) & OVERFLOW else (own, ())
    gain = told.get(CONFIG, board.config) >> 11 & 3
    if abs(across) >= RANGE[gain]:
        return None, ("current out of range",)
    amps = None if ohms is None else across * SHUNT_V / ohms * board.out
    if amps is not None and own is not None and abs(amps - own) > max(0.02, abs(amps) * OFF_BY):
        return amps, ("its calibration register is wrong",)
    return amps, ()


def _own(board: Board, told: Mapping[int, int], ohms: float | None) -> float | None:
    """The chip's own current register, with the calibration that stands in the chip if that is known."""
    if CURRENT not in told or ohms is None:
        return None
    lsb = CALIBRATED / (told[CALIBRATION] * ohms) if told.get(CALIBRATION) else board.lsb
    return signed(told[CURRENT]) * lsb * board.out
