"""Penalty cases of the demo, and what follows from them: referrals, publications, case-file reviews.

Every function gives rows with a column `delivered`, the number of the month whose folder brings them; a case
that is closed later comes a second time, closed.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import polars as pl

from assets.demo.codes import chance
from assets.demo.records import Team
from assets.demo.world import World

_PER_OFFICER = 0.11  # cases an officer and month
_CLUES = {
    "日常检查": 0.42,
    "双随机抽查": 0.2,
    "非现场监管": 0.1,
    "信访举报": 0.12,
    "举报奖励": 0.07,
    "第三方辅助": 0.06,
    "其他": 0.03,
}
_DISCLOSURE = {"已公开": 0.92, "依法不公开": 0.05, "未公开": 0.03}
_MEASURES = ["按日连续处罚", "查封扣押", "限产停产", "移送行政拘留", "涉嫌犯罪移送"]
_REWARDS = {"一般": 0.8, "内部人举报": 0.12, "重奖": 0.08}
_OFFENCES = {"涉危险废物": 0.5, "自动监测数据弄虚作假": 0.25, "其他": 0.25}
_REVIEWED_AGAIN = (6, 10, 11)


def choice(rng: np.random.Generator, shares: dict[str, float], size: int) -> pl.Series:
    """`size` words drawn by their shares."""
    return pl.Series(list(shares)).gather(rng.choice(len(shares), size, p=list(shares.values())))


def officers_of(rng: np.random.Generator, team: Team, agency: np.ndarray, how_many: int = 2) -> pl.Series:
    """For each agency the certificate numbers of `how_many` different officers, as lists."""
    first = (team.count[agency] * rng.random(len(agency)) ** 1.6).astype(np.int64)
    positions = [team.start[agency] + (first + k) % team.count[agency] for k in range(how_many)]
    columns = [team.certificates.gather(p) for p in positions]
    return pl.select(pl.concat_list([pl.lit(c) for c in columns])).to_series()


def penalty_cases(world: World) -> pl.DataFrame:
    """One row a case as it was decided, in the order of decision; `closed_on` is given, whenever that was."""
    parts = [_decided(world, month) for month in world.teams]
    cases = pl.concat(parts)
    number = pl.int_range(1, pl.len() + 1).over("case_word")
    return cases.with_columns(case_no=pl.format("{}环罚〔{}〕{}号", "case_word", pl.lit(world.year), number))


def _decided(world: World, month: int) -> pl.DataFrame:
    rng, team = world.rng("cases", month), world.teams[month]
    regular = world.agencies["level"].to_numpy() != "xpcc_city"
    agency = np.repeat(np.arange(world.agencies.height), rng.poisson(_PER_OFFICER * team.count * regular))
    size = len(agency)
    site = agency * (world.sites.height // world.agencies.height) + rng.integers(0, 40, size)
    clue = choice(rng, _CLUES, size)
    special = chance(rng, size, 0.22)
    decided = np.datetime64(f"{world.year}-{month:02}-01") + rng.integers(0, 28, size)
    closed = decided + rng.integers(12, 110, size)
    # A case word and the month order the numbers of a prefecture's cases as they were decided.
    return pl.DataFrame(
        {
            "case_word": world.agencies["case_word"].gather(agency),
            "agency": agency,
            "region_code": world.agencies["code"].gather(agency),
            "party_name": world.sites["site_name"].gather(site),
            "party_uscc": world.sites["site_uscc"].gather(site),
            "decided_on": pl.Series(decided.astype("datetime64[D]")),
            "closed_on": pl.Series(closed.astype("datetime64[D]")),
            "clue_source": clue,
            "disclosure": choice(rng, _DISCLOSURE, size),
            "officer_cert_nos": officers_of(rng, team, agency),
            "reward_kind": choice(rng, _REWARDS, size),
            "measure": pl.Series(_MEASURES).gather(rng.integers(0, len(_MEASURES), size)),
            "category": rng.integers(1, 5, size),
            "other_category": rng.integers(1, 5, size),
            "is_major": chance(rng, size, 0.05),
            "is_confirmed": chance(rng, size, 0.75),
        }
    ).sort("decided_on", maintain_order=True).with_columns(
        case_type=pl.when(special).then(pl.lit("配套办法")).otherwise(pl.lit("一般行政处罚")),
        measures=pl.when(special).then(pl.concat_list("measure")),
        reward_kind=pl.when(pl.col("clue_source") == "举报奖励").then("reward_kind"),
        major_categories=pl.when("is_major").then(
            pl.concat_list("category", "other_category").list.unique().list.sort()
        ),
        major_review=pl.when("is_major").then(
            pl.when("is_confirmed").then(pl.lit("认定")).otherwise(pl.lit("不认定"))
        ),
        delivered=pl.lit(month),
    )  # fmt: skip


def register(world: World, cases: pl.DataFrame) -> pl.DataFrame:
    """The register of cases as it is delivered: open ones first, and once more when they are closed."""
    closing = pl.col("closed_on").dt.month() + 12 * (pl.col("closed_on").dt.year() - world.year)
    at_once = closing <= pl.col("delivered")
    first = cases.with_columns(closed_on=pl.when(at_once).then("closed_on"))
    later = cases.filter(~at_once).with_columns(delivered=closing.cast(pl.Int32))
    return pl.concat([first.with_columns(pl.col("delivered").cast(pl.Int32)), later])


def referrals(world: World, cases: pl.DataFrame) -> pl.DataFrame:
    """One row a case handed to the police; some are filed by them."""
    handed = cases.filter(
        pl.col("measures").list.eval(pl.element().is_in(_MEASURES[3:])).list.any().fill_null(value=False)
    )
    rng, size = world.rng("referrals"), handed.height
    waited = pl.Series(rng.integers(1, 20, size))
    filed_after = pl.Series(rng.integers(1, 20, size))
    referred = pl.col("decided_on").dt.offset_by(pl.format("{}d", pl.lit(waited)))
    is_filed = pl.lit(chance(rng, size, 0.7))
    serial = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(4)
    return handed.select(
        referral_id=pl.format("YS{}{}", pl.lit(world.year), serial),
        case_no="case_no",
        offence=choice(rng, _OFFENCES, size),
        region_code="region_code",
        referred_on=referred,
        police=pl.lit("属地公安局环境安全保卫大队"),
        filed_on=pl.when(is_filed).then(referred.dt.offset_by(pl.format("{}d", pl.lit(filed_after)))),
        filing_no=pl.when(is_filed & pl.lit(chance(rng, size, 0.95))).then(
            pl.format("公环立字〔{}〕{}号", pl.lit(world.year), serial)
        ),
    ).with_columns(delivered=pl.max_horizontal("referred_on", "filed_on").dt.month().cast(pl.Int32))


def typical_cases(world: World, cases: pl.DataFrame) -> pl.DataFrame:
    """One row a publication; the ministry takes up some that the region published."""
    rng = world.rng("typical")
    size = max(6, cases.height // 22)
    chosen = cases[np.sort(rng.choice(cases.height, min(size, cases.height), replace=False))]
    size = chosen.height

    def published(level: str, days: tuple[int, int]) -> pl.DataFrame:
        after = pl.lit(pl.Series(rng.integers(*days, size)))
        return chosen.select(
            publisher_level=pl.lit(level),
            adopted_as=choice(rng, {"典型案例": 0.72, "案例剖析": 0.28}, size),
            published_on=pl.col("decided_on").dt.offset_by(pl.format("{}d", after)),
            title=pl.format("{}环境违法案", "party_name"),
            case_no="case_no",
            region_code="region_code",
            officer_cert_nos="officer_cert_nos",
            url=pl.when(pl.lit(chance(rng, size, 0.9))).then(
                pl.format("https://sthjt.example.gov.cn/dxal/{}.html", pl.int_range(1000, 1000 + pl.len()))
            ),
        )

    ministry = published("生态环境部", (70, 120)).filter(chance(rng, size, 0.25))
    both = pl.concat([published("自治区生态环境厅", (15, 60)), ministry])
    delivered = pl.col("published_on").dt.month() + 12 * (pl.col("published_on").dt.year() - world.year)
    return both.with_columns(delivered=delivered.cast(pl.Int32))


def case_file_reviews(world: World, cases: pl.DataFrame) -> pl.DataFrame:
    """One row an entrant's case file: bureaus one of each type, officers their own, a few contests."""
    return pl.concat([_reviewed(world, cases, month) for month in _REVIEWED_AGAIN])


