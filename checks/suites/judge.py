"""The suites judged in a process of their own: Great Expectations takes seconds to import and seconds to run.

It imports while the deliveries are read, and judges while the reports are written. What it reads is the
database that is about to be published, file by file the same.
"""

from __future__ import annotations

import atexit
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from checks import child
from checks.suites.base import SuiteResult
from checks.suites.runner import import_great_expectations, validate

READY, DONE, SYSTEM, DEFECT = "ready", "done", "system", "defect"
POLITE = 5  # what the refresh itself does goes first


class JudgingError(RuntimeError):
    """The suites were not judged for a reason that is ours."""


class Judge:
    """Our end of the process.

    Attributes:
        is_judging: it was asked, and its results were not taken yet.
    """

    def __init__(self) -> None:
        """Start it; it ends with this process at the latest."""
        self._process, ours = child.start("checks.suites.judge")
        self._connection = Connection(ours.detach())
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


def serve(connection: Connection) -> None:
    """Judge what is asked for, until the other side closes."""
    import_great_expectations()
    connection.send((READY, ""))
    while True:
        try:
            database, data_docs = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        connection.send(_attempt(database, data_docs))


def _attempt(database: Path, data_docs: Path | None) -> tuple[str, Any]:
    try:
        with duckdb.connect() as con:
            # Under a name of its own: that of the file is that of the schema.
            literally = str(database).replace("'", "''")
            con.execute(f"ATTACH '{literally}' AS published (READ_ONLY)")
            con.execute("USE published")
            return DONE, validate(con, data_docs)
    except OSError as error:
        return SYSTEM, (error.errno, error.strerror or str(error), error.filename)
    except Exception:  # noqa: BLE001 - carried to the parent whole, which fails with it
        return DEFECT, traceback.format_exc()


def _end_with_the_parent(descriptor: int) -> None:
    """A parent that was killed must not be outlived: the next refresh sweeps what both were writing."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLRDHUP)
    waiting.poll()
    os._exit(0)


def main(descriptor: int) -> None:
    """Run with the descriptor of the socket as argument."""
    os.nice(POLITE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    threading.Thread(target=_end_with_the_parent, args=(descriptor,), daemon=True).start()
    serve(Connection(descriptor))


if __name__ == "__main__":
    main(int(sys.argv[1]))
