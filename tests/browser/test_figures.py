"""What the pages say, and what they hand out, is what the marts say."""

from __future__ import annotations

import io

import openpyxl
import pytest


def one(con, query: str, *parameters: object) -> object:
    return con.execute(query, list(parameters)).fetchall()[0][0]


ROWS = """
    SELECT count(*) FROM (
        SELECT DISTINCT source, file, sheet, row_number FROM marts.quality_issue WHERE NOT superseded AND {}
    )
"""


def opened(path):
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active


def test_a_filter_changes_the_figure_and_stands_in_the_address(visit, con) -> None:
    visit.open("quality", view="问题记录")
    everything = one(con, ROWS.format("true"))
    visit.expect_card("问题行", f"{everything} 行")
    visit.choose("规则", "IR-T1")
    late = one(con, ROWS.format("rule_id = 'IR-T1'"))
    visit.expect_card("问题行", f"{late} 行")
    assert "rule=IR-T1" in visit.page.url
    # The link can be sent: it opens with the same filter.
    visit.page.reload()
    visit.settle()
    visit.expect_card("问题行", f"{late} 行")
    assert 0 < late < everything


def test_the_five_worst_counties_for_timeliness_and_their_records(visit, con) -> None:
    visit.open("quality", level="县（市、区）", at="2022-06", measure="时效性")
    worst = con.execute(
        """SELECT region_name, timeliness_problem_records FROM marts.region_monthly_record_score
           WHERE level = 'county' AND month = DATE '2022-06-01' AND timeliness_problem_records > 0
           ORDER BY timeliness_problem_records / records DESC, timeliness_problem_records DESC, region_code"""
    ).fetchall()
    shown = visit.table()[1:]
    assert [row[1] for row in shown] == [name for name, _ in worst][: len(shown)]
    name, count = worst[0]
    visit.page.get_by_role("link", name=name).click()
    visit.page.get_by_text("可挽回的分值").wait_for()
    visit.settle()
    visit.expect_card("问题行", f"{count} 行")


def test_a_click_on_a_cell_opens_its_records(visit, con) -> None:
    visit.open("quality", view="单位×月份")
    chart = visit.page.locator(".vega-embed canvas, .vega-embed svg").first
    chart.wait_for()
    box = chart.bounding_box()
    # The first row of the map, some column to the right of its headings.
    visit.page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 120)
    visit.page.get_by_text("可挽回的分值").wait_for()
    visit.settle()
    unit = visit.page.get_by_role("combobox", name="单位").input_value().split(" ")[0]
    month = visit.page.get_by_role("combobox", name="记录月份").input_value()
    expected = one(
        con,
        """SELECT problem_records FROM marts.region_monthly_record_score
           WHERE region_code = ? AND strftime(month, '%Y-%m') = ?""",
        unit, month,
    )  # fmt: skip
    visit.expect_card("问题行", f"{expected} 行")


def test_the_roster_that_was_not_delivered_is_seen(visit, con) -> None:
    visit.open("", source="执法人员名册")
    board = visit.page.locator(".lb-matrix tr", has_text="塔城地区").first.locator("td").all_inner_texts()
    carried = con.execute(
        """SELECT month, roster_month FROM marts.roster_in_force
           WHERE prefecture_code = '654200' AND is_carried"""
    ).fetchall()
    assert carried
    for month, roster_month in carried:
        assert board[month.month] == f"沿用 {roster_month:%m}月"


@pytest.mark.parametrize("level", ["prefecture", "county"])
def test_a_downloaded_workbook_equals_the_marts(visit, con, level: str) -> None:
    visit.open("bureaus", level={"prefecture": "地（州、市）", "county": "县（市、区）"}[level])
    sheet = opened(visit.download("下载 Excel"))
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    expected = con.execute(
        """SELECT f.overall_rank, f.rank_no, f.award_status, f.region_name, f.region_code, p.name,
                  COLUMNS('^(total_points|c[0-9]+)$')::DOUBLE
           FROM marts.region_final_score AS f JOIN marts.division AS p ON p.code = f.prefecture_code
           WHERE f.level = ? ORDER BY f.overall_rank, f.region_code""",
        [level],
    ).fetchall()
    assert len(found) == len(expected)
    for row, mart in zip(found, expected, strict=True):
        *head, total = row[:7]
        *groups, mart_total = mart[6:]
        assert head == list(mart[:6])
        assert total == pytest.approx(mart_total)
        assert row[7:] == pytest.approx(groups)


def test_a_searched_ranking_is_downloaded_as_it_is_shown(visit, con) -> None:
    visit.open("officers", q="皮山", nominated="已推荐")
    sheet = opened(visit.download("下载 Excel"))
    expected = con.execute(
        """SELECT officer_id FROM marts.officer_final_score JOIN marts.division ON code = region_code
           WHERE name = '皮山县' AND is_nominated ORDER BY overall_rank, officer_id"""
    ).fetchall()
    assert [(row[4].value,) for row in sheet.iter_rows(min_row=2)] == expected


def test_a_bureaus_page_says_what_explain_says(visit, con) -> None:
    visit.open("bureaus", bureau="653223 皮山县")
    total, maximum = con.execute(
        "SELECT total_points, max_points FROM marts.region_final_score WHERE region_code = '653223'"
    ).fetchall()[0]
    visit.expect_card("总分", f"{total.normalize():f} ／ {maximum.normalize():f}")
    clause = visit.page.locator("details.lb-clause", has_text="C7.1").first
    clause.locator("summary").click()
    points = one(
        con,
        "SELECT points FROM marts.region_indicator_score WHERE region_code = '653223' AND clause_id = 'C7.1'",
    )
    text = clause.inner_text()
    assert f"{points.normalize():f} ／" in text
    quoted = one(con, "SELECT quote_zh FROM marts.clause WHERE clause_id = 'C7.1'")
    assert quoted in text
    months = clause.locator("table").first.locator("tbody tr")
    assert months.count() == one(
        con,
        """SELECT count(*) FROM marts.region_monthly_record_score
           WHERE region_code = '653223' AND is_record_month""",
    )
