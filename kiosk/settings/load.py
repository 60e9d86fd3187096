"""Reads a shop's folder: `shop.toml` becomes `Settings`, or every problem in it is told at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kiosk import front, i18n
from kiosk.checkout.totals import Prices, Pricing, Rounding
from kiosk.front import FILE, PLAIN
from kiosk.i18n import _
from kiosk.settings import equipment, rules
from kiosk.settings.paying import payments
from kiosk.settings.problems import Findings, NoSettings, SettingsErrors
from kiosk.settings.section import Section
from kiosk.settings.shop import Printing, ReceiptSettings, ScanSettings, Settings, Theme, UiSettings

if TYPE_CHECKING:
    from kiosk.settings.pickup import PickupSettings
    from kiosk.settings.power import PowerSettings
    from kiosk.settings.shop import DeviceSettings

COLUMNS = (32, 42, 48)
LOGO = r"([\w][\w .-]{0,60}\.(png|jpe?g|gif|bmp|PNG|JPE?G|GIF|BMP))?"
"""A file's name and nothing that leads out of the folder; the formats `hardware.printer.drawlogo` reads."""
CODE_PAGES = ("CP437", "CP850", "CP852", "CP858", "CP1252")
"""The pages receipt printers share and `hardware.printer` can write; a test compares the two lists."""


def load(folder: Path) -> Settings:
    """Read the settings of the shop in a folder; NoSettings, SettingsErrors or OSError."""
    return parse(_bytes(folder), folder / FILE)


def devices_of(folder: Path) -> tuple[DeviceSettings, ...]:
    """Read a shop's devices alone, whatever else of the file is wrong; raises as `load` does."""
    file = folder / FILE
    table, text = _table(_bytes(folder), file)
    return equipment.devices(Section(table, "", Findings(file, text)))


def parse(raw: bytes, file: Path) -> Settings:
    """Read settings from the bytes of a file; SettingsErrors with every problem."""
    table, text = _table(raw, file)
    findings = Findings(file, text)
    settings = _settings(Section(table, "", findings), file.parent)
    if findings.problems:
        raise SettingsErrors(sorted(findings.problems, key=lambda problem: problem.line or 0))
    return settings


