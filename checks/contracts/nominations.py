"""The contract of `nominations` 候选推荐 (SOURCES 3)."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from checks.contracts.base import Column, Contract, Kind, Reference, Rule
from checks.contracts.conditions import is_missing
from checks.contracts.model import FATAL, FORMAT

TITLE_ZH = "候选推荐"
KEY = (
    "nomination_kind",
    "nominated_by",
    "region_code",
    "officer_cert_no",
)
REGION_COLUMN = "nominated_by"

COLUMNS = (
    Column(
        "nomination_kind",
        Kind.ENUM,
        ("推荐类型",),
        is_required=True,
        values=("现场执法能手", "组织宣传表现突出个人", "县级集体"),
        unreadable_rule="NM-E1",
    ),
    Column("nominated_by", Kind.REGION, ("推荐单位区划代码",), is_required=True, unreadable_rule="NM-E2"),
    Column("region_code", Kind.REGION, ("区划代码",)),
    Column("officer_cert_no", Kind.CODE, ("执法证号",)),
    Column("rank_no", Kind.WHOLE, ("推荐顺序",)),
    Column("nominated_on", Kind.DATE, ("推荐日期",), is_required=True, unreadable_rule="NM-E4"),
)

SOURCE = "nominations"

RULES = (
    Rule(
        "NM-E1",
        SOURCE,
        FORMAT,
        FATAL,
        "nomination_kind",
        "推荐类型为空或不是规定的选项",
        "请改为规定的推荐类型",
    ),
    Rule(
        "NM-E2",
        SOURCE,
        FORMAT,
        FATAL,
        "nominated_by",
        "推荐单位不是地（州、市）",
        "请填写推荐的地（州、市）的6位区划代码",
    ),
    Rule(
        "NM-E3",
        SOURCE,
        FORMAT,
        FATAL,
        "region_code",
        "候选对象为空、查无此对象，或不属于推荐单位所在地（州、市）",
        "县级集体请填所辖县（市、区）的6位区划代码；个人请填本地（州、市）名册中有的执法证号",
        in_sql=True,
    ),
    Rule(
        "NM-E4",
        SOURCE,
        FORMAT,
        FATAL,
        "nominated_on",
        "推荐日期为空或无法识别",
        "请按“2022-04-03”的样式补填推荐日期",
    ),
)


COUNTY_NOMINEE = "县级集体"
PREFECTURE_DIGITS = 4


def broken(reference: Reference) -> Mapping[str, pl.Expr]:
    """Where each rule is broken that the row alone can tell (SOURCES 3.12).

    NM-E3: an officer's prefecture is known from the rosters (in SQL).
    """
    is_county = pl.col("nomination_kind") == COUNTY_NOMINEE
    region, nominating = pl.col("region_code"), pl.col("nominated_by")
    no_county = ~region.is_in(list(reference.counties)).fill_null(value=False)
    elsewhere = region.str.head(PREFECTURE_DIGITS) != nominating.str.head(PREFECTURE_DIGITS)
    return {
        "NM-E1": is_missing("nomination_kind"),
        "NM-E2": ~nominating.is_in(list(reference.prefectures)).fill_null(value=False),
        "NM-E3": (is_county & (no_county | elsewhere.fill_null(value=False)))
        | (~is_county & is_missing("officer_cert_no")),
        "NM-E4": is_missing("nominated_on"),
    }


CONTRACT = Contract(
    source=SOURCE,
    title_zh=TITLE_ZH,
    columns=COLUMNS,
    key=KEY,
    region_column=REGION_COLUMN,
    rules=RULES,
    broken=broken,
    key_fits={
        "region_code": pl.col("nomination_kind") == COUNTY_NOMINEE,
        "officer_cert_no": pl.col("nomination_kind") != COUNTY_NOMINEE,
    },
)
