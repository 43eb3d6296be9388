"""The process that judges the suites, started as `python -m checks.suites.judging_process FD`.

FD is its end of a socket pair; `checks.suites.judge` is the other.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
import traceback
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb

from checks.suites.judge import DEFECT, DONE, READY, SYSTEM
from checks.suites.runner import rehearse, validate

POLITE = 5  # what the refresh itself does goes first
RARELY = 100_000  # objects made before the garbage collector looks: a run leaves little to collect


def serve(connection: Connection) -> None:
    """Judge what is asked for, until the other side closes."""
    gc.disable()  # what is imported and compiled stays
    rehearse()
    gc.freeze()
    gc.enable()
    gc.set_threshold(RARELY)
    connection.send((READY, ""))
    while True:
        try:
            database, data_docs = connection.recv()
        except (EOFError, ConnectionResetError):
            return
        connection.send(_attempt(database, data_docs))


def _attempt(database: Path, data_docs: Path | None) -> tuple[str, Any]:
    try:
        with duckdb.connect(config={"threads": 1}) as con:  # the other core writes the reports
            con.execute("SET enable_progress_bar = false")  # started with -m, it is taken for a terminal
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
