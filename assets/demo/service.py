"""What is done beside inspections: documents of evidence, campaigns, transmission of data."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np
import polars as pl

from assets.demo.cases import choice
from assets.demo.codes import chance
from assets.demo.officers import STEADY_POSTS
from assets.demo.world import World

_DOCUMENTS = {
    "现场检查勘察笔录": 0.5,
    "调查询问笔录": 0.25,
    "调取证据清单": 0.12,
    "抽样取证清单": 0.06,
    "先行登记保存清单": 0.04,
    "其他": 0.03,
}
_CAMPAIGNS = {
    3: ("打击危险废物环境违法犯罪行动", "生态环境部"),
    4: ("夏季臭氧污染防治监督帮扶", "生态环境部"),
    5: ("全区交叉执法检查", "自治区生态环境厅"),
    6: ("夏季臭氧污染防治监督帮扶", "生态环境部"),
    7: ("全区交叉执法检查", "自治区生态环境厅"),
    8: ("自动监测数据弄虚作假专项检查", "自治区生态环境厅"),
    11: ("冬季大气监督帮扶", "生态环境部"),
}
_DOCUMENT_SHARE = 0.25
_HOURS = 24


def evidence_documents(world: World, month: int) -> pl.DataFrame:
    """One row a document made at an inspection of the month."""
    rng, records = world.rng("documents", month), world.clean_records[month]
    made = records.filter(chance(rng, records.height, _DOCUMENT_SHARE))
    size = made.height
    return made.select(
        document_id=pl.format("WS{}", pl.col("record_id").str.slice(2)),
        document_type=choice(rng, _DOCUMENTS, size),
        case_no=pl.lit(None, pl.String),
        made_with=choice(rng, {"移动执法系统": 0.85, "线下制作": 0.15}, size),
        maker_cert_nos=pl.when(pl.lit(chance(rng, size, 0.99))).then("inspector_cert_nos"),
        made_at="started_at",
    )


def campaign_service(world: World) -> pl.DataFrame:
    """One row an officer in a round, delivered in its month; some are not rated. One bears a veto."""
    rounds = [_round(world, month, *named) for month, named in _CAMPAIGNS.items()]
    return pl.concat(rounds).with_columns(integrity_breach=pl.int_range(pl.len()) == 0)


def vetoed_officer(world: World) -> str:
    """The certificate number with the integrity breach."""
    return str(campaign_service(world)["officer_cert_no"][0])


def _round(world: World, month: int, campaign: str, organiser: str) -> pl.DataFrame:
    rng = world.rng("campaign", month)
    sent = world.rosters[month].filter(
        pl.col("post") < STEADY_POSTS,
        ~pl.col("is_desk"),
        pl.col("cert_no").is_not_null(),
        ~pl.col("agency_code").is_in(["650000"]),
        pl.col("agency_code").str.head(4).is_in(world.prefectures),
    )
    sent = sent.filter(chance(rng, sent.height, 0.25))
    size = sent.height
    mark = pl.Series(np.round(rng.normal(87, 5, size).clip(60, 100), 1))
    return sent.select(
        campaign=pl.lit(campaign),
        organiser=pl.lit(organiser),
        round=pl.format("第{}轮", pl.lit(month)),
        officer_cert_no="cert_no",
        region_code="agency_code",
        deployed_on=pl.date(world.year, month, pl.lit(pl.Series(rng.integers(3, 26, size)))),
        mark=pl.when(pl.lit(chance(rng, size, 0.88))).then(pl.lit(mark)),
        breaches=pl.when(pl.lit(chance(rng, size, 0.02))).then(pl.lit(1)),
        delivered=pl.lit(month, pl.Int32),
    )


def transmission_rates(world: World, month: int) -> pl.DataFrame:
    """One row an agency with sites on line; the shares lie around the limits of the appraisal."""
    rng = world.rng("transmission", month)
    chosen = world.agencies.filter(pl.col("level").is_in(["county", "prefecture"]))
    size = chosen.height
    habit = world.rng("transmission").uniform(0.0, 1.0, size)  # the same all year
    sites = world.rng("transmission", "sites").integers(2, 28, size)
    expected = sites * _HOURS * monthrange(world.year, month)[1] * 4
    completed_share = (0.935 + 0.06 * habit + rng.normal(0, 0.008, size)).clip(0, 1)
    immediate_share = completed_share * (0.93 + 0.065 * habit + rng.normal(0, 0.006, size)).clip(0, 1)
    completed_share[0] = immediate_share[0] = 0.95  # just at a limit
    completed = np.round(expected * completed_share).astype(np.int64)
    immediate = np.minimum(np.round(expected * immediate_share).astype(np.int64), completed)
    return chosen.select(
        month=pl.lit(date(world.year, month, 1)),
        region_code="code",
        region_name="name",
        site_count=pl.Series(sites),
        expected_count=pl.Series(expected),
        immediate_count=pl.Series(immediate),
        completed_count=pl.Series(completed),
        immediate_rate=pl.Series(np.round(100 * immediate / expected, 2)),
        completed_rate=pl.Series(np.round(100 * completed / expected, 2)),
    )
