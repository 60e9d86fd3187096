"""The house's rules about imports, in a fresh interpreter: what is loaded, and what must not be yet."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "escpos",
    "PIL",
    "evdev",
    "gpiozero",
    "serial",
    "segno",
    "fpdf",
    "babel",
    "argon2",
    "peewee",
    "stdnum",
)


def modules_after(statement: str) -> set[str]:
    """The names in ``sys.modules`` of a new interpreter after one statement."""
    code = f"{statement}\nimport sys\nprint(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("package", ["kiosk", "hardware"])
def test_importing_a_package_loads_nothing_else_of_it(package: str) -> None:
    loaded = modules_after(f"import {package}")
    assert not [name for name in loaded if name.startswith(f"{package}.")]


FIRST_FRAME = (
    "kiosk.__main__", "kiosk.cli", "kiosk.launch", "kiosk.ledger.clock", "kiosk.station.station",
    "kiosk.tui.app", "kiosk.tui.screens.lock", "kiosk.tui.driver",
)  # fmt: skip
"""What `kiosk` imports up to its first frame."""


def test_the_first_frame_loads_only_what_it_shows() -> None:
    loaded = modules_after(f"import {', '.join(FIRST_FRAME)}")
    own = {name for name in loaded if name.startswith(("kiosk", "hardware"))}
    later = ("kiosk.checkout", "kiosk.catalogue", "kiosk.settings", "kiosk.ledger.connection", "hardware")
    assert not [name for name in own if name.startswith(later)]
    assert not {"apsw", "argparse", *HEAVY} & loaded
    assert len(own) <= 55, f"{len(own)} modules of our own before the first frame: {sorted(own)}"


def test_the_first_frame_loads_no_device_library_and_no_orm() -> None:
    loaded = modules_after(
        "import kiosk.tui.app, kiosk.station, kiosk.checkout.sale, kiosk.catalogue.resolve"
    )
    assert not [name for name in HEAVY if name in loaded]


@pytest.mark.parametrize(
    "module",
    [
        "kiosk.checkout.quote",
        "kiosk.checkout.sale",
        "kiosk.catalogue.csv_import",
        "kiosk.station",
        "kiosk.cli",
    ],
)
def test_headless_work_needs_no_screen(module: str) -> None:
    assert "textual" not in modules_after(f"import {module}")


def test_device_drivers_load_no_library_until_one_is_configured() -> None:
    loaded = modules_after("import hardware.device, hardware.registry")
    assert not [name for name in HEAVY if name in loaded]


def test_a_till_without_scale_display_or_panel_loads_nothing_of_them() -> None:
    loaded = modules_after("import kiosk.station.equipment")
    assert not [name for name in HEAVY if name in loaded and name in {"gpiozero", "serial", "evdev"}]
    drivers = (
        "hardware.scale.scale",
        "hardware.display.display",
        "hardware.panel.panel",
        "hardware.panel.pins",
    )
    assert not [name for name in drivers if name in loaded]


def test_the_customer_s_screen_needs_no_ledger_and_no_device() -> None:
    loaded = modules_after("import kiosk.tui.customer.app, kiosk.tui.customer.feed")
    assert not [name for name in (*HEAVY, "apsw", "playhouse") if name in loaded]
    assert not [name for name in loaded if name.startswith("hardware")]
