"""Self-check before delivery: what a refresh would say of a file, with the same rules and words.

Rules that need other deliveries (the rosters in force) cannot be judged from one file; they are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from assets.deliveries.exchange import ACCEPTED, REFUSED, WHOLE_FILE
from assets.landing import FileReading, read_one
from checks.register import CONTRACTS, RULES
from reports.words import SEVERITIES

if TYPE_CHECKING:
    from assets.deliveries.exchange import Part
    from checks.contracts.base import Contract, Reference

RULE = {rule.rule_id: rule for rule in RULES}
FATAL, PROBLEM, NOTICE = "fatal", "problem", "notice"
CONFLICT, SHARED_CERTIFICATE = "D01", "OR-F2"
JUDGED_HERE = frozenset({CONFLICT, SHARED_CERTIFICATE})
ROW = ["sheet_no", "row_number"]
ROWS_SHOWN = 10


class Ending(IntEnum):
    """Exit statuses of `lianbing check`."""

    CLEAN = 0
    UNREADABLE = 3
    FINDINGS = 4


@dataclass(frozen=True)
class Finding:
    """A rule broken by a row, or by a cell of it.

    Attributes:
        sheet: None for text files.
        row_number: as a spreadsheet shows it.
        source_zh: what the source is called.
        column_zh: the header of the first column that the rule names; None where it names none.
        value: what stands there, at most 80 characters.
        message_zh: what is wrong and how to mend it.
    """

    sheet: str | None
    row_number: int
    source_zh: str
    rule_id: str
    severity: str
    column_zh: str | None
    value: str | None
    message_zh: str


@dataclass(frozen=True)
class CheckedPart:
    """What a sheet was found to be, and what would become of its rows.

    Attributes:
        accepted_rows: rows that would be used.
        quarantined_rows: rows with a fatal error.
        duplicate_rows: rows that a later row of the same file replaces.
    """

    part: Part
    accepted_rows: int = 0
    quarantined_rows: int = 0
    duplicate_rows: int = 0


@dataclass(frozen=True)
class CheckedFile:
    """What a refresh would say of one file.

    Attributes:
        name: of the file, without its folder.
        parts: its sheets.
        findings: by sheet, row and rule.
        not_judged: rules of its sources that need other deliveries.
    """

    name: str
    parts: tuple[CheckedPart, ...]
    findings: tuple[Finding, ...]
    not_judged: tuple[str, ...]

    @property
    def is_readable(self) -> bool:
        """A source was recognised in it."""
        return any(checked.part.status == ACCEPTED for checked in self.parts)

    @property
    def is_clean(self) -> bool:
        """There is nothing to mend."""
        return not self.findings and all(checked.part.status != REFUSED for checked in self.parts)


@dataclass(frozen=True)
class SelfCheck:
    """What a refresh would say of some files."""

    files: tuple[CheckedFile, ...]

    @property
    def ending(self) -> Ending:
        """The exit status: the worst of its files'."""
        if not all(file.is_readable for file in self.files):
            return Ending.UNREADABLE
        return Ending.CLEAN if all(file.is_clean for file in self.files) else Ending.FINDINGS


def check_files(paths: Sequence[Path], reference: Reference) -> SelfCheck:
    """Read and judge files one by one, as a refresh would.

    Raises:
        FileNotFoundError: one of them is not there.
        assets.deliveries.pool.ReadingError: a defect of ours.
    """
    return SelfCheck(tuple(judge(path.name, read_one(path, reference), reference) for path in paths))


