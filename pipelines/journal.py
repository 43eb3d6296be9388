"""What a refresh did, phase by phase: one file of JSON lines, and the line of progress on a terminal.

Only counts, durations and names of files stand here, never a person's data.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

KEPT_LOGS = 200
PHASES_ZH = {
    "plan": "查看报送文件",
    "rulebook": "载入规则",
    "deliveries": "读取报送文件",
    "core": "整理名册与记录",
    "score": "计算得分",
    "marts": "生成成果表",
    "checks": "检查成果",
    "snapshot": "写出成果",
    "reports": "生成问题清单与得分说明",
    "publish": "发布",
    "close": "收存工作库",
}


class Journal:
    """Writes the log of one refresh and shows where it stands.

    Attributes:
        path: the log file; None where the folder of logs cannot be written.
        phases: seconds of each phase that ended, in order.
    """

    def __init__(self, folder: Path, *, is_quiet: bool = False) -> None:
        """Open a new log in `folder`; the oldest beyond KEPT_LOGS are removed."""
        self.phases: dict[str, float] = {}
        self.path: Path | None = None
        self._file: IO[str] | None = None
        self._status: Status | None = None
        self._is_shown = not is_quiet and sys.stderr.isatty()
        stamp = datetime.now().strftime("%Y%m%dT%H%M%S%f")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for old in sorted(folder.glob("refresh-*.jsonl"))[: -KEPT_LOGS + 1]:
                old.unlink(missing_ok=True)
            self.path = folder / f"refresh-{stamp}.jsonl"
            self._file = self.path.open("a", encoding="utf-8")
        except OSError as error:
            self.path = None
            self._console.print(f"无法写日志（{folder}）：{error.strerror}。更新继续。", style="yellow")

    @cached_property
    def _console(self) -> Console:
        """The terminal; where nothing is said there, rich need not be imported."""
        from rich.console import Console

        return Console(stderr=True)

    def write(self, event: str, **fields: Any) -> None:  # noqa: ANN401 (any JSON value)
        """Add a line."""
        if self._file is None:
            return
        line = {"at": datetime.now().isoformat(timespec="milliseconds"), "event": event, **fields}
        try:
            self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            self._file.flush()
        except OSError as error:
            self._file = None  # a full disk ends the log, not the refresh: that fails by itself where it must
            self._console.print(f"日志写入中断：{error.strerror}", style="yellow")

    @contextmanager
    def phase(self, name: str) -> Iterator[dict[str, Any]]:
        """Time a phase; what is put into the dictionary stands in its line."""
        counts: dict[str, Any] = {}
        start = time.perf_counter()
        self.write("phase_started", phase=name)
        self.show(PHASES_ZH.get(name, name))
        try:
            yield counts
        except BaseException as error:
            self.write("phase_failed", phase=name, seconds=self._end(name, start), error=type(error).__name__)
            raise
        self.write("phase_ended", phase=name, seconds=self._end(name, start), **counts)

    def _end(self, name: str, start: float) -> float:
        seconds = round(time.perf_counter() - start, 3)
        self.phases[name] = round(self.phases.get(name, 0.0) + seconds, 3)
        return seconds

    def show(self, text: str) -> None:
        """Say on the terminal where the refresh stands."""
        if not self._is_shown:
            return
        if self._status is None:
            self._status = self._console.status(text)
            self._status.start()
        self._status.update(f"{text} …")

    def progress(self, done: int, total: int, what: str = "") -> None:
        """Say how many files were read."""
        self.show(f"{PHASES_ZH['deliveries']} {done}/{total} {what}")

    def hide(self) -> None:
        """Take the line of progress away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def close(self) -> None:
        """End the log."""
        self.hide()
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Journal:
        """The journal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the log."""
        self.close()
