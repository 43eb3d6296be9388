"""A template, filled in and delivered, is read as its source without a finding."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from assets.deliveries.limits import Limits
from assets.deliveries.reading import read_content
from checks.contracts.model import Kind
from checks.register import CONTRACTS
from checks.rulebook import load
from pipelines.delivery_template import EXPLANATION, choices, write_templates

RULEBOOK = Path(__file__).parents[2] / "sql/rulebook/xinjiang_2022"
USCC = "91650100MA7777777K"
HEADER_ROWS = 20

FILLED = {
    "inspection_records": {
        "record_id": "JC6501002022040300001",
        "inspection_type": "日常检查",
        "inspection_mode": "现场检查",
        "agency_code": "650100",
        "site_name": "某厂",
        "longitude": 87.6177,
        "latitude": 43.7928,
        "started_at": dt.datetime(2022, 4, 3, 8, 5),
        "ended_at": dt.datetime(2022, 4, 3, 9, 0),
        "uploaded_at": dt.datetime(2022, 4, 3, 10, 0),
        "inspector_names": "甲、乙",
        "inspector_cert_nos": "0012、0013",
        "problem_found": "否",
        "photo_count": 3,
        "upload_terminal": "移动端",
        "record_status": "有效",
    },
    "evidence_documents": {
        "document_id": "WS001",
        "document_type": "调查询问笔录",
        "made_with": "移动执法系统",
        "maker_cert_nos": "0012",
        "made_at": dt.datetime(2022, 4, 3, 8, 5),
    },
    "officer_roster": {
        "month": "2022-04",
        "officer_id": "0007",
        "officer_name": "买买提·艾力",
        "agency_code": "650100",
        "in_establishment": "是",
        "on_post": "是",
        "cert_no": "0012",
        "cert_valid_from": dt.date(2020, 1, 1),
        "cert_valid_to": dt.date(2025, 1, 1),
    },
    "transmission_rates": {
        "month": "2022-04",
        "region_code": "650100",
        "site_count": 3,
        "expected_count": 1000,
        "immediate_count": 975,
        "completed_count": 990,
        "immediate_rate": "97.5%",
        "completed_rate": 99,
    },
    "typical_cases": {
        "publisher_level": "生态环境部",
        "adopted_as": "典型案例",
        "published_on": dt.date(2022, 4, 3),
        "title": "某案",
        "case_no": "乌环罚〔2022〕1号",
        "region_code": "650100",
        "officer_cert_nos": "0012",
        "url": "https://example.invalid/1",
    },
    "referrals": {
        "referral_id": "YS001",
        "offence": "涉危险废物",
        "region_code": "650100",
        "referred_on": dt.date(2022, 4, 3),
        "police": "某公安局",
        "filed_on": dt.date(2022, 4, 5),
        "filing_no": "001",
    },
    "penalty_cases": {
        "case_no": "乌环罚〔2022〕1号",
        "region_code": "650100",
        "party_name": "某厂",
        "decided_on": dt.date(2022, 4, 3),
        "closed_on": dt.date(2022, 5, 3),
        "case_type": "配套办法",
        "measures": "查封扣押、限产停产",
        "clue_source": "双随机抽查",
        "disclosure": "已公开",
        "officer_cert_nos": "0012、0013",
        "reward_kind": "一般",
        "major_categories": "1、3",
        "major_review": "认定",
    },
    "case_file_reviews": {
        "review_kind": "案卷质量",
        "entrant_kind": "集体",
        "region_code": "650100",
        "case_no": "乌环罚〔2022〕1号",
        "file_type": "一般行政处罚",
        "mark": 92.5,
        "substantive_error": "否",
        "reviewed_on": dt.date(2022, 5, 3),
    },
    "campaign_service": {
        "campaign": "某行动",
        "organiser": "生态环境部",
        "round": "1",
        "officer_cert_no": "0012",
        "region_code": "650100",
        "deployed_on": dt.date(2022, 4, 3),
        "mark": 90,
        "breaches": 0,
        "integrity_breach": "否",
    },
    "reported_measures": {
        "region_code": "650100",
        "item": "C4.8",
        "value": "是",
        "reported_on": dt.date(2022, 4, 3),
        "evidence": "有文件",
    },
    "material_reviews": {
        "entrant_kind": "集体",
        "region_code": "650100",
        "finding": "文字错误",
        "places": 1,
        "reviewed_on": dt.date(2022, 4, 3),
    },
    "nominations": {
        "nomination_kind": "县级集体",
        "nominated_by": "650100",
        "region_code": "650102",
        "rank_no": 1,
        "nominated_on": dt.date(2022, 4, 3),
    },
}


@pytest.fixture(scope="module")
def reference():
    return load(RULEBOOK).reference()


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    paths = write_templates(tmp_path_factory.mktemp("templates"), RULEBOOK)
    return dict(zip(CONTRACTS, paths, strict=True))


def read(path: Path):
    return read_content(path.read_bytes(), CONTRACTS, Limits(), HEADER_ROWS, 1)


@pytest.mark.parametrize("source", CONTRACTS)
def test_a_filled_template_is_read_without_a_finding(templates, reference, tmp_path, source):
    contract = CONTRACTS[source]
    book = openpyxl.load_workbook(templates[source])
    sheet = book.worksheets[0]
    for position, column in enumerate(contract.columns, 1):
        value = USCC if column.name == "site_uscc" else FILLED[source].get(column.name)
        if value is not None:
            sheet.cell(2, position, value)
    book.save(tmp_path / "filled.xlsx")
    reading = read(tmp_path / "filled.xlsx")
    assert [(part.source, part.status) for part in reading.parts] == [
        (source, "accepted"),
        (None, "skipped"),
        (None, "skipped"),
    ]
    assert reading.parts[0].ignored_columns == []
    ((_, text),) = reading.tables
    validated = contract.validate(text, reference)
    assert validated.rows.height == 1
    assert validated.issues.to_dicts() == []
    for name in FILLED[source]:
        assert validated.rows[name][0] is not None


@pytest.mark.parametrize("source", CONTRACTS)
def test_an_empty_template_is_accepted_without_rows(templates, source):
    part = read(templates[source]).parts[0]
    assert (part.source, part.status, part.rows_below_header) == (source, "accepted", 0)


@pytest.mark.parametrize("source", CONTRACTS)
def test_each_choice_can_be_picked_and_is_explained(templates, reference, source):
    book = openpyxl.load_workbook(templates[source])
    explained = {row[0]: row[4] or "" for row in book[EXPLANATION].iter_rows(min_row=5, values_only=True)}
    picked = {
        next(iter(v.sqref.ranges)).min_col: v.formula1
        for v in book.worksheets[0].data_validations.dataValidation
    }
    assert list(explained) == [column.headers[0] for column in CONTRACTS[source].columns]
    for position, column in enumerate(CONTRACTS[source].columns, 1):
        values = list(choices(column, reference))
        assert [v for v in explained[column.headers[0]].split("、") if v] == values
        if values:
            sheet, cells = picked[position].split("!")
            assert [row[0].value for row in book[sheet][cells]] == values
        assert values or column.kind not in (Kind.ENUM, Kind.ENUM_LIST, Kind.MEASURE_ITEM, Kind.YES_NO)


def test_codes_keep_their_leading_zeros(templates):
    book = openpyxl.load_workbook(templates["officer_roster"])
    assert book.worksheets[0].column_dimensions["B"].number_format == "@"


def test_the_same_rulebook_gives_the_same_templates(templates, tmp_path):
    again = write_templates(tmp_path, RULEBOOK)
    assert [p.read_bytes() for p in again] == [p.read_bytes() for p in templates.values()]
