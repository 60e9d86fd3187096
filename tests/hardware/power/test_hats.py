"""Battery boards: the makers' figures from the makers' registers, without the makers' bugs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hardware.power.hats import boards, gauges, ina219, pijuice, pisugar, waveshare_e
from hardware.power.hats.registers import Chip
from hardware.power.reading import Quality, Reading
from hardware.power.refused import BadChecksum, Malformed, Refused, SaidNo, Truncated


def read(chip: Chip, **registers: str) -> Reading:
    """What a chip means by some registers, named ``r02``, in hexadecimal as the bytes came."""
    return chip.decode({int(name[1:], 16): bytes.fromhex(text) for name, text in registers.items()})


def test_an_ina219_s_volts_and_amps() -> None:
    # Texas Instruments SBOS448G; github.com/uvjim/rpi_waveshare_ups for the boards
    a = read(ina219.chip("a"), r02="6A98", r01="FE0C")
    assert (a.volts, a.amps, a.source) == (13.644, 0.05, "INA219")
    d = read(ina219.chip("d"), r02="1F40", r01="FE0C")
    assert (d.volts, d.amps) == (4.0, -0.5)
    assert read(ina219.chip("d"), r04="FE0C").amps == -0.0762


def test_minus_one_is_minus_one_and_not_zero() -> None:
    """The makers' demos turn a negative word by 65535: 0xFFFF reads 0 there."""
    assert read(ina219.chip("a"), r01="FFFF").amps == 0.0001
    assert read(ina219.chip("d"), r04="FFFF").amps == -0.000152
    assert read(ina219.chip("a"), r01="8301").amps == 3.1999


def test_hat_d_counts_the_other_way_round_than_the_others() -> None:
    # github.com/odya/hass-ina219-ups-hat, issue 30
    signs = {name: read(ina219.chip(name), r01="0064").amps for name in ("a", "b", "c", "d", "52pi")}
    assert signs == {"a": -0.01, "b": -0.01, "c": -0.01, "d": 0.1, "52pi": -0.2}


def test_the_current_follows_the_board_s_own_shunt() -> None:
    assert read(ina219.chip("3s"), r01="0064", r02="5DC0").amps is None  # boards differ: unknown
    assert read(ina219.chip("3s", 0.01), r01="0064", r02="5DC0").amps == -0.1
    assert read(ina219.chip("52pi"), r01="0064").amps == -0.2
    pi = read(ina219.chip("52pi-pi"), r01="02D5", r02="9C40")
    assert (pi.output_volts, pi.output_amps, pi.load_w) == (20.0, 1.0, 20.0)
    assert (pi.volts, pi.amps) == (None, None)


@pytest.mark.parametrize(("register", "lsb", "ohms"), [(4096, 1e-4, 0.1), (26876, 152.4e-6, 0.01)])
def test_calibration_register_and_step_belong_together(register: int, lsb: float, ohms: float) -> None:
    assert int(ina219.CALIBRATED / (lsb * ohms)) == register
    board = "a" if ohms == 0.1 else "d"
    told = read(ina219.chip(board), r05=f"{register:04X}", r04="03E8")
    assert told.amps is not None
    assert abs(told.amps) == pytest.approx(1000 * lsb, rel=1e-4)


def test_a_wrong_calibration_is_said_and_the_shunt_believed() -> None:
    # github.com/mykhailog/hacs_waveshare_ups_hat, issue 16: the calibration of (A) on a (D)
    told = read(ina219.chip("d"), r01="0064", r04="000A", r02="1F40")
    assert (told.amps, told.alarms) == (0.1, ("its calibration register is wrong",))
    good = read(ina219.chip("d"), r01="0064", r04="0290", r02="1F40")
    assert (good.amps, good.alarms) == (0.1, ())


def test_a_current_out_of_range_is_unknown() -> None:
    # github.com/chrisb2/pi_ina219, issue 32: an overflow exception
    assert read(ina219.chip("a"), r01="7D00", r02="1F40").amps is None
    assert read(ina219.chip("d"), r01="1F40", r02="1F40").alarms == ("current out of range",)
    assert read(ina219.chip("d"), r04="7FFF", r02="1F41").amps is None


@pytest.mark.parametrize(
    ("board", "word", "soc"),
    [
        ("a", "3A98", 0.625), ("a", "2EE0", 0.0), ("a", "41A0", 1.0), ("d", "1C20", 0.5), ("3s", "5460", 0.5),
        ("a", "6A98", None), ("a", "1F40", None),
    ],
)  # fmt: skip
def test_the_maker_s_percentage_and_a_pack_of_another_board(board: str, word: str, soc: float | None) -> None:
    told = read(ina219.chip(board), r02=word)
    assert told.soc == (None if soc is None else pytest.approx(soc, abs=0.001))
    assert told.quality is (Quality.SHUNT if soc is None else Quality.GAUGE)
    assert bool(told.alarms) == (soc is None)


