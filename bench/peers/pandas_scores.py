"""Rosters in force, credits, and the monthly points of officers (I3.1) and bureaus (C7.1), in pandas."""

from __future__ import annotations

import pandas as pd

from bench.peers.pandas_rules import divisions

RECORD_MONTHS = range(4, 12)
UNIT = 10_000  # points are reckoned in their fourth decimal
OFFICER_BASES = ((1, 1 * UNIT), (2, 2 * UNIT))  # mobile records from which on a base is given
BUREAU_BASES = ((1, 1 * UNIT), (2, UNIT * 3 // 2))  # records per head from which on a base is given
DIMENSIONS = {"完整性": "completeness", "规范性": "format", "时效性": "timeliness"}
COUNTS = ["problem_records", *(f"{name}_problem_records" for name in DIMENSIONS.values())]


def months_until(as_of: pd.Timestamp) -> pd.Series:
    """The months of the year up to one."""
    return pd.Series(pd.date_range(as_of.replace(month=1), as_of, freq="MS"), name="month")


def rosters_in_force(rosters: pd.DataFrame, months: pd.Series) -> pd.DataFrame:
    """The roster in force for each month and unit: the latest up to it, else the earliest later."""
    rosters = rosters.rename(columns={"统计月份": "roster_month"})
    rosters["unit"] = rosters["所属单位区划代码"].str[:4] + "00"
    units = rosters[["unit", "roster_month"]].drop_duplicates()
    asked = pd.DataFrame({"month": months}).merge(units, how="cross")
    keys = ["month", "unit"]
    until = asked[asked["roster_month"] <= asked["month"]].groupby(keys)["roster_month"].max()
    chosen = until.combine_first(asked.groupby(keys)["roster_month"].min()).reset_index()
    return chosen.merge(rosters, on=["unit", "roster_month"])


def one_unit_each(standing: pd.DataFrame) -> pd.DataFrame:
    """Officers in force; who stands under two units belongs to the one whose roster month is later."""
    latest = standing.sort_values("roster_month", kind="stable")
    return latest.drop_duplicates(["month", "人员编号"], keep="last")


def named_certificates(records: pd.DataFrame, officers: pd.DataFrame) -> pd.DataFrame:
    """One row: a number that a record (row) names, and who holds it (人员编号, null for nobody); is_valid."""
    named = records[["month", "检查开始时间", "上传时间", "执法证号"]].rename_axis("row").reset_index()
    named["执法证号"] = named["执法证号"].str.split("、")
    named = named.explode("执法证号").dropna(subset=["month", "执法证号"]).drop_duplicates()
    held = officers[["month", "执法证号", "人员编号", "证件有效期起", "证件有效期止"]].dropna(
        subset=["执法证号"]
    )
    named = named.merge(held, how="left", on=["month", "执法证号"])
    day = named["检查开始时间"].fillna(named["上传时间"]).dt.normalize()
    is_out = (day < named["证件有效期起"]) | (day > named["证件有效期止"])  # a blank end does not bound it
    return named.assign(is_valid=named["人员编号"].notna() & ~is_out)


def effective(records: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """The records that count, each with its problems by dimension (0 or 1)."""
    kept = records.drop(index=issues.loc[issues["is_fatal"], "row"].unique()).copy()
    kept["problem_records"] = kept.index.isin(issues["row"]).astype(int)
    for dimension, name in DIMENSIONS.items():
        broken = issues.loc[issues["dimension"] == dimension, "row"]
        kept[f"{name}_problem_records"] = kept.index.isin(broken).astype(int)
    return kept


def _scored(lines: pd.DataFrame, count: str, base: pd.Series) -> pd.DataFrame:
    """Base, deduction = base × problem records ÷ records (half up to four decimals), points; the share."""
    n, bad = lines[count], lines["problem_records"]
    lines["is_record_month"] = lines["month"].dt.month.isin(RECORD_MONTHS)
    base = base.where(lines["is_record_month"], 0)
    deduction = (2 * base * bad + n) // (2 * n.where(n > 0, 1))
    lines["problem_share"] = (bad / n).where(n > 0)
    lines["base_points"], lines["deduction"] = base / UNIT, deduction / UNIT
    lines["points"] = (base - deduction) / UNIT
    return lines


def officer_months(
    officers: pd.DataFrame, records: pd.DataFrame, named: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """One row: an officer in a month up to the as-of month (the mart officer_monthly_record_score)."""
    own = divisions().loc[divisions()["level"].isin(["region", "prefecture"]), "code"]
    lines = officers[officers["unit"].isin(own) & officers["month"].isin(months_until(as_of))]
    names = {"人员编号": "officer_id", "姓名": "officer_name", "所属单位区划代码": "region_code"}
    lines = lines.rename(columns=names)
    credit = named.dropna(subset=["人员编号"])[["row", "人员编号"]].drop_duplicates()
    credit = credit.rename(columns={"人员编号": "officer_id"}).merge(records, left_on="row", right_index=True)
    credit["mobile_records"] = (credit["上传终端"] == "移动端").astype(int)
    credit[COUNTS] = credit[COUNTS].mul(credit["mobile_records"], axis=0)
    keys, counts = ["month", "officer_id"], ["records", "mobile_records", *COUNTS]
    counted = credit.assign(records=1).groupby(keys)[counts].sum().reset_index()
    lines = lines[[*keys, "officer_name", "region_code"]].merge(counted, how="left", on=keys)
    lines[counts] = lines[counts].fillna(0).astype(int)
    base = pd.Series(0, index=lines.index)
    for lowest, points in OFFICER_BASES:
        base = base.where(lines["mobile_records"] < lowest, points)
    return _scored(lines, "mobile_records", base)


def bureau_months(
    standing: pd.DataFrame, officers: pd.DataFrame, records: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """One row: a bureau in a month up to the as-of month (the mart region_monthly_record_score)."""
    months = months_until(as_of)
    cover = _cover(standing[standing["month"].isin(months)]["所属单位区划代码"])
    staff = officers[(officers["是否在编"] == "是") & (officers["是否在岗"] == "是")]
    staff = staff.rename(columns={"所属单位区划代码": "agency"}).assign(headcount=1)
    done = records.rename(columns={"填报单位区划代码": "agency"}).assign(records=1)
    counts = ["headcount", "records", *COUNTS]
    keys = ["month", "agency"]
    agencies = pd.concat([staff[[*keys, "headcount"]], done[[*keys, *counts[1:]]]])
    agencies = agencies.groupby(keys)[counts].sum()
    bureaus = ["region_code", "region_name", "level"]
    lines = cover.merge(months, how="cross").merge(agencies.reset_index(), how="left", on=keys)
    lines = lines.groupby(["month", *bureaus])[counts].sum().astype(int).reset_index()
    base = pd.Series(0, index=lines.index)
    for lowest, points in BUREAU_BASES:
        is_reached = (lines["headcount"] > 0) & (lines["records"] >= lowest * lines["headcount"])
        base = base.mask(is_reached, points)
    lines["per_capita"] = (lines["records"] / lines["headcount"]).where(lines["headcount"] > 0)
    return _scored(lines, "records", base)


def _cover(agencies: pd.Series) -> pd.DataFrame:
    """One row: an agency that a bureau covers: its own, and for a prefecture those of its counties."""
    known = divisions()
    is_scored = (known["level"] == "prefecture") | known["code"].isin(agencies)
    scored = known[is_scored & known["level"].isin(["prefecture", "county"])]
    own = scored.assign(agency=scored["code"])
    below = scored[scored["level"] == "prefecture"].merge(
        known[["code", "parent_code"]].rename(columns={"code": "agency", "parent_code": "code"}), on="code"
    )
    columns = {"code": "region_code", "name": "region_name"}
    return pd.concat([own, below]).rename(columns=columns)[["region_code", "region_name", "level", "agency"]]
