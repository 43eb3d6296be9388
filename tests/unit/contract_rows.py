"""Rows in order for every source, as text, and a way to judge them with changes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from checks.contracts.base import Reference, Validated
from checks.register import CONTRACTS
from checks.rulebook import load

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
VALID_CREDIT_CODE = "91350100M000100Y43"  # the example of GB 32100-2015

GOOD: dict[str, dict[str, str]] = {
    "inspection_records": {
        "record_id": "JC6501022022040300001",
        "inspection_type": "日常检查",
        "inspection_mode": "现场检查",
        "agency_code": "650102",
        "agency_name": "某局",
        "site_name": "某厂",
        "site_uscc": VALID_CREDIT_CODE,
        "site_region_code": "650102",
        "longitude": "87.6",
        "latitude": "43.8",
        "started_at": "2022-04-03 08:00:00",
        "ended_at": "2022-04-03 09:00:00",
        "uploaded_at": "2022-04-03 10:00:00",
        "inspector_names": "甲、乙",
        "inspector_cert_nos": "Z1、Z2",
        "problem_found": "是",
        "problem_text": "标识不清",
        "disposal": "责令改正",
        "has_transcript": "是",
        "photo_count": "3",
        "upload_terminal": "移动端",
        "record_status": "有效",
    },
    "evidence_documents": {
        "document_id": "W1",
        "document_type": "调查询问笔录",
        "case_no": "乌环罚〔2022〕1号",
        "made_with": "移动执法系统",
        "maker_cert_nos": "Z1",
        "made_at": "2022-04-03",
    },
    "officer_roster": {
        "month": "2022-04",
        "officer_id": "R1",
        "officer_name": "甲",
        "agency_code": "650102",
        "in_establishment": "是",
        "on_post": "否",
        "cert_no": "Z1",
        "cert_valid_from": "2020-01-01",
        "cert_valid_to": "2025-01-01",
    },
    "transmission_rates": {
        "month": "2022-04",
        "region_code": "650102",
        "site_count": "5",
        "expected_count": "1000",
        "immediate_count": "975",
        "completed_count": "990",
        "immediate_rate": "97.5%",
        "completed_rate": "0.99",
    },
    "typical_cases": {
        "publisher_level": "生态环境部",
        "adopted_as": "典型案例",
        "published_on": "2022-04-03",
        "title": "某案",
        "case_no": "乌环罚〔2022〕1号",
        "region_code": "650102",
        "officer_cert_nos": "Z1",
        "url": "https://example.invalid/1",
    },
    "referrals": {
        "referral_id": "Y1",
        "offence": "涉危险废物",
        "region_code": "650102",
        "referred_on": "2022-04-03",
        "police": "某局",
        "filed_on": "2022-04-03",
        "filing_no": "L1",
    },
    "penalty_cases": {
        "case_no": "乌环罚〔2022〕1号",
        "region_code": "650102",
        "party_name": "某厂",
        "party_uscc": VALID_CREDIT_CODE,
        "decided_on": "2022-04-03",
        "closed_on": "2022-04-03",
        "case_type": "配套办法",
        "measures": "查封扣押",
        "clue_source": "日常检查",
        "disclosure": "已公开",
        "officer_cert_nos": "Z1",
        "major_categories": "1、4",
        "major_review": "认定",
    },
    "case_file_reviews": {
        "review_kind": "案卷质量",
        "entrant_kind": "集体",
        "region_code": "650102",
        "case_no": "乌环罚〔2022〕1号",
        "file_type": "一般行政处罚",
        "mark": "90",
        "substantive_error": "否",
        "reviewed_on": "2022-09-03",
    },
    "campaign_service": {
        "campaign": "某行动",
        "organiser": "生态环境部",
        "round": "1",
        "officer_cert_no": "Z1",
        "region_code": "650102",
        "deployed_on": "2022-04-03",
        "mark": "90",
    },
    "reported_measures": {
        "region_code": "650102",
        "item": "C4.8",
        "value": "是",
        "reported_on": "2022-09-03",
        "evidence": "无",
    },
    "material_reviews": {
        "entrant_kind": "个人",
        "officer_cert_no": "Z1",
        "finding": "文字错误",
        "places": "1",
        "reviewed_on": "2022-09-03",
    },
    "nominations": {
        "nomination_kind": "县级集体",
        "nominated_by": "650100",
        "region_code": "650102",
        "rank_no": "1",
        "nominated_on": "2022-10-03",
    },
}


@cache
def reference() -> Reference:
    """What the real rulebook says to the contracts."""
    return load(RULEBOOK).reference()


def text_of(source: str, *changes: dict[str, str | None]) -> pl.DataFrame:
    """A table of text: for each set of changes the good row of the source with them."""
    columns = [column.name for column in CONTRACTS[source].columns]
    rows = [{**dict.fromkeys(columns), **GOOD[source], **change} for change in changes]
    keys = pl.DataFrame(
        {"content_id": [7] * len(rows), "sheet_no": [1] * len(rows), "row_number": range(2, 2 + len(rows))}
    )
    return pl.concat([keys, pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))], how="horizontal")


def validated(source: str, *changes: dict[str, str | None]) -> Validated:
    """The good row of a source with each set of changes, read and judged."""
    return CONTRACTS[source].validate(text_of(source, *changes), reference())


def broken_by(source: str, change: dict[str, str | None]) -> list[str]:
    """The rules that the good row breaks with these changes, sorted; X01 once per cell."""
    return sorted(validated(source, change).issues["rule_id"].to_list())
