"""The command line: exit statuses and messages that need no refresh."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assets.deliveries.scan import scan
from pipelines import cli
from pipelines.errors import NothingToReadError
from pipelines.lock import acquire
from pipelines.outcome import Outcome
from pipelines.plan import choose_month
from pipelines.report import render
from pipelines.settings import Settings
from pipelines.status import shorten


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run a command in an empty folder; gives its exit status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lianbing", *arguments])
        code = 0
        try:
            cli.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_missing_raw_folder(run) -> None:
    code, out, err = run("refresh")
    assert code == 3
    assert "data/raw" in err
    assert not out
    last = json.loads(Path("data/marts/last_refresh.json").read_text(encoding="utf-8"))
    assert last["status"] == "nothing_to_read"
    assert "data/raw" in last["message_zh"]


def test_json_gives_one_object_and_nothing_else(run) -> None:
    Path("data/raw/2022-04").mkdir(parents=True)
    code, out, err = run("refresh", "--json")
    assert code == 3
    assert json.loads(out)["exit_code"] == 3
    assert "没有报送文件" in err


@pytest.mark.parametrize("month", ["2022-13", "202211", "十一月", "2022-11-01"])
def test_month_that_is_none(run, month: str) -> None:
    code, _, err = run("refresh", "--as-of", month)
    assert code == 2
    assert "年-月" in err


def test_month_not_delivered_names_those_that_are(run) -> None:
    Path("data/raw/2022-04").mkdir(parents=True)
    Path("data/raw/2022-04/a.csv").write_text("x", encoding="utf-8")
    code, _, err = run("refresh", "--as-of", "2022-05")
    assert code == 3
    assert "2022-04" in err


def test_the_month_after_the_official_result_needs_no_deliveries(tmp_path: Path) -> None:
    (tmp_path / "2022-11").mkdir()
    (tmp_path / "2022-11" / "a.csv").write_text("x", encoding="utf-8")
    found = scan(tmp_path)
    assert choose_month(found, date(2022, 12, 1), Settings()) == date(2022, 12, 1)
    for other in (date(2022, 10, 1), date(2021, 12, 1), date(2023, 12, 1)):
        with pytest.raises(NothingToReadError, match="2022-11"):
            choose_month(found, other, Settings())


def test_running_refresh_turns_another_away_and_keeps_its_last_refresh(run) -> None:
    Path("data/raw/2022-04").mkdir(parents=True)
    lock = acquire(Path("data/marts/.refresh.lock"))
    try:
        code, _, err = run("refresh")
    finally:
        lock.release()
    assert code == 5
    assert "正在运行" in err
    assert not Path("data/marts/last_refresh.json").exists()


def test_marts_folder_that_is_a_file(run) -> None:
    Path("data/raw/2022-04").mkdir(parents=True)
    Path("data/marts").write_text("", encoding="utf-8")
    code, _, err = run("refresh")
    assert code == 1
    assert "Traceback" not in err


def test_status_before_anything(run) -> None:
    code, out, _ = run("status")
    assert code == 0
    assert "尚未发布" in out


def test_doctor_says_what_to_mend(run) -> None:
    code, out, _ = run("doctor")
    assert code == 1
    assert "✗ 报送文件夹" in out
    Path("data/raw/2022-04").mkdir(parents=True)
    Path("data/raw/2022-04/a.csv").write_text("x", encoding="utf-8")
    code, out, _ = run("doctor")
    assert code == 0, out
    assert "可以更新" in out


def test_demo_is_not_written_among_real_deliveries(run) -> None:
    Path("data/raw/2022-04").mkdir(parents=True)
    Path("data/raw/2022-04/真实.csv").write_text("x", encoding="utf-8")
    code, _, err = run("demo", "--scale", "small")
    assert code == 2
    assert "真实.csv" in err
    code, out, _ = run("demo", "--if-new")
    assert (code, out) == (0, "")


@pytest.mark.parametrize("months", ["2022-05..2022-04", "2021-12..2022-01", "May"])
def test_demo_months_that_are_none(run, months: str) -> None:
    code, _, err = run("demo", "--months", months)
    assert code == 2
    assert months in err


@pytest.mark.parametrize("command", [["verify"], ["diff", "a"], ["rollback"], ["explain", "officer", "X"]])
def test_nothing_published_yet(run, command: list[str]) -> None:
    code, _, err = run(*command)
    assert code == 2
    assert "Traceback" not in err
    assert "成果" in err


def test_rulebook_check(run, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    code, out, _ = run("rulebook", "check", "book")
    assert code == 4
    assert "season.toml" in out


def test_unknown_rulebook(run) -> None:
    code, _, err = run("check", "x.csv", "--rulebook", "nowhere")
    assert code == 2
    assert "nowhere" in err


def test_demo_outcome_says_so_first() -> None:
    outcome = Outcome("unchanged", 0, "2022-04", "", snapshot="s", path="m/snapshots/s", is_demo=True)
    assert render(outcome).startswith("【演示数据】")


def test_months_in_a_run_are_shortened() -> None:
    assert shorten("2022-01、2022-02、2022-03、2022-05、2022-06") == "2022-01至2022-03、2022-05、2022-06"
    assert shorten("2022-12、2023-01、2023-02") == "2022-12至2023-02"


def test_the_process_ends_at_once_and_leaves_nothing_undone(tmp_path: Path) -> None:
    """What was registered for the end is done, what was said is written, the status is the command's."""
    script = (
        "import atexit\nfrom pipelines.cli import main\n"
        "class Late:\n    def __del__(self): print('freed')\n"
        "late = Late()\n"
        "atexit.register(print, 'done')\nmain()\nprint('never')\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "refresh", "--json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 3
    assert "没有报送文件" in ended.stderr
    answer, _, rest = ended.stdout.rpartition("}")
    assert json.loads(answer + "}")["exit_code"] == 3
    assert rest.split() == ["done"]
