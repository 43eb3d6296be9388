"""What bureaus report of themselves, and whom they put forward."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from assets.demo.cases import choice
from assets.demo.codes import chance
from assets.demo.service import vetoed_officer
from assets.demo.world import World


@dataclass(frozen=True)
class Measure:
    """An item that bureaus report: its name, the month it is first reported, the share that can say yes."""

    name: str
    month: int
    share: float
    has_deadline: bool = False


MEASURES = {
    "C4.1a": Measure("制定年度和月度检查计划", 3, 0.92),
    "C4.1b": Measure("检查计划报备", 3, 0.85),
    "C4.2a": Measure("公布并动态调整正面清单", 4, 0.88),
    "C4.2b": Measure("开展帮扶指导", 4, 0.9),
    "C4.6": Measure("执法监测计划及经费", 5, 0.7),
    "C4.8": Measure("执法普法", 6, 0.85),
    "C4.9a": Measure("履职评估试点", 9, 0.35),
    "C4.9b": Measure("履职评估办法", 9, 0.3),
    "C6.1": Measure("开展培训", 6, 0.9),
    "C6.2": Measure("组建执法队列", 7, 0.6),
    "C6.3": Measure("开展竞赛", 7, 0.55),
    "C7.4b": Measure("执法记录质量明显提升", 11, 0.4),
    "C9.3a": Measure("排污许可专项检查", 5, 0.8),
    "C9.3b": Measure("按清单检查", 5, 0.75),
    "C11.1a": Measure("自治区级宣传采用", 10, 0.3),
    "C11.1b": Measure("部级宣传采用", 10, 0.1),
    "C11.2a": Measure("联合表彰", 11, 0.15),
    "C11.2b": Measure("记功奖励", 11, 0.08),
    "C11.3a": Measure("本级统一着装和证件", 9, 0.9, has_deadline=True),
    "C11.3b": Measure("统一着装", 10, 0.85, has_deadline=True),
    "C11.3c": Measure("统一证件", 10, 0.85, has_deadline=True),
}
_GRADED = "C7.4b"
NOMINATED_MONTHS = (10, 11)
# By the prefecture's place in the list: whom it puts forward, where that is not the usual.
_EXPERTS = {1: 1, 2: 6, 6: 3, 10: 3}
_DESK_PREFECTURES = (0, 2, 4, 6, 8, 10)
_COUNTIES = {0: 0, 2: 6}


def reported_measures(world: World) -> pl.DataFrame:
    """One row a bureau and item; most of what had a deadline was done in time, some just after it."""
    bureaus = world.agencies.filter(pl.col("level").is_in(["county", "prefecture"]))["code"]
    return pl.concat([_reported(world, bureaus, item, measure) for item, measure in MEASURES.items()])


def _reported(world: World, bureaus: pl.Series, item: str, measure: Measure) -> pl.DataFrame:
    rng, size = world.rng("measures", item), len(bureaus)
    is_done = chance(rng, size, measure.share)
    graded = pl.Series(["0.5", "1", "1.5", "2"]).gather(rng.integers(0, 4, size))
    value = pl.lit(graded) if item == _GRADED else pl.lit("是")
    before = pl.lit(pl.Series(rng.integers(-2, 100, size)))  # days before the month in which it is reported
    is_told = chance(rng, size, 0.96)
    return pl.select(
        region_code=bureaus,
        item=pl.lit(item),
        item_name=pl.lit(measure.name),
        value=pl.when(is_done).then(value).otherwise(pl.lit("0" if item == _GRADED else "否")),
        done_on=pl.when(is_done & is_told & pl.lit(measure.has_deadline)).then(
            pl.date(world.year, measure.month, 1).dt.offset_by(pl.format("{}d", -before))
        ),
        reported_on=pl.date(world.year, measure.month, pl.lit(pl.Series(rng.integers(5, 26, size)))),
        evidence=pl.when(is_done & pl.lit(chance(rng, size, 0.95))).then(pl.lit("见附件材料")),
        delivered=pl.lit(measure.month, pl.Int32),
    )


def nominations(world: World) -> pl.DataFrame:
    """One row a nomination, in October as intended and in November for good.

    Officers for 现场执法能手 are the first of county teams, and in some prefectures one from the office, who
    has inspected nothing: those end with equal totals, across the last place that is awarded. One prefecture
    nominates too many officers, one too few, one no county, one too many; one names another's officer; one
    nominee bears a veto, one no valid certificate.
    """
    return pl.concat([_nominated(world, month) for month in NOMINATED_MONTHS])


def _nominated(world: World, month: int) -> pl.DataFrame:
    roster, year = world.rosters[month], world.year
    rows: list[tuple[str, str, str | None, str | None]] = []
    vetoed = vetoed_officer(world)
    for number, prefecture in enumerate(world.prefectures):
        by = f"{prefecture}00"
        inside = roster.filter(pl.col("agency_code").str.head(4) == prefecture)
        counties = inside.filter(pl.col("agency_code") != by)
        expert = "现场执法能手"
        wanted = _EXPERTS.get(number, 2)
        persons = counties.filter(pl.col("post") == 0)["cert_no"].to_list()[:wanted]
        if number in _DESK_PREFECTURES:
            persons += inside.filter("is_desk")["cert_no"].to_list()[:1]
        if vetoed in inside["cert_no"].to_list() and vetoed not in persons:
            persons.append(vetoed)
        if number == 0:
            last = pl.date(year, month, 1).dt.month_end()
            persons += inside.filter(pl.col("cert_valid_to") < last)["cert_no"].to_list()[:1]
            other = roster.filter(pl.col("agency_code").str.head(4) == world.prefectures[1])
            persons += other.filter(pl.col("post") == 0)["cert_no"].to_list()[:1]
        rows += [(expert, by, None, cert) for cert in persons]
        own = inside.filter(pl.col("agency_code") == by, pl.col("post") == 1)["cert_no"].to_list()
        rows += [("组织宣传表现突出个人", by, None, cert) for cert in own]
        many = _COUNTIES.get(number, 1 + number % 4)
        rows += [
            ("县级集体", by, code, None)
            for code in counties["agency_code"].unique(maintain_order=True).to_list()[:many]
        ]
    frame = pl.DataFrame(
        rows, schema=["nomination_kind", "nominated_by", "region_code", "officer_cert_no"], orient="row"
    )
    return frame.with_columns(
        pl.col("region_code", "officer_cert_no").cast(pl.String),
        rank_no=pl.int_range(1, pl.len() + 1).over("nomination_kind", "nominated_by"),
        nominated_on=pl.date(year, month, 18),
        delivered=pl.lit(month, pl.Int32),
    )


def material_reviews(world: World) -> pl.DataFrame:
    """One row an entrant and finding, in November, among those nominated and the bureaus."""
    month = NOMINATED_MONTHS[-1]
    rng = world.rng("materials")
    put_forward = nominations(world).filter(
        pl.col("delivered") == month, pl.col("nomination_kind") == "现场执法能手"
    )
    strong = world.rosters[month].filter(~pl.col("is_desk"))["cert_no"]
    persons = put_forward.filter(pl.col("officer_cert_no").is_in(strong.drop_nulls().to_list())).select(
        "officer_cert_no", region_code=pl.lit(None, pl.String), entrant_kind=pl.lit("个人")
    )
    bureaus = world.agencies.filter(pl.col("level").is_in(["county", "prefecture"])).select(
        officer_cert_no=pl.lit(None, pl.String), region_code="code", entrant_kind=pl.lit("集体")
    )
    both = pl.concat([persons, bureaus])
    found = both.filter(chance(rng, both.height, 0.3))
    size = found.height
    return found.with_columns(
        finding=choice(rng, {"文字错误": 0.6, "当事人信息": 0.35, "雷同抄袭": 0.05}, size),
        places=pl.Series(rng.integers(1, 4, size)),
        reviewed_on=pl.date(world.year, month, pl.lit(pl.Series(rng.integers(10, 28, size)))),
        delivered=pl.lit(month, pl.Int32),
    )
