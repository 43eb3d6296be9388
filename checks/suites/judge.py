"""Our end of the process that judges the suites: Great Expectations takes seconds to import and to run.

It imports while the deliveries are read, and judges while the reports are written. What it reads is the
database that is about to be published.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from checks import child
from checks.suites.base import SuiteResult

READY, DONE, SYSTEM, DEFECT = "ready", "done", "system", "defect"


class JudgingError(RuntimeError):
    """The suites were not judged for a reason that is ours."""


class Judge:
    """Our end of the process.

    Attributes:
        process_id: its number.
        is_judging: it was asked, and its results were not taken yet.
    """

    def __init__(self) -> None:
        """Start it; it ends with this process at the latest."""
        self._process, ours = child.start("checks.suites.judging_process")
        self._connection = Connection(ours.detach())
        self.process_id = self._process.pid
        self._is_ready = False
        self.is_judging = False
        atexit.register(self.close)

    def wait_until_ready(self) -> None:
        """Wait until it has imported what it needs.

        Raises:
            JudgingError: it did not start.
        """
        if not self._is_ready:
            self._receive()
            self._is_ready = True

    def begin(self, database: Path, data_docs: Path | None) -> None:
        """Let it judge schema `marts` of a database that nobody has open for writing.

        Args:
            database: the file.
            data_docs: where the site goes; None: no site.

        Raises:
            JudgingError: it is gone.
        """
        try:
            self._connection.send((database, data_docs))
        except OSError as error:
            raise self._gone() from error
        self.is_judging = True

    def results(self) -> list[SuiteResult]:
        """What it found; waits for it.

        Raises:
            JudgingError: it could not judge.
            OSError: it could not write the site.
        """
        self.wait_until_ready()
        kind, content = self._receive()
        self.is_judging = False
        if kind == SYSTEM:
            raise OSError(*content)
        if kind == DEFECT:
            raise JudgingError(f"成果检查未能完成（程序缺陷）：{content}")
        found: list[SuiteResult] = content
        return found

    def close(self) -> None:
        """End it at once: it holds nothing that is not made anew."""
        atexit.unregister(self.close)
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _receive(self) -> tuple[str, Any]:
        try:
            answer: tuple[str, Any] = self._connection.recv()
        except (EOFError, ConnectionResetError) as error:
            raise self._gone() from error
        return answer

    def _gone(self) -> JudgingError:
        return JudgingError(f"成果检查的进程中止，退出状态 {self._process.wait()}。")


@lru_cache(maxsize=1)
def warm_up() -> Judge:
    """The judge of this process, started at the first call: worth calling early."""
    return Judge()


@contextmanager
def judging(database: Path, data_docs: Path | None) -> Iterator[Callable[[], list[SuiteResult]]]:
    """Let the judge work beside what the block does; what is yielded waits for its results.

    Raises:
        JudgingError: it is gone.
    """
    judge = warm_up()
    try:
        judge.begin(database, data_docs)
        yield judge.results
    except JudgingError:
        judge.is_judging = True  # it is gone, or in doubt
        raise
    finally:
        if judge.is_judging:  # nobody waits for its results any more
            warm_up.cache_clear()
            judge.close()
