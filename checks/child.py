"""Processes of our own beside a refresh: the same Python, the same modules, one socket to the parent."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})


def start(
    module: str, *words: str, environment: Mapping[str, str] = NOTHING
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start `python -m module FD words…`, FD being the child's end of a socket pair.

    The child reads its end: when that closes, the parent is gone or has no more to ask.

    Args:
        module: one of ours.
        words: of ours, never data.
        environment: variables set beside those of this process.

    Returns:
        The process, and our end.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        modules = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        process = subprocess.Popen(  # noqa: S603 - fixed words and numbers of ours only
            [sys.executable, "-P", "-m", module, str(theirs.fileno()), *words],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **modules, **environment},
            stdin=subprocess.DEVNULL,
            stdout=sys.__stderr__,  # what a library prints there must not stand in the JSON of our output
        )
    return process, ours
