"""Reading processes: as many as there are cores, each with its batch, and what is done when one dies."""

from __future__ import annotations

import atexit
import os
import signal
import socket
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assets.deliveries import exchange
from assets.deliveries.exchange import Batch, Job, Outcome, Result, sha256_of, whole_file_refused
from assets.deliveries.limits import MIB, Limits
from checks import child

if TYPE_CHECKING:
    from checks.contracts.base import Reference

REGISTER = "checks.register:CONTRACTS"
_SEND_FD = b"\x00"
_BATCHES_EACH = 2
# polars' allocator: a reading process takes again what it gave back, large pieces too; it ends soon enough.
_MEMORY = {"_RJEM_MALLOC_CONF": "oversize_threshold:0,dirty_decay_ms:30000"}
_LEAST_BATCH = 16 * MIB  # each batch costs a check of every source in it
_OPENING = MIB // 16  # to open a file takes as long as to read this much of it


class ReadingError(RuntimeError):
    """Reading failed for a reason that is ours and not the file's; the message names the file."""


def warm_up(register: str = REGISTER) -> Zygote:
    """Start the process from which reading processes are forked, if it is not there yet.

    Worth calling early: it imports while the caller does something else.
    """
    return _zygote(register)


def let_go(register: str = REGISTER) -> None:
    """End the process from which reading processes are forked, if it is there: it holds 120 MB.

    The next reading starts another.
    """
    if _zygote.cache_info().currsize:
        _zygote(register).close()
        _zygote.cache_clear()


@lru_cache(maxsize=2)
def _zygote(register: str) -> Zygote:
    return Zygote(register)


class Zygote:
    """Our end of `assets.deliveries.zygote`."""

    def __init__(self, register: str) -> None:
        """Start it; it ends with this process at the latest."""
        # One thread each: there is a process per core, and a library must start none before the fork.
        alone = ("POLARS_MAX_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        self._process, self._socket = child.start(
            "assets.deliveries.zygote", register, environment={**dict.fromkeys(alone, "1"), **_MEMORY}
        )
        self._connection = Connection(os.dup(self._socket.fileno()))
        self._is_ready = False
        atexit.register(self.close)

    def fork(self) -> tuple[int, Connection]:
        """A new reading process: its number and our end of its connection.

        Raises:
            ReadingError: the process could not start.
        """
        self.wait_until_ready()
        ours, theirs = socket.socketpair()
        with theirs:
            self._connection.send((exchange.FORK, 0))
            socket.send_fds(self._socket, [_SEND_FD], [theirs.fileno()])
            pid = self._answer()
        return pid, Connection(ours.detach())

    def status(self, pid: int) -> int:
        """Exit status of a reading process at its end; below 0 the signal that ended it."""
        self._connection.send((exchange.STATUS, pid))
        return self._answer()

    def close(self) -> None:
        """End it; one that is still importing is not waited for."""
        atexit.unregister(self.close)
        if not self._is_ready:
            self._process.kill()
        self._connection.close()
        self._socket.close()
        self._process.wait()

    def wait_until_ready(self) -> None:
        """Wait until it has imported what it needs.

        Raises:
            ReadingError: it did not start.
        """
        if self._is_ready:
            return
        try:
            self._connection.recv()
        except EOFError as error:
            status = self._process.wait()
            raise ReadingError(f"the reading process did not start: exit status {status}") from error
        self._is_ready = True

    def _answer(self) -> int:
        try:
            answer: int = self._connection.recv()
        except EOFError as error:
            raise ReadingError(f"the reading process is gone: exit status {self._process.wait()}") from error
        return answer


@dataclass
class _Worker:
    pid: int
    connection: Connection
    batch: Batch | None = None
    position: int | None = None


