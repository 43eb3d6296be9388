"""What Dagster loads: lineage, checks, partitions, schedules, sensors, mail."""

from __future__ import annotations

import re
import socketserver
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from assets.stages import STAGES
from checks.invariants import invariant_names
from pipelines import sensors
from pipelines.definitions import defs
from pipelines.descriptions import INVARIANTS
from pipelines.last_refresh import write_last_refresh
from pipelines.mail import send_failure
from pipelines.schedules import JOB
from pipelines.season import Season
from pipelines.settings import Settings

CHINESE = re.compile(r"[\u4e00-\u9fff]")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def test_every_table_is_an_asset_with_a_chinese_description(graph) -> None:
    tables = {dg.AssetKey(model.table.split(".")) for models in STAGES.values() for model in models}
    assert tables <= graph.get_all_asset_keys()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description, key
        assert CHINESE.search(node.description), key
        assert node.group_name in {"rulebook", "raw", "core", "score", "marts", "published"}, key
        assert node.kinds, key


def test_no_asset_hangs_in_the_air(graph) -> None:
    """Every dep is an asset that some step makes, and the way leads from the deliveries to the snapshot."""
    outside = {key for key in graph.get_all_asset_keys() if not graph.get(key).is_materializable}
    assert outside == {dg.AssetKey("deliveries")}
    reached, waiting = set(), [dg.AssetKey("deliveries")]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += graph.get(key).child_keys
    assert dg.AssetKey(["published", "snapshot"]) in reached
    assert {dg.AssetKey(model.table.split(".")) for model in STAGES["core"]} <= reached


def test_one_step_for_each_stage() -> None:
    job = defs.resolve_job_def(JOB)
    steps = [node.name for node in job.nodes]
    assert sorted(steps) == sorted(
        ["rulebook", "deliveries", "core", "score", "marts", "published__snapshot"]
    )
    assert job.executor_def is dg.in_process_executor


def test_partitions_are_the_months_of_the_season() -> None:
    keys = defs.resolve_job_def(JOB).partitions_def.get_partition_keys()
    assert keys == [f"2022-{month:02}" for month in range(1, 13)]


def test_blocking_checks_stand_on_the_marts(graph) -> None:
    checks = {key: graph.get(key) for key in graph.asset_check_keys}
    blocking = {key.name for key, check in checks.items() if check.blocking}
    assert "row_accounting" in blocking
    assert "expectations" in blocking
    assert not any(check.blocking for key, check in checks.items() if key.name == "contract")
    assert sum(key.name == "contract" for key in checks) == 12


def tick(name: str, day: datetime):
    schedule = defs.get_schedule_def(name)
    context = dg.build_schedule_context(
        scheduled_execution_time=day.replace(tzinfo=SHANGHAI), repository_def=defs.get_repository_def()
    )
    return schedule.evaluate_tick(context)


def test_provisional_schedule() -> None:
    schedule = defs.get_schedule_def("monthly_provisional")
    assert schedule.cron_schedule == "0 6 25 4,5,6,7,8,9,10,11 *"
    assert schedule.execution_timezone == "Asia/Shanghai"
    found = tick("monthly_provisional", datetime(2022, 4, 25, 6))
    assert [request.partition_key for request in found.run_requests] == ["2022-04"]


def test_closing_schedule() -> None:
    schedule = defs.get_schedule_def("monthly_closing")
    assert schedule.cron_schedule == "0 6 5 5,6,7,8,9,10,11,12 *"
    found = tick("monthly_closing", datetime(2022, 12, 5, 6))
    assert [request.partition_key for request in found.run_requests] == ["2022-11"]


def test_schedule_skips_another_year() -> None:
    found = tick("monthly_provisional", datetime(2023, 4, 25, 6))
    assert not found.run_requests
    assert "2022" in found.skip_message


def test_sensor_waits_until_a_folder_is_quiet() -> None:
    asked, cursor = sensors.judge(None, {"2022-04": "a", "2022-05": "b"}, 0)
    assert asked == []
    asked, cursor = sensors.judge(cursor, {"2022-04": "a", "2022-05": "c"}, 50)
    assert asked == []
    asked, cursor = sensors.judge(cursor, {"2022-04": "a", "2022-05": "c"}, 109)
    assert asked == []
    asked, cursor = sensors.judge(cursor, {"2022-04": "a", "2022-05": "c"}, 110)
    assert asked == ["2022-05"], "at the first look the latest month stands for all"
    asked, cursor = sensors.judge(cursor, {"2022-04": "a", "2022-05": "c"}, 200)
    assert asked == [], "asked once"


