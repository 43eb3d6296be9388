"""An analyst's way: openpyxl reads, Great Expectations checks rows with complete results, pandas scores.

What it hands out: the two monthly marts and the list of problems as Parquet, and for each prefecture a
workbook of the rows to be mended.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from pathlib import Path

import openpyxl
import pandas as pd

from bench.peers import pandas_rules, pandas_scores
from bench.peers.pandas_rules import divisions

BLANKS = ["", "-", "--", "/", "—", "NULL", "null", "N/A", "#N/A"]
RECORD_TIMES = ("检查开始时间", "检查结束时间", "上传时间")
RECORD_NUMBERS = ("经度", "纬度", "照片数量")
ROSTER_DAYS = ("证件有效期起", "证件有效期止")
YES_NO = ("是", "否")
PLACE = ["file", "row_number"]

Names = tuple[str, ...]


def _natural(path: Path) -> list[tuple[bool, int, str]]:
    """The order of deliveries: digits compare as numbers, and stand before characters."""
    parts = re.findall(r"\d+|\D", path.as_posix().removesuffix(path.suffix))
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]


def read(raw: Path, folder: str) -> pd.DataFrame:
    """All rows of the workbooks of a folder, cell by cell as openpyxl gives them, each with its place."""
    frames = []
    for path in sorted(raw.glob(f"*/{folder}/*.xlsx"), key=_natural):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            header, *rows = sheet.iter_rows(values_only=True)
            frame = pd.DataFrame(rows, columns=list(header))
            frame.insert(0, "file", path.relative_to(raw).as_posix())
            frame.insert(1, "row_number", range(2, len(frame) + 2))
            frames.append(frame)
    rows = pd.concat(frames, ignore_index=True)
    texts = rows.select_dtypes(include=["object", "str"]).columns
    rows[texts] = rows[texts].replace(BLANKS, None)
    return rows


def _times(cells: pd.Series) -> pd.Series:
    """Cells as times to the second, null where they are none."""
    return pd.to_datetime(cells, errors="coerce").dt.round("s")


def _numbers(cells: pd.Series) -> pd.Series:
    """Cells as numbers, null where they are none."""
    return pd.to_numeric(cells, errors="coerce")


def _read_cells(rows: pd.DataFrame, times: Names, numbers: Names, words: Names) -> None:
    """Read times, numbers and yes/no in place; 可识别 tells whether every cell of these could be read."""
    readable = pd.Series(data=True, index=rows.index)
    for names, read_as in ((times, _times), (numbers, _numbers)):
        for name in names:
            value = read_as(rows[name])
            readable &= value.notna() | rows[name].isna()
            rows[name] = value
    for name in words:
        readable &= rows[name].isna() | rows[name].isin(YES_NO)
    rows["可识别"] = readable


def without_replaced(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The latest row of each key that can be read; 同文件内矛盾: its file has the key twice, differently."""
    columns = [name for name in rows.columns if name != "row_number"]
    has_key = rows[key].notna().all(axis=1)
    repeated = has_key & rows.duplicated(["file", *key], keep=False) & ~rows.duplicated(columns, keep=False)
    rows["同文件内矛盾"] = repeated
    return rows[~has_key | ~rows.duplicated(key, keep="last")].reset_index(drop=True)


def read_rosters(raw: Path) -> pd.DataFrame:
    """The rosters, typed."""
    rosters = read(raw, "名册")
    rosters["统计月份"] = pd.to_datetime(rosters["统计月份"], format="%Y-%m", errors="coerce")
    rosters["所属单位区划代码"] = pandas_rules.region_codes(rosters["所属单位区划代码"])
    _read_cells(rosters, ROSTER_DAYS, (), ("是否在编", "是否在岗"))
    return without_replaced(rosters, ["统计月份", "人员编号"])


def read_records(raw: Path) -> pd.DataFrame:
    """The inspection records, typed, with what the rules look at: months, hours, numbers of people."""
    records = read(raw, "检查记录")
    records["填报单位区划代码"] = pandas_rules.region_codes(records["填报单位区划代码"])
    _read_cells(records, RECORD_TIMES, RECORD_NUMBERS, ("是否发现问题", "是否制作笔录"))
    records = without_replaced(records, ["检查记录编号"])
    started, ended, uploaded = (records[name] for name in RECORD_TIMES)
    records["month"] = uploaded.dt.to_period("M").dt.to_timestamp()
    records["证号数"] = (records["执法证号"].str.count("、") + 1).fillna(0)
    records["人数"] = records["检查人员"].str.count("、") + 1
    records["检查小时"] = (ended - started).dt.total_seconds() / 3600
    records["上传小时"] = (uploaded - ended.fillna(started)).dt.total_seconds() / 3600
    codes = records["统一社会信用代码"]
    is_valid = {code: pandas_rules.is_credit_code(code) for code in codes.dropna().unique()}
    records["信用代码有效"] = codes.map(is_valid)
    return records


