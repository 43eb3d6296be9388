"""`lianbing status`: what stands, what came, what is missing, and how the last refresh ended."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assets.deliveries.scan import scan
from assets.published import current_name, read_manifest, snapshot_names
from pipelines.last_refresh import read_last_refresh
from pipelines.lock import is_held, read_holder
from pipelines.session import MARTS_LOCK
from pipelines.settings import Settings

MONTHLY = ("inspection_records", "evidence_documents", "officer_roster", "transmission_rates")
ENDINGS = {
    "published": "已发布新成果",
    "unchanged": "无变化",
    "held_back": "检查未通过，未发布",
    "nothing_to_read": "没有可读的报送文件",
    "usage": "用法有误",
    "failed": "失败",
}


def gather(settings: Settings) -> dict[str, Any]:
    """What the status is made of, as a JSON object; nothing is opened but small files."""
    found = scan(settings.raw).deliveries if settings.raw.is_dir() else []
    files: dict[str, int] = defaultdict(int)
    for file in found:
        files[f"{file.month:%Y-%m}"] += 1
    name = current_name(settings.marts)
    manifest: dict[str, Any] = {}
    if name in snapshot_names(settings.marts) and name is not None:
        manifest = read_manifest(settings.marts, name)
    lock = settings.marts / MARTS_LOCK
    is_running = is_held(lock)
    holder = read_holder(lock)
    return {
        "current": name if manifest else None,
        "as_of_month": manifest.get("as_of_month"),
        "published_at": manifest.get("published_at"),
        "is_final": manifest.get("is_final"),
        "is_demo": manifest.get("is_demo"),
        "snapshots": snapshot_names(settings.marts),
        "delivered_files": dict(sorted(files.items())),
        "missing": missing(manifest.get("summary", {})),
        "prefectures": manifest.get("summary", {}).get("prefectures", {}),
        "sources": manifest.get("summary", {}).get("sources", {}),
        "is_running": is_running,
        "running": str(holder) if is_running and holder else None,
        "interrupted": str(holder) if holder and not is_running else None,
        "last_refresh": read_last_refresh(settings.marts),
    }


def missing(summary: dict[str, Any]) -> list[dict[str, str]]:
    """The month × source × prefecture without a row, for the sources that every prefecture delivers monthly.

    Missing is not zero: nothing is known there. The region's own agency is left out, for it owes no return.
    """
    if not summary:
        return []
    there = {(line["month"], line["source"], line["prefecture_code"]) for line in summary["arrivals"]}
    months = sorted({month for month, _, _ in there})
    prefectures = [code for code in summary["prefectures"] if not _is_region(code)]
    return [
        {"month": month, "source": source, "prefecture_code": code}
        for month in months
        for source in MONTHLY
        for code in prefectures
        if (month, source, code) not in there
    ]


def _is_region(code: str) -> bool:
    """True for the region itself, whose code ends in four zeros."""
    return code.endswith("0000")


def render(status: dict[str, Any]) -> str:
    """The status as people read it."""
    lines = []
    if status["is_demo"]:
        lines.append("【演示数据】")
    if status["current"]:
        kind = "最终成果" if status["is_final"] else "阶段性成果"
        lines.append(
            f"当前成果：{status['current']}（{kind}，发布于 {status['published_at'].replace('T', ' ')}）"
        )
        lines.append(f"已保存的成果：{len(status['snapshots'])} 个")
    else:
        lines.append("当前成果：尚未发布。请运行 lianbing refresh。")
    delivered = status["delivered_files"]
    if delivered:
        lines.append(
            "收到报送：" + "，".join(f"{month}（{count} 个文件）" for month, count in delivered.items())
        )
    else:
        lines.append("收到报送：无")
    lines += _missing_lines(status)
    if status["is_running"]:
        lines.append(f"正在更新：{status['running'] or '另一个进程'}")
    if status["interrupted"]:
        lines.append(f"上一次更新被中断：{status['interrupted']}。下次更新会自动恢复。")
    last = status["last_refresh"]
    if last:
        ended = ENDINGS.get(last.get("status", ""), last.get("status", ""))
        lines.append(
            f"上次更新：{last.get('finished_at', '').replace('T', ' ')}，"
            f"截至 {last.get('as_of_month')}，{ended}"
        )
        if last.get("message_zh"):
            lines.append(f"  原因：{last['message_zh']}")
    return "\n".join(lines)


def _missing_lines(status: dict[str, Any]) -> list[str]:
    """What is missing, a line for each month and source; a source that nobody delivered is said so."""
    if not status["current"]:
        return []
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for gap in status["missing"]:
        name = status["prefectures"].get(gap["prefecture_code"], gap["prefecture_code"])
        grouped[gap["month"], gap["source"]].append(name)
    if not grouped:
        return ["缺报（按月报送的数据）：无"]
    everybody = len([code for code in status["prefectures"] if not _is_region(code)])
    lines = ["缺报（按月报送的数据；缺报不等于零）："]
    for (month, source), names in grouped.items():
        who = "全部地州" if len(names) == everybody else "、".join(names)
        lines.append(f"  {month} {status['sources'].get(source, source)}：{who}")
    return lines
