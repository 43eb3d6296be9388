"""When a refresh runs by itself."""

from __future__ import annotations

from datetime import date, timedelta

import dagster as dg

from pipelines.partitions import MONTH, TIMEZONE
from pipelines.season import Season

PROVISIONAL_DAY = 25
CLOSING_DAY = 5
HOUR = 6
MONTHS_IN_YEAR = 12
JOB = "refresh"


def month_before(day: date) -> date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def request_for(season: Season, month: date) -> dg.RunRequest | dg.SkipReason:
    """Ask for the refresh of a month, if it is one of the season."""
    if not season.holds(month):
        return dg.SkipReason(f"{month:%Y-%m} 不属于规则所定的评比年度 {season.year}")
    return dg.RunRequest(run_key=None, partition_key=month.strftime(MONTH))


def _cron(day: int, months: list[int]) -> str:
    return f"0 {HOUR} {day} {','.join(str(month) for month in months)} *"


def build_schedules(season: Season, *, is_on: bool) -> list[dg.ScheduleDefinition]:
    """The two schedules of a season.

    Args:
        season: its year and record months.
        is_on: they run without being switched on by hand.
    """
    status = dg.DefaultScheduleStatus.RUNNING if is_on else dg.DefaultScheduleStatus.STOPPED

    @dg.schedule(
        name="monthly_provisional",
        job_name=JOB,
        cron_schedule=_cron(PROVISIONAL_DAY, list(season.record_months)),
        execution_timezone=TIMEZONE,
        default_status=status,
        description="计分月份每月 25 日：当月的阶段性成果",
    )
    def monthly_provisional(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """The month of the tick, while it still runs."""
        return request_for(season, context.scheduled_execution_time.date().replace(day=1))

    @dg.schedule(
        name="monthly_closing",
        job_name=JOB,
        cron_schedule=_cron(CLOSING_DAY, [month % MONTHS_IN_YEAR + 1 for month in season.record_months]),
        execution_timezone=TIMEZONE,
        default_status=status,
        description="次月 5 日：上一个月的成果",
    )
    def monthly_closing(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """The month before the tick, now complete."""
        return request_for(season, month_before(context.scheduled_execution_time.date()))

    return [monthly_provisional, monthly_closing]
