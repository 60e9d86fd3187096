"""`image/install.sh` on a throw-away tree: it says what it does, does it once, and takes all of it back."""

from __future__ import annotations

import gzip
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import need
from tests.image.fonts import psf1

IMAGE = Path(__file__).parents[2] / "image"
SCRIPT = IMAGE / "install.sh"
UNITS = sorted((IMAGE / "files/etc/systemd/system").iterdir())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A root with nothing in it but what every system has."""
    need("systemctl", "systemd")
    for folder in ("etc/systemd/system", "etc/udev/rules.d", "usr/share/consolefonts"):
        (tmp_path / "root" / folder).mkdir(parents=True)
    stock = tmp_path / "root/usr/share/consolefonts/Uni2-TerminusBold16.psf.gz"
    stock.write_bytes(gzip.compress(psf1([*"A<>.- "])))
    return tmp_path / "root"


def run(*words: str | Path) -> list[str]:
    """Run the script and return what it said, line by line."""
    done = subprocess.run(["bash", str(SCRIPT), *map(str, words)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def files(root: Path) -> set[str]:
    """Every file and link of a tree."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_symlink() or path.is_file()}


def test_a_dry_run_says_everything_and_changes_nothing(tree: Path) -> None:
    before = files(tree)
    said = run("--root", tree, "--dry-run")
    assert "would write /etc/systemd/system/kiosk.service" in said
    assert "would enable kiosk.service" in said
    assert all(line.startswith("would ") for line in said)
    assert files(tree) == before


def test_what_a_dry_run_said_is_what_is_done(tree: Path) -> None:
    would = run("--root", tree, "--dry-run")
    assert run("--root", tree) == [line.removeprefix("would ") for line in would]
    assert (tree / "etc/systemd/system/multi-user.target.wants/kiosk.service").is_symlink()
    assert os.readlink(tree / "etc/systemd/system/ctrl-alt-del.target") == "/dev/null"


def test_a_second_run_has_nothing_to_do(tree: Path) -> None:
    run("--root", tree)
    was = files(tree)
    assert run("--root", tree) == []
    assert files(tree) == was


def test_a_file_that_was_changed_is_put_right_and_the_owners_own_is_left(tree: Path) -> None:
    run("--root", tree)
    (tree / "etc/sysctl.d/70-barrow.conf").write_text("kernel.sysrq = 1\n")
    (tree / "etc/barrow/kiosk.env").write_text("BARROW_SHOP=/srv/shop\n")
    assert run("--root", tree) == ["write /etc/sysctl.d/70-barrow.conf"]
    assert (tree / "etc/barrow/kiosk.env").read_text() == "BARROW_SHOP=/srv/shop\n"


def test_remove_takes_everything_back_and_leaves_the_shop(tree: Path) -> None:
    shop = tree / "var/lib/barrow/shop/ledger.db"
    shop.parent.mkdir(parents=True)
    shop.write_bytes(b"the day's money")
    before = files(tree)
    run("--root", tree)
    assert files(tree) > before
    run("--root", tree, "--remove", "--dry-run")
    assert files(tree) > before
    run("--root", tree, "--remove")
    assert files(tree) == before
    assert run("--root", tree, "--remove") == ["find nothing that was installed"]


def test_a_raspberry_pi_is_told_to_let_go_of_outputs_and_has_its_own_words_back(tree: Path) -> None:
    config = tree / "boot/firmware/config.txt"
    config.parent.mkdir(parents=True)
    config.write_text("dtparam=audio=on\n[pi4]\ndtoverlay=vc4\n")
    said = "add dtparam=strict_gpiod to /boot/firmware/config.txt"
    assert said in run("--root", tree)
    _why, line, *own = config.read_text().splitlines()
    assert (line, own) == ("dtparam=strict_gpiod", ["dtparam=audio=on", "[pi4]", "dtoverlay=vc4"])
    assert run("--root", tree) == []
    run("--root", tree, "--remove")
    assert config.read_text() == "dtparam=audio=on\n[pi4]\ndtoverlay=vc4\n"
    config.write_text("dtparam=strict_gpiod\n")  # the owner's own
    assert said not in run("--root", tree)
    run("--root", tree, "--remove")
    assert config.read_text() == "dtparam=strict_gpiod\n"


