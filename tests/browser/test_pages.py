"""Every page opens: without an error, an outside request, or a word that is not Chinese."""

from __future__ import annotations

import re

import pytest

PAGES = {
    "": "总览",
    "quality": "数据质量",
    "activity": "人均与活跃率",
    "bureaus": "集体得分",
    "officers": "个人得分",
    "awards": "候选与评选",
    "rules": "规则",
}
VIEWS = [
    *((path, {}, title) for path, title in PAGES.items()),
    ("", {"board": "按月份", "board_month": "2022-08"}, "总览"),
    ("quality", {"view": "单位×月份"}, "数据质量"),
    ("quality", {"view": "规则×月份"}, "数据质量"),
    ("quality", {"view": "问题记录"}, "数据质量"),
    ("activity", {"subject": "活跃率", "level": "县（市、区）"}, "人均与活跃率"),
    ("activity", {"subject": "自动监测传输率"}, "人均与活跃率"),
    ("bureaus", {"detail": "按条款", "level": "县（市、区）", "month": "2022-10"}, "集体得分"),
    ("bureaus", {"bureau": "653223 皮山县"}, "集体得分"),
    ("officers", {"officer": "R6532230015"}, "个人得分"),
    ("awards", {"list": "个人", "month": "2022-10"}, "候选与评选"),
    ("rules", {"view": "界限与参数"}, "规则"),
    ("rules", {"view": "数据质量规则", "q": "时效 上传"}, "规则"),
]
# What is no word of ours: formats, the rulebook's and the program's names, what is quoted from files.
NAMES = {"excel", "csv", "tsv", "xlsx", "xls", "txt", "xinjiang", "lianbing", "gb", "http", "https", "jc"}
QUOTED = re.compile(
    r"填报值：[^）]*|工作表“[^”]*”|20\d\d-\d\d/\S+|[A-Z]{1,3}-?[A-Z]?\d[\w.]*|程序 \S+|数据 [0-9a-f]+"
    r"|（[0-9a-f]{12}）|keyboard_arrow_\w+"  # versions; the icon font's ligatures
)

WIDTHS = (1280, 1920)
CUT_OFF = """
    [...document.querySelectorAll('[data-testid=stMain], h1, h2, h3, p, .lb-cards')]
    .filter(one => one.scrollWidth > one.clientWidth + 2).map(one => one.innerText)
"""
EVERY_CHART_IS_DRAWN = """
    [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
    .every(chart => chart.querySelector('canvas, svg.marks'))
"""
IDS = [f"{path or 'overview'}-{number}" for number, (path, _, _) in enumerate(VIEWS)]


@pytest.mark.parametrize(("path", "filters", "title"), VIEWS, ids=IDS)
def test_page_opens(visit, path: str, filters: dict[str, str], title: str) -> None:
    visit.open(path, **filters)
    page = visit.page
    assert page.locator("h1").inner_text() == title
    assert page.get_by_test_id("stException").count() == 0
    page.wait_for_function(EVERY_CHART_IS_DRAWN)
    shown = page.locator("body").inner_text() + " ".join(
        page.locator("input[placeholder]").evaluate_all("found => found.map(one => one.placeholder)")
    )
    foreign = {word.lower() for word in re.findall(r"[A-Za-z]{2,}", QUOTED.sub(" ", shown))} - NAMES
    assert not foreign
    assert not visit.outside
    assert not visit.errors
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT_OFF) == []


def test_pages_are_reached_from_one_another_and_keep_the_month(visit) -> None:
    visit.open("", month="2022-10")
    for path, title in PAGES.items():
        visit.page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
        visit.page.locator("h1", has_text=title).wait_for()
        visit.settle()
        assert "month=2022-10" in visit.page.url, path
        assert "2022-10（阶段成果" in visit.page.locator(".lb-note").first.inner_text()


def test_awards_are_projections_before_the_final_month(visit) -> None:
    visit.open("awards", month="2022-10")
    assert visit.page.get_by_role("heading", name="预计入选线").count() == 1
    visit.open("awards", month="2022-11")
    assert visit.page.get_by_role("heading", name="预计入选线").count() == 0


def test_an_officers_name_is_masked_outside_the_officers_pages(visit, con) -> None:
    name = con.execute("SELECT officer_name FROM marts.officer_final_score WHERE rank_no = 1").fetchall()[0][
        0
    ]
    visit.open("awards", list="个人")
    assert name not in visit.page.locator("body").inner_text()
    identity = con.execute("SELECT officer_id FROM marts.officer_final_score WHERE rank_no = 1").fetchall()[
        0
    ][0]
    visit.open("officers", officer=identity)
    assert visit.page.get_by_role("heading", name=f"{name}（{identity}）").count() == 1