def test_a_max17048() -> None:
    told = read(gauges.MAX17048, r02="C350", r04="4B80", r16="FFF6")
    assert (told.volts, told.soc, told.soc_per_hour, told.charging) == (3.90625, 0.755, -0.0208, False)
    assert told.seconds_left == pytest.approx(0.755 / 0.0208 * 3600)
    assert read(gauges.MAX17040, r02="C3504B80").soc == 0.755
    assert read(gauges.MAX17040, r04="6440").soc == 1.0  # 100.25 %
    assert read(gauges.MAX17040, r04="8000").soc is None


def test_a_word_with_its_bytes_swapped_is_found_out() -> None:
    with pytest.raises(Malformed, match="swapped"):
        read(gauges.MAX17048, r02="50C3")


def test_a_cw2015() -> None:
    assert read(gauges.CW2015, r02="3020", r04="4B80").volts == pytest.approx(3.758, abs=0.001)
    assert gauges.CW2015.setup == ((0x0A, b"\x30"),)  # it sleeps after power-up


def test_a_waveshare_e() -> None:
    # github.com/uvjim/rpi_waveshare_ups, tests
    told = read(
        waveshare_e.CHIP, r02="E3", r10="8813F4011027", r20="3412FFFF6400D0073C007800", r30="B80BB80BC20BB80B"
    )
    assert (told.volts, told.amps, told.soc, told.remaining_ah) == (4.66, 0.001, 1.0, 2.0)
    assert (told.seconds_left, told.seconds_to_full) == (3600, 7200)
    assert (told.min_cell_volts, told.max_cell_volts) == (3.0, 3.01)
    assert (told.input_volts, told.input_amps, told.input_w) == (5.0, 0.5, 10.0)
    assert (told.charging, told.plugged, told.quality) == (True, True, Quality.BMS)
    never = read(waveshare_e.CHIP, r20="3412FFFF6400D007FFFFFFFF")
    assert (never.seconds_left, never.seconds_to_full) == (None, None)
    assert read(waveshare_e.CHIP, r02="20", r10="0100").plugged is False  # the volts decide, not the bit


def test_a_pijuice_checks_every_answer() -> None:
    assert read(pijuice.CHIP, r49="1C10F3").volts == 4.124
    told = read(
        pijuice.CHIP,
        r40="C03F",
        r41="57A8",
        r47="1900E6",
        r49="1C10F3",
        r4B="2CFE2D",
        r4D="881364",
        r4F="F4010A",
    )
    assert (told.soc, told.celsius, told.amps) == (0.87, 25, -0.468)
    assert (told.plugged, told.charging) == (True, False)
    assert told.load_w == 2.5
    with pytest.raises(BadChecksum):
        read(pijuice.CHIP, r49="1C11F3")
    with pytest.raises(Truncated):
        read(pijuice.CHIP, r49="1C10")


def test_a_pijuice_s_lost_top_bit_is_put_back() -> None:
    whole = read(pijuice.CHIP, r49="9C1073")
    assert read(pijuice.CHIP, r49="1C1073") == whole
    assert whole.volts == 4.252


def test_a_pisugar_2_adds_a_negative_figure_with_its_sign() -> None:
    assert read(pisugar.PISUGAR2, rA2="3C15").volts == pytest.approx(4.0598, abs=1e-4)
    assert read(pisugar.PISUGAR2, rA2="F13F").volts == pytest.approx(2.596, abs=1e-4)  # not 2.604
    assert read(pisugar.PISUGAR2, rA2="3C15", rA4="9CFF").amps == pytest.approx(0.0746, abs=1e-4)
    assert read(pisugar.PISUGAR2_PRO, rD0="3C15", rD2="6400").amps == pytest.approx(-0.268554)
    assert read(pisugar.PISUGAR2_PRO, rD0="0000", rD2="0000").volts is None


@pytest.mark.parametrize(
    ("volts", "percent"), [(2.9, 0), (3.1, 0), (3.295, 1.6), (3.86, 40), (4.16, 100), (4.3, 100)]
)
def test_a_pisugar_s_percentage_by_its_table(volts: float, percent: float) -> None:
    assert pisugar.percent(volts, pisugar.IP5209) == pytest.approx(percent)


