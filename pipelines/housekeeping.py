"""`lianbing rollback` and `lianbing prune`: moving the pointer by hand, and removing what nobody needs."""

from __future__ import annotations

from assets.published import (
    current_name,
    is_whole,
    prunable,
    read_manifest,
    remove_snapshot,
    snapshot_names,
    switch_current,
)
from pipelines.audit import resolve
from pipelines.errors import UsageError
from pipelines.lock import acquire
from pipelines.session import MARTS_LOCK
from pipelines.settings import Settings


def roll_back(settings: Settings, wanted: str | None) -> str:
    """Point `current` to an earlier snapshot; says what was done.

    Args:
        settings: where the marts lie.
        wanted: name or beginning of a name; None: the one published before the current.

    Raises:
        UsageError: there is none, or it is not whole.
        BusyError: a refresh is running.
    """
    marts = settings.marts
    lock = acquire(marts / MARTS_LOCK)
    try:
        standing = current_name(marts)
        name = resolve(marts, wanted) if wanted else _before(settings, standing)
        if not is_whole(marts, name):
            raise UsageError(
                f"成果 {name} 不完整，不能改为当前成果；请选另一个，或重新运行 lianbing refresh。"
            )
        switch_current(marts, name)
    finally:
        lock.release()
    return f"当前成果：{standing or '无'} → {name}"


def _before(settings: Settings, standing: str | None) -> str:
    """The snapshot that was published last before the current one.

    Raises:
        UsageError: there is none.
    """
    published = {
        name: str(read_manifest(settings.marts, name)["published_at"])
        for name in snapshot_names(settings.marts)
    }
    limit = published.get(standing or "")
    earlier = [name for name in published if name != standing and (limit is None or published[name] <= limit)]
    if not earlier:
        raise UsageError("没有更早发布的成果可以恢复。")
    return max(earlier, key=lambda name: (published[name], name))


def prune(settings: Settings, keep: int) -> str:
    """Remove all snapshots but the `keep` published last and the current one; says what was done.

    Raises:
        BusyError: a refresh is running.
    """
    lock = acquire(settings.marts / MARTS_LOCK)
    try:
        names = prunable(settings.marts, keep)
        for name in names:
            remove_snapshot(settings.marts, name)
    finally:
        lock.release()
    if not names:
        return "没有需要删除的旧成果。"
    return f"已删除 {len(names)} 个旧成果：{'、'.join(names)}"
