"""Mutated deliveries: the same rows, or a report; never other rows without one, never a traceback.

An .xlsx carries checksums: whatever is changed in it must be found or be without effect. A text file carries
none: a digit changed in a cell cannot be found, but the change must stay in the records it touches. An .xls
carries none either, and its cells lie anywhere: a bit flipped in one cannot be found.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from assets.deliveries.limits import Limits
from assets.landing import land
from assets.warehouse import connect_warehouse
from checks.rulebook import install, load

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "tests" / "reference-season" / "a-messy-season" / "raw"
MONTH = "2022-01"
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
ROUND = 60


@dataclass(frozen=True)
class Mutant:
    """A mutated copy of a delivery.

    Attributes:
        name: its file name in the fuzzed month.
        original: the delivery it was made from.
        kind: what was done.
        content: its bytes.
        first_byte: the first byte touched.
        last_byte: the last byte touched, counted in the original.
    """

    name: str
    original: Path
    kind: str
    content: bytes
    first_byte: int
    last_byte: int


def flip(chance: random.Random, content: bytes) -> tuple[bytes, int, int]:
    place = chance.randrange(len(content))
    changed = bytearray(content)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed), place, place


def cut(chance: random.Random, content: bytes) -> tuple[bytes, int, int]:
    place = chance.randrange(1, len(content))
    return content[:place], place, len(content)


def splice(chance: random.Random, content: bytes) -> tuple[bytes, int, int]:
    start, end = sorted(chance.sample(range(len(content)), 2))
    end = min(end, start + 200)
    target = chance.randrange(len(content))
    changed = content[:target] + content[start:end] + content[target:]
    return changed, target, target


def erase(chance: random.Random, content: bytes) -> tuple[bytes, int, int]:
    start = chance.randrange(len(content))
    end = min(start + chance.randrange(1, 100), len(content))
    return content[:start] + content[end:], start, end


MUTATIONS = {"flip": flip, "cut": cut, "splice": splice, "erase": erase}


def mutants(chance: random.Random, originals: list[Path], count: int) -> list[Mutant]:
    made = []
    for number in range(count):
        original = chance.choice(originals)
        kind = chance.choice(sorted(MUTATIONS))
        content, first, last = MUTATIONS[kind](chance, original.read_bytes())
        name = f"m{number:05d}{original.suffix}"
        made.append(Mutant(name, original, kind, content, first, last))
    return made


def lines_touched(mutant: Mutant) -> tuple[int, int]:
    """The first and last record (from 1) that the change may touch, by line breaks, with one around."""
    content = mutant.original.read_bytes()
    before = content[: mutant.first_byte]
    breaks_in_cells = before.count(b"\n") if b'"' in before else 0
    first = before.count(b"\n") + 1
    within = content[mutant.first_byte : mutant.last_byte + 1].count(b"\n")
    return first - breaks_in_cells - 1, first + within + 1


def fuzz(folder: Path, chance: random.Random, count: int) -> dict[str, int]:
    """Land originals and mutants together, then judge every mutant; gives counts by outcome."""
    originals = sorted(path for path in (REFERENCE / MONTH).rglob("*") if path.is_file())
    raw = folder / "raw"
    shutil.copytree(REFERENCE / MONTH, raw / MONTH)
    made = mutants(chance, originals, count)
    for mutant in made:
        (raw / MONTH / mutant.name).write_bytes(mutant.content)
    rulebook = load(ROOT / "sql" / "rulebook" / "xinjiang_2022")
    con = connect_warehouse()
    install(con, rulebook)
    land(con, raw, rulebook.reference(), through=date(2022, 1, 1), limits=Limits())
    content_of = dict(con.execute("SELECT file, content_id FROM raw.delivery").fetchall())
    rows = _rows(con)
    reports = _reports(con)

    outcomes = {"same": 0, "reported": 0, "contained": 0}
    for mutant in made:
        file = f"{MONTH}/{mutant.name}"
        assert file in content_of, f"{mutant.kind} of {mutant.original.name}: the file is not listed"
        ours, theirs = (
            content_of[file],
            content_of[str(mutant.original.relative_to(REFERENCE)).replace("\\", "/")],
        )
        if rows.get(ours, {}) == rows.get(theirs, {}):
            outcomes["same"] += 1
        elif reports.get(ours, set()) - reports.get(theirs, set()):
            outcomes["reported"] += 1
        else:
            _must_be_contained(mutant, rows.get(ours, {}), rows.get(theirs, {}))
            outcomes["contained"] += 1
    return outcomes


def _must_be_contained(mutant: Mutant, ours: dict, theirs: dict) -> None:
    if mutant.original.suffix.lower() == ".xls" and mutant.kind == "flip":
        return
    what = f"{mutant.kind} at {mutant.first_byte} of {mutant.original.name}"
    assert mutant.original.suffix.lower() in TEXT_ENDINGS, f"{what}: other rows without a report"
    first, last = lines_touched(mutant)
    shift = max((number for _, _, number in ours), default=0) - max(
        (number for _, _, number in theirs), default=0
    )
    for key, value in theirs.items():
        source, sheet, number = key
        if number < first:
            assert ours.get(key) == value, f"{what}: record {number} changed"
        elif number > last and mutant.kind != "cut":
            assert ours.get((source, sheet, number + shift)) == value, f"{what}: record {number} changed"


def _rows(con) -> dict[int, dict[tuple[str, int, int], int]]:
    found: dict[int, dict[tuple[str, int, int], int]] = {}
    sources = con.execute(
        "SELECT table_name FROM duckdb_columns() WHERE schema_name = 'raw' AND column_name = 'content_hash'"
    ).fetchall()
    for (source,) in sources:
        query = f"SELECT content_id, sheet_no, row_number, content_hash FROM raw.{source}"
        for content, sheet, number, value in con.execute(query).fetchall():
            found.setdefault(content, {})[(source, sheet, number)] = value
    return found


def _reports(con) -> dict[int, set]:
    """What is said of a content: refusals, reasons, columns that were not read, issues."""
    found: dict[int, set] = {}
    said = con.execute("SELECT content_id, status, reason FROM raw.content_part").fetchall()
    for content, status, reason in said:
        if status == "refused" or reason:
            found.setdefault(content, set()).add((status, reason))
    columns = "SELECT content_id, unnest(ignored_columns) FROM raw.content_part"
    for content, column in con.execute(columns).fetchall():
        found.setdefault(content, set()).add(("ignored", column))
    for content, *issue in con.execute(
        "SELECT content_id, row_number, rule_id, column_name FROM raw.issue"
    ).fetchall():
        found.setdefault(content, set()).add(tuple(issue))
    return found


def test_a_few_mutants(tmp_path: Path, budget) -> None:
    outcomes = fuzz(tmp_path, budget.random(), ROUND)
    assert sum(outcomes.values()) == ROUND
    assert outcomes["reported"] > 0


@pytest.mark.faults
def test_mutants_in_bulk(tmp_path: Path, budget, capsys: pytest.CaptureFixture[str]) -> None:
    chance, total, rounds = budget.random(), {"same": 0, "reported": 0, "contained": 0}, 0
    while budget.left() and rounds < 20:
        folder = tmp_path / str(rounds)
        for outcome, count in fuzz(folder, chance, 500).items():
            total[outcome] += count
        shutil.rmtree(folder)
        rounds += 1
    with capsys.disabled():
        print(f"\nfiles fuzzed: {sum(total.values())}, by outcome {total}")
    assert rounds > 0
