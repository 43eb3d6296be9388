"""Hostile and broken deliveries: each is refused with its reason, the others load, the refresh ends."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest
from refreshing import Place, output, refresh

REFERENCE = Path(__file__).parents[1] / "reference-season" / "a-messy-season" / "raw"
AS_OF = "2022-01"
HEADER = "移送编号,案由类型,移送单位区划代码,移送日期,受理公安机关,公安立案日期,立案文号\n"
ROW = "YS{},其他,652801,2022-01-05,某公安局,,\n"
MEBIBYTE = 1 << 20
REFUSED: dict[str, bytes] = {}
ODD_NAMES = (
    'it\'s "quoted".csv',
    "line\nbreak.csv",
    "..csv",
    "[a]*?.csv",
    "'; DROP TABLE raw.delivery; --.csv",
    "名" * 83 + ".csv",
    "-rf.csv",
    "%s{0}$HOME.csv",
)


def workbook(parts: dict[str, bytes]) -> bytes:
    """A workbook of one sheet; `parts` replace or add members."""
    members = {
        "[Content_Types].xml": (
            b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType='
            b'"application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Default Extension="xml" ContentType="application/xml"/>'
            b'<Override PartName="/xl/workbook.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
            b'"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": (
            b'<?xml version="1.0"?>'
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            b'<?xml version="1.0"?>'
            b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
            b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            b'<?xml version="1.0"?>'
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            b'worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": sheet(rows()),
    }
    members.update(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rows(head: str = HEADER, *lines: str) -> str:
    cells = [head.strip().split(","), *(line.strip().split(",") for line in lines or (ROW.format(9),))]
    return "".join(
        f'<row r="{n}">' + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for n, row in enumerate(cells, 1)
    )


def sheet(body: str, prologue: str = "", dimension: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{prologue}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return workbook(
        {"xl/worksheets/sheet1.xml": sheet(rows().replace("某公安局", "&a11;"), f"<!DOCTYPE x [{entities}]>")}
    )


def external_entity(secret: Path) -> bytes:
    prologue = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    return workbook({"xl/worksheets/sheet1.xml": sheet(rows().replace("某公安局", "&e;"), prologue)})


def zip_bomb() -> bytes:
    return workbook({"xl/worksheets/sheet1.xml": sheet(rows()) + b" " * (600 * MEBIBYTE)})


def write_hostile(folder: Path, secret: Path) -> None:
    """Files that cannot be read: each must be refused with its reason."""
    folder.mkdir(parents=True)
    good = workbook({})
    REFUSED.update(
        {
            "炸弹.xlsx": zip_bomb(),
            "实体炸弹.xlsx": entity_bomb(),
            "外部实体.xlsx": external_entity(secret),
            "加密.xlsx": bytes.fromhex("d0cf11e0a1b11ae1")
            + b"\0" * 504
            + "EncryptedPackage".encode("utf-16-le") * 40,
            "截断.xlsx": good[: len(good) // 2],
            "图片.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
            "空.csv": b"",
            "引号.csv": (
                HEADER + ROW.format(1) + 'YS2,其他,652801,"2022-01-05,某公安局,,\n' + ROW.format(3) * 50
            ).encode(),
            "百万列.csv": (",".join(f"c{n}" for n in range(1_000_000)) + "\n" + "1," * 999_999).encode(),
            "一行.csv": b"a" * (40 * MEBIBYTE),
            "乱码.csv": HEADER.encode() + b"\xff\xfe\x00\xd8" * 40,
            "可执行.xlsx": b"\x7fELF" + b"\0" * 2000,
        }
    )
    for name, content in REFUSED.items():
        (folder / name).write_bytes(content)
    with (folder / "一吉字节.csv").open("wb") as stream:
        stream.truncate(1024 * MEBIBYTE)
    REFUSED["一吉字节.csv"] = b""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("hostile"))
    shutil.copytree(REFERENCE / AS_OF, place.raw / AS_OF)
    secret = place.root / "secret.txt"
    secret.write_text("SECRET-65010119900101001X", encoding="utf-8")
    write_hostile(place.raw / AS_OF / "坏", secret)
    odd = place.raw / AS_OF / "怪"
    odd.mkdir()
    for number, name in enumerate(ODD_NAMES):
        (odd / name).write_text(HEADER + ROW.format(f"ODD{number}"), encoding="utf-8")
    lying = workbook(
        {
            "xl/worksheets/sheet1.xml": sheet(
                rows(HEADER, ROW.format("LYING")), "", '<dimension ref="A1:XFD1048576"/>'
            )
        }
    )
    (odd / "谎报尺寸.xlsx").write_bytes(lying)
    (odd / "NUL.csv").write_text(HEADER + ROW.format("N\0UL"), encoding="utf-8")
    (odd / "链接.csv").symlink_to(secret)
    os.mkfifo(odd / "管道.csv")
    assert refresh(place, AS_OF) == 0, output(place)
    return place


def query(place: Place, sql: str) -> list[tuple]:
    con = duckdb.connect()
    con.execute(f"ATTACH '{place.marts / 'current' / 'marts.duckdb'}' AS m (READ_ONLY)")
    con.execute("USE m.marts")
    return con.execute(sql).fetchall()


def test_each_hostile_file_is_refused_with_its_reason(place: Place) -> None:
    listed = dict(query(place, "SELECT file, reason FROM delivery_file WHERE status = 'refused'"))
    for name in REFUSED:
        reason = listed.get(f"{AS_OF}/坏/{name}")
        assert reason, f"{name} is not refused: {listed}"
        assert any("\u4e00" <= character <= "\u9fff" for character in reason), f"{name}: {reason}"
    assert len([file for file in listed if "/坏/" in file]) == len(REFUSED)


def test_files_with_odd_names_are_read_like_any(place: Place) -> None:
    files = {file for (file,) in query(place, "SELECT file FROM delivery_file WHERE status = 'accepted'")}
    for name in (*ODD_NAMES, "谎报尺寸.xlsx", "NUL.csv"):
        if not name.startswith("."):
            assert f"{AS_OF}/怪/{name}" in files
    assert "Traceback" not in output(place)


def test_links_and_pipes_are_not_opened(place: Place) -> None:
    listed = dict(query(place, "SELECT file, status FROM delivery_file"))
    for name in ("链接.csv", "管道.csv"):
        assert listed.get(f"{AS_OF}/怪/{name}", "refused") == "refused"
    everything = b"".join(
        path.read_bytes() for path in place.root.rglob("*") if path.is_file() and "raw" not in path.parts
    )
    assert everything.count(b"SECRET-65010119900101001X") == 1, "only the file itself holds the secret"


def test_good_deliveries_beside_them_are_loaded(place: Place) -> None:
    (records,) = query(
        place, "SELECT sum(accepted_rows) FROM delivery_file WHERE source = 'inspection_records'"
    )[0]
    assert records > 100
