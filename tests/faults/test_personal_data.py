"""Only the columns of the contracts reach anything that a refresh writes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from refreshing import Place, output, refresh

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
AS_OF = "2022-01"
IDENTITY, TELEPHONE = "659001199001019991", "13899998888"
HEADER = "移送编号,身份证号,案由类型,移送单位区划代码,移送日期,联系电话,受理公安机关,公安立案日期,立案文号\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("personal"))
    shutil.copytree(REFERENCE / AS_OF, place.raw / AS_OF)
    row = f"YS1,{IDENTITY},其他,652801,2022-01-05,{TELEPHONE},某公安局,,\n"
    bad_row = f"YS2,{IDENTITY},没有这种,999999,不是日期,{TELEPHONE},某公安局,,\n"
    folder = place.raw / AS_OF
    (folder / "移送_标题.csv").write_text(
        f"移送登记 联系人 {TELEPHONE},,,,,,,,\n{HEADER}{row}{bad_row}填表人：某某 {IDENTITY},,,,,,,,\n",
        encoding="utf-8",
    )
    (folder / "移送_缺列.csv").write_text(f"移送编号,身份证号\nYS3,{IDENTITY}\n", encoding="utf-8")
    (folder / "移送_引号.csv").write_text(
        HEADER + row + f'YS4,"{IDENTITY},其他\n' + row * 3, encoding="utf-8"
    )
    (folder / "移送_乱码.csv").write_bytes((HEADER + row).encode() + b"\xff\xfe\xff" + IDENTITY.encode())
    assert refresh(place, AS_OF) == 0, output(place)
    return place


@pytest.mark.parametrize("marked", [IDENTITY, TELEPHONE])
def test_marked_numbers_are_nowhere(place: Place, marked: str) -> None:
    for path in place.root.rglob("*"):
        if path.is_file() and not path.is_symlink() and place.raw not in path.parents:
            content = path.read_bytes()
            assert marked.encode() not in content, f"{path.name} holds a marked number"
            assert marked.encode("utf-16-le") not in content, f"{path.name} holds a marked number"
    assert marked not in output(place)


@pytest.mark.parametrize("marked", [IDENTITY, TELEPHONE])
def test_marked_numbers_are_in_no_table(place: Place, marked: str) -> None:
    files = [place.root / "warehouse.duckdb", place.marts / "current" / "marts.duckdb"]
    for file in files:
        con = duckdb.connect()
        con.execute(f"ATTACH '{file}' AS m (READ_ONLY)")
        tables = con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'm'"
        ).fetchall()
        assert tables
        for schema, table in tables:
            query = f'SELECT count(*) FROM m."{schema}"."{table}" AS t WHERE contains(t::VARCHAR, ?)'
            assert con.execute(query, [marked]).fetchall() == [(0,)], f"{file.name} {schema}.{table}"
        con.close()


@pytest.mark.parametrize("marked", [IDENTITY, TELEPHONE])
def test_marked_numbers_are_in_no_workbook(place: Place, marked: str) -> None:
    for path in (place.marts / "current" / "reports").rglob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert marked.encode() not in archive.read(name), f"{path.name} {name}"


def test_the_planted_file_was_read(place: Place) -> None:
    assert "移送_缺列.csv" in output(place)
