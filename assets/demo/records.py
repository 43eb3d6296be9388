"""Inspection records of the demo, drawn in bulk, as they should be: slips come after (`slips`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from assets.demo.codes import chance

PROBLEMS = [
    "危险废物贮存场所标识不规范", "废气治理设施运行台账记录不完整", "在线监测站房温湿度记录缺失",
    "雨污分流不彻底，厂区有积水",
    "固体废物露天堆放，未采取防扬散措施", "排污许可证载明的自行监测未按频次开展",
    "污水处理设施加药间未正常运行", "堆场苫盖不到位",
    "现场有刺激性气味，密闭收集不严", "危险废物转移联单填写不全", "应急预案未按期修订", "排放口标志牌缺失",
]  # fmt: skip
DISPOSALS = [
    "责令限期改正",
    "责令立即改正",
    "移交属地跟踪整改",
    "立案调查",
    "下达现场整改通知书",
    "约谈企业负责人",
]
TYPES = {
    "日常检查": 0.42,
    "双随机抽查": 0.3,
    "专项检查": 0.1,
    "排污许可检查": 0.07,
    "信访核查": 0.06,
    "执法监测": 0.03,
    "交叉检查": 0.01,
    "其他": 0.01,
}
LATE_DAYS = (3.1, 6.0)  # a late upload comes so many days after the inspection
_DAY = 86_400


@dataclass(frozen=True)
class Team:
    """Who can inspect in a month: the rows of the roster fit for it, ordered by agency."""

    names: pl.Series
    certificates: pl.Series
    start: np.ndarray  # by agency
    count: np.ndarray

    @staticmethod
    def of(roster: pl.DataFrame, agencies: int) -> Team:
        """The officers of `roster` (ordered by agency) on post, with a certificate, and no desk job."""
        fit = roster.filter(pl.col("on_post"), pl.col("cert_no").is_not_null(), ~pl.col("is_desk"))
        count = np.bincount(fit["agency"].to_numpy(), minlength=agencies)
        return Team(fit["officer_name"], fit["cert_no"], np.cumsum(count) - count, count)


@dataclass(frozen=True)
class Habits:
    """Shares that make one place or month differ from another, by agency."""

    late: np.ndarray  # share of records uploaded later than they should be
    weekend: float = 0.25  # an inspection on a weekend day against one on a working day


def draw(
    rng: np.random.Generator,
    *,
    month: date,
    agency: np.ndarray,
    agencies: pl.DataFrame,
    sites: pl.DataFrame,
    team: Team,
    habits: Habits,
    first_serial: int,
) -> pl.DataFrame:
    """One row a record of `inspection_records`, for each row number in `agency`, without slips.

    The columns are those of the contract, typed, lists as lists; records of one agency and day get serials
    from `first_serial` on. The month is that of the upload; late ones were made up to a week before.
    """
    size = len(agency)
    days = np.arange(np.datetime64(month, "D"), np.datetime64(month, "M") + 1)
    working = np.where(np.is_busday(days), 1.0, habits.weekend)
    day = rng.choice(len(days), size, p=working / working.sum())
    uploaded = days[day].astype("datetime64[s]").astype(np.int64) + rng.integers(10 * 3600, _DAY - 1800, size)
    lag = rng.exponential(5 * 3600, size).clip(600, 2 * _DAY)
    late = rng.random(size) < habits.late[agency]
    lag = np.where(late, rng.uniform(LATE_DAYS[0] * _DAY, LATE_DAYS[1] * _DAY, size), lag).astype(np.int64)
    ended = uploaded - lag
    # Nobody inspects at night: what would end before ten in the morning ended the evening before.
    night = ended % _DAY < 10 * 3600
    ended = np.where(night, ended - ended % _DAY - rng.integers(4 * 3600, 8 * 3600, size), ended)
    started = ended - rng.integers(20 * 60, 180 * 60, size)
    per_site = sites.height // agencies.height
    site = agency * per_site + rng.integers(0, per_site, size)
    found = chance(rng, size, 0.28).to_numpy()
    code = agencies["code"].gather(agency)
    first, second = _pairs(rng, team.count[agency])
    third = _third(rng, team, agencies)[agency]
    base = team.start[agency]
    with_third = chance(rng, size, 0.08).to_numpy() & (third != base + first) & (third != base + second)
    frame = pl.DataFrame(
        {
            "agency_code": code,
            "agency_name": agencies["agency_name"].gather(agency),
            "inspection_type": pl.Series(list(TYPES)).gather(
                rng.choice(len(TYPES), size, p=list(TYPES.values()))
            ),
            "inspection_mode": pl.Series(["现场检查", "非现场检查"]).gather(
                chance(rng, size, 0.07).to_numpy().astype(int)
            ),
            "started_at": started.astype("datetime64[s]").astype("datetime64[us]"),
            "ended_at": ended.astype("datetime64[s]").astype("datetime64[us]"),
            "uploaded_at": uploaded.astype("datetime64[s]").astype("datetime64[us]"),
            "problem_found": found,
            "problem_text": pl.Series([*PROBLEMS, None]).gather(
                np.where(found, rng.integers(0, len(PROBLEMS), size), len(PROBLEMS))
            ),
            "disposal": pl.Series([*DISPOSALS, None]).gather(
                np.where(found, rng.integers(0, len(DISPOSALS), size), len(DISPOSALS))
            ),
            "has_transcript": chance(rng, size, 0.8).to_numpy(),
            "photo_count": rng.integers(2, 13, size),
            "upload_terminal": pl.Series(["移动端", "电脑端"]).gather(
                chance(rng, size, 0.08).to_numpy().astype(int)
            ),
            "record_status": pl.repeat("有效", size, eager=True),
        }
    ).hstack(sites.select(pl.all().gather(site)))
    people = [base + first, base + second, np.where(with_third, third, -1)]
    return frame.with_columns(
        inspector_names=_lists(team.names, people),
        inspector_cert_nos=_lists(team.certificates, people),
        serial=pl.int_range(pl.len()).over("agency_code", pl.col("started_at").dt.date()) + first_serial,
    ).select(
        pl.format(
            "JC{}{}{}",
            "agency_code",
            pl.col("started_at").dt.strftime("%Y%m%d"),
            pl.col("serial").cast(pl.String).str.zfill(5),
        ).alias("record_id"),
        pl.exclude("serial"),
        "serial",
    )


def next_serial(drawn: pl.DataFrame, serial: int) -> int:
    """The first serial that these records, drawn from `serial` on, leave free for any agency and day."""
    return serial + int(drawn["serial"].n_unique())


def _pairs(rng: np.random.Generator, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two different positions below each count (of at least two); the first ones of a team go out more."""
    first = (count * rng.random(len(count)) ** 1.25).astype(np.int64)
    second = (first + 1 + ((count - 1) * rng.random(len(count))).astype(np.int64)) % count
    return first, second


def _third(rng: np.random.Generator, team: Team, agencies: pl.DataFrame) -> np.ndarray:
    """For each agency someone of its prefecture's own team, who joins now and then."""
    own = agencies.with_row_index("row").filter(pl.col("level") != "county").select("prefecture", "row")
    row = agencies.join(own, on="prefecture", how="left", maintain_order="left")["row"].to_numpy()
    return team.start[row] + (team.count[row] * rng.random(len(row))).astype(np.int64)


def _lists(values: pl.Series, positions: list[np.ndarray]) -> pl.Expr:
    """The values at the positions as lists, those at -1 left out."""
    columns = [pl.Series(np.where(p < 0, len(values), p)) for p in positions]
    padded = pl.concat([values, pl.Series([None], dtype=pl.String)])
    return pl.concat_list([pl.lit(padded.gather(c)) for c in columns]).list.drop_nulls()
