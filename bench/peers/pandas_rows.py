"""An analyst's way: openpyxl reads, Great Expectations checks rows with complete results, pandas scores.

It does less than a refresh: no keys, corrections, quarantine, provenance, awards or publication.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import great_expectations as gx
import openpyxl
import pandas as pd

from bench.minimal import DIVISIONS

ID = r"^JC\d{6}\d{8}\d{5}$"
REQUIRED = ("检查对象名称", "统一社会信用代码", "检查开始时间", "检查结束时间", "经度", "纬度")


def read(raw: Path, folder: str) -> pd.DataFrame:
    """All rows of the workbooks of a folder, cell by cell as openpyxl gives them."""
    frames = []
    for path in sorted(raw.glob(f"*/{folder}/*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            header, *rows = sheet.iter_rows(values_only=True)
            frames.append(pd.DataFrame(rows, columns=list(header)))
    return pd.concat(frames, ignore_index=True)


def prepared(records: pd.DataFrame) -> pd.DataFrame:
    """The records with what the checks need: times as times, lists counted, hours between."""
    for column in ("检查开始时间", "检查结束时间", "上传时间"):
        records[column] = pd.to_datetime(records[column], errors="coerce")
    records["证号数"] = records["执法证号"].fillna("").str.count("、") + 1
    records["人数"] = records["检查人员"].fillna("").str.count("、") + 1
    records["检查小时"] = (records["检查结束时间"] - records["检查开始时间"]).dt.total_seconds() / 3600
    records["上传小时"] = (records["上传时间"] - records["检查结束时间"]).dt.total_seconds() / 3600
    records["人数之差"] = records["证号数"] - records["人数"]
    records["照片数量"] = pd.to_numeric(records["照片数量"], errors="coerce")
    for column in ("经度", "纬度"):
        records[column] = pd.to_numeric(records[column], errors="coerce")
    return records


def expectations() -> list[gx.expectations.Expectation]:
    """The rules of the records that a row alone can tell, as expectations."""
    e = gx.expectations
    return [
        e.ExpectColumnValuesToMatchRegex(column="检查记录编号", regex=ID),
        e.ExpectColumnValuesToNotBeNull(column="上传时间"),
        e.ExpectColumnValuesToBeInSet(column="记录状态", value_set=["有效"]),
        e.ExpectColumnValuesToMatchRegex(column="填报单位区划代码", regex=r"^65\d{4}$"),
        *(e.ExpectColumnValuesToNotBeNull(column=column) for column in REQUIRED),
        e.ExpectColumnValuesToBeBetween(column="证号数", min_value=2),
        e.ExpectColumnValuesToBeBetween(column="照片数量", min_value=1),
        e.ExpectColumnValuesToMatchRegex(column="统一社会信用代码", regex=r"^[0-9A-Z]{18}$"),
        e.ExpectColumnValuesToBeBetween(column="经度", min_value=73.4, max_value=96.4),
        e.ExpectColumnValuesToBeBetween(column="纬度", min_value=34.3, max_value=49.2),
        e.ExpectColumnValuesToBeBetween(column="检查小时", min_value=0, max_value=24),
        e.ExpectColumnValuesToBeBetween(column="上传小时", max_value=72),
        e.ExpectColumnValuesToBeInSet(column="人数之差", value_set=[0]),
        e.ExpectColumnValuesToBeInSet(column="上传终端", value_set=["移动端", "电脑端"]),
        e.ExpectColumnValuesToBeInSet(column="检查方式", value_set=["现场检查", "非现场检查"]),
        e.ExpectColumnValuesToBeUnique(column="检查记录编号"),
    ]


def broken_rows(records: pd.DataFrame) -> set[int]:
    """The rows that broke an expectation, by Great Expectations with complete results."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("records").add_dataframe_asset("records")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": records})
    suite = gx.ExpectationSuite(name="records", expectations=expectations())
    result = batch.validate(suite, result_format="COMPLETE")
    return {row for one in result.results for row in one.result.get("unexpected_index_list") or []}


def score(
    records: pd.DataFrame, rosters: pd.DataFrame, broken: set[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Records and problem shares by officer and by county, for each month."""
    records["月份"] = records["上传时间"].dt.strftime("%Y-%m")
    records["有问题"] = records.index.isin(broken)
    credited = records.assign(证号=records["执法证号"].str.split("、")).explode("证号")
    credited = credited.merge(rosters[["行政执法证号", "人员编号"]], left_on="证号", right_on="行政执法证号")
    by_officer = credited.groupby(["人员编号", "月份"])["有问题"].agg(["size", "mean"])
    by_county = records.groupby(["填报单位区划代码", "月份"])["有问题"].agg(["size", "mean"])
    return by_officer, by_county


def main(raw: Path) -> None:
    """Read, check, score, and print what the gate compares."""
    started = time.perf_counter()
    records = prepared(read(raw, "检查记录"))
    rosters = read(raw, "名册")
    rosters = rosters.rename(columns={"执法证号": "行政执法证号"})
    by_officer, by_county = score(records, rosters, broken_rows(records))
    seconds = time.perf_counter() - started
    sizes = by_county["size"].reset_index()
    known = sizes["填报单位区划代码"].astype(str).isin(pd.read_csv(DIVISIONS, dtype=str)["code"])
    counted = sizes[known].sort_values(["填报单位区划代码", "月份"])
    rows = [[str(code), month, int(size)] for code, month, size in counted.itertuples(index=False)]
    print(
        json.dumps(
            {"seconds": seconds, "records": len(records), "counted": rows, "officers": len(by_officer)}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
