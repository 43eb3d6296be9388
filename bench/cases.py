"""The cases: what is measured, against what, and what should be reached."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log10
from pathlib import Path
from statistics import median

from bench import data, gate
from bench.measure import Run, python, run
from bench.peers import dbt_project
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

    def minimal(self, raw: Path) -> Run:
        """The measure on a raw folder."""
        return run(python("bench.minimal", raw))

    def refresh(self, raw: Path, as_of: str) -> Run:
        """A refresh of a raw folder from nothing, inside the process."""
        return run(python("bench.refresh", raw, self.work, as_of))

    def pair(
        self,
        theirs: Callable[[], Run],
        ours: Callable[[], Run],
        require_equal: Callable[[], None] = lambda: None,
    ) -> tuple[list[Run], list[Run]]:
        """Alternate both sides; the first run of each warms the disk's cache and is not counted.

        Args:
            theirs: runs what we are measured against.
            ours: runs us.
            require_equal: looks at what both have written, after each pair.

        Raises:
            UnequalResultsError: they did not count the same records, or wrote something else.
        """
        runs: tuple[list[Run], list[Run]] = ([], [])
        for _ in range(self.pairs + 1):
            their, our = theirs(), ours()
            for what in ("records", "counted"):
                if what in their.said and their.said[what] != our.said.get(what):
                    raise gate.UnequalResultsError(f"{what}: {_differences(their, our, what)}")
            require_equal()
            runs[0].append(their)
            runs[1].append(our)
        return runs[0][1:], runs[1][1:]


def _differences(their: Run, our: Run, what: str) -> str:
    """The first things in which two sides differ."""
    a, b = their.said.get(what), our.said.get(what)
    if not isinstance(a, list) or not isinstance(b, list):
        return f"{a} – {b}"
    only_a = [row for row in a if row not in b][:3]
    only_b = [row for row in b if row not in a][:3]
    return f"{only_a} – {only_b}"


def _phases(runs: Sequence[Run]) -> str:
    """The median seconds of each phase, the largest first."""
    names = {name for one in runs for name in one.said.get("phases", {})}
    medians = {name: median(one.said.get("phases", {}).get(name, 0.0) for one in runs) for name in names}
    ordered = sorted(medians.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in ordered)


def million(bench: Bench) -> list[Line]:
    """A month of a nation against the measure."""
    raw = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    theirs, ours = bench.pair(lambda: bench.minimal(raw), lambda: bench.refresh(raw, "2022-05"))
    aim = Aim(ratio=4, peak_mib=1.5 * GIB_IN_MIB)
    case = "1,000,000 records of one month in 31 files, 80,000 officers, refresh from nothing"
    return [Line(case, ours, aim, "minimal", theirs, _phases(ours))]


def ten_million(bench: Bench) -> list[Line]:
    """Eight months of a nation against the measure, and how time grows from one million on."""
    few = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    many = data.bulk(bench.folder, data.nation(10 * MILLION, NATION, files=310, months=8))
    theirs, ours = bench.pair(lambda: bench.minimal(many), lambda: bench.refresh(many, "2022-11"))
    small = [bench.refresh(few, "2022-05") for _ in range(bench.pairs)]
    exponent = log10(median(r.seconds for r in ours) / median(r.seconds for r in small))
    note = f"growth exponent 1 M → 10 M {exponent:.2f} (aim ≤ 1.05); {_phases(ours)}"
    case = "10,000,000 records of 8 months in 310 files"
    return [Line(case, ours, Aim(ratio=4, peak_mib=3 * GIB_IN_MIB), "minimal", theirs, note)]


def _against_utf8(bench: Bench, case: str, aim: float, other: Path) -> list[Line]:
    raw = data.bulk(bench.folder, data.nation(MILLION, NATION, files=31))
    theirs, ours = bench.pair(lambda: bench.refresh(raw, "2022-05"), lambda: bench.refresh(other, "2022-05"))
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
    theirs, ours = [], []
    for _ in range(bench.pairs + 1):
        theirs.append(run(python("bench.fastexcel_only", raw)))
        ours.append(bench.refresh(raw, "2022-05"))
    case = "100,000 records as xlsx, refresh from nothing"
    return [Line(case, ours[1:], Aim(ratio=1.5), "fastexcel", theirs[1:], _phases(ours[1:]))]


def pandas_peer(bench: Bench) -> list[Line]:
    """Workbooks read by openpyxl, checked row by row with Great Expectations, scored with pandas."""
    volume = data.as_workbooks(data.nation(300_000, 24_000, files=42))
    raw, made = data.bulk(bench.folder, volume), bench.folder / "pandas"
    theirs, ours = bench.pair(
        lambda: run(python("bench.peers.pandas_rows", raw, made, "2022-05")),
        lambda: bench.refresh(raw, "2022-05"),
        lambda: gate.require_equal_files(made, gate.published(bench.work)),
    )
    peak = median(one.peak_mib for one in theirs)
    case = (
        "300,000 records as xlsx, a refresh against pandas + openpyxl + Great Expectations on rows: "
        "all row rules, monthly points, Parquet, problem lists"
    )
    aim = Aim(ratio=10, peak_mib=peak, is_at_least=True)
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
    theirs, ours = bench.pair(
        lambda: run(command),
        lambda: bench.refresh(raw, "2022-05"),
        lambda: gate.require_equal_marts(made / dbt_project.DATABASE, gate.published(bench.work)),
    )
    case = (
        "1,000,000 records, a refresh against the same models, invariants and expectations "
        "as a dbt-duckdb project"
    )
    note = f"dbt-duckdb, seconds of its two threads: {_phases(theirs)}; ours: {_phases(ours)}"
    return [Line(case, ours, Aim(ratio=2, is_at_least=True), "dbt-duckdb", theirs, note)]


def _command(bench: Bench, raw: Path) -> list[str | Path]:
    work = bench.work
    places = ["--raw", raw, "--marts", work / "marts", "--warehouse", work / "warehouse.duckdb"]
    return [*CLI, "refresh", "--as-of", "2022-11", *places, "--json"]


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
        fresh.append(_phased(run(_command(bench, raw))))
        unchanged.append(_phased(run(_command(bench, raw))))
        lines = changing.read_bytes().splitlines(keepends=True)
        changing.write_bytes(b"".join(lines[: len(lines) - 1 - number]))
        changed.append(_phased(run(_command(bench, raw))))
    fresh, unchanged, changed = fresh[1:], unchanged[1:], changed[1:]
    return [
        Line(
            "region season, 35,000 records, 11 months, all sources: whole process, from nothing",
            fresh,
            Aim(seconds=12, peak_mib=2 * GIB_IN_MIB),
            note=_phases(fresh),
        ),
        Line("the same, nothing changed: whole process", unchanged, Aim(seconds=2)),
        Line(
            "the same, one file of the last month changed: whole process",
            changed,
            Aim(ratio=0.25),
            "from nothing",
            fresh,
            _phases(changed),
        ),
    ]


def _phased(one: Run) -> Run:
    """A run of the command line: its wall time counts, and its JSON holds the phases."""
    return Run(one.wall, one.wall, one.cpu, one.peak_mib, one.said)


def dagster_overhead(bench: Bench) -> list[Line]:
    """What Dagster adds to a refresh: its import, and what a refresh takes beside its phases."""
    raw = data.season(bench.folder)
    runs = [bench.refresh(raw, "2022-11") for _ in range(bench.pairs)]
    ours = [Run(one.said["dagster"], one.wall, one.cpu, one.peak_mib, one.said) for one in runs]
    return [Line("Dagster's own time in a refresh of the region season", ours, Aim(seconds=1.5))]


def dashboard(bench: Bench) -> list[Line]:
    """Server time of the slowest dashboard page, warm, on the region season."""
    raw = data.season(bench.folder)
    shutil.rmtree(bench.work, ignore_errors=True)
    run(_command(bench, raw))
    ours = [run(python("bench.dashboard_pages", bench.work / "marts")) for _ in range(bench.pairs)]
    pages = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in ours[-1].said["pages"].items())
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
                "seconds": [r.seconds for r in line.ours],
                "against": [r.seconds for r in line.theirs],
                "ratios": line.ratios,
                "peak_mib": [r.peak_mib for r in line.ours],
                "cpu": [r.cpu for r in line.ours],
                "holds": line.holds,
            }
            for line in lines
        ],
        ensure_ascii=False,
        indent=1,
    )
