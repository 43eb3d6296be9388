"""The Data Docs open from a folder: nothing from outside, rows on the first page, the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from checks.suites import validate
from checks.suites.base import Never, between, never, trend

SUITES = (
    never(
        "rule",
        ("rule_id",),
        (),
        Never("severity_unknown", "severity NOT IN ('fatal', 'problem')", "严重程度不明"),
    ),
    trend(
        "clause",
        ("scope",),
        "SELECT unnest(['甲', '乙']) AS scope, unnest([0.5, 3]) AS value",
        between("value", 0, 1, "超出范围 </script>"),
    ),
)


def references(html: str) -> list[str]:
    """What a page refers to."""
    return re.findall(r'\b(?:src|href)="([^"]*)"', html)


def text_of(html: str) -> str:
    """The texts between the tags, without scripts and styles."""
    return re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.S)


def make_site(directory: Path) -> Path:
    con = duckdb.connect()
    con.execute("CREATE SCHEMA marts; CREATE TABLE marts.snapshot AS SELECT DATE '2022-11-01' AS as_of_month")
    con.execute("CREATE TABLE marts.rule AS SELECT 'IR-E1' AS rule_id, 'fatal' AS severity")
    validate(con, directory, SUITES)
    return directory


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return make_site(tmp_path_factory.mktemp("site") / "data_docs")


def test_no_page_refers_to_the_outside(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 1 + len(SUITES)
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert "http://" not in html
        assert "https://" not in html
        assert [r for r in references(html) if "//" in r] == []
        local = [r for r in references(html) if r and not r.startswith("#")]
        assert all((path.parent / r).exists() for r in local if "'" not in r)


def test_the_frame_is_chinese_and_what_failed_says_why(site):
    (path,) = site.glob("validations/clause-trend/*/*/*.html")
    text = text_of(path.read_text(encoding="utf-8"))
    assert "【提请核对】不应出现：超出范围" in text
    assert "共 2 组，不符合 1 组" in text
    assert "评分条款 clause · 逐月比较" in text
    for english in ("Observed Value", "Expectation Suite", "Overview", "Status", "Failed", "Validations"):
        assert english not in text


def test_the_same_marts_give_the_same_site(site, tmp_path):
    again = make_site(tmp_path / "data_docs")
    first = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    second = {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert first == second


@pytest.mark.browser
def test_a_browser_shows_the_rows_without_asking_the_outside(site, browser):
    asked: list[str] = []
    errors: list[str] = []
    page = browser.new_page(locale="zh-CN")
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "index.html").as_uri())
    results = page.locator("#Validation-Results tr.clickable-row")
    assert results.count() == len(SUITES)
    assert "不符合" not in results.nth(1).inner_text()
    assert results.nth(0).locator(".text-danger").is_visible()
    assert "评分条款 clause · 逐月比较" in results.nth(0).inner_text()
    results.nth(0).click()
    page.wait_for_url("**/validations/clause-trend/**")
    page.get_by_text("只看不符").click()
    assert page.get_by_text("不应出现").is_visible()
    page.close()
    assert errors == []
    assert [url for url in asked if not url.startswith("file:")] == []
