"""What starts a refresh when deliveries arrive, and what tells people that one failed."""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import dagster as dg

from assets.deliveries.scan import Found, scan
from pipelines.mail import send_failure
from pipelines.partitions import MONTH
from pipelines.schedules import JOB
from pipelines.season import Season
from pipelines.settings import Settings, load_settings

QUIET_SECONDS = 60
INTERVAL_SECONDS = 30


@dataclass
class Seen:
    """What the sensor remembers of a month's folder.

    Attributes:
        fingerprint: of its files' names, sizes and times.
        since: when this fingerprint was first seen, seconds since 1970.
        is_done: a refresh was asked for (or it was so when the sensor saw the folder first and published).
    """

    fingerprint: str
    since: float
    is_done: bool


def fingerprint(files: list[Found]) -> str:
    """A hash over names, sizes and times of files; nothing is opened."""
    lines = sorted(f"{file.file}\0{file.size}\0{file.mtime_ns}" for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def look(settings: Settings, season: Season) -> dict[str, str]:
    """The fingerprint of every month of the season that has deliveries."""
    months: dict[date, list[Found]] = defaultdict(list)
    if settings.raw.is_dir():
        for file in scan(settings.raw).deliveries:
            if season.holds(file.month):
                months[file.month].append(file)
    return {month.strftime(MONTH): fingerprint(files) for month, files in sorted(months.items())}


def judge(cursor: str | None, found: dict[str, str], now: float) -> tuple[list[str], str]:
    """Which months to refresh, and what to remember.

    A month is ripe when its files have not changed for QUIET_SECONDS. The latest delivered month is always
    refreshed with the others, for a late correction changes it too; at the first look it stands for all.

    Args:
        cursor: what was remembered.
        found: the fingerprints of now.
        now: seconds since 1970.
    """
    remembered = {month: Seen(*entry) for month, entry in json.loads(cursor or "{}").items()}
    is_first = not any(entry.is_done for entry in remembered.values())
    memory: dict[str, Seen] = {}
    for month, mark in found.items():
        before = remembered.get(month)
        memory[month] = before if before and before.fingerprint == mark else Seen(mark, now, False)
    is_quiet = all(entry.is_done or now - entry.since >= QUIET_SECONDS for entry in memory.values())
    ripe = [month for month, entry in memory.items() if not entry.is_done] if is_quiet else []
    gone = set(remembered) - set(found)
    asked: set[str] = set()
    if memory and (ripe or gone):
        latest = max(memory)
        asked = {latest} if is_first else {latest, *ripe}
        for month in ripe:
            memory[month].is_done = True
    content = {month: [entry.fingerprint, entry.since, entry.is_done] for month, entry in memory.items()}
    return sorted(asked), json.dumps(content)


def _status(*, is_on: bool) -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if is_on else dg.DefaultSensorStatus.STOPPED


def delivery_sensor(settings: Settings, season: Season) -> dg.SensorDefinition:
    """The sensor that asks for a refresh when deliveries arrived and are complete."""

    @dg.sensor(
        name="new_deliveries",
        job_name=JOB,
        minimum_interval_seconds=INTERVAL_SECONDS,
        default_status=_status(is_on=settings.automation),
        description="某月文件夹有新文件或文件有变化，且一分钟内不再变动时，更新该月（及最新月份）",
    )
    def new_deliveries(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        """Look at the folders, and remember what was there."""
        months, cursor = judge(context.cursor, look(settings, season), time.time())
        mark = hashlib.sha256(cursor.encode()).hexdigest()[:16]
        context.update_cursor(cursor)
        if not months:
            yield dg.SkipReason("没有新的报送文件，或文件仍在变动")
        for month in months:
            yield dg.RunRequest(run_key=f"{month}:{mark}", partition_key=month)

    return new_deliveries


def mail_sensor(settings: Settings) -> dg.SensorDefinition:
    """The sensor that tells people by mail when a refresh failed; switched on by the settings."""

    @dg.run_failure_sensor(
        name="failure_mail",
        default_status=_status(is_on=settings.mail_is_on),
        description="更新失败时发邮件（设置 LIANBING_SMTP_HOST 与 LIANBING_SMTP_TO 后启用）",
    )
    def failure_mail(context: dg.RunFailureSensorContext) -> None:
        """Send the reason, if a mail server is named."""
        now = load_settings()
        if not now.mail_is_on:
            context.log.info("未设置邮件服务器，不发邮件")
            return
        month = context.dagster_run.tags.get("dagster/partition", "")
        send_failure(now, month, context.failure_event.message or "")

    return failure_mail
