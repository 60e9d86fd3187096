"""A settings file is read whole, or every problem in it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.settings import NoSettings, Settings, SettingsErrors, load, parse
from kiosk.settings.load import CODE_PAGES, COLUMNS
from kiosk.settings.presets import PRESETS, Preset
from kiosk.settings.template import Answers, DeviceAnswer, template

FILE = Path("market/shop.toml")
LEAST = """
[shop]
name = "Stall 3"
currency = "EUR"
[tax.A]
rate = "19 %"
"""


def read(text: str) -> Settings:
    """Read settings as from a file."""
    return parse(text.encode(), FILE)


def problems(text: str) -> dict[str, str]:
    """Return the problems of a text by key."""
    with pytest.raises(SettingsErrors) as caught:
        read(text)
    return {problem.key: problem.allowed for problem in caught.value.problems}


def test_the_least_file_gives_a_whole_shop() -> None:
    settings = read(LEAST)
    assert settings.name == "Stall 3"
    assert settings.folder == Path("market")
    assert settings.currency.code == "EUR"
    assert settings.pricing.taxes["A"].rate == 190_000
    assert settings.default_tax == "A"
    assert settings.methods == ("cash", "card")
    assert settings.closing_time == 18 * 60
    assert settings.devices == ()


@pytest.mark.parametrize(
    ("written", "millionths"),
    [
        ('"19 %"', 190_000),
        ('"0.19"', 190_000),
        ("0.19", 190_000),
        ('"8.875%"', 88_750),
        ("0", 0),
        ('"0 %"', 0),
    ],
)
def test_a_rate_is_read_exactly_however_it_is_written(written: str, millionths: int) -> None:
    settings = read(LEAST.replace('"19 %"', written))
    assert settings.pricing.taxes["A"].rate == millionths


@pytest.mark.parametrize(
    "written", ["19", "true", '"nineteen"', '"-1 %"', "1e-1", "nan", '"0.12345678"', "[]"]
)
def test_a_rate_that_is_none_is_refused(written: str) -> None:
    assert list(problems(LEAST.replace('"19 %"', written))) == ["tax.A.rate"]


def test_a_class_may_have_taxes_on_taxes() -> None:
    settings = read(
        LEAST.replace('rate = "19 %"', 'taxes = [{rate = "6 %"}, {rate = "3 %", on = "base+earlier"}]')
    )
    assert settings.pricing.taxes["A"].rate == 91_800


def test_all_problems_are_told_at_once_with_line_key_and_what_is_allowed() -> None:
    text = """
