"""Everything that can be decoded, by name: the sources and outlets there are drivers for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from hardware.power import epever, renogy
from hardware.power.decoders import (
    Look,
    Paste,
    Told,
    broker_messages,
    chip,
    daly_frames,
    hex_frames,
    instant_record,
    jbd_frames,
    json_answer,
    json_line,
    kasa_answer,
    modbus_answers,
    shunt_chip,
    text_blocks,
)
from hardware.power.hats import boards, gauges, ina219, pijuice, pisugar, waveshare_e
from hardware.power.hats.registers import Chip
from hardware.power.outlets import shelly1, shelly2, tasmota


@dataclass(frozen=True, slots=True)
class Kind:
    """One source or outlet."""

    names: tuple[str, ...]
    """Its name, then the other names it goes by."""
    what: str
    """Products, as their makers call them."""
    example: str
    """Something its wire has said, as it may be pasted."""
    told: Told
    registers: bool = False
    """Pasted as registers of an I2C chip."""
    shunt: bool = False
    """Its shunt may be another."""
    json: bool = False
    """Answers in JSON, perhaps for several outlets."""

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0]


def _ina219(board: str, what: str, *others: str) -> Kind:
    """An INA219 board."""
    return Kind(
        (f"ina219-{board}", *others),
        what,
        "0x01=FE0C 0x02=6A98",
        shunt_chip(partial(ina219.chip, board), ina219.SHUNT),
        registers=True,
        shunt=True,
    )


def _wires() -> Iterable[Kind]:
    """What speaks in frames over a serial line."""
    yield Kind(
        ("vedirect", "victron", "bmv", "smartshunt", "mppt"),
        "Victron VE.Direct: SmartShunt, BMV, MPPT, Phoenix",
        r"\r\nPID\t0x203\r\nV\t12000\r\nI\t-5000\r\nChecksum\t\xAF",
        text_blocks,
    )
    yield Kind(("vedirect-hex",), "Victron VE.Direct HEX", ":7BCED00C4090000D8", hex_frames)
    yield Kind(
        ("victron-ble", "instant-readout"),
        "Victron Instant Readout, SmartShunt and BMV, decrypted",
        "ffffe50400000000030000f40140df03",
        instant_record,
    )
    yield Kind(
        ("lines", "meter"),
        "JSON lines",
        '{"volts": 13.1, "amps": 3.2, "soc": 0.84, "solar_w": 40}',
        json_line,
    )
    yield Kind(
        ("epever", "tracer", "epsolar"),
        "EPEver / Tracer, Modbus RTU",
        "01 04 31 04 00 01 7E F7 -> 01 04 02 05 10 BB AC",
        modbus_answers(epever.OWN, epever.decode, epever.GUESSED),
    )
    yield Kind(
        ("renogy", "rover"),
        "Renogy Rover / Wanderer, Modbus RTU",
        "0x0101=0084 0x0102=0140 0x0109=0032",
        modbus_answers(renogy.OWN, renogy.decode),
    )
    yield Kind(
        ("jbd", "xiaoxiang", "overkill"),
        "JBD / Xiaoxiang BMS",
        "DD 03 00 1D 06 18 00 00 01 F2 01 F4 00 00 2C 7C 00 00 00 00 00 00 80 64 03 04 03"
        " 0B 8B 0B 8A 0B 84 FA 8D 77",
        jbd_frames,
    )
    yield Kind(("daly",), "Daly BMS", "A5 01 90 08 00 84 00 00 75 6A 02 FD A0", daly_frames)


def _chip(names: tuple[str, ...], what: str, example: str, one: Chip) -> Kind:
    """A chip; a block without a register starts at the first one of the example."""
    return Kind(names, what, example, chip(one, int(example[:4], 16)), registers=True)


def _shunts() -> Iterable[Kind]:
    """INA219 boards."""
    yield _ina219("a", "Waveshare UPS HAT (A), INA219 at 0x42", "ups-hat-a")
    yield _ina219("b", "Waveshare UPS HAT (B), INA219 at 0x42", "ups-hat-b", "ina219")
    yield _ina219("c", "Waveshare UPS HAT (C), INA219 at 0x43", "ups-hat-c")
    yield _ina219("d", "Waveshare UPS HAT (D), INA219 at 0x43", "ups-hat-d")
    yield _ina219("3s", "Waveshare UPS Module 3S, INA219 at 0x41; --shunt", "ups-module-3s")
    yield _ina219("52pi", "52Pi UPS Plus, battery, INA219 at 0x45")
    yield _ina219("52pi-pi", "52Pi UPS Plus, Pi, INA219 at 0x40")


def _gauges() -> Iterable[Kind]:
    """Boards that guess the charge from a cell's voltage."""
    yield _chip(("upsplus", "52pi"), "52Pi UPS Plus, 0x17", "0x05=74 0E 0x13=55 00", boards.UPSPLUS)
    yield _chip(
        ("max17048", "x1200", "x728", "geekworm", "suptronics"),
        "MAX17048 at 0x36: Geekworm / Suptronics X728, X1200",
        "0x02=C350 0x04=4B80 0x16=FFF6",
        gauges.MAX17048,
    )
    yield _chip(
        ("max17040", "max17043", "ups-lite-v1.1"),
        "MAX17040 / 17043 at 0x36: UPS-Lite V1.1",
        "0x02=C350 0x04=4B80",
        gauges.MAX17040,
    )
    yield _chip(("cw2015", "ups-lite"), "CW2015 at 0x62: UPS-Lite V1.2", "0x02=3020 0x04=4B80", gauges.CW2015)