def _reviewed(world: World, cases: pl.DataFrame, month: int) -> pl.DataFrame:
    rng = world.rng("reviews", month)
    day = pl.date(world.year, month, 20)
    known = cases.filter(pl.col("closed_on") < day)
    prefecture_own = pl.format("{}00", pl.col("region_code").str.head(4))
    own = known.with_columns(bureau="region_code")
    above = known.with_columns(bureau=prefecture_own)
    bureaus = (
        pl.concat([own, above])
        .filter(pl.col("bureau") != "650000")
        .group_by("bureau", "case_type", maintain_order=True)
        .agg(pl.col("case_no", "officer_cert_nos").last())
    )
    holders = known.select("case_no", "case_type", certificate="officer_cert_nos").explode("certificate")
    officers = holders.group_by("certificate", maintain_order=True).agg(
        pl.col("case_no", "case_type").first()
    )
    officers = officers.filter(chance(rng, officers.height, 0.55))

    def entries(
        kind: str, entrant: str, rows: pl.DataFrame, who: dict[str, pl.Expr], share_marked: float
    ) -> pl.DataFrame:
        size = rows.height
        mark = pl.Series(np.round(rng.normal(84, 7, size).clip(50, 99) * 2) / 2)
        return rows.select(
            review_kind=pl.lit(kind),
            entrant_kind=pl.lit(entrant),
            region_code=who.get("region_code", pl.lit(None, pl.String)),
            officer_cert_no=who.get("officer_cert_no", pl.lit(None, pl.String)),
            case_no="case_no",
            file_type="case_type",
            mark=pl.when(pl.lit(chance(rng, size, share_marked))).then(pl.lit(mark)),
            substantive_error=pl.lit(chance(rng, size, 0.02)),
            reviewed_on=day,
            delivered=pl.lit(month, pl.Int32),
        )

    of_bureau = partial(entries, entrant="集体", who={"region_code": pl.col("bureau")})
    of_officer = partial(entries, entrant="个人", who={"officer_cert_no": pl.col("certificate")})
    contest = bureaus.filter(chance(rng, bureaus.height, 0.2))
    own_contest = officers.filter(chance(rng, officers.height, 0.15))
    return pl.concat(
        [
            of_bureau(kind="案卷质量", rows=bureaus, share_marked=1.0),
            of_officer(kind="案卷质量", rows=officers, share_marked=0.97),
            of_bureau(kind="案卷大家评", rows=contest, share_marked=0.0),
            of_officer(kind="案卷大家评", rows=own_contest, share_marked=0.0),
        ]
    )
