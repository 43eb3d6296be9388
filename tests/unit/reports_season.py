"""A published snapshot for the tests of the reports: the reference season with examples for its free texts.

The expected tables leave texts free; here they get examples, and the tables beside the public ones are made
from the same season by a plain calculation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import fixture_marts

RULEBOOK = Path(__file__).parents[2] / "sql" / "rulebook" / "xinjiang_2022"
DIVISIONS = RULEBOOK / "xinjiang_divisions.csv"

SUPPLEMENTS = [
    f"CREATE TABLE marts.division AS FROM read_csv('{DIVISIONS}', all_varchar=true)",
    "ALTER TABLE marts.snapshot ADD COLUMN IF NOT EXISTS is_demo BOOLEAN DEFAULT true",
    """UPDATE marts.snapshot SET is_demo = true, rulebook_id = 'xinjiang_2022',
       rulebook_sha256 = repeat('a', 64), raw_sha256 = repeat('b', 64), code_version = '0.1.0',
       published_at = TIMESTAMP '2022-12-05 06:00:00'""",
    "ALTER TABLE marts.clause ADD COLUMN group_title_zh VARCHAR",
    "ALTER TABLE marts.clause ADD COLUMN formula_zh VARCHAR",
    "ALTER TABLE marts.clause ADD COLUMN sort_no BIGINT",
    """UPDATE marts.clause SET annex = 'annex', title_zh = clause_id || '的标题',
       quote_zh = clause_id || '的原文', group_title_zh = group_id || '的标题', source = '附件',
       formula_zh = '满分 × 最好评分 ÷ 100', reading = CASE WHEN clause_id = 'C7.1' THEN '按比例扣分' END,
       sort_no = CAST(regexp_extract(clause_id, '(\\d+)\\.', 1) AS BIGINT) * 100
           + CAST(regexp_extract(clause_id, '\\.(\\d+)', 1) AS BIGINT) * 10
           + ascii(right(clause_id, 1)) % 10""",
    "ALTER TABLE marts.officer_indicator_score ADD COLUMN status VARCHAR DEFAULT 'scored'",
    "ALTER TABLE marts.region_indicator_score ADD COLUMN status VARCHAR DEFAULT 'scored'",
    """UPDATE marts.region_indicator_score
       SET basis = '{"best_mark": 88.50,
                     "cases": [{"case_no": "A罚〔2022〕1号", "points": 2}], "is_missing": false}'""",
    """UPDATE marts.officer_indicator_score SET basis = '{"best_mark": null}'""",
    """CREATE TABLE marts.label AS FROM (VALUES ('best_mark', '最好评分', '分'), ('cases', '案件', NULL),
       ('case_no', '案件文号', NULL), ('points', '得分', '分'), ('is_missing', '缺少数据', NULL))
       AS t(key, label_zh, unit_zh)""",
    """CREATE TABLE marts.parameter AS FROM (VALUES ('C7.1', 'county', 'factor', '1.000000'))
       AS t(clause_id, level, name, value)""",
    "CREATE TABLE marts.calendar AS SELECT '名单报送截止' AS event_zh, DATE '2022-10-30' AS due_on",
    """UPDATE marts.quality_issue SET message_zh = rule_id || '的说明。请更正后重新报送。',
       value = CASE WHEN rule_id = 'IR-F1' THEN '=HYPERLINK("x")' END""",
    "ALTER TABLE marts.quality_issue ADD COLUMN record_month DATE",
    """UPDATE marts.quality_issue SET record_month = delivery_month
       WHERE source = 'inspection_records' AND severity <> 'fatal'""",
    "UPDATE marts.rule SET message_zh = rule_id || '的说明。请更正后重新报送。'",
    """CREATE TABLE marts.points_at_stake AS
       WITH record AS (
           SELECT DISTINCT source, file, sheet, row_number, business_key, region_code
           FROM marts.quality_issue
           WHERE source = 'inspection_records' AND severity = 'problem' AND NOT superseded
       ), placed AS (
           SELECT r.*, CAST(date_trunc('month', s.month) AS DATE) AS month, s.region_code AS entity_id,
                  s.deduction / s.problem_records AS points_at_stake
           FROM record AS r
           JOIN marts.region_monthly_record_score AS s
               ON s.region_code IN (r.region_code, left(r.region_code, 4) || '00')
               AND s.month = CAST(strptime(left(r.file, 7), '%Y-%m') AS DATE)
           WHERE s.deduction > 0
       )
       SELECT month, source, file, sheet, row_number, business_key, 'bureau' AS subject, entity_id,
              'C7.1' AS clause_id, points_at_stake
       FROM placed""",
    """CREATE TABLE marts.score_evidence AS FROM (VALUES
       ('bureau', '652800', 'C1.2', 'case_file_reviews', 'k1', '2022-06/案卷.xlsx', '评查', 3, true,
        '一般案卷'),
       ('bureau', '652800', 'C1.2', 'case_file_reviews', 'k2', '2022-06/案卷.xlsx', NULL, 4, false,
        '未在门户网站公开'))
       AS t(subject, entity_id, clause_id, source, business_key, file, sheet, row_number, is_counted,
            note_zh)""",
]


def build(path: Path, as_of: str = "2022-11") -> Path:
    """Write the season's marts as of `as_of` to `path`, with examples where texts are free."""
    path.write_bytes(_built(as_of))
    return path


@cache
def _built(as_of: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = fixture_marts.build(Path(folder) / "season.duckdb", as_of=as_of)
        con = duckdb.connect()
        con.execute(f"ATTACH '{path}' AS season")
        con.execute("USE season")
        for statement in SUPPLEMENTS:
            con.execute(statement)
        con.close()
        return path.read_bytes()
