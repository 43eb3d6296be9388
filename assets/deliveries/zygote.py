"""The process from which reading processes are forked: it has imported what they need, and does no more.

Started as `python -m assets.deliveries.zygote FD REGISTER`, FD being its end of a socket pair. It never runs
a query: a library's thread that holds a lock when the process forks would hold it for ever in the child.
The threads that polars starts when it is imported (allocator, clean-up) are idle then; a test watches that
no import starts others.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import signal
import socket
import sys
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from pandera.backends.polars.register import register_polars_backends

from assets.deliveries.batch import read_batch
from assets.deliveries.exchange import (
    DEFECT,
    DONE,
    FILE,
    FORK,
    OUT_OF_MEMORY,
    READY,
    STATUS,
    SYSTEM,
    Batch,
    Result,
)
from assets.deliveries.limits import Limits
from assets.deliveries.source import Sources
from checks.contracts.base import Reference


def serve(control: socket.socket, sources: Sources) -> None:
    """Fork a reading process per request, and say how one ended, until the other side closes."""
    connection = Connection(os.dup(control.fileno()))
    children: set[int] = set()
    connection.send((READY, os.getpid()))
    gc.freeze()  # what is here stays shared with the children
    while True:
        try:
            request, pid = connection.recv()
        except (EOFError, ConnectionResetError):
            break
        if request == FORK:
            _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            pid = os.fork()
            if pid == 0:
                connection.close()
                control.close()
                _work(Connection(descriptors[0]), sources)
            os.close(descriptors[0])
            children.add(pid)
            connection.send(pid)
        elif request == STATUS:
            children.discard(pid)
            connection.send(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    for child in children:  # not waited for, so their numbers are still theirs
        os.kill(child, signal.SIGKILL)


def _work(connection: Connection, sources: Sources) -> None:
    """A reading process: batches in, results out, until the other side closes."""
    status = 1
    try:
        reference, limits = connection.recv()
        _restrict(limits)
        while True:
            batch = connection.recv()
            connection.send(_attempt(batch, sources, reference, limits, connection))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        status = 0
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _attempt(
    batch: Batch, sources: Sources, reference: Reference, limits: Limits, connection: Connection
) -> tuple[str, Result | str | tuple[int | None, str]]:
    position: int | None = None

    def before(now: int | None) -> None:
        nonlocal position
        position = now
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        if now is not None:
            connection.send((FILE, now))

    try:
        return DONE, read_batch(batch, sources, reference, limits, before)
    except MemoryError:
        raise
    except OSError as error:
        return SYSTEM, (error.errno, error.strerror or str(error))
    except Exception:  # noqa: BLE001 - a defect of ours: carried to the parent whole, which fails with it
        where = batch.jobs[position].file if position is not None else f"{len(batch.jobs)} 个文件"
        return DEFECT, f"{where}\n{traceback.format_exc()}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _restrict(limits: Limits) -> None:
    """Bound memory; let the clock end the process even within foreign code; say nothing on the terminal."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    allowed = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(silence, descriptor)


def load(register: str) -> Sources:
    """The contracts named `module:attribute`."""
    module, _, attribute = register.partition(":")
    sources: Sources = getattr(importlib.import_module(module), attribute)
    return sources


def main(arguments: list[str]) -> None:
    """Run with the descriptor of the socket and the name of the register as arguments."""
    descriptor, register = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    gc.disable()  # what is imported stays
    importlib.import_module("pandera.polars")
    register_polars_backends()  # pandera would do it, with what it imports, at the first check of each child
    sources = load(register)
    gc.enable()
    with socket.socket(fileno=int(descriptor)) as control:
        serve(control, sources)


if __name__ == "__main__":
    main(sys.argv[1:])
