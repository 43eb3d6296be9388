"""The wiring for Dagster: assets, checks, the job, schedules and sensors, for one set of settings.

The command line runs the same job in its own process, with a session that it opened; on the web page the
resource below opens one for the run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")

import dagster as dg

from pipelines.lineage import build_assets
from pipelines.partitions import months_of
from pipelines.plan import parse_month
from pipelines.refresh import attended
from pipelines.schedules import JOB, build_schedules
from pipelines.season import Season
from pipelines.sensors import delivery_sensor, mail_sensor
from pipelines.session import Session
from pipelines.settings import Settings

PARTITION_TAG = "dagster/partition"


def session_resource(settings: Settings) -> dg.ResourceDefinition:
    """The resource that opens a session for a run started on the web page."""

    @dg.resource(description="一次更新：锁、工作库、日志")
    def session(context: dg.InitResourceContext) -> Iterator[Session]:
        run = context.run
        if run is None:
            raise dg.Failure("没有运行信息，无法确定月份。")
        with attended(settings, parse_month(run.tags[PARTITION_TAG])) as opened:
            yield opened

    return session


@cache
def build(settings: Settings, season: Season) -> dg.Definitions:
    """The definitions for one set of settings and the season of the rulebook named there."""
    job = dg.define_asset_job(
        JOB, selection=dg.AssetSelection.all(), description="更新：读取截至该月的报送文件，计分，检查，发布"
    )
    return dg.Definitions(
        assets=build_assets(months_of(season)),
        jobs=[job],
        schedules=build_schedules(season, is_on=settings.automation),
        sensors=[delivery_sensor(settings, season), mail_sensor(settings)],
        resources={"session": session_resource(settings)},
        executor=dg.in_process_executor,
    )
