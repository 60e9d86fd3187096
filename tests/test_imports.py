"""The house's rules about imports, in a fresh interpreter: what is loaded, and what must not be yet."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.e2e.terminal import need

HOUSE = Path(__file__).parents[1]
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


def test_the_packages_maps_name_only_what_is_there() -> None:
    maps = 0
    for floor in ("kiosk", "hardware"):
        for package in (HOUSE / floor).rglob("__init__.py"):
            text = ast.get_docstring(ast.parse(package.read_text("utf-8"))) or ""
            if "Begin with" in text:
                modules = {path.stem for path in package.parent.glob("*.py")}
                assert set(re.findall(r"`([a-z0-9_]+)`", text)) <= modules, package
                maps += 1
    assert maps >= 10


@pytest.mark.parametrize("package", ["kiosk", "hardware"])
def test_importing_a_package_loads_nothing_else_of_it(package: str) -> None:
    loaded = modules_after(f"import {package}")
    assert not [name for name in loaded if name.startswith(f"{package}.")]


FIRST_FRAME = (
    "kiosk.__main__", "kiosk.cli", "kiosk.launch", "kiosk.ledger.clock", "kiosk.station.station",
    "kiosk.station.counter", "kiosk.tui.app", "kiosk.tui.screens.lock", "kiosk.tui.driver",
)  # fmt: skip
"""What `kiosk` imports up to its first frame; `test_steady_screen` looks whether that is so."""


def test_the_first_frame_loads_only_what_it_shows() -> None:
    loaded = modules_after(f"import {', '.join(FIRST_FRAME)}")
    own = {name for name in loaded if name.startswith(("kiosk", "hardware"))}
    later = ("kiosk.checkout", "kiosk.catalogue", "kiosk.settings", "kiosk.ledger.connection", "hardware")
    assert not [name for name in own if name.startswith(later)]
    assert not {"apsw", "argparse", *HEAVY} & loaded
    assert len(own) <= 60, f"{len(own)} modules of our own before the first frame: {sorted(own)}"


COUNTED = ["valgrind", "--tool=exp-bbv", "--instr-count-only=yes", "--bb-out-file=/dev/null"]
"""Counts instructions, and those are the same on a busy machine."""


@pytest.mark.skipif(sys.platform != "linux", reason="two processes are made of one")
def test_importing_the_first_frame_costs_little_more_than_textual_itself() -> None:
    need("valgrind", "valgrind")
    code = f"""
import os, textual.app, textual.containers, textual.widgets._static, textual.drivers.linux_driver
if os.fork() == 0:
    os._exit(0)  # Textual alone
os.wait()
import {", ".join(FIRST_FRAME)}
os._exit(0)  # and all of it
"""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, env=env | {"PYTHONHASHSEED": "0"}, capture_output=True, check=True)
    run([sys.executable, "-c", code])  # so that everything is compiled, as what is installed is
    counted = run([*COUNTED, "--pc-out-file=/dev/null", sys.executable, "-c", code]).stderr
    floor, ours = sorted(map(int, re.findall(rb"Total instructions: (\d+)", counted)))
    assert ours <= 1.2 * floor, f"{ours:,} instructions to import it, {floor:,} of them Textual's"


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
