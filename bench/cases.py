"""The cases: what is measured, against what, and what should be reached."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import log10
from pathlib import Path

from bench import data, gate
from bench.measure import Run, Series, python, run, series
from bench.peers import dbt_project
from bench.refresh import WITHOUT_REPORTS
from bench.table import Aim, Line

GIB_IN_MIB = 1024
MILLION = 1_000_000
NATION = 80_000
CLI = (sys.executable, "-c", "from pipelines.cli import main; main()")


@dataclass(frozen=True)
class Bench:
    """Where things lie and how often they are measured.

    Attributes:
        folder: for deliveries and what is made from them.
        pairs: how many pairs a case takes.
    """

    folder: Path
    pairs: int

    @property
    def work(self) -> Path:
        """What a refresh makes; thrown away before each."""
        return self.folder / "work"

    def minimal(self, raw: Path, *, is_watched: bool) -> Run:
        """The measure on a raw folder."""
        return run(python("bench.minimal", raw), is_watched=is_watched)

    def refresh(self, raw: Path, as_of: str, *options: str, is_watched: bool) -> Run:
        """A refresh of a raw folder from nothing, inside the process."""
        return run(python("bench.refresh", raw, self.work, as_of, *options), is_watched=is_watched)

    def pair(
        self,
        theirs: Callable[[bool], Run],
        ours: Callable[[bool], Run],
        require_equal: Callable[[], None] = lambda: None,
    ) -> tuple[Series, Series]:
        """Alternate both sides; the first run of each is watched, and not timed.

        Args:
            theirs: runs what we are measured against; is told whether it is watched.
            ours: runs us; likewise.
            require_equal: looks at what both have written, after each pair.

        Raises:
            UnequalResultsError: they did not count the same records, or wrote something else.
        """
        runs: tuple[list[Run], list[Run]] = ([], [])
        for number in range(self.pairs + 1):
            their, our = theirs(number == 0), ours(number == 0)
            for what in ("records", "counted"):
                if what in their.said and their.said[what] != our.said.get(what):
                    raise gate.UnequalResultsError(f"{what}: {_differences(their, our, what)}")
            require_equal()
            runs[0].append(their)
            runs[1].append(our)
        return series(runs[0]), series(runs[1])

    def repeat(self, one: Callable[[bool], Run]) -> Series:
        """The runs of a command by itself."""
        return series([one(number == 0) for number in range(self.pairs + 1)])


def _differences(their: Run, our: Run, what: str) -> str:
    """The first things in which two sides differ."""
    a, b = their.said.get(what), our.said.get(what)
    if not isinstance(a, list) or not isinstance(b, list):
        return f"{a} – {b}"
    only_a = [row for row in a if row not in b][:3]
    only_b = [row for row in b if row not in a][:3]
    return f"{only_a} – {only_b}"


def _phases(runs: Series) -> str:
    """The median seconds of each phase, the largest first."""
    ordered = sorted(runs.median_phases().items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in ordered)


def million(bench: Bench) -> list[Line]:
    """A month of a nation against the measure."""
    raw = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    theirs, ours = bench.pair(
        lambda is_watched: bench.minimal(raw, is_watched=is_watched),
        lambda is_watched: bench.refresh(raw, "2022-05", is_watched=is_watched),
    )
    aim = Aim(ratio=4, peak_mib=1.5 * GIB_IN_MIB)
    case = "1,000,000 records of one month in 31 files, 80,000 officers, refresh from nothing"
    return [Line(case, ours, aim, "minimal", theirs, _phases(ours))]


def ten_million(bench: Bench) -> list[Line]:
    """Eight months of a nation against the measure, and how time grows from one million on."""
    few = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    many = data.bulk(bench.folder, data.nation(10 * MILLION, NATION, files=310, months=8))
    theirs, ours = bench.pair(
        lambda is_watched: bench.minimal(many, is_watched=is_watched),
        lambda is_watched: bench.refresh(many, "2022-11", is_watched=is_watched),
    )
    small = bench.repeat(lambda is_watched: bench.refresh(few, "2022-05", is_watched=is_watched))
    exponent = log10(ours.median("seconds") / small.median("seconds"))
    note = f"growth exponent 1 M → 10 M {exponent:.2f} (aim ≤ 1.05); {_phases(ours)}"
    case = "10,000,000 records of 8 months in 310 files"
    return [Line(case, ours, Aim(ratio=4, peak_mib=3 * GIB_IN_MIB), "minimal", theirs, note)]


def _against_utf8(bench: Bench, case: str, aim: float, other: Path) -> list[Line]:
    raw = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    theirs, ours = bench.pair(
        lambda is_watched: bench.refresh(raw, "2022-05", is_watched=is_watched),
        lambda is_watched: bench.refresh(other, "2022-05", is_watched=is_watched),
    )
    return [Line(case, ours, Aim(ratio=aim), "31 files UTF-8", theirs, _phases(ours))]


def gb18030(bench: Bench) -> list[Line]:
    """The same month in GB18030."""
    million = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    other = data.recode(bench.folder, million, "gb18030")
    return _against_utf8(bench, "the same million as GB18030", 1.3, other)


def many_files(bench: Bench) -> list[Line]:
    """The same month in many files."""
    million = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    other = data.split(bench.folder, million, files=2900)
    return _against_utf8(bench, "the same million in 2,900 files", 1.5, other)


def workbooks(bench: Bench) -> list[Line]:
    """A tenth of a month as workbooks, against fastexcel's own reading."""
    volume = data.as_workbooks(data.nation(MILLION // 10, NATION // 10, files=14))
    raw = data.bulk(bench.folder, volume)
    theirs, ours = bench.pair(
        lambda is_watched: run(python("bench.fastexcel_only", raw), is_watched=is_watched),
        lambda is_watched: bench.refresh(raw, "2022-05", is_watched=is_watched),
    )
    landed = series([replace(one, seconds=one.said["phases"]["deliveries"]) for one in ours])
    aim = Aim(ratio=1.5)
    return [
        Line(
            "100,000 records as xlsx: read, judged by every row rule, stored",
            landed,
            aim,
            "fastexcel",
            theirs,
        ),
        Line("the same, refresh from nothing", ours, aim, "fastexcel", theirs, _phases(ours)),
    ]


def pandas_peer(bench: Bench) -> list[Line]:
    """Workbooks read by openpyxl, checked row by row with Great Expectations, scored with pandas."""
    volume = data.as_workbooks(data.nation(300_000, 24_000, files=42))
    raw, made = data.bulk(bench.folder, volume), bench.folder / "pandas"
    theirs, ours = bench.pair(
        lambda is_watched: run(
            python("bench.peers.pandas_rows", raw, made, "2022-05"), is_watched=is_watched
        ),
        lambda is_watched: bench.refresh(raw, "2022-05", is_watched=is_watched),
        lambda: gate.require_equal_files(made, gate.published(bench.work)),
    )
    case = (
        "300,000 records as xlsx, a refresh against pandas + openpyxl + Great Expectations on rows: "
        "all row rules, monthly points, Parquet, problem lists"
    )
    aim = Aim(ratio=10, peak_mib=theirs.watched.peak_mib, is_at_least=True)
    return [Line(case, ours, aim, "pandas", theirs, f"pandas: {_phases(theirs)}; ours: {_phases(ours)}")]


def dbt_peer(bench: Bench) -> list[Line]:
    """The million as a dbt-duckdb project; only where dbt is installed."""
    python_with_dbt = dbt_project.interpreter()
    if python_with_dbt is None:
        return []
    from bench.peers import dbt_writer  # all of our models and checks

    raw = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    project, made = bench.folder / "dbt_project", bench.folder / "dbt"
    rulebook_sha256 = dbt_writer.write(project)
    command: list[str | Path] = [python_with_dbt, "-P", dbt_project.__file__, raw, project, made]
    command += ["2022-05", rulebook_sha256]
    return [
        _against_dbt(
            bench, command, raw, made, "marts alone", Aim(ratio=2, is_at_least=True), WITHOUT_REPORTS
        ),
        _against_dbt(bench, command, raw, made, "marts, problem lists, statements", Aim(is_at_least=True)),
    ]


def _against_dbt(
    bench: Bench, command: list[str | Path], raw: Path, made: Path, what: str, aim: Aim, *options: str
) -> Line:
    """A refresh against dbt: of what dbt makes too, or of all that a refresh makes."""
    theirs, ours = bench.pair(
        lambda is_watched: run(command, is_watched=is_watched),
        lambda is_watched: bench.refresh(raw, "2022-05", *options, is_watched=is_watched),
        lambda: gate.require_equal_marts(made / dbt_project.DATABASE, gate.published(bench.work)),
    )
    case = (
        f"1,000,000 records, a refresh ({what}) against the same models, invariants and expectations "
        "as a dbt-duckdb project"
    )
    note = f"dbt-duckdb, seconds of its two threads: {_phases(theirs)}; ours: {_phases(ours)}"
    return Line(case, ours, aim, "dbt-duckdb", theirs, note)


def season(bench: Bench) -> list[Line]:
    """The region's season as a whole process: from nothing, unchanged, and with one file changed."""
    original = data.season(bench.folder)
    raw = bench.folder / "season"
    shutil.rmtree(raw, ignore_errors=True)
    shutil.copytree(original, raw)
    changing = sorted((raw / "2022-11").rglob("*检查记录*.csv"))[0]
    fresh, unchanged, changed = [], [], []
    for number in range(bench.pairs + 1):
        shutil.rmtree(bench.work, ignore_errors=True)
        is_watched = number == 0
        fresh.append(_whole(bench, raw, is_watched=is_watched))
        unchanged.append(_whole(bench, raw, is_watched=is_watched))
        lines = changing.read_bytes().splitlines(keepends=True)
        changing.write_bytes(b"".join(lines[: len(lines) - 1 - number]))
        changed.append(_whole(bench, raw, is_watched=is_watched))
    from_nothing, one_file = series(fresh), series(changed)
    return [
        Line(
            "region season, 35,000 records, 11 months, all sources: whole process, from nothing",
            from_nothing,
            Aim(seconds=12, peak_mib=2 * GIB_IN_MIB),
            note=_phases(from_nothing),
        ),
        Line("the same, nothing changed: whole process", series(unchanged), Aim(seconds=2)),
        Line(
            "the same, one file of the last month changed: whole process",
            one_file,
            Aim(ratio=0.25),
            "from nothing",
            from_nothing,
            _phases(one_file),
        ),
    ]


def _whole(bench: Bench, raw: Path, *, is_watched: bool) -> Run:
    """The command line as a whole process: its wall time counts, and its JSON holds the phases."""
    work = bench.work
    places = ["--raw", raw, "--marts", work / "marts", "--warehouse", work / "warehouse.duckdb"]
    one = run([*CLI, "refresh", "--as-of", "2022-11", *places, "--json"], is_watched=is_watched)
    return replace(one, seconds=one.wall)


def dagster_overhead(bench: Bench) -> list[Line]:
    """What Dagster adds to a refresh: its import, and what a refresh takes beside its phases."""
    raw = data.season(bench.folder)

    def overhead(is_watched: bool) -> Run:
        one = bench.refresh(raw, "2022-11", is_watched=is_watched)
        return replace(one, seconds=one.said["dagster"])

    case = "Dagster's own time in a refresh of the region season"
    return [Line(case, bench.repeat(overhead), Aim(seconds=1.5))]


def dashboard(bench: Bench) -> list[Line]:
    """Server time of the slowest dashboard page, warm, on the region season."""
    raw = data.season(bench.folder)
    shutil.rmtree(bench.work, ignore_errors=True)
    _whole(bench, raw, is_watched=False)
    marts = bench.work / "marts"
    ours = bench.repeat(lambda is_watched: run(python("bench.dashboard_pages", marts), is_watched=is_watched))
    pages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in ours.timed[-1].said["pages"].items())
    return [Line("dashboard page, region season, warm (the slowest)", ours, Aim(seconds=0.3), note=pages)]


CASES: dict[str, Callable[[Bench], list[Line]]] = {
    "season": season,
    "million": million,
    "gb18030": gb18030,
    "many_files": many_files,
    "workbooks": workbooks,
    "pandas_peer": pandas_peer,
    "dbt_peer": dbt_peer,
    "dagster_overhead": dagster_overhead,
    "dashboard": dashboard,
    "ten_million": ten_million,
}
"""By name, in the order in which they run: what is short first."""


def as_json(lines: Sequence[Line]) -> str:
    """The figures of the lines, for machines."""
    return json.dumps(
        [
            {
                "case": line.case,
                "seconds": [r.seconds for r in line.ours.timed],
                "against": [r.seconds for r in line.theirs.timed] if line.theirs else [],
                "ratios": line.ratios,
                "peak_mib": line.ours.watched.peak_mib,
                "cpu": [r.cpu for r in line.ours.timed],
                "holds": line.holds,
            }
            for line in lines
        ],
        ensure_ascii=False,
        indent=1,
    )
