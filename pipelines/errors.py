"""What can stop a refresh, each with its exit status and a Chinese message that says what to do."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import Any


class Exit(IntEnum):
    """Exit statuses of the command line."""

    PUBLISHED = 0
    INTERNAL = 1
    USAGE = 2
    NOTHING_TO_READ = 3
    HELD_BACK = 4
    BUSY = 5


class LianbingError(Exception):
    """A failure that people can mend; `str()` of it is the Chinese message."""

    exit_code = Exit.INTERNAL


class UsageError(LianbingError):
    """The command does not fit what is there."""

    exit_code = Exit.USAGE


class NothingToReadError(LianbingError):
    """There are no deliveries, or none for the month asked for."""

    exit_code = Exit.NOTHING_TO_READ


class BusyError(LianbingError):
    """Another refresh is running; it names the process and since when."""

    exit_code = Exit.BUSY


class HeldBackError(LianbingError):
    """A blocking check held the publication back.

    Attributes:
        checks: the checks that failed, as dictionaries with name, message and first rows.
    """

    exit_code = Exit.HELD_BACK

    def __init__(self, checks: list[dict[str, Any]]) -> None:
        """Say which checks failed, each with its first rows."""
        self.checks = checks
        lines = [f"有 {len(checks)} 项必须通过的检查未通过，本次成果未发布，原有成果不变："]
        for check in checks:
            lines.append(f"  ✗ {check['name']}：{check['message']}")
            lines += [f"      {row}" for row in check["first_rows"]]
        super().__init__("\n".join(lines))


def explain_os_error(error: OSError) -> str | None:
    """The Chinese message for a failure of the file system that people can mend; None for any other."""
    place = f"（{error.filename}）" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"磁盘空间不足{place}：请清理空间（可用 lianbing prune 删除旧成果）后重新运行。原有成果未受影响。"
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return f"没有写入或读取权限{place}：请检查该文件夹的权限后重新运行。原有成果未受影响。"
    return None


def explain_duckdb_error(text: str) -> str | None:
    """The Chinese message for a DuckDB failure that people can mend; None for any other."""
    lowered = text.lower()
    if "no space left" in lowered or "could not write all bytes" in lowered or "disk full" in lowered:
        return "磁盘空间不足：请清理空间（可用 lianbing prune 删除旧成果）后重新运行。原有成果未受影响。"
    if "permission denied" in lowered or "read-only file system" in lowered:
        return "没有写入权限：请检查 data 目录的权限后重新运行。原有成果未受影响。"
    if "out of memory" in lowered:
        return "内存不足：请关闭其他程序，或用 LIANBING_MEMORY 提高上限后重新运行。原有成果未受影响。"
    return None