def judge(name: str, reading: FileReading, reference: Reference) -> CheckedFile:
    """What is to be said of one file that was read."""
    sheets = {part.sheet_no: part.sheet for part in reading.parts}
    findings: list[Finding] = []
    counts: dict[int, dict[str, int]] = {}
    for source, rows in reading.rows.items():
        own = reading.issues.filter(pl.col("source") == source).drop("source", "content_id")
        superseded, conflicts = _repeated(rows)
        current = rows.join(superseded, on=ROW, how="anti")
        broken = pl.concat([own, conflicts, _shared_certificates(source, current)], how="diagonal_relaxed")
        listed = _as_listed(broken.join(current.select(ROW), on=ROW, how="semi"))
        findings += _findings(listed, CONTRACTS[source], sheets, reference)
        _count(counts, current, superseded, listed)
    parts = tuple(CheckedPart(part, **counts.get(part.sheet_no, {})) for part in reading.parts)
    not_judged = tuple(
        r.rule_id for r in RULES if r.in_sql and r.rule_id not in JUDGED_HERE and r.source in reading.rows
    )
    return CheckedFile(name, parts, tuple(findings), not_judged)


def _repeated(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that a later one of the same key replaces, and the last ones that differ from those (D01)."""
    keyed = rows.filter("is_key_readable").sort(ROW)
    counted = keyed.select(
        *ROW,
        is_last=pl.int_range(pl.len()).over("business_key") == pl.len().over("business_key") - 1,
        differs=pl.col("content_hash").n_unique().over("business_key") > 1,
    )
    conflicts = counted.filter(pl.col("is_last") & pl.col("differs")).select(
        *ROW,
        rule_id=pl.lit(CONFLICT),
        column_name=pl.lit(None, dtype=pl.String),
        value=pl.lit(None, dtype=pl.String),
    )
    return counted.filter(~pl.col("is_last")).select(ROW), conflicts


def _shared_certificates(source: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Roster rows whose certificate another officer of the same month bears too (OR-F2)."""
    rule = RULE[SHARED_CERTIFICATE]
    if rule.source != source or rule.column is None:
        return pl.DataFrame()
    borne = rows.filter(pl.col("cert_no").is_not_null())
    shared = borne.filter(pl.col("officer_id").n_unique().over("month", "cert_no") > 1)
    return shared.select(
        *ROW,
        rule_id=pl.lit(SHARED_CERTIFICATE),
        column_name=pl.lit(rule.column),
        value=pl.col("cert_no"),
    )


def _as_listed(broken: pl.DataFrame) -> pl.DataFrame:
    """The rules broken as they are listed: of a row with fatal ones only these."""
    severity = pl.col("rule_id").replace_strict({rule_id: rule.severity for rule_id, rule in RULE.items()})
    judged = broken.with_columns(severity=severity)
    is_fatal = (pl.col("severity") == FATAL).any().over(ROW)
    return judged.filter(~is_fatal | (pl.col("severity") == FATAL)).sort(*ROW, "rule_id", "column_name")


def _findings(
    listed: pl.DataFrame, contract: Contract, sheets: Mapping[int, str | None], reference: Reference
) -> list[Finding]:
    """The rows of the list in words."""
    headers = {column.name: column.headers[0] for column in contract.columns}
    texts = {rule_id: RULE[rule_id].text_zh(reference.quality) for rule_id in listed["rule_id"].unique()}
    return [
        Finding(
            sheets[row["sheet_no"]],
            row["row_number"],
            contract.title_zh,
            row["rule_id"],
            row["severity"],
            headers.get(row["column_name"]),
            row["value"],
            texts[row["rule_id"]],
        )
        for row in listed.iter_rows(named=True)
    ]


def _count(
    counts: dict[int, dict[str, int]], current: pl.DataFrame, superseded: pl.DataFrame, listed: pl.DataFrame
) -> None:
    """Count, for each sheet of a source, what would become of its rows."""
    bad = listed.filter(pl.col("severity") == FATAL).select(ROW).unique()
    of_sheet = [dict(frame["sheet_no"].value_counts().iter_rows()) for frame in (current, bad, superseded)]
    for sheet_no in of_sheet[0] | of_sheet[2]:
        rows, quarantined, duplicates = (count.get(sheet_no, 0) for count in of_sheet)
        counts[sheet_no] = {
            "accepted_rows": rows - quarantined,
            "quarantined_rows": quarantined,
            "duplicate_rows": duplicates,
        }


def render(check: SelfCheck) -> str:
    """The result in Chinese, for a terminal: every rule that was broken with its first rows."""
    lines: list[str] = []
    for file in check.files:
        lines += [f"【{file.name}】", *(f"  {line}" for line in _lines(file)), ""]
    words = {
        Ending.CLEAN: "检查通过，未发现问题。",
        Ending.FINDINGS: "发现问题，请更正后报送。",
        Ending.UNREADABLE: "有文件无法识别，请更正后报送。",
    }
    return "\n".join([*lines, words[check.ending]])


def _lines(file: CheckedFile) -> Iterator[str]:
    for checked in file.parts:
        yield part_in_words(checked)
        if checked.part.ignored_columns:
            yield f"  未读取的列：{'、'.join(checked.part.ignored_columns)}"
    by_rule: dict[str, list[Finding]] = {}
    for finding in file.findings:
        by_rule.setdefault(finding.rule_id, []).append(finding)
    order = [FATAL, PROBLEM, NOTICE]
    for rule_id, found in sorted(
        by_rule.items(), key=lambda item: (order.index(item[1][0].severity), item[0])
    ):
        first = found[0]
        yield f"{rule_id}（{SEVERITIES[first.severity]}）{len(found)} 处：{first.message_zh}"
        for finding in found[:ROWS_SHOWN]:
            yield f"  {place_in_words(finding)}"
        if len(found) > ROWS_SHOWN:
            yield f"  …… 另有 {len(found) - ROWS_SHOWN} 处"
    if file.not_judged:
        yield f"须与名册等其他数据比对、本次未检查的规则：{'、'.join(file.not_judged)}"


def part_in_words(checked: CheckedPart) -> str:
    """What a sheet (or a whole file) was found to be, in a line."""
    part = checked.part
    where = "整个文件" if part.sheet_no == WHOLE_FILE else f"工作表“{part.sheet}”" if part.sheet else "文件"
    if part.status == REFUSED or part.source is None:
        return (
            f"{where}：{'无法识别' if part.status == REFUSED else '不是报送数据，跳过'}。{part.reason or ''}"
        )
    return (
        f"{where}：{CONTRACTS[part.source].title_zh}，表头在第 {part.header_row} 行，"
        f"其下 {part.rows_below_header} 行：可用 {checked.accepted_rows}，"
        f"强制性错误 {checked.quarantined_rows}，重复 {checked.duplicate_rows}，"
        f"页脚 {part.footer_rows}，空行 {part.blank_rows}。{part.reason or ''}"
    )


def place_in_words(finding: Finding) -> str:
    """Where a finding stands, and what stands there."""
    sheet = f"“{finding.sheet}”" if finding.sheet else ""
    column = f" {finding.column_zh}" if finding.column_zh else ""
    value = f"：{finding.value}" if finding.value else ""
    return f"{sheet}第 {finding.row_number} 行{column}{value}"


def run_check(files: Sequence[Path], xlsx: Path | None, rulebook: Path) -> int:
    """`lianbing check FILE…`: print the result, write it to `xlsx` where asked, and give the exit status.

    Raises:
        checks.rulebook.RulebookError: the rulebook does not hold together.
    """
    import typer

    from checks.rulebook import load

    absent = [str(path) for path in files if not path.is_file()]
    if absent:
        typer.echo(f"找不到文件：{'、'.join(absent)}", err=True)
        return Ending.UNREADABLE
    check = check_files(files, load(rulebook).reference())
    typer.echo(render(check))
    if xlsx is not None:
        from pipelines.selfcheck_workbook import write_workbook

        write_workbook(check, xlsx)
        typer.echo(f"清单已写入 {xlsx}")
    return check.ending