[shop]
nmae = "Stall"
currency = "EURO"
closing_time = "25:00"
[tax.A]
rate = 19
[cash]
step = "0.055"
[receipt]
columns = 40
[payments]
methods = ["qr"]
[sacn]
"""
    with pytest.raises(SettingsErrors) as caught:
        read(text)
    found = {problem.key: problem for problem in caught.value.problems}
    assert set(found) == {
        "shop.name", "shop.nmae", "shop.currency", "shop.closing_time", "tax.A.rate", "cash.step",
        "receipt.columns", "payments.qr.scheme", "sacn",
    }  # fmt: skip
    assert found["shop.nmae"].allowed.endswith("did you mean name?")
    assert found["shop.currency"].line == 4
    assert found["receipt.columns"].got == "40"
    assert str(found["receipt.columns"]) == f"{FILE}:11: receipt.columns = 40: one of 32, 42, 48"
    assert len(str(caught.value).splitlines()) == 9


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"[shop", "TOML"),
        (b"# " + b"x" * 300_000, "too long"),
        (b"a = 1\na = 2", "TOML"),
    ],
)
def test_a_file_that_is_no_settings_file_is_told_as_such(raw: bytes, words: str) -> None:
    with pytest.raises(SettingsErrors, match=words):
        parse(raw, FILE)


def test_windows_editors_are_forgiven() -> None:
    assert parse(b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode(), FILE).name == "Stall 3"


def test_a_hostile_value_cannot_write_to_the_terminal() -> None:
    text = LEAST.replace('"Stall 3"', r'"\u001b[2J"')
    with pytest.raises(SettingsErrors) as caught:
        read(text)
    assert "\x1b" not in str(caught.value)


def test_no_shop_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSettings, match="kiosk init"):
        load(tmp_path)


def test_a_device_is_known_by_its_name_and_wire() -> None:
    text = LEAST + '[devices.printer]\nkind = "tcp"\naddress = "10.0.0.9:9100"\n'
    printer = read(text).device("printer")
    assert printer is not None
    assert (printer.host, printer.port, printer.answers, printer.drawer_pin) == ("10.0.0.9", 9100, True, 2)
    assert read(text).device("scanner") is None


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ('kind = "tcp"', "address"),
        ('kind = "tcp"\naddress = "10.0.0.9"', "address"),
        ('kind = "tcp"\naddress = "10.0.0.9:99999"', "address"),
        ('kind = "serial"\naddress = "/dev/ttyS0"\nbaud = 9601', "baud"),
        ('kind = "usblp"\naddress = "/dev/usb/lp0"\ndrawer_pin = 3', "drawer_pin"),
        ('kind = "usblp"\naddress = "/dev/usb/lp0"\nbaud = 9600', "baud"),
        ('kind = "fax"', "kind"),
        ('role = "fax"\nkind = "tcp"\naddress = "h:1"', "role"),
    ],
)
def test_a_device_that_cannot_be_is_refused(lines: str, key: str) -> None:
    assert list(problems(f"{LEAST}[devices.printer]\n{lines}\n")) == [f"devices.printer.{key}"]


def test_a_driver_s_own_keys_are_handed_on_as_they_are() -> None:
    settings = read(
        f'{LEAST}[devices.gun]\nrole = "scanner"\nkind = "evdev"\naddress = "05e0:1200"\nlayout = "de"\n'
        '[devices.touch]\nkind = "evdev"\nrotation = 90\ncalibration = [1, 0, 0.5, 0, 1, 0]\n'
    )
    gun, touch = settings.devices
    assert (gun.role, gun.kind, gun.options) == (
        "scanner",
        "evdev",
        {"address": "05e0:1200", "layout": "de"},
    )
    assert (touch.role, touch.options["calibration"]) == ("touch", [1, 0, "0.5", 0, 1, 0])


def test_what_a_method_needs_is_handed_on_as_it_stands() -> None:
    text = (
        LEAST
        + '[payments]\nmethods = ["cash", "qr"]\n[payments.qr]\nscheme = "epc"\nname = "x"\niban = "y"\n'
    )
    settings = read(text)
    assert settings.methods == ("cash", "qr")
    assert settings.payments == {"qr": {"scheme": "epc", "name": "x", "iban": "y"}}


def test_a_method_filled_in_but_not_offered_is_told() -> None:
    found = problems(LEAST + '[payments]\nmethods = ["cash"]\n[payments.qr]\nscheme = "epc"\n')
    assert "payments.methods" in found["payments.qr"]


def test_a_wrong_pattern_is_refused() -> None:
    assert list(problems(LEAST + '[scan]\npatterns = ["21IIIII"]\n')) == ["scan.patterns"]


def test_the_lists_written_twice_are_the_same() -> None:
    """Settings may not import hardware; what both must know is compared here."""
    from hardware.printer.codepage import CODECS
    from hardware.printer.profile import PROFILES as PRINTER_PROFILES

    assert set(CODE_PAGES) == set(CODECS)
    assert set(COLUMNS) <= {profile.columns for profile in PRINTER_PROFILES.values()}


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.code)
@pytest.mark.parametrize("language", i18n.languages())
def test_what_the_template_writes_reads_back(preset: Preset, language: str) -> None:
    answers = Answers(
        name='Töpfe "& mehr" \\ Ümit',
        currency=preset.currency,
        locale=preset.locale,
        language="en",
        timezone=preset.timezone,
        taxes=preset.taxes,
        prices=preset.prices,
        step=preset.step,
        columns=preset.columns,
        header=("Töpferei Müller", "Marktplatz 1"),
        patterns=("21IIIIIWWWWWC",),
        devices=(DeviceAnswer("printer", {"kind": "usblp", "address": "/dev/usb/lp0", "drawer_pin": 5}),),
    )
    i18n.set_language(language)
    text = template(answers)
    i18n.set_language("en")
    settings = read(text)
    assert settings.name == answers.name
    assert settings.currency.code == preset.currency
    assert settings.timezone == preset.timezone
    assert list(settings.pricing.taxes) == [tax.code for tax in preset.taxes]
    assert settings.pricing.prices == preset.prices
    assert (settings.pricing.cash is None) == (not preset.step)
    assert settings.receipt.header == answers.header
    assert settings.receipt.columns == preset.columns
    assert settings.scan.patterns == answers.patterns
    assert settings.devices[0].drawer_pin == 5
