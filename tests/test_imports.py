"""The house's rules about imports, in a fresh interpreter: what is loaded, and what must not be yet."""

from __future__ import annotations

import json
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
    code = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("package", ["kiosk", "hardware"])
def test_importing_a_package_loads_nothing_else_of_it(package: str) -> None:
    loaded = modules_after(f"import {package}")
    assert not [name for name in loaded if name.startswith(f"{package}.")]


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
