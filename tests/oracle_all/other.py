"""Random other rulebooks: that of 2022 with other numbers, months and terms, and some parts left out."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from oracle_all.book import RULEBOOK


def _put(folder: Path, file: str, old: str, new: str) -> None:
    """Replace what a regular expression finds in a file.

    Raises:
        ValueError: it finds nothing.
    """
    path = folder / file
    changed, count = re.subn(old, new, path.read_text(encoding="utf-8"), flags=re.M | re.S)
    if not count:
        raise ValueError(f"{file}: {old}")
    path.write_text(changed, encoding="utf-8")


def _band(*intervals: tuple[str, float]) -> str:
    written = ", ".join(f'{{ interval = "{interval}", points = {points} }}' for interval, points in intervals)
    return f"intervals = [{written}]"


def write_other_rulebook(seed: int, folder: Path, year: int = 2022) -> None:
    """Write a rulebook drawn from a seed, for a season's year, into a folder."""
    draw = random.Random(seed)  # noqa: S311 - reproducible test data, nothing secret
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(RULEBOOK, folder)
    record_months = sorted(draw.sample(range(1, 13), draw.randint(1, 8)))
    activity_months = sorted(draw.sample(range(1, 13), draw.randint(1, 8)))
    _put(folder, "season.toml", r"^record_months = .*?$", f"record_months = {record_months}")
    _put(folder, "season.toml", r"^activity_months = .*?$", f"activity_months = {activity_months}")
    _put(
        folder,
        "season.toml",
        r"^final_month = \d+",
        f"final_month = {draw.choice([max(record_months[-1], activity_months[-1]), 12])}",
    )
    months = len(record_months)
    officer_factor, bureau_factor = (
        draw.choice(["0.5", "0.3", "2", "1.5", "0"]),
        draw.choice(["0.5", "0.3", "2", "1"]),
    )
    _put(folder, "officer/i3.toml", r"parameters.factor = 1", f"parameters.factor = {officer_factor}")
    _put(folder, "bureau/c07.toml", r"parameters.factor = 1", f"parameters.factor = {bureau_factor}")
    top = draw.choice([2, 1.5, 0.7])
    _put(
        folder,
        "officer/i3.toml",
        r"intervals = \[.*?^\]",
        _band(("[0, 1]", 0), ("(1, 3]", 0.3), ("(3, ∞)", top)),
    )
    maximum = months * top
    _put(folder, "officer/i3.toml", r'(id = "I3.1".*?max_points = )16', rf"\g<1>{maximum:g}")
    _put(folder, "officer/i3.toml", r'(id = "I3".*?max_points = )19', rf"\g<1>{maximum + 3:g}")
    _put(
        folder,
        "officer/i3.toml",
        r'terms.upload_terminal = "移动端"',
        draw.choice(['terms.upload_terminal = "电脑端"', 'terms.upload_terminal = ["移动端", "电脑端"]']),
    )
    top = draw.choice([1.5, 0.9])
    _put(
        folder,
        "bureau/c07.toml",
        r'name = "base"\nintervals = \[.*?^\]',
        'name = "base"\n' + _band(("[0, 0.5)", 0), ("[0.5, 1.5]", 0.7), ("(1.5, ∞)", top)),
    )
    _put(folder, "bureau/c07.toml", r'(id = "C7.1".*?max_points = )12', rf"\g<1>{months * top:g}")
    _put(folder, "bureau/c07.toml", r'(id = "C7".*?max_points = )14', rf"\g<1>{max(months * top + 2, 4):g}")
    _put(
        folder,
        "bureau/c07.toml",
        r'name = "activity_percent"\nintervals = \[.*?^\]',
        'name = "activity_percent"\n'
        + _band(("[0, 50)", 0), ("[50, 66.6]", 0.5), ("(66.6, 100)", 1.5), ("[100, ∞)", 2)),
    )
    _put(
        folder,
        "bureau/c07.toml",
        r"per_capita_above = 3",
        f"per_capita_above = {draw.choice(['1', '0.5', '2.5'])}",
    )
    _put(
        folder,
        "bureau/c07.toml",
        r"terms.inspection_mode = .*?$",
        draw.choice(
            ['terms.inspection_mode = "非现场检查"', 'terms.inspection_mode = ["现场检查", "非现场检查"]']
        ),
    )
    _put(
        folder,
        "bureau/c05.toml",
        r"intervals = \[.*?^\]",
        _band(("[0, 90]", 0), ("(90, 95]", 0.5), ("(95, ∞)", 2)),
    )
    _put(
        folder,
        "bureau/c05.toml",
        r"completed_percent_min = 95",
        f"completed_percent_min = {draw.choice(['90', '99.5'])}",
    )
    _put(
        folder,
        "officer/i2.toml",
        r"breach_deduction = 5",
        f"breach_deduction = {draw.choice(['2.5', '0.3', '100'])}",
    )
    _put(folder, "officer/i4.toml", r"points_ministry = 8", "points_ministry = 3")
    _put(
        folder,
        "officer/i4.toml",
        r"points_region = 4",
        f"points_region = {draw.choice(['2.5', '0.75', '5'])}",
    )
    _put(
        folder,
        "officer/i4.toml",
        r'terms.adopted_as = "典型案例"',
        draw.choice(['terms.adopted_as = "案例剖析"', 'terms.adopted_as = ["典型案例", "案例剖析"]']),
    )
    _put(folder, "officer/i5.toml", r"party_deduction = 1", "party_deduction = 0.5")
    _put(
        folder, "officer/i5.toml", r"typo_deduction = 1", f"typo_deduction = {draw.choice(['0.25', '2.999'])}"
    )
    _put(
        folder,
        "bureau/c01.toml",
        r"file_type = \[.*?\]",
        draw.choice(
            [
                'file_type = ["配套办法"]',
                'file_type = "一般行政处罚"',
                'file_type = ["一般行政处罚", "配套办法"] #',
            ]
        ),
    )
    _put(folder, "bureau/c02.toml", r"points_region = 1", "points_region = 0.7")
    _put(folder, "bureau/c02.toml", r"region_cap = 2", "region_cap = 1.5")
    _put(
        folder,
        "bureau/c02.toml",
        r"terms.adopted_as = .*?$",
        draw.choice(['terms.adopted_as = "典型案例"', 'terms.adopted_as = ["案例剖析", "典型案例"]']),
    )
    categories, each = draw.choice([2, 3, 4]), draw.choice([0.6, 1])
    _put(folder, "bureau/c03.toml", r"categories = 4", f"categories = {categories} #")
    _put(folder, "bureau/c03.toml", r"points_each = 1", f"points_each = {each} #")
    _put(folder, "bureau/c03.toml", r"^max_points = 4", f"max_points = {categories * each:g}")
    _put(folder, "season.toml", r'^id = ".*?"', f'id = "{folder.name}"')
    _put(
        folder,
        "bureau/c03.toml",
        r'excluded_as = "典型案例"',
        draw.choice(['excluded_as = "案例剖析"', 'excluded_as = ["典型案例", "案例剖析"]']),
    )
    _put(
        folder,
        "bureau/c04.toml",
        r"cases_min = 5",
        f"cases_min = {draw.choice(['2', '3', '{ county = 1, prefecture = 3 }'])}",
    )
    _put(
        folder,
        "bureau/c04.toml",
        r"cases_step = \{.*?\}",
        f"cases_step = {draw.choice(['2', '{ county = 1, prefecture = 3 }'])}",
    )
    _put(folder, "bureau/c04.toml", r"points_step = 0.5", f"points_step = {draw.choice(['0.3', '0.25'])}")
    _put(folder, "bureau/c04.toml", r"bonus = 0.5", f"bonus = {draw.choice(['0.3', '0.9'])}")
    _put(
        folder,
        "bureau/c04.toml",
        r"bonus_reward_kind = \[.*?\]",
        draw.choice(['bonus_reward_kind = "一般"', 'bonus_reward_kind = ["一般", "重奖"]']),
    )
    _put(folder, "bureau/c08.toml", r"base = 1", f"base = {draw.choice(['2', '0.5'])}")
    _put(
        folder,
        "bureau/c08.toml",
        r"points_each = \{.*?\}",
        f"points_each = {draw.choice(['0.7', '{ county = 2, prefecture = 0.25 }'])}",
    )
    _put(
        folder,
        "bureau/c08.toml",
        r'required_organiser = "生态环境部"',
        draw.choice(
            [
                'required_organiser = "自治区生态环境厅"',
                'required_organiser = ["生态环境部", "自治区生态环境厅"]',
            ]
        ),
    )
    _put(
        folder,
        "bureau/c09.toml",
        r"points_each = \{ county = 4, prefecture = 2 \}",
        "points_each = { county = 3, prefecture = 1.3 }",
    )
    _put(folder, "bureau/c09.toml", r'offence = "涉危险废物"', 'offence = ["涉危险废物", "其他"]')
    _put(folder, "bureau/c10.toml", r"place_deduction = 1.5", "place_deduction = 0.7")
    _put(
        folder,
        "bureau/c10.toml",
        r"finding = \[.*?\]",
        draw.choice(['finding = "雷同抄袭"', 'finding = ["文字错误", "雷同抄袭"]']),
    )
    _put(
        folder,
        "bureau/c11.toml",
        r"done_before = 2022-10-01",
        f"done_before = {draw.choice(['2022-09-01', '2022-08-31', '2022-12-31'])}",
    )
    _put(folder, "awards.toml", r"^quota = 35$", f"quota = {draw.choice([3, 10, 50])}")
    _put(folder, "awards.toml", r"^ministry_quota = 10$", f"ministry_quota = {draw.choice([1, 3])}")
    quota = draw.choice([1, 2, 6])
    _put(
        folder,
        "awards.toml",
        r"^quota = 4\nministry_quota = 4$",
        f"quota = {quota}\nministry_quota = {draw.randint(0, quota)}",
    )
    quota = draw.choice([1, 3, 6])
    _put(
        folder,
        "awards.toml",
        r"^quota = 10\nministry_quota = 6$",
        f"quota = {quota}\nministry_quota = {draw.randint(0, quota)}",
    )
    _put(folder, "awards.toml", r"minimum = 3\nmaximum = 5", "minimum = 1\nmaximum = 2")
    for file in ("officer/i2.toml", "bureau/c08.toml"):
        if draw.random() < 0.2:
            _put(folder, file, r"\[\[veto\]\].*\Z", "")
    for file in (
        "officer/i1.toml",
        "bureau/c09.toml",
        "bureau/c02.toml",
        "bureau/c05.toml",
        "officer/i4.toml",
    ):
        if draw.random() < 0.15:
            (folder / file).unlink()
    _put(folder, "season.toml", r"season_year = 2022", f"season_year = {year}")
    _put(folder, "bureau/c11.toml", r"done_before = 2022", f"done_before = {year}")