def _boards() -> Iterable[Kind]:
    """Boards with a controller of their own."""
    yield _chip(
        ("waveshare-e", "ups-hat-e"),
        "Waveshare UPS HAT (E), 0x2D",
        "0x20=34 12 FF FF 64 00 D0 07 3C 00 78 00",
        waveshare_e.CHIP,
    )
    yield _chip(("pijuice",), "PiJuice, 0x14", "0x49=1C 10 F3", pijuice.CHIP)
    yield _chip(("pisugar2", "ip5209"), "PiSugar 2, IP5209 at 0x75", "0xA2=3C 15", pisugar.PISUGAR2)
    yield _chip(
        ("pisugar2-pro", "ip5312"), "PiSugar 2 Pro, IP5312 at 0x75", "0xD0=3C 15", pisugar.PISUGAR2_PRO
    )
    yield _chip(("pisugar3", "pisugar"), "PiSugar 3, 0x57", "0x22=0F DB 0x2A=50", pisugar.PISUGAR3)
    yield _chip(
        ("sunfounder", "pironman-u1", "pipower-3", "pipower-5"),
        "SunFounder Pironman U1, PiPower 3 and 5",
        "0x00=88 13 F4 01 EC 13 20 03 C6 1E 70 FE 57",
        boards.SUNFOUNDER["pipower-5"],
    )
    yield _chip(
        ("lifepo4wered",),
        "LiFePO4wered/Pi, 0x43",
        "0x00=07 0x32=B8 14 0x38=00 02",
        boards.lifepo4wered_chip(),
    )
    yield _chip(
        ("wittypi", "wittypi4", "witty-pi-4"),
        "Witty Pi 4, 0x08",
        "0x01=0C 2D 05 07 00 50 01",
        boards.WITTYPI,
    )


def _outlets() -> Iterable[Kind]:
    """What switches and meters."""
    yield Kind(
        ("shelly2", "shelly", "shelly-gen2", "shelly-plus"),
        "Shelly Gen2+: Plus, Pro, Gen3, Gen4",
        '{"output":true,"apower":2.7,"voltage":227.9,"current":0.121,"aenergy":{"total":7258.589}}',
        json_answer(shelly2.decode),
        json=True,
    )
    yield Kind(
        ("shelly1", "shelly-gen1"),
        "Shelly Gen1: Plug S, 1PM",
        '{"relays":[{"ison":true}],"meters":[{"power":48.2,"is_valid":true,"total":2632}]}',
        json_answer(shelly1.decode),
        json=True,
    )
    yield Kind(
        ("tasmota",),
        "Tasmota",
        '{"StatusSNS":{"ENERGY":{"Total":3.185,"Power":48,"Voltage":230,"Current":0.21}}}',
        json_answer(tasmota.decode),
        json=True,
    )
    yield Kind(
        ("shelly2-mqtt",),
        "Shelly Gen2+ through a broker, as mosquitto_sub -v prints it",
        'barrow/lamp/rpc {"id":7,"src":"shellyplusplugs-a0b1","result":{"output":true,"apower":2.7}}',
        broker_messages("shelly2"),
        json=True,
    )
    yield Kind(
        ("shelly1-mqtt",),
        "Shelly Gen1 through a broker",
        r"shellies/shellyplug-s-040BAD/relay/0 on\nshellies/shellyplug-s-040BAD/relay/0/power 48.20",
        broker_messages("shelly1"),
        json=True,
    )
    yield Kind(
        ("tasmota-mqtt",),
        "Tasmota through a broker",
        'tele/tasmota_9CF9D1/SENSOR {"Time":"2024-02-24T22:20:38","ENERGY":{"Total":3.185,"Power":48}}',
        broker_messages("tasmota"),
        json=True,
    )
    yield Kind(
        ("kasa", "hs110", "kp115"),
        "TP-Link Kasa HS110, KP115",
        '{"emeter":{"get_realtime":{"power_mw":63499,"voltage_mv":230577,"current_ma":296,"total_wh":12068}}}',
        kasa_answer,
    )


KINDS = (*_wires(), *_shunts(), *_gauges(), *_boards(), *_outlets())
ROLES = ("battery", "solar", "outlet")


def decode(name: str, paste: Paste) -> Look:
    """What was pasted means, for a kind by any of its names, also ``battery-jbd``. Raises a `Refused`."""
    role, _, rest = name.partition("-")
    plain = rest if role in ROLES else name
    return next(kind for kind in KINDS if plain in kind.names).told(paste)