def test_a_pisugar_3() -> None:
    told = read(pisugar.PISUGAR3, r02="8000 41", r22="0FDB", r26="0190", r2A="50")
    assert (told.volts, told.soc, told.celsius, told.plugged) == (4.059, 0.8, 25, True)
    assert (told.output_amps, told.load_w) == (0.4, 2.0)


def test_a_sunfounder_whose_flags_give_its_current_a_direction() -> None:
    block = "8813 F401 EC13 2003 C61E {amps} 57 D007 {source} {plug} 01 {charging} 00 00"
    gives = read(
        boards.SUNFOUNDER["pipower-5"], r00=block.format(amps="70FE", source="01", plug="00", charging="00")
    )
    takes = read(
        boards.SUNFOUNDER["pipower-3"], r00=block.format(amps="9001", source="00", plug="01", charging="01")
    )
    assert (gives.volts, gives.amps, gives.soc, gives.plugged) == (7.878, 0.4, 0.87, False)
    assert (takes.amps, takes.charging, takes.plugged) == (-0.4, True, True)
    assert (gives.input_volts, gives.output_volts, gives.load_w) == (5.0, 5.1, 4.08)
    assert read(boards.SUNFOUNDER["pipower-5"], r08="C61E 70FE").amps is None


def test_a_lifepo4wered() -> None:
    told = read(boards.lifepo4wered_chip(), r00="07", r32="B814", r36="4006", r38="0002")
    assert (told.volts, told.input_volts, told.output_amps, told.plugged) == (3.24, 4.96, 0.364, True)
    old = read(boards.lifepo4wered_chip(1), r00="01", r15="9702")
    assert old.volts == 3.24
    with pytest.raises(Malformed, match="1 to 7"):
        read(boards.lifepo4wered_chip(), r00="09", r32="B814")
    assert read(boards.lifepo4wered_chip(), r32="B814").volts == 3.24  # no earlier map has that register
    with pytest.raises(Malformed, match="0x00 is missing"):
        read(boards.lifepo4wered_chip(), r15="9702")


def test_a_witty_pi() -> None:
    told = read(boards.WITTYPI, r01="0C 2D 05 07 00 50 01 00")
    assert (told.volts, told.input_volts, told.output_volts, told.output_amps) == (12.45, 12.45, 5.07, 0.8)
    assert read(boards.WITTYPI, r01="05 00 05 07 00 50 00 00").volts is None  # fed by USB
    assert read(boards.WITTYPI, r01="0C 64").input_volts is None  # a hundred hundredths


def test_a_ups_plus() -> None:
    told = read(boards.UPSPLUS, r05="740E 8813 0000 1900", r13="5500")
    assert (told.volts, told.soc, told.celsius) == (3.7, 0.85, 25)
    assert (told.input_volts, told.plugged) == (5.0, True)
    assert read(boards.UPSPLUS, r07="A00F 0000").plugged is False


CHIPS: Mapping[str, Chip] = {
    **{name: ina219.chip(name) for name in ina219.BOARDS},
    "max17048": gauges.MAX17048,
    "cw2015": gauges.CW2015,
    "waveshare-e": waveshare_e.CHIP,
    "pijuice": pijuice.CHIP,
    "pisugar2": pisugar.PISUGAR2,
    "pisugar2-pro": pisugar.PISUGAR2_PRO,
    "pisugar3": pisugar.PISUGAR3,
    "sunfounder": boards.SUNFOUNDER["pironman-u1"],
    "lifepo4wered": boards.lifepo4wered_chip(),
    "wittypi": boards.WITTYPI,
    "upsplus": boards.UPSPLUS,
}


@pytest.mark.parametrize("name", CHIPS)
def test_a_bus_on_which_nobody_answers_is_refused_and_so_is_nothing_at_all(name: str) -> None:
    chip = CHIPS[name]
    with pytest.raises((SaidNo, BadChecksum, Malformed)):
        chip.decode({register: b"\xff" * length for register, length in chip.reads})
    with pytest.raises(Refused):
        chip.decode({})
    with pytest.raises(Refused):
        chip.decode({0xF0: b"\x00\x00"})


@pytest.mark.parametrize("name", [name for name in CHIPS if name not in {"pijuice", "wittypi", "sunfounder"}])
def test_half_a_word_is_no_word(name: str) -> None:
    chip = CHIPS[name]
    register, length = next((register, length) for register, length in chip.reads if length > 1)
    head = {0: b"\x07"} if name == "lifepo4wered" else {}
    place = {"pisugar3": 0x22, "waveshare-e": 0x10, "upsplus": 5}.get(name, register)
    with pytest.raises(Truncated):
        chip.decode({**head, place: bytes(1)})
    assert length > 1
