"""The command line explains itself, and whatever goes wrong is one clear line."""

from __future__ import annotations

import argparse
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from hardware.options import BadOptions
from kiosk import cli, manual, where
from kiosk.ledger.errors import LedgerFull
from kiosk.settings import Problem, SettingsErrors


def outcome(argv: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run the command line and return exit code, output and errors."""
    try:
        code = cli.main(argv)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[argparse.Namespace], int]], None]:
    """Return how to put a command `try` on the table that does what it is given."""

    def install(run: Callable[[argparse.Namespace], int]) -> None:
        module = types.ModuleType("kiosk_try")
        module.add_arguments = lambda parser: parser.add_argument("--loud", action="store_true")  # type: ignore[attr-defined]
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "kiosk_try", module)
        monkeypatch.setitem(cli.COMMANDS, "try", ("kiosk_try", "try"))

    return install


def test_help_names_every_command_and_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = outcome(["--help"], capsys)
    assert code == 0
    for name in cli.COMMANDS:
        assert f"  {name} " in out
    assert "kiosk demo" in out
    assert max(map(len, out.splitlines())) <= 100


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_a_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = cli.COMMANDS[name][0]
    if find_spec(module) is None:
        pytest.skip(f"{module} is not there yet")
    code, out, _err = outcome([name, "--help"], capsys)
    assert code == 0
    assert f"kiosk {name}" in out or "kiosk --shop" in out or "kiosk\n" in out
    assert "--shop" in out
    assert hasattr(import_module(module), "run")


def parts(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every part of a command, and the parts of a part."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for part in action.choices.values():
                yield part
                yield from parts(part)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS.keys() - {"decode", "sim"}))  # theirs have their own
def test_every_part_of_a_command_says_what_it_does_and_shows_how(name: str) -> None:
    whole = argparse.ArgumentParser(prog=f"kiosk {name}")
    import_module(cli.COMMANDS[name][0]).add_arguments(whole)
    manual.complete(whole)
    for part in parts(whole):
        assert part.description, part.prog
        assert f"{part.prog} " in f"{part.epilog} ".replace("\n", " "), part.prog
        told = [action for action in part._actions if not isinstance(action, argparse._SubParsersAction)]
        assert [action.dest for action in told if action.help is None] == []


@pytest.mark.parametrize(("typed", "meant"), [("reprot", "report"), ("doktor", "doctor"), ("dmeo", "demo")])
def test_a_slip_names_the_neighbour(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = outcome([typed], capsys)
    assert code == 2
    assert f"kiosk {meant}" in err
    assert len(err.splitlines()) == 1


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = outcome(["--version"], capsys)
    assert code == 0
    assert (out + err).startswith("barrow 0.")


def test_nothing_at_all_opens_the_till(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = outcome(["--shop", str(tmp_path)], capsys)
    assert code == 1
    assert "kiosk init" in err


@pytest.mark.parametrize("before", [True, False])
def test_the_shop_is_named_before_or_after_the_command(
    before: bool, tmp_path: Path, command: Callable[[Callable[[argparse.Namespace], int]], None]
) -> None:
    seen: list[Path] = []
    command(lambda args: seen.append(args.shop) or 0)  # type: ignore[func-returns-value]
    shop = ["--shop", str(tmp_path)]
    assert cli.main([*shop, "try"] if before else ["try", "--loud", *shop]) == 0
    assert seen == [tmp_path]


def test_the_environment_names_the_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BARROW_SHOP", str(tmp_path))
    assert where.default_shop() == tmp_path
    monkeypatch.delenv("BARROW_SHOP")
    assert where.default_shop().name == "shop"


def test_the_simulated_stall_of_the_last_demo_is_found(tmp_path: Path) -> None:
    assert where.running_demo(tmp_path) is None
    for name in ("barrow-demo-a", "barrow-demo-b", "other"):
        (tmp_path / name / "shop").mkdir(parents=True)
    (tmp_path / "barrow-demo-b" / "shop" / "stall.json").touch()
    (tmp_path / "other" / "shop" / "stall.json").touch()
    assert where.running_demo(tmp_path) == tmp_path / "barrow-demo-b" / "shop"


PROBLEM = Problem(Path("shop.toml"), "shop.name", "", "is missing")


@pytest.mark.parametrize(
    ("error", "code", "lines"),
    [
        (LedgerFull(Path("ledger.db")), 1, 1),
        (SettingsErrors([PROBLEM, PROBLEM]), 2, 2),
        (PermissionError(13, "Permission denied", "/media/stick"), 1, 1),
        (OSError(28, "No space left on device", "/media/stick"), 1, 1),
        (KeyboardInterrupt(), 130, 0),
        (BadOptions("scale", ["baud: 7, must be one of 9600, 19200"]), 2, 1),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), 2, 1),
    ],
)
def test_known_trouble_is_told_in_lines(
    error: BaseException,
    code: int,
    lines: int,
    command: Callable[[Callable[[argparse.Namespace], int]], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_args: argparse.Namespace) -> int:
        raise error

    command(fail)
    left, _out, err = outcome(["try"], capsys)
    assert left == code
    assert len(err.splitlines()) == lines
    assert "Traceback" not in err


def test_a_mistake_in_the_program_is_not_dressed_up(
    command: Callable[[Callable[[argparse.Namespace], int]], None],
) -> None:
    def fail(_args: argparse.Namespace) -> int:
        raise ZeroDivisionError

    command(fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["try"])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no `true` to close the pipe")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = "import sys; from kiosk.cli import main; sys.exit(main(['--help']))"
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()
    assert b"Traceback" not in run.stderr.read()
    run.stderr.close()
    run.wait(10)


def test_only_the_command_asked_for_is_imported() -> None:
    code = (
        "import sys\nfrom kiosk import cli\ntry:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "names = (name for name in sys.modules if name.startswith(('kiosk.commands.', 'textual', 'apsw')))\n"
        "sys.exit(any(names))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, stdout=subprocess.DEVNULL)
    assert run.returncode == 0
