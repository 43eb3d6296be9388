"""Schema `raw` against the folders: what is read, kept, dropped, refused; nothing half done."""

import errno
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
import reading_register
from reading_fixtures import HEADER, REFERENCE, ROW, csv_bytes, xlsx, xlsx_of_xml

from assets.deliveries.batch import read_batch
from assets.deliveries.exchange import Batch, Job
from assets.deliveries.identity import raw_sha256
from assets.deliveries.limits import MIB, Limits
from assets.deliveries.pool import ReadingError
from assets.landing import Landing, land, read_one
from assets.warehouse import connect_warehouse

REGISTER = "reading_register:CONTRACTS"
DELIVERED = "JOIN raw.delivery USING (content_id) ORDER BY ALL"
ROWS = f"SELECT file, row_number, document_id FROM raw.evidence_documents {DELIVERED}"
QUIET = Limits(settle_seconds=0)


def csv_of(*ids: str) -> bytes:
    return csv_bytes(HEADER, *([one, *ROW[1:]] for one in ids))


class House:
    """A raw folder and its warehouse."""

    def __init__(self, folder: Path) -> None:
        """Make both below the folder, with a scratch folder whose name is a pattern."""
        self.raw = folder / "raw"
        self.raw.mkdir()
        self.scratch = folder / "scratch [a]*"
        self.scratch.mkdir()
        self.con = connect_warehouse(":memory:")

    def put(self, name: str, data: bytes) -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def land(self, limits: Limits = QUIET, **how: object) -> Landing:
        return land(
            self.con, self.raw, REFERENCE, limits=limits, register=REGISTER, scratch=self.scratch, **how
        )  # type: ignore[arg-type]

    def rows(self) -> list[tuple[object, ...]]:
        return self.con.execute(ROWS).fetchall()

    def files(self) -> list[str]:
        return [
            file for (file,) in self.con.execute("SELECT file FROM raw.delivery ORDER BY file_seq").fetchall()
        ]

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All of `raw`, without the numbers that a warehouse gives on the way."""
        told = {
            "delivery": "SELECT file_seq, file, delivery_month, size, sha256 FROM raw.delivery ORDER BY ALL"
        } | {
            table: f"SELECT file, {table}.* EXCLUDE (content_id) FROM raw.{table} {DELIVERED}"
            for table in ("content_part", "evidence_documents", "issue")
        }
        return {name: self.con.execute(query).fetchall() for name, query in told.items()}

    def assert_consistent(self) -> None:
        """Every row belongs to a content, every content to a delivery, and no content stands twice."""
        for table in ("evidence_documents", "issue", "content_part"):
            orphans = f"SELECT content_id FROM raw.{table} ANTI JOIN raw.delivery USING (content_id)"
            assert self.con.execute(orphans).fetchall() == [], table
        contents = "SELECT sha256, ending FROM raw.content WHERE sha256 IS NOT NULL"
        assert self.con.execute(f"{contents} GROUP BY ALL HAVING count(*) > 1").fetchall() == []
        lost = (
            "SELECT count(*) FROM raw.delivery WHERE content_id NOT IN (SELECT content_id FROM raw.content)"
        )
        assert self.con.execute(lost).fetchone() == (0,)
        assert list(self.scratch.iterdir()) == []


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_files_become_rows_with_their_place(house: House) -> None:
    house.put("2022-03/b_10.csv", csv_of("3"))
    house.put("2022-03/b_2.xlsx", xlsx(["标题"], HEADER, ["2", *ROW[1:]]))
    house.put("2022-02/子/a.txt", csv_of("1", "1b"))
    house.put("2022-03/说明.pdf", b"%PDF")
    landing = house.land()
    assert house.files() == ["2022-02/子/a.txt", "2022-03/b_2.xlsx", "2022-03/b_10.csv", "2022-03/说明.pdf"]
    assert house.rows() == [
        ("2022-02/子/a.txt", 2, "1"),
        ("2022-02/子/a.txt", 3, "1b"),
        ("2022-03/b_10.csv", 2, "3"),
        ("2022-03/b_2.xlsx", 3, "2"),
    ]
    assert (landing.files, landing.opened, landing.parsed, landing.rows, landing.is_changed) == (
        4,
        4,
        4,
        4,
        True,
    )
    assert list(landing.refused) == ["2022-03/说明.pdf"]
    house.assert_consistent()


def test_a_second_landing_opens_nothing(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.put("2022-02/b.pdf", b"%PDF")
    (house.raw / "2022-02/c.csv").symlink_to("a.csv")
    house.land()
    before = house.everything()
    again = house.land()
    assert (again.files, again.opened, again.parsed, again.gone, again.is_changed) == (3, 0, 0, 0, False)
    assert house.everything() == before
    assert list(again.refused) == ["2022-02/b.pdf", "2022-02/c.csv"]


def test_changed_moved_renamed_and_removed_files(house: House) -> None:
    changed = house.put("2022-02/a.csv", csv_of("1"))
    moved = house.put("2022-02/b.csv", csv_of("2"))
    removed = house.put("2022-02/c.csv", csv_of("3", ""))
    house.land()
    changed.write_bytes(csv_of("1x"))
    moved.rename(house.raw / "2022-02/d.csv")
    removed.unlink()
    landing = house.land()
    assert house.rows() == [("2022-02/a.csv", 2, "1x"), ("2022-02/d.csv", 2, "2")]
    assert (landing.opened, landing.parsed, landing.gone) == (2, 1, 3)
    house.assert_consistent()
    assert house.con.execute("SELECT count(*) FROM raw.issue").fetchone() == (0,)


def test_one_content_under_two_names_is_stored_once(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    twin = house.put("2022-03/b.csv", csv_of("1"))
    other_ending = house.put("2022-03/b.dat", csv_of("1"))
    house.land()
    assert house.con.execute("SELECT count(*) FROM raw.evidence_documents").fetchone() == (1,)
    assert [row[0] for row in house.rows()] == ["2022-02/a.csv", "2022-03/b.csv"]
    house.put("2022-04/c.csv", csv_of("1"))
    assert house.land().parsed == 0
    twin.unlink()
    (house.raw / "2022-02/a.csv").unlink()
    other_ending.unlink()
    house.land()
    assert house.rows() == [("2022-04/c.csv", 2, "1")]
    house.assert_consistent()


def test_touched_files_are_opened_and_not_parsed(house: House) -> None:
    path = house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    os.utime(path, ns=(1, 1))
    landing = house.land()
    assert (landing.opened, landing.parsed) == (1, 0)
    assert house.land().opened == 0


def test_order_of_arrival_does_not_matter(house: House, tmp_path: Path) -> None:
    files = {
        "2022-03/b_10.csv": csv_of("3", ""),
        "2022-03/b_2.csv": csv_of("2"),
        "2022-02/a.csv": csv_of("1"),
        "2022-03/坏.csv": b"x",
    }
    for name, data in files.items():
        house.put(name, data)
        house.land()
    second = tmp_path / "second"
    second.mkdir()
    other = House(second)
    for name, data in reversed(files.items()):
        other.put(name, data)
    other.land()
    assert house.everything() == other.everything()
    assert raw_sha256(house.con, date(2022, 3, 1)) == raw_sha256(other.con, date(2022, 3, 1))
    assert raw_sha256(house.con, date(2022, 2, 1)) != raw_sha256(house.con, date(2022, 3, 1))


def test_only_months_up_to_the_one_asked_for(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    later = house.put("2022-03/b.csv", csv_of("2"))
    house.land(through=date(2022, 2, 1))
    assert house.files() == ["2022-02/a.csv"]
    house.land()
    unchanged = house.land(through=date(2022, 2, 1))
    assert (house.files(), unchanged.is_changed) == (["2022-02/a.csv", "2022-03/b.csv"], False)
    later.write_bytes(csv_of("2x"))
    house.land(through=date(2022, 2, 1))
    assert house.rows() == [("2022-02/a.csv", 2, "1")]  # what was there of March is no longer so
    house.land()
    assert house.rows()[1] == ("2022-03/b.csv", 2, "2x")
    house.assert_consistent()


def test_another_version_of_the_contracts_reads_everything_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    before = house.everything()
    monkeypatch.setattr(reading_register, "VERSION", "2")
    landing = house.land()
    assert (landing.opened, landing.parsed) == (1, 1)
    assert house.everything() == before
    assert house.land().opened == 0
    house.assert_consistent()


def test_other_limits_read_everything_again(house: House) -> None:
    house.put("2022-02/a.csv", csv_of(*map(str, range(100))))
    small = Limits(settle_seconds=0, file_bytes=1000)
    assert "文件过大" in house.land(small).refused["2022-02/a.csv"]
    assert house.land(small).opened == 0
    assert house.land().refused == {}
    assert len(house.rows()) == 100
    house.assert_consistent()


def test_other_columns_make_the_tables_anew(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    house.con.execute("UPDATE raw.layout SET sha256 = 'of an older version'")
    house.con.execute("ALTER TABLE raw.evidence_documents DROP COLUMN case_no")
    assert house.land().parsed == 1
    assert house.rows() == [("2022-02/a.csv", 2, "1")]


@pytest.mark.parametrize(
    ("word", "words"),
    [("KILL", "内存"), ("MEMORY", "内存"), ("CRASH", "异常中止"), ("SLEEP", "超过 2 秒")],
)
def test_only_the_culprit_is_refused(house: House, word: str, words: str) -> None:
    for number in range(5):
        house.put(f"2022-02/{number}.csv", csv_of(str(number)))
    house.put("2022-02/3b.csv", csv_of("x", word))
    landing = house.land(Limits(settle_seconds=0, seconds=2))
    assert list(landing.refused) == ["2022-02/3b.csv"]
    assert words in landing.refused["2022-02/3b.csv"]
    assert [row[2] for row in house.rows()] == ["0", "1", "2", "3", "4"]
    (sha256,) = (
        house.con.execute("SELECT sha256 FROM raw.delivery WHERE file = '2022-02/3b.csv'").fetchone() or ()
    )
    assert len(sha256) == 64
    house.assert_consistent()
    assert (
        house.land(Limits(settle_seconds=0, seconds=2)).opened == 1
    )  # it may have been the machine: tried again


def test_a_sheet_that_takes_all_memory_is_refused(house: House) -> None:
    far = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    house.put("2022-02/far.xlsx", xlsx_of_xml(far))
    house.put("2022-02/a.csv", csv_of("1"))
    landing = house.land()
    assert "内存" in landing.refused["2022-02/far.xlsx"]
    assert len(house.rows()) == 1


@pytest.mark.parametrize(("word", "kind"), [("DEFECT", ReadingError), ("FULL", OSError)])
def test_a_defect_or_a_full_disk_is_not_the_files_fault(
    house: House, word: str, kind: type[Exception]
) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    before = house.everything()
    house.put("2022-02/b.csv", csv_of(word))
    with pytest.raises(kind) as raised:
        house.land()
    if kind is ReadingError:
        assert "ValueError: a defect of ours" in str(raised.value)
    assert house.everything() == before
    house.assert_consistent()


def test_a_failure_while_storing_leaves_the_old_state(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    before = house.everything()
    house.put("2022-02/a.csv", csv_of("1x", ""))
    house.con.execute("ALTER TABLE raw.issue RENAME COLUMN value TO no_value")  # the last table written
    with pytest.raises(duckdb.Error):
        house.land()
    house.con.execute("ALTER TABLE raw.issue RENAME COLUMN no_value TO value")
    assert house.everything() == before
    house.land()
    assert house.rows() == [("2022-02/a.csv", 2, "1x"), ("2022-02/a.csv", 3, None)]
    house.assert_consistent()


def test_a_file_that_is_still_being_copied_waits(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    growing = house.put("2022-02/b.csv", csv_of("2"))
    stop = threading.Event()

    def copy() -> None:
        with growing.open("ab") as file:
            while not stop.is_set():
                file.write(csv_bytes(["x", *ROW[1:]]))
                file.flush()
                time.sleep(0.02)

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        landing = house.land(Limits())
    finally:
        stop.set()
        copying.join()
    assert landing.waiting == ["2022-02/b.csv"]
    assert house.files() == ["2022-02/a.csv"]
    house.assert_consistent()
    assert house.land(Limits()).waiting == []
    assert house.files() == ["2022-02/a.csv", "2022-02/b.csv"]


def test_a_file_that_may_not_be_read_is_refused_and_a_sick_system_is_not_the_files_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_of("1"))
    batch = Batch((Job("2022-02/a.csv", str(path), ".csv", 1),), {}, str(tmp_path), "b", 0)

    def failing(code: int) -> Callable[..., int]:
        def refuse(*_: object) -> int:
            raise OSError(code, os.strerror(code))

        return refuse

    monkeypatch.setattr(os, "open", failing(errno.EACCES))
    (outcome,) = read_batch(batch, reading_register.CONTRACTS, REFERENCE, QUIET, lambda _: None).outcomes
    assert outcome.is_passing
    assert "无法打开" in (outcome.parts[0].reason or "")
    monkeypatch.setattr(os, "open", failing(errno.EMFILE))
    with pytest.raises(OSError, match="Too many open files"):
        read_batch(batch, reading_register.CONTRACTS, REFERENCE, QUIET, lambda _: None)


def test_no_process_outlives_a_landing_that_is_killed(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("SLEEP"))
    script = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path;"
        "from test_landing import land, REFERENCE, REGISTER, connect_warehouse;"
        "land(connect_warehouse(), Path(sys.argv[1]), REFERENCE, register=REGISTER)"
    )
    marker = uuid.uuid4().hex
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(house.raw), *sys.path], env={**os.environ, "LANDING_TEST": marker}
    )
    try:
        deadline = time.monotonic() + 60
        while len(_processes_with(marker)) < 3 and time.monotonic() < deadline:  # parent, zygote, child
            time.sleep(0.05)
        assert len(_processes_with(marker)) == 3
    finally:
        process.kill()
        process.wait()
    deadline = time.monotonic() + 10
    while _processes_with(marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _processes_with(marker) == []


def _processes_with(marker: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if marker.encode() in (entry / "environ").read_bytes():
                    found.append(entry.name)
            except OSError:  # another user's, or gone
                continue
    return found


def test_forking_is_safe_no_import_starts_a_working_thread() -> None:
    """A thread that holds a lock while the process forks would hold it for ever in the child."""
    script = (
        "import assets.deliveries.zygote as z, checks.register; z.register_polars_backends();"
        "from pathlib import Path; print(*sorted({t.joinpath('comm').read_text().strip()"
        " for t in Path('/proc/self/task').iterdir() if t.name != str(__import__('os').getpid())}))"
    )
    one_thread = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **one_thread},
    )
    assert set(told.stdout.split()) <= {"jemalloc_bg_thd", "polars-ooc-clea"}


def test_many_small_files_in_several_processes(house: House) -> None:
    for number in range(300):
        house.put(f"2022-{number % 12 + 1:02}/{number}.csv", csv_of(str(number)))
    seen: list[tuple[int, int, str]] = []
    landing = house.land(
        Limits(settle_seconds=0, workers=3, batch_files=7), progress=lambda *told: seen.append(told)
    )
    assert (landing.files, landing.rows) == (300, 300)
    assert [done for done, _, _ in seen] == list(range(1, 301))
    assert {total for _, total, _ in seen} == {300}
    house.assert_consistent()


def test_leftovers_of_killed_landings_are_swept(house: House) -> None:
    dead, alive = (
        house.scratch / "lianbing-reading-999999999-x",
        house.scratch / f"lianbing-reading-{os.getpid()}-x",
    )
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "b0-0.parquet").write_bytes(b"x")
    house.land()
    assert not dead.exists()
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    assert alive.exists()


def test_read_one_says_what_a_landing_would(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(csv_bytes(["身份证号", *HEADER], ["x", *ROW], ["x", "", *ROW[1:]]))
    found = read_one(path, REFERENCE, QUIET, register=REGISTER)
    assert [(part.status, part.ignored_columns) for part in found.parts] == [("accepted", ["身份证号"])]
    assert found.rows["evidence_documents"]["document_id"].to_list() == ["WS1", None]
    assert found.issues.select("row_number", "rule_id").rows() == [(3, "ED-E1")]
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    refused = read_one(tmp_path / "b.pdf", REFERENCE, QUIET, register=REGISTER)
    assert [part.status for part in refused.parts] == ["refused"]
    assert (refused.rows, refused.issues.height) == ({}, 0)
    with pytest.raises(FileNotFoundError):
        read_one(tmp_path / "c.csv", REFERENCE, QUIET, register=REGISTER)


def test_types_are_those_of_the_contract(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    house.land()
    described = house.con.sql(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'evidence_documents'"
    )
    assert described.fetchall() == reading_register.CONTRACTS["evidence_documents"].duckdb_columns()
    assert isinstance(house.con.sql("FROM raw.evidence_documents").pl(), pl.DataFrame)


def test_memory_is_bounded_above_what_the_process_starts_with(house: House) -> None:
    house.put("2022-02/a.csv", csv_of("1"))
    landing = house.land(Limits(settle_seconds=0, memory_bytes=1 * MIB))
    assert "内存" in landing.refused["2022-02/a.csv"]
