"""The lock that names its holder, and settings from the environment."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from pipelines.errors import BusyError, UsageError
from pipelines.lock import acquire, is_held, read_holder
from pipelines.settings import Settings, load_settings

CONTEXT = multiprocessing.get_context("spawn")
PATIENCE = 30


def hold(path: Path, is_taken: Event) -> None:
    acquire(path)
    is_taken.set()
    signal.pause()


@pytest.fixture
def holder(tmp_path: Path):
    is_taken = CONTEXT.Event()
    process = CONTEXT.Process(target=hold, args=(tmp_path / "lock", is_taken))
    process.start()
    assert is_taken.wait(PATIENCE)
    yield process
    if process.is_alive():
        process.kill()
    process.join()


def test_second_process_is_turned_away_with_the_holder(holder, tmp_path: Path) -> None:
    with pytest.raises(BusyError, match=f"进程 {holder.pid}.*始于") as raised:
        acquire(tmp_path / "lock")
    assert raised.value.exit_code == 5
    assert is_held(tmp_path / "lock")


def test_lock_of_a_dead_process_is_recovered(holder, tmp_path: Path) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    assert not is_held(tmp_path / "lock")
    assert read_holder(tmp_path / "lock").pid == holder.pid
    lock = acquire(tmp_path / "lock")
    assert lock.interrupted.pid == holder.pid
    lock.release()


def test_released_lock_names_nobody(tmp_path: Path) -> None:
    acquire(tmp_path / "lock").release()
    assert read_holder(tmp_path / "lock") is None
    lock = acquire(tmp_path / "lock")
    assert lock.interrupted is None
    with pytest.raises(BusyError):
        acquire(tmp_path / "lock")
    lock.release()


def test_torn_lock_file_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(json.dumps({"pid": 1}).encode())
    assert acquire(tmp_path / "lock").interrupted is None


def test_flags_stand_above_the_environment() -> None:
    environment = {"LIANBING_RAW": "/from/env", "LIANBING_MARTS": "/marts", "LIANBING_SMTP_STARTTLS": "yes"}
    settings = load_settings(environment, raw=Path("flag"), marts=None)
    assert settings.raw == Path("flag")
    assert settings.marts == Path("/marts")
    assert settings.log_dir == Path("/logs")
    assert settings.smtp_starttls


def test_numbers_are_checked() -> None:
    assert load_settings({"LIANBING_FILE_SECONDS": "7"}).limits.seconds == 7
    with pytest.raises(UsageError, match="LIANBING_WORKERS"):
        load_settings({"LIANBING_WORKERS": "many"})


def test_unknown_rulebook_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="xinjiang_2022"):
        _ = Settings(rulebook="nowhere").rulebook_dir
