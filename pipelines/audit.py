"""`lianbing verify` and `lianbing diff`: what no longer fits, and what changed between two snapshots."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assets.published import MANIFEST, SNAPSHOTS, current_name, read_manifest, snapshot_names
from assets.snapshot import file_sha256
from pipelines.errors import UsageError

if TYPE_CHECKING:
    import duckdb

LISTED = 20


def resolve(marts: Path, wanted: str | None) -> str:
    """The name of a snapshot: the whole of it, its beginning if that is of one only, or `current`.

    Raises:
        UsageError: there is none, or several begin so.
    """
    names = snapshot_names(marts)
    if wanted is None or wanted == "current":
        name = current_name(marts)
        if name is None:
            raise UsageError("尚未发布任何成果。")
        return name
    wanted = Path(wanted).name
    found = [name for name in names if name == wanted] or [name for name in names if name.startswith(wanted)]
    if len(found) != 1:
        said = "有多个成果符合" if found else "没有成果符合"
        raise UsageError(f"{said} {wanted}。已有：{'、'.join(names) or '无'}")
    return found[0]


def verify(marts: Path, raw: Path, name: str) -> list[str]:
    """What of a snapshot and of the deliveries it names is no longer as the manifest says, in Chinese.

    Every file is hashed anew.
    """
    folder = marts / SNAPSHOTS / name
    try:
        manifest = read_manifest(marts, name)
    except (OSError, ValueError):
        return [f"成果说明 {MANIFEST} 缺失或已损坏：请重新运行 lianbing refresh"]
    findings = [
        f"成果文件 {path}：{problem}"
        for path, entry in manifest["files"].items()
        if (problem := _problem(folder / path, entry["sha256"]))
    ]
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    findings += [
        f"成果文件 {path}：不在清单中" for path in sorted(there - set(manifest["files"]) - {MANIFEST})
    ]
    for entry in manifest["inputs"]:
        if entry["sha256"] is None:
            continue  # it was refused without being opened
        problem = _problem(raw / entry["file"], entry["sha256"])
        if problem:
            findings.append(f"报送文件 {entry['file']}：{problem}")
    return findings


def _problem(path: Path, sha256: str) -> str | None:
    try:
        found = file_sha256(path)
    except FileNotFoundError:
        return "已不存在"
    except OSError as error:
        return f"无法读取（{error.strerror}）"
    return None if found == sha256 else "内容已改变"


@dataclass
class Difference:
    """What changed from one snapshot to another.

    Attributes:
        before: name of the first.
        after: name of the second.
        files: deliveries that came, went or changed: (kind, path).
        is_rulebook_changed: the rulebook is another.
        is_code_changed: the program is another.
        scores: the clause points that changed, each with the rows that decide differently.
        totals: the totals, ranks and awards that changed.
    """

    before: str
    after: str
    files: list[tuple[str, str]] = field(default_factory=list)
    is_rulebook_changed: bool = False
    is_code_changed: bool = False
    scores: list[dict[str, Any]] = field(default_factory=list)
    totals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def causes(self) -> list[str]:
        """What may have caused it."""
        return [
            *(["数据"] if self.files else []),
            *(["规则"] if self.is_rulebook_changed else []),
            *(["程序"] if self.is_code_changed else []),
        ]


SCORES = """
    SELECT '{subject}' AS subject, coalesce(b.{key}, a.{key}) AS entity_id,
        coalesce(b.clause_id, a.clause_id) AS clause_id,
        b.points AS points_before, a.points AS points_after, b.basis AS basis_before, a.basis AS basis_after
    FROM earlier.{table} AS b
    FULL JOIN marts.{table} AS a ON a.{key} = b.{key} AND a.clause_id = b.clause_id
    WHERE a.points IS DISTINCT FROM b.points
    ORDER BY entity_id, clause_id
"""
TOTALS = """
    SELECT '{subject}' AS subject, coalesce(b.{key}, a.{key}) AS entity_id,
        b.total_points AS points_before, a.total_points AS points_after,
        b.overall_rank AS rank_before, a.overall_rank AS rank_after,
        b.award_status AS award_before, a.award_status AS award_after
    FROM earlier.{table} AS b
    FULL JOIN marts.{table} AS a ON a.{key} = b.{key}
    WHERE a.total_points IS DISTINCT FROM b.total_points OR a.overall_rank IS DISTINCT FROM b.overall_rank
        OR a.award_status IS DISTINCT FROM b.award_status
    ORDER BY entity_id
