"""`lianbing demo`: invented deliveries, never among real ones."""

from __future__ import annotations

from typing import cast, get_args

from assets.deliveries.scan import scan
from assets.published import snapshot_names
from pipelines.errors import UsageError
from pipelines.plan import parse_month
from pipelines.settings import Settings

BETWEEN = ".."


def is_new(settings: Settings) -> bool:
    """True where no delivery was ever there: none lies in the raw folder, nothing was made of one."""
    has_deliveries = settings.raw.is_dir() and bool(scan(settings.raw).deliveries)
    return not has_deliveries and not snapshot_names(settings.marts) and not settings.warehouse.exists()


def write_demo(settings: Settings, scale: str, seed: int, months: str) -> str:
    """Write a demo season into the raw folder; says what was written.

    Raises:
        UsageError: the folder holds real deliveries, or an option does not fit.
    """
    from assets.demo import write_season
    from assets.demo.marker import RealDeliveriesError
    from assets.demo.season import Scale

    if scale not in get_args(Scale):
        raise UsageError(f"规模应为 {'、'.join(get_args(Scale))} 之一；现为：{scale}")
    raw = settings.raw
    try:
        report = write_season(raw, scale=cast("Scale", scale), seed=seed, months=choose_months(months))
    except RealDeliveriesError as error:
        raise UsageError(str(error)) from error
    return (
        f"【演示数据】已写入 {raw}：{report.months[0]} 至 {report.months[-1]}，{report.files} 个文件，"
        f"检查记录 {report.records} 条，执法人员 {report.officers} 人（均为虚构）。"
    )


def choose_months(text: str) -> list[str] | None:
    """The months of a range `2022-01..2022-11`, or of one month; None for an empty text.

    Raises:
        UsageError: they are not months of one year, the first not after the last.
    """
    if not text:
        return None
    first, _, last = text.partition(BETWEEN)
    begin, end = parse_month(first), parse_month(last or first)
    if begin.year != end.year or begin > end:
        raise UsageError(f"月份范围应在同一年内，写作 2022-01..2022-11；现为：{text}")
    return [f"{begin.year}-{month:02}" for month in range(begin.month, end.month + 1)]