def test_sensor_asks_for_the_changed_month_and_the_latest() -> None:
    found = {"2022-04": "a", "2022-05": "b"}
    _, cursor = sensors.judge(None, found, 0)
    _, cursor = sensors.judge(cursor, found, 60)
    _, cursor = sensors.judge(cursor, found | {"2022-04": "x"}, 100)
    asked, cursor = sensors.judge(cursor, found | {"2022-04": "x"}, 160)
    assert asked == ["2022-04", "2022-05"]
    asked, _ = sensors.judge(cursor, {"2022-05": "b"}, 200)
    assert asked == ["2022-05"], "a month that was taken away changes the latest"


def test_sensor_sees_new_and_changed_files(tmp_path: Path) -> None:
    settings, season = Settings(raw=tmp_path / "raw"), Season(2022, (4,), 11)
    assert sensors.look(settings, season) == {}
    (tmp_path / "raw" / "2022-04" / "某州").mkdir(parents=True)
    (tmp_path / "raw" / "2021-04").mkdir()
    (tmp_path / "raw" / "2021-04" / "old.csv").write_text("x", encoding="utf-8")
    file = tmp_path / "raw" / "2022-04" / "某州" / "a.csv"
    file.write_text("x", encoding="utf-8")
    before = sensors.look(settings, season)
    assert set(before) == {"2022-04"}
    file.write_text("xy", encoding="utf-8")
    assert sensors.look(settings, season) != before


def test_sensor_evaluates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "2022-04").mkdir()
    (tmp_path / "2022-04" / "a.csv").write_text("x", encoding="utf-8")
    sensor = sensors.delivery_sensor(Settings(raw=tmp_path), Season(2022, (4,), 11))
    repository = defs.get_repository_def()
    clock = iter([0.0, 61.0])
    monkeypatch.setattr(sensors.time, "time", lambda: next(clock))
    first = sensor.evaluate_tick(dg.build_sensor_context(repository_def=repository))
    assert not first.run_requests
    second = sensor.evaluate_tick(dg.build_sensor_context(cursor=first.cursor, repository_def=repository))
    assert [request.partition_key for request in second.run_requests] == ["2022-04"]


def test_switches_follow_the_settings() -> None:
    quiet, loud = Settings(), Settings(automation=True, smtp_host="mail", smtp_to="a@b")
    assert sensors.mail_sensor(quiet).default_status == dg.DefaultSensorStatus.STOPPED
    assert sensors.mail_sensor(loud).default_status == dg.DefaultSensorStatus.RUNNING
    season = Season(2022, (4,), 11)
    assert sensors.delivery_sensor(loud, season).default_status == dg.DefaultSensorStatus.RUNNING


class Sink(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand over one mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        in_data = False
        for line in self.rfile:
            if in_data:
                if line == b".\r\n":
                    in_data = False
                    self.wfile.write(b"250 taken\r\n")
                else:
                    self.server.mail += line
            elif line.upper().startswith(b"DATA"):
                in_data = True
                self.wfile.write(b"354 go on\r\n")
            elif line.upper().startswith(b"QUIT"):
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


def test_failure_is_mailed_with_its_reason(tmp_path: Path) -> None:
    write_last_refresh(
        tmp_path,
        {"status": "held_back", "as_of_month": "2022-04", "message_zh": "行数对不上", "log": "x.jsonl"},
    )
    with socketserver.TCPServer(("127.0.0.1", 0), Sink) as server:
        server.mail = b""
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings = Settings(
            marts=tmp_path,
            smtp_host="127.0.0.1",
            smtp_port=server.server_address[1],
            smtp_to="a@example, b@example",
        )
        send_failure(settings, "2022-04", "step failed")
        thread.join()
    from email import message_from_bytes, policy

    mail = message_from_bytes(server.mail, policy=policy.default)
    assert mail["To"] == "a@example, b@example"
    assert "2022-04" in mail["Subject"]
    assert "行数对不上" in mail.get_content()


def test_every_blocking_check_has_chinese_words_and_stands_in_the_runbook() -> None:
    runbook = (Path(__file__).parents[2] / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert sorted(INVARIANTS) == invariant_names()
    for name, words in INVARIANTS.items():
        assert f"| `{name}` | {words} |" in runbook
    assert "demo_not_mixed" in runbook
