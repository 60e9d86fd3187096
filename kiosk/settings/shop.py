"""A shop's settings as the program uses them: frozen, whole, already validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kiosk import i18n
from kiosk.checkout.money import Currency
from kiosk.checkout.totals import Pricing

if TYPE_CHECKING:
    from kiosk.settings.pickup import PickupSettings
    from kiosk.settings.power import PowerSettings

Theme = Literal["day", "night", "auto"]
Flow = Literal["none", "rtscts", "xonxoff"]
Printing = Literal["always", "ask", "never"]


@dataclass(frozen=True, slots=True)
class ReceiptSettings:
    """What a receipt looks like and when it is printed."""

    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    columns: int = 42
    """Characters of one line of paper: 32, 42 or 48."""
    code_page: str = "CP858"
    page_number: int | None = None
    """By which the printer is asked for that page; None: the usual one of its profile."""
    profile: str = ""
    """The printer's profile by name; empty: the usual one of that many columns."""
    logo: str = ""
    """A picture in the shop's folder, printed above the header; empty: none."""
    sparing: bool = False
    """Without logo and blank paper, for the battery's sake."""
    printing: Printing = "always"
    """`print` in the file: with every sale, after asking, or only when somebody wants one."""


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How scans are read."""

    patterns: tuple[str, ...] = ()
    """Layouts of the shop's own price and weight codes, as `kiosk.catalogue.symbology` reads them."""


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One device by its stable name."""

    name: str
    role: str
    """What it is: printer, scanner, battery, solar or outlet."""
    kind: str
    """Its wire: tcp, serial, usblp or file; or a driver that another package adds."""
    address: str = ""
    """`host:port` for tcp, a path for the others."""
    baud: int = 9600
    """Serial only."""
    flow: Flow = "none"
    """Serial only: who says stop."""
    answers: bool = True
    """Printers only: false for one that never tells its state."""
    drawer_pin: int = 0
    """Printers only: the connector pin of the cash drawer's pulse, 2 or 5; 0 where there is no drawer."""
    options: Mapping[str, object] = field(default_factory=dict)
    """The keys of an added driver, as they stand in the file."""

    @property
    def host(self) -> str:
        """The host of a tcp device."""
        return self.address.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port of a tcp device."""
        return int(self.address.rpartition(":")[2])


@dataclass(frozen=True, slots=True)
class UiSettings:
    """The screen."""

    theme: Theme = "auto"
    day_from: int = 7 * 60
    """Minutes after midnight at which `auto` turns to the day theme."""
    night_from: int = 20 * 60
    key_columns: int = 0
    """Product keys side by side on the till; 0: as many as fit."""
    key_rows: int = 0
    """Rows of them; 0: as many as the longest list needs and as fit."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One shop."""

    folder: Path
    name: str
    locale: str
    """How numbers and dates are written, such as `de_AT`."""
    language: str
    """The till's own language; each person may have another."""
    timezone: str
    """IANA name; empty: this machine's."""
    closing_time: int
    """Minutes after midnight at which the stall means to close."""
    rollover_hour: int
    """A shift opened before this hour, 0 to 23, still belongs to the day before."""
    base_url: str
    """Where the shop's QR codes lead a customer's phone; empty: nowhere yet."""
    pricing: Pricing
    default_tax: str
    """Tax class of a product that names none: the first of the file."""
    receipt: ReceiptSettings = field(default_factory=ReceiptSettings)
    scan: ScanSettings = field(default_factory=ScanSettings)
    methods: tuple[str, ...] = ("cash", "card")
    """Payment methods by name, in the order of their keys."""
    payments: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """What each method needs to know, by its name; `kiosk.checkout.payments.registry` checks and uses it."""
    devices: tuple[DeviceSettings, ...] = ()
    ui: UiSettings = field(default_factory=UiSettings)
    pickup: PickupSettings | None = None
    """Click-to-collect; None where the shop has none."""
    power: PowerSettings | None = None
    """Battery, inverter, panel and outlets; None where they are not told: then nothing is foreseen."""

    @property
    def currency(self) -> Currency:
        """The currency every amount is in."""
        return self.pricing.currency

    @property
    def zone(self) -> tzinfo | None:
        """The time zone; None is this machine's."""
        return i18n.zone(self.timezone)

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger.db"

    @property
    def has_printer(self) -> bool:
        """Whether slips go to paper here; without, nothing is queued for a printer that never comes."""
        return self.device("printer") is not None

    @property
    def has_drawer(self) -> bool:
        """Whether a cash drawer hangs on the printer and opens with a sale."""
        printer = self.device("printer")
        return printer is not None and printer.drawer_pin != 0

    def device(self, role: str) -> DeviceSettings | None:
        """Return the first device of a role."""
        return next((device for device in self.devices if device.role == role), None)
