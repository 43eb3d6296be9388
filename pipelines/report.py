"""What a refresh prints for people, in Chinese."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from pipelines.errors import Exit
from pipelines.journal import PHASES_ZH
from pipelines.outcome import Outcome

REFUSED_SHOWN = 30
CARRIED_SHOWN = 10
DEMO = "【演示数据】以下内容由虚构的演示数据得出，不是真实成绩。"
NO_REGION = "（未写明地州）"
SEVERITIES = {"fatal": "强制性错误（不计分，须更正）", "problem": "质量问题（计分但扣分）", "notice": "提示"}
DIMENSIONS = ("完整性", "规范性", "时效性")


def render(outcome: Outcome) -> str:
    """The whole text of an outcome."""
    lines: list[str] = []
    if outcome.is_demo:
        lines.append(DEMO)
    if outcome.summary:
        lines += _arrivals(outcome) + _refused(outcome) + _rows(outcome) + _problems(outcome)
    if outcome.waiting:
        lines.append(f"\n仍在写入、留待下次读取的文件（{len(outcome.waiting)}）：")
        lines += [f"  {file}" for file in outcome.waiting]
    if outcome.strangers:
        lines.append(f"\n不在 <年-月> 文件夹中、未读取的内容：{'、'.join(outcome.strangers)}")
    if outcome.warnings:
        lines.append("\n提请核对（不影响发布）：")
        lines += [f"  ! {warning['message']}" for warning in outcome.warnings]
    if outcome.notices:
        lines.append("")
        lines += [f"注意：{notice}" for notice in outcome.notices]
    lines += _ending(outcome)
    return "\n".join(lines).lstrip("\n")


def _arrivals(outcome: Outcome) -> list[str]:
    """What came for the as-of month, by prefecture and source."""
    summary, month = outcome.summary, outcome.as_of_month
    names, sources = summary["prefectures"], summary["sources"]
    by_prefecture: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for line in summary["arrivals"]:
        if line["month"] == month:
            by_prefecture[line["prefecture_code"]].append(line)
    months = sorted({line["month"] for line in summary["arrivals"]})
    lines = [
        f"截至 {month}：共 {len(months)} 个月有报送，文件 {summary['files']} 个。",
        f"\n{month} 收到（行数）：",
    ]
    for code in [*names, None]:
        if code in by_prefecture:
            parts = [f"{sources[line['source']]} {line['rows']}" for line in by_prefecture[code]]
            lines.append(f"  {names.get(code, NO_REGION) if code else NO_REGION}：{'，'.join(parts)}")
    absent = [name for code, name in names.items() if code not in by_prefecture]
    if absent:
        lines.append(f"  未收到任何数据：{'、'.join(absent)}")
    carried = [line for line in summary["carried"] if line["month"] == month]
    if carried:
        shown = [
            f"{names.get(c['prefecture_code'], c['prefecture_code'])}（{c['roster_month']}）" for c in carried
        ]
        lines.append(
            f"  沿用以前月份名册：{'、'.join(shown[:CARRIED_SHOWN])}"
            + (" 等" if len(shown) > CARRIED_SHOWN else "")
        )
    return lines


def _refused(outcome: Outcome) -> list[str]:
    refused = outcome.summary["refused"]
    if not refused:
        return ["\n没有拒收的文件。"]
    lines = [f"\n拒收 {len(refused)} 项："]
    lines += [f"  ✗ {entry['file']}：{entry['reason']}" for entry in refused[:REFUSED_SHOWN]]
    if len(refused) > REFUSED_SHOWN:
        lines.append(f"  …… 其余 {len(refused) - REFUSED_SHOWN} 项见成果表 delivery_file")
    return lines


def _rows(outcome: Outcome) -> list[str]:
    rows = outcome.summary["rows"]
    return [
        f"\n表头以下共 {rows['rows_below_header']} 行：采纳 {rows['accepted']}，隔离 {rows['quarantined']}，"
        f"被更正 {rows['corrected']}，重复 {rows['repeated']}，跳过 {rows['footers'] + rows['blank']}"
        f"（表尾 {rows['footers']}，空行 {rows['blank']}）。"
    ]


def _problems(outcome: Outcome) -> list[str]:
    found = {(line["severity"], line["dimension"]): line["issues"] for line in outcome.summary["problems"]}
    lines = ["\n数据质量问题（处）："]
    for severity, words in SEVERITIES.items():
        counts = [f"{dimension} {found.get((severity, dimension), 0)}" for dimension in DIMENSIONS]
        lines.append(f"  {words}：{'，'.join(counts)}")
    return lines


def _ending(outcome: Outcome) -> list[str]:
    if outcome.exit_code != Exit.PUBLISHED:
        month = f"（截至 {outcome.as_of_month}）" if outcome.as_of_month else ""
        lines = [f"\n更新未完成{month}：{outcome.message_zh}"]
        return lines + ([f"日志：{outcome.log}"] if outcome.log else [])
    path = Path(outcome.path or "")
    database = (path.parents[1] / "current" if outcome.is_current else path) / "marts.duckdb"
    said = "已发布新成果" if outcome.status == "published" else "数据、规则、程序均无变化，成果已是最新"
    phases = "，".join(
        f"{PHASES_ZH.get(name, name)} {seconds:.1f}" for name, seconds in outcome.phases.items()
    )
    return [
        f"\n{said}：{outcome.snapshot}（用时 {outcome.seconds:.1f} 秒）",
        f"  文件夹：{outcome.path}{'（当前成果 current）' if outcome.is_current else ''}",
        f"  问题清单与得分说明单：{path / 'reports'}",
        f"  查询：duckdb -readonly {database} 然后 USE marts.marts;    看板：make dashboard",
        f"  各阶段用时（秒）：{phases}",
    ]