def accepted_rosters(rosters: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Roster rows without fatal rules; of several who bear a certificate the smallest officer id holds it."""
    accepted = rosters.drop(index=issues.loc[issues["is_fatal"], "row"].unique()).sort_values("人员编号")
    is_others = accepted["执法证号"].notna() & accepted.duplicated(["统计月份", "执法证号"])
    return accepted.assign(执法证号=accepted["执法证号"].mask(is_others))


def look_up(records: pd.DataFrame, named: pd.DataFrame) -> None:
    """Add what the rosters say of a record: 有在册人员, 证件均有效 (null where there is no month)."""
    by_number = named.groupby(["row", "执法证号"]).agg(found=("人员编号", "count"), valid=("is_valid", "any"))
    by_record = by_number.groupby("row").agg(found=("found", "sum"), valid=("valid", "all"))
    asked = records["month"].notna() | records["执法证号"].isna()
    records["有在册人员"] = (by_record["found"].reindex(records.index).fillna(0) > 0).where(asked)
    records["证件均有效"] = by_record["valid"].reindex(records.index)


def problem_list(
    rows: pd.DataFrame, issues: pd.DataFrame, source: str, key: str, region: str
) -> pd.DataFrame:
    """One row: a rule that a row broke, with its place, its key and its region."""
    found = issues.merge(rows[[*PLACE, key, region]], left_on="row", right_index=True).drop(columns="row")
    return found.rename(columns={key: "business_key", region: "region_code"}).assign(source=source)


def write_workbooks(problems: pd.DataFrame, folder: Path) -> None:
    """A workbook for each prefecture, a sheet for each bureau: the rows to be mended with all their rules."""
    place = ["region_code", "source", *PLACE, "business_key"]
    listed = problems.groupby(place, dropna=False)[["rule_id", "dimension"]].agg("、".join).reset_index()
    names = divisions().set_index("code")["name"]
    listed["sheet"] = listed["region_code"].map(names).fillna("其他")
    titles = ["区划代码", "来源", "文件", "行号", "业务编号", "规则", "维度"]
    for unit, of_unit in listed.groupby(listed["region_code"].str[:4] + "00", dropna=False):
        path = folder / f"问题清单_{unit}_{names.get(unit, '其他')}.xlsx"
        with pd.ExcelWriter(path, engine="openpyxl") as book:
            for sheet, rows in of_unit.drop(columns="sheet").groupby(of_unit["sheet"]):
                rows.to_excel(book, sheet_name=str(sheet), index=False, header=titles)


def hand_out(folder: Path, **tables: pd.DataFrame) -> None:
    """Write the tables as Parquet, and the problems as workbooks."""
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    write_workbooks(tables["quality_issue"], folder)


def main(raw: Path, work: Path, as_of: pd.Timestamp) -> None:
    """Read, check, score, hand out, and print what the gate compares."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    times = [time.perf_counter()]
    rosters, records = read_rosters(raw), read_records(raw)
    times.append(time.perf_counter())
    roster_issues = pandas_rules.broken(rosters, pandas_rules.roster_rules())
    accepted = accepted_rosters(rosters, roster_issues)
    months = [pandas_scores.months_until(as_of), records["month"].dropna()]
    standing = pandas_scores.rosters_in_force(accepted, pd.concat(months).drop_duplicates())
    officers = pandas_scores.one_unit_each(standing)
    named = pandas_scores.named_certificates(records, officers)
    look_up(records, named)
    record_issues = pandas_rules.broken(records, pandas_rules.record_rules())
    times.append(time.perf_counter())
    effective = pandas_scores.effective(records, record_issues)
    by_officer = pandas_scores.officer_months(officers, effective, named, as_of)
    by_bureau = pandas_scores.bureau_months(standing, officers, effective, as_of)
    times.append(time.perf_counter())
    problems = pd.concat(
        [
            problem_list(rosters, roster_issues, "officer_roster", "人员编号", "所属单位区划代码"),
            problem_list(records, record_issues, "inspection_records", "检查记录编号", "填报单位区划代码"),
        ]
    )
    hand_out(
        work,
        officer_monthly_record_score=by_officer,
        region_monthly_record_score=by_bureau,
        quality_issue=problems,
    )
    times.append(time.perf_counter())
    parts = zip(("reading", "rules", "scores", "writing"), times, times[1:], strict=False)
    phases = {name: end - start for name, start, end in parts}
    print(json.dumps({"seconds": times[-1] - times[0], "phases": phases}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), pd.Timestamp(f"{sys.argv[3]}-01"))