def _bytes(folder: Path) -> bytes:
    """Read the file of the shop in a folder."""
    try:
        return (folder / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NoSettings(folder) from None


def _table(raw: bytes, file: Path) -> tuple[dict[str, object], str]:
    """Read a file as TOML; its table, and its text for the numbers of the lines."""
    findings = Findings(file)
    try:
        if len(raw) > front.MOST_BYTES:
            findings.add("", None, _("is far too long for settings; is it another file?"))
            raise SettingsErrors(findings.problems)
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return tomllib.loads(text, parse_float=str), text  # as written: a float never comes near a rate
    except UnicodeDecodeError as error:
        findings.add("", None, _("is not UTF-8 (byte {at}): save it as UTF-8").format(at=error.start))
        raise SettingsErrors(findings.problems) from error
    except tomllib.TOMLDecodeError as error:
        findings.add("", None, _("is not TOML: {reason}").format(reason=error))
        raise SettingsErrors(findings.problems) from error


def _settings(root: Section, folder: Path) -> Settings:
    """Read every section; problems are noted in the root's findings."""
    shop = root.section("shop")
    money = rules.currency(shop)
    taxes = rules.taxes(root)
    pricing = Pricing(
        currency=money,
        prices=cast("Prices", shop.choice("prices", "inclusive", ("inclusive", "exclusive"))),
        rounding=cast("Rounding", shop.choice("rounding", "rate", ("line", "rate", "document"))),
        taxes=taxes,
        cash=rules.cash(root, money),
    )
    methods, tables = payments(root)
    devices = equipment.devices(root)
    settings = Settings(
        folder=folder,
        name=shop.text("name", None, _("the name of the stall, 1 to 40 characters"), form=front.NAME),
        locale=shop.text("locale", PLAIN.locale, _("a locale such as de_AT"), form=front.LOCALE),
        language=shop.choice("language", PLAIN.language, i18n.languages()),
        timezone=_timezone(shop),
        closing_time=_clock(shop, "closing_time", "18:00"),
        rollover_hour=shop.whole("rollover_hour", 3, 0, 23),
        base_url=_base_url(shop),
        pricing=pricing,
        default_tax=next(iter(taxes), ""),
        receipt=_receipt(root.section("receipt")),
        scan=_scan(root.section("scan")),
        methods=methods,
        payments=tables,
        devices=devices,
        ui=_ui(root.section("ui")),
        pickup=_pickup(root),
        power=_power(root, devices),
    )
    shop.finish()
    root.finish()
    return settings


def _pickup(root: Section) -> PickupSettings | None:
    """Read `[pickup]`, where there is one."""
    if "pickup" not in root:
        return None
    from kiosk.settings.pickup import pickup

    return pickup(root.section("pickup"))


def _power(root: Section, devices: tuple[DeviceSettings, ...]) -> PowerSettings | None:
    """Read `[power]`, where there is one."""
    if "power" not in root:
        return None
    from kiosk.settings.power import power

    return power(
        root.section("power"), frozenset(device.name for device in devices if device.role == "outlet")
    )


def _receipt(section: Section) -> ReceiptSettings:
    """Read `[receipt]`."""
    receipt = ReceiptSettings(
        header=section.texts("header", (), count=8, most=48),
        footer=section.texts("footer", (), count=8, most=48),
        columns=section.number_of("columns", 42, COLUMNS),
        code_page=section.choice("code_page", "CP858", CODE_PAGES),
        page_number=section.whole("page_number", 0, 0, 255) if "page_number" in section else None,
        profile=section.text("profile", "", most=24),
        logo=section.text("logo", "", _("a picture in this folder, such as logo.png"), form=LOGO),
        sparing=section.truth("sparing", False),
        printing=cast("Printing", section.choice("print", "always", ("always", "ask", "never"))),
    )
    section.finish()
    return receipt


def _scan(section: Section) -> ScanSettings:
    """Read `[scan]`."""
    patterns = section.texts("patterns", (), count=20, most=20)
    section.finish()
    for text in patterns:
        from kiosk.catalogue.patterns import BadPattern
        from kiosk.catalogue.patterns import parse as parse_pattern

        try:
            parse_pattern(text)
        except BadPattern as error:
            section.wrong("patterns", str(error))
    return ScanSettings(patterns)


def _ui(section: Section) -> UiSettings:
    """Read `[ui]`."""
    ui = UiSettings(
        theme=cast("Theme", section.choice("theme", PLAIN.theme, front.THEMES)),
        day_from=_clock(section, "day_from", front.DAY_FROM),
        night_from=_clock(section, "night_from", front.NIGHT_FROM),
        key_columns=section.whole("key_columns", 0, 0, 8),
        key_rows=section.whole("key_rows", 0, 0, 8),
    )
    section.finish()
    return ui


def _clock(section: Section, key: str, default: str) -> int:
    """Read a time of day as minutes after midnight."""
    return front.minutes(
        section.text(key, default, _('a time of day such as "17:30"'), form=front.TIME_OF_DAY)
    )


def _timezone(section: Section) -> str:
    """Read the time zone and check that there is such a one, where this machine knows zones at all."""
    name = section.text("timezone", PLAIN.timezone, _("a time zone such as Europe/Berlin"), form=front.ZONE)
    if name and not i18n.is_timezone(name):
        section.wrong("timezone", _("a time zone such as Europe/Berlin"))
    return name


def _base_url(section: Section) -> str:
    """Read where the shop's QR codes lead."""
    allowed = _("a web address such as https://example.org/stall, at most 80 characters")
    return section.text("base_url", "", allowed, form=r"(https?://[!-~]{1,72})?").rstrip("/")
