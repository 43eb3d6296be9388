"""One refresh at a time: a lock file that names its holder.

The lock is the operating system's, so it falls with the process that holds it, however that ends. What a dead
holder wrote into the file stays there: whoever takes the lock next learns that a refresh was interrupted.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipelines.errors import BusyError

_HELD: set[Path] = set()  # POSIX locks do not exclude one's own process


@dataclass(frozen=True)
class Holder:
    """Who holds a lock.

    Attributes:
        pid: process number.
        host: name of the machine.
        since: local time, ISO 8601, seconds.
    """

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        """The holder as people read it."""
        return f"进程 {self.pid}（主机 {self.host}），始于 {self.since.replace('T', ' ')}"


@dataclass
class Lock:
    """A lock that we hold.

    Attributes:
        path: the lock file.
        interrupted: the holder that died without letting go, if there was one.
    """

    path: Path
    interrupted: Holder | None
    _handle: int

    def release(self) -> None:
        """Let go; the file stays, empty."""
        os.ftruncate(self._handle, 0)
        os.close(self._handle)
        _HELD.discard(self.path)


def read_holder(path: Path) -> Holder | None:
    """Who is named in a lock file; None where nobody is, or the file is not there.

    Never ask about a lock that this process holds: closing the file would let go of it.
    """
    try:
        return _parse(path.read_bytes())
    except FileNotFoundError:
        return None


def is_held(path: Path) -> bool:
    """True while a living process holds the lock."""
    if path.resolve() in _HELD:
        return True
    try:
        handle = os.open(path, os.O_RDWR)
    except (FileNotFoundError, PermissionError):
        return False
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def acquire(path: Path) -> Lock:
    """Take the lock, at once or not at all.

    Raises:
        BusyError: another refresh holds it.
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    key = path.resolve()
    if key in _HELD:
        raise BusyError("本进程中已有一次更新正在运行，请等它结束。")
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        holder = _parse(os.pread(handle, 4096, 0))
        os.close(handle)
        who = str(holder) if holder else "另一个进程"
        raise BusyError(f"另一次更新正在运行：{who}。请等它结束后再运行；锁文件：{path}") from None
    interrupted = _parse(os.pread(handle, 4096, 0))
    me = Holder(os.getpid(), socket.gethostname(), datetime.now().isoformat(timespec="seconds"))
    os.ftruncate(handle, 0)
    os.pwrite(handle, json.dumps(asdict(me)).encode(), 0)
    os.fsync(handle)
    _HELD.add(key)
    return Lock(key, interrupted, handle)


def _parse(content: bytes) -> Holder | None:
    """The holder that a lock file names; None where it is empty or torn."""
    try:
        return Holder(**json.loads(content))
    except (ValueError, TypeError):
        return None
