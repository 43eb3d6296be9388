"""`lianbing status`: what stands, what came, what is missing, and how the last refresh ended."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assets.deliveries.scan import scan
from assets.published import SNAPSHOTS, current_name, read_manifest, snapshot_names
from pipelines.last_refresh import read_last_refresh
from pipelines.lock import is_held, read_holder
from pipelines.session import MARTS_LOCK
from pipelines.settings import Settings

BETWEEN = "、"
LEAST_RUN = 3
MONTHS_IN_YEAR = 12
ENDINGS = {
    "published": "已发布新成果",
    "unchanged": "无变化",
    "held_back": "检查未通过，未发布",
    "nothing_to_read": "没有可读的报送文件",
    "usage": "用法有误",
    "failed": "失败",
}


def gather(settings: Settings) -> dict[str, Any]:
    """What the status is made of, as a JSON object.

    `missing` has a line for each prefecture and source with months that did not come, by state; missing is
    not zero, for nothing is known there.

    Raises:
        reports.queries.connection.SnapshotError: the current snapshot cannot be opened.
    """
    found = scan(settings.raw).deliveries if settings.raw.is_dir() else []
    files: dict[str, int] = defaultdict(int)
    for file in found:
        files[f"{file.month:%Y-%m}"] += 1
    name, names = current_name(settings.marts), snapshot_names(settings.marts)
    is_published = name is not None and name in names
    manifest = read_manifest(settings.marts, name) if is_published and name else {}
    lock = settings.marts / MARTS_LOCK
    is_running = is_held(lock)
    holder = read_holder(lock)
    return {
        "current": name if is_published else None,
        "as_of_month": manifest.get("as_of_month"),
        "published_at": manifest.get("published_at"),
        "is_final": manifest.get("is_final"),
        "is_demo": manifest.get("is_demo"),
        "snapshots": names,
        "delivered_files": dict(sorted(files.items())),
        "missing": missing(settings, name) if is_published and name else [],
        "is_running": is_running,
        "running": str(holder) if is_running and holder else None,
        "interrupted": str(holder) if holder and not is_running else None,
        "last_refresh": read_last_refresh(settings.marts),
    }


def missing(settings: Settings, name: str) -> list[dict[str, str]]:
    """The gaps of a snapshot's arrival board: prefecture, source, state and months."""
    from reports.queries.arrivals import STATES, arrival_board, gaps, source_name
    from reports.queries.connection import open_snapshot

    con = open_snapshot(settings.marts / SNAPSHOTS / name)
    try:
        found = gaps(arrival_board(con))
    finally:
        con.close()
    return [
        {
            "prefecture": row["prefecture_name"],
            "source": source_name(row["source"]),
            "state": STATES[row["state"]],
            "months": row["months"],
        }
        for row in found.iter_rows(named=True)
    ]


def render(status: dict[str, Any]) -> str:
    """The status as people read it."""
    lines = []
    if status["is_demo"]:
        lines.append("【演示数据】")
    if status["current"]:
        kind = "最终成果" if status["is_final"] else "阶段性成果"
        published = status["published_at"].replace("T", " ")
        lines.append(f"当前成果：{status['current']}（{kind}，发布于 {published}）")
        lines.append(f"已保存的成果：{len(status['snapshots'])} 个")
    else:
        lines.append("当前成果：尚未发布。请运行 lianbing refresh。")
    delivered = status["delivered_files"]
    counts = "，".join(f"{month}（{count} 个文件）" for month, count in delivered.items())
    lines.append(f"收到报送：{counts or '无'}")
    if status["current"]:
        lines += _missing_lines(status["missing"])
    if status["is_running"]:
        lines.append(f"正在更新：{status['running'] or '另一个进程'}")
    if status["interrupted"]:
        lines.append(f"上一次更新被中断：{status['interrupted']}。下次更新会自动恢复。")
    return "\n".join(lines + _last_lines(status["last_refresh"]))


def _missing_lines(gaps: list[dict[str, str]]) -> list[str]:
    """What is missing: prefectures with the same gap stand in one line."""
    if not gaps:
        return ["缺报：无"]
    grouped: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for gap in gaps:
        grouped[gap["source"], gap["state"], gap["months"]].append(gap["prefecture"])
    lines = ["缺报（缺报不等于零）："]
    for (source, state, months), names in grouped.items():
        lines.append(f"  {source} {state} {shorten(months)}：{'、'.join(names)}")
    return lines


def shorten(months: str) -> str:
    """Months joined with 、, runs of three and more as their first and last."""
    runs: list[list[str]] = []
    for month in months.split(BETWEEN):
        if runs and _number(month) == _number(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return BETWEEN.join(f"{r[0]}至{r[-1]}" if len(r) >= LEAST_RUN else BETWEEN.join(r) for r in runs)


def _number(month: str) -> int:
    """Months since year 0, of YYYY-MM."""
    year, _, number = month.partition("-")
    return int(year) * MONTHS_IN_YEAR + int(number)


def _last_lines(last: dict[str, Any]) -> list[str]:
    if not last:
        return []
    ended = ENDINGS.get(last["status"], last["status"])
    lines = [f"上次更新：{last['finished_at'].replace('T', ' ')}，截至 {last['as_of_month'] or '—'}，{ended}"]
    return lines + ([f"  原因：{last['message_zh']}"] if last["message_zh"] else [])