"""
ROWS = """
    WITH b AS (
        SELECT file, sheet, row_number, source, business_key, is_counted, note_zh FROM earlier.score_evidence
        WHERE subject = $subject AND entity_id = $entity_id AND clause_id = $clause_id
    ), a AS (
        SELECT file, sheet, row_number, source, business_key, is_counted, note_zh FROM marts.score_evidence
        WHERE subject = $subject AND entity_id = $entity_id AND clause_id = $clause_id
    )
    SELECT '+' AS side, * FROM (FROM a EXCEPT FROM b)
    UNION ALL
    SELECT '-' AS side, * FROM (FROM b EXCEPT FROM a)
    ORDER BY file, sheet, row_number, side
"""
ENTITIES = (("officer", "officer_id", "officer"), ("bureau", "region_code", "region"))


def _rows(
    con: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    cursor = con.execute(query, values or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def diff(marts: Path, before: str, after: str) -> Difference:
    """Compare two snapshots, score by score, and say for each which rows decide differently.

    Raises:
        reports.queries.connection.SnapshotError: one of them cannot be opened.
    """
    from reports.queries.connection import open_snapshot

    old, new = read_manifest(marts, before), read_manifest(marts, after)
    difference = Difference(before, after)
    difference.files = changed_files(old["inputs"], new["inputs"])
    difference.is_rulebook_changed = old["rulebook"] != new["rulebook"]
    difference.is_code_changed = old["code_version"] != new["code_version"]
    con = open_snapshot(marts / SNAPSHOTS / after, earlier=marts / SNAPSHOTS / before)
    try:
        for subject, key, prefix in ENTITIES:
            words = {"subject": subject, "key": key}
            scores = _rows(con, SCORES.format(table=f"{prefix}_indicator_score", **words))
            for score in scores:
                place = {name: score[name] for name in ("subject", "entity_id", "clause_id")}
                score["rows"] = _rows(con, ROWS, place)
                score["causes"] = difference.causes
            difference.scores += scores
            difference.totals += _rows(con, TOTALS.format(table=f"{prefix}_final_score", **words))
    finally:
        con.close()
    return difference


def changed_files(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The deliveries that came, went, or changed, by path."""
    old = {entry["file"]: entry["sha256"] for entry in before}
    new = {entry["file"]: entry["sha256"] for entry in after}
    kinds = []
    for file in sorted(old.keys() | new.keys()):
        if file not in old:
            kinds.append(("新增", file))
        elif file not in new:
            kinds.append(("撤下", file))
        elif old[file] != new[file]:
            kinds.append(("改变", file))
    return kinds


def render(difference: Difference, listed: int = LISTED) -> str:
    """The difference as people read it."""
    d = difference
    lines = [f"{d.before} → {d.after}", f"变化来源：{'、'.join(d.causes) or '无变化'}"]
    if d.files:
        lines.append(f"报送文件变化 {len(d.files)} 个：")
        lines += [f"  {kind} {file}" for kind, file in d.files[:listed]]
        lines += _rest(len(d.files), listed)
    lines.append(f"总分、名次或评选状态变化：{len(d.totals)} 个")
    for total in d.totals[:listed]:
        lines.append(
            f"  {_who(total)}：总分 {_number(total['points_before'])} → {_number(total['points_after'])}，"
            f"名次 {_text(total['rank_before'])} → {_text(total['rank_after'])}，"
            f"{_text(total['award_before'])} → {_text(total['award_after'])}"
        )
    lines += _rest(len(d.totals), listed)
    lines.append(f"条款得分变化：{len(d.scores)} 处")
    for score in d.scores[:listed]:
        lines.append(
            f"  {_who(score)} {score['clause_id']}：{_number(score['points_before'])} → "
            f"{_number(score['points_after'])}（{'、'.join(score['causes'])}）"
        )
        for row in score["rows"][:listed]:
            sheet = f"“{row['sheet']}”" if row["sheet"] else ""
            counted = "计入" if row["is_counted"] else "不计入"
            place = f"{row['file']} {sheet}第 {row['row_number']} 行"
            lines.append(f"    {row['side']} {place}（{counted}：{row['note_zh']}）")
        lines += _rest(len(score["rows"]), listed, "    ")
    return "\n".join(lines + _rest(len(d.scores), listed))


def _rest(count: int, listed: int, indent: str = "  ") -> list[str]:
    return [f"{indent}…… 其余 {count - listed} 处（--json 可得全部）"] if count > listed else []


def _who(row: dict[str, Any]) -> str:
    return f"{'个人' if row['subject'] == 'officer' else '集体'} {row['entity_id']}"


def _number(value: Any) -> str:  # noqa: ANN401 (a decimal or null)
    return "—" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _text(value: Any) -> str:  # noqa: ANN401 (any cell)
    return "—" if value is None else str(value)
