"""A refresh that is killed anywhere leaves the old marts or the new ones, and the next one needs no hand."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from budget import Budget
from refreshing import Place, duration, kill, output, published, refresh, start

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
AS_OF = "2022-04"
SHORT, LONG = 3, 200


@pytest.fixture(scope="module")
def old_state(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A published season of four months, and one more delivery that the next refresh must take in."""
    place = Place(tmp_path_factory.mktemp("kill"))
    for month in ("2022-01", "2022-02", "2022-03", "2022-04"):
        shutil.copytree(REFERENCE / month, place.raw / month)
    late = place.raw / "2022-04" / "检查记录" / "检查记录_塔城地区_更正1.xlsx"
    kept = late.read_bytes()
    late.unlink()
    assert refresh(place, AS_OF) == 0, output(place)
    late.write_bytes(kept)
    return place


def survive(old_state: Place, tmp_path: Path, points: int, budget: Budget) -> int:
    """Kill a refresh at points spread over its course; count the kills that hit a running one.

    The points come in the order of chance: also those that a budget leaves are spread.
    """
    before = published(old_state.marts)
    undisturbed = old_state.copy(tmp_path / "undisturbed")
    assert refresh(undisturbed, AS_OF) == 0, output(undisturbed)
    after = published(undisturbed.marts)
    assert after != before, "the late delivery changes nothing: the test would prove nothing"
    whole = duration(old_state, AS_OF, tmp_path / "timing")

    survived = 0
    for point in budget.random().sample(range(points), points):
        if not budget.left():
            break
        place = old_state.copy(tmp_path / f"kill{point}")
        process = start(place, AS_OF)
        time.sleep(whole * (point + 0.5) / points)
        survived += kill(process)
        assert published(place.marts) in (before, after)
        assert refresh(place, AS_OF) == 0, output(place)
        assert published(place.marts) == after
        left = [entry.name for entry in (place.marts / "snapshots").iterdir() if entry.name.startswith(".")]
        assert not left, f"leftovers after kill {point}: {left}"
        shutil.rmtree(place.root)
    return survived


def test_killed_at_a_few_points(old_state: Place, tmp_path: Path, budget: Budget) -> None:
    assert survive(old_state, tmp_path, SHORT, budget) > 0


@pytest.mark.faults
def test_killed_at_two_hundred_points(
    old_state: Place, tmp_path: Path, budget: Budget, capsys: pytest.CaptureFixture[str]
) -> None:
    points = int(os.environ.get("LIANBING_KILLS", LONG))
    survived = survive(old_state, tmp_path, points, budget)
    with capsys.disabled():
        print(f"\nkills survived: {survived}")
    assert survived > 0