class Pool:
    """Reads batches of files in processes of their own."""

    def __init__(
        self,
        reference: Reference,
        limits: Limits,
        *,
        register: str = REGISTER,
        on_file: Callable[[str], None] | None = None,
    ) -> None:
        """Nothing starts before there is something to read.

        Args:
            reference: what contracts must know beside the row.
            limits: what one file may cost; number of processes.
            register: `module:attribute` of the contracts.
            on_file: is told each file as it is taken up.
        """
        self._reference = reference
        self._limits = limits
        self._register = register
        self._on_file = on_file or (lambda _: None)
        self._workers: list[_Worker] = []
        self._waiting: deque[Batch] = deque()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes, at once if something went wrong."""
        for worker in self._workers:
            worker.connection.close()
            if kind is not None or worker.batch is not None:
                os.kill(worker.pid, signal.SIGKILL)
        for worker in self._workers:
            warm_up(self._register).status(worker.pid)
        self._workers.clear()

    def read(self, batches: Iterable[Batch]) -> list[tuple[Batch, Result]]:
        """Read all batches; what comes back are the batches as they were finished in the end.

        A batch whose process dies is read again file by file, so that only the file at fault is refused.

        Raises:
            ReadingError: a defect of ours, with the file's name.
            OSError: no room for what was read.
        """
        # The heaviest first: what is taken up last is little, so that no process waits long for another.
        self._waiting.extend(sorted(batches, key=lambda batch: batch.cost, reverse=True))
        finished: list[tuple[Batch, Result]] = []
        while self._waiting or any(worker.batch for worker in self._workers):
            self._hand_out()
            busy = {worker.connection: worker for worker in self._workers if worker.batch}
            for ready in wait(list(busy)):
                finished.extend(self._listen(busy[ready]))  # type: ignore[index]
        return finished

    def _hand_out(self) -> None:
        wanted = min(self._limits.workers, len(self._waiting) + sum(1 for one in self._workers if one.batch))
        while len(self._workers) < wanted:
            pid, connection = warm_up(self._register).fork()
            connection.send((self._reference, self._limits))
            self._workers.append(_Worker(pid, connection))
        for worker in self._workers:
            if worker.batch is None and self._waiting:
                worker.batch, worker.position = self._waiting.popleft(), None
                worker.connection.send(worker.batch)

    def _listen(self, worker: _Worker) -> list[tuple[Batch, Result]]:
        batch = worker.batch
        if batch is None:  # pragma: no cover - only busy ones are listened to
            return []
        try:
            kind, content = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._bury(worker, batch)
        if kind == exchange.FILE:
            worker.position = content
            self._on_file(batch.jobs[content].file)
            return []
        worker.batch = None
        if kind == exchange.DEFECT:
            raise ReadingError(f"读取失败（程序缺陷）：{content}")
        if kind == exchange.SYSTEM:
            raise OSError(*content)
        return [(batch, content)]

    def _bury(self, worker: _Worker, batch: Batch) -> list[tuple[Batch, Result]]:
        """A reading process died: take its files one by one, or refuse the one that it had alone."""
        worker.connection.close()
        self._workers.remove(worker)
        status = warm_up(self._register).status(worker.pid)
        for left in Path(batch.folder).glob(f"{batch.name}-*.parquet"):
            left.unlink()
        if len(batch.jobs) > 1:
            alone = (
                replace(batch, jobs=(job,), name=f"{batch.name}_{number}")
                for number, job in enumerate(batch.jobs)
            )
            self._waiting.extendleft(reversed(list(alone)))
            return []
        return [(batch, Result([_refused_for(batch.jobs[0], status, self._limits)]))]


def batches_of(
    jobs: Iterable[tuple[Job, int]], limits: Limits, known: Mapping[tuple[str, str], int], folder: str
) -> list[Batch]:
    """Share files out into batches.

    Args:
        jobs: each file with its weight (bytes, unpacked, roughly), in the order in which they are taken up.
        limits: how much a batch may hold.
        known: contents that need no reading.
        folder: where the parquet files go.
    """
    weighed = list(jobs)
    in_all = sum(weight for _, weight in weighed)
    # Small amounts are shared out too: every process gets several batches, so that none idles at the end,
    # and all as many that take about as long.
    size = min(limits.batch_bytes, max(in_all // (limits.workers * _BATCHES_EACH), _LEAST_BATCH))
    count = ceil(in_all / size)
    count = ceil(count / limits.workers) * limits.workers if count > 1 else 1
    left = in_all + _OPENING * len(weighed)
    batches: list[Batch] = []
    batch: list[Job] = []
    held = 0
    for job, weight in weighed:
        cost = weight + _OPENING
        share = left / max(count - len(batches), 1)
        if batch and (held + cost / 2 > share or len(batch) >= limits.batch_files):
            batches.append(Batch(tuple(batch), known, folder, f"b{len(batches)}", held))
            left -= held
            batch, held = [], 0
        batch.append(job)
        held += cost
    if batch:
        batches.append(Batch(tuple(batch), known, folder, f"b{len(batches)}", held))
    return batches


def _refused_for(job: Job, status: int, limits: Limits) -> Outcome:
    if status == -signal.SIGALRM:
        reason = f"读取超过 {limits.seconds:g} 秒，已中止：请拆分后报送，或检查文件是否异常。"
    elif status in (exchange.OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL):
        reason = "读取所需内存超出上限，已中止：请拆分后报送，或检查文件是否异常（如工作表末尾有多余内容）。"
    else:
        reason = "读取程序因该文件异常中止：请用 Excel 或 WPS 打开后另存再报送。"
    try:
        seen = os.lstat(job.location)
    except FileNotFoundError:
        return Outcome(job.content_id, None, 0, 0, is_moving=True)
    return Outcome(
        job.content_id,
        sha256_of(job.location),
        seen.st_size,
        seen.st_mtime_ns,
        (whole_file_refused(reason),),
        is_passing=True,
    )