def test_the_other_display_takes_the_place_of_the_first(tree: Path) -> None:
    run("--root", tree)
    said = run("--root", tree, "--display")
    assert said == ["disable kiosk.service", "enable kiosk-display.service"]
    run("--root", tree, "--remove")
    assert not [name for name in files(tree) if "kiosk" in name]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--root", "/nowhere-at-all"], "is not a tree of files"),
        (["--source", "/"], "is not the program's source"),
        (["--root"], "needs a folder"),
        (["--frobnicate"], "usage:"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is(words: list[str], reason: str) -> None:
    done = subprocess.run(["bash", str(SCRIPT), *words], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert reason in done.stderr


def test_without_root_it_says_how(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", str(SCRIPT)]
        need("setpriv", "util-linux")
    else:
        words = ["bash", str(SCRIPT)]
    readable = shutil.copytree(IMAGE, tmp_path / "image")
    (tmp_path / "pyproject.toml").touch()
    for path in (tmp_path, *tmp_path.parents[:3], readable):
        path.chmod(path.stat().st_mode | 0o055)
    words[-1] = str(readable / "install.sh")
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs root" in done.stderr


def test_help_shows_an_example() -> None:
    assert any("--dry-run" in line and line.startswith("  image/install.sh") for line in run("--help"))


def test_shellcheck_finds_nothing() -> None:
    need("shellcheck", "shellcheck")
    subprocess.run(["shellcheck", str(SCRIPT)], check=True)


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    need("systemd-analyze", "systemd")
    text = unit.read_text()
    for program in ("/opt/barrow/bin/kiosk", "/usr/bin/cage", "/usr/bin/setfont", "/usr/bin/loadkeys"):
        text = text.replace(program, "/bin/true")  # what a machine that only checks does not have
    copy = tmp_path / unit.name
    copy.write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    about_us = [line for line in done.stderr.splitlines() if unit.name in line]
    assert about_us == []


def test_the_screen_is_drawn_where_textual_draws_it() -> None:
    """Textual draws on stderr: a unit that sent it to the journal would leave the panel black."""
    text = (IMAGE / "files/etc/systemd/system/kiosk.service").read_text()
    assert "StandardError=tty\n" in text
    assert "WatchdogSec=30\n" in text and "Type=notify\n" in text


def test_a_unit_that_was_killed_whole_leaves_no_coil_on(tmp_path: Path) -> None:
    """Nobody is left of it then but what systemd calls next."""
    (line,) = {
        line
        for unit in ("kiosk.service", "kiosk-display.service")
        for line in (IMAGE / "files/etc/systemd/system" / unit).read_text().splitlines()
        if line.startswith("ExecStopPost=")
    }
    words = shlex.split(line.removeprefix("ExecStopPost=-"))
    words[-1] = words[-1].replace("/opt/barrow/bin/kiosk", f"{sys.executable} -m kiosk")
    (tmp_path / "shop.toml").write_text(
        '[devices.locks]\nkind = "gpio"\nlocks = "17:27,22"\n' + f'files = "{tmp_path}"\n[shop]\nname = 1\n'
    )
    (tmp_path / "out22").write_text("1")  # as the kernel leaves it
    done = subprocess.run(
        words,
        env=os.environ | {"BARROW_SHOP": str(tmp_path)},
        cwd=IMAGE.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert [(tmp_path / name).read_text() for name in ("out17", "out22")] == ["0", "0"]
    assert (done.stdout, done.stderr) == ("", "")  # it would stand on the panel


def test_udev_understands_the_rules() -> None:
    need("udevadm", "udev")
    rules = IMAGE / "files/etc/udev/rules.d/70-barrow.rules"
    version = subprocess.run(["udevadm", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.split()[0].split(".")[0]) < 254:
        pytest.skip("`udevadm verify` came with systemd 254")
    subprocess.run(["udevadm", "verify", str(rules)], check=True)


def test_the_key_map_parses() -> None:
    need("loadkeys", "kbd")
    subprocess.run(["loadkeys", "-p", str(IMAGE / "files/etc/barrow/no-switching.map")], check=True)
