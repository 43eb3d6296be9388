"""Finding deliveries: what is listed, what is passed over, what is never opened."""

import os
import socket
from datetime import date
from pathlib import Path

import pytest

from assets.deliveries.scan import ending_of, scan


def put(raw: Path, name: str, content: bytes = b"x") -> Path:
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_deliveries_in_natural_order_with_month_and_size(tmp_path: Path) -> None:
    for name in ("2022-11/a_10.csv", "2022-11/a_2.CSV", "2022-02/子/b.xlsx", "2022-11/通知.docx"):
        put(tmp_path, name, b"12345")
    found = scan(tmp_path).deliveries
    assert [one.file for one in found] == [
        "2022-02/子/b.xlsx",
        "2022-11/a_2.CSV",
        "2022-11/a_10.csv",
        "2022-11/通知.docx",
    ]
    assert [one.ending for one in found] == [".xlsx", ".csv", ".csv", ""]
    assert found[0].month == date(2022, 2, 1)
    assert (found[0].size, found[0].mtime_ns) == (5, (tmp_path / "2022-02/子/b.xlsx").stat().st_mtime_ns)


def test_hidden_and_temporary_names_are_passed_over(tmp_path: Path) -> None:
    for name in (
        "2022-11/.DS_Store",
        "2022-11/~$a.xlsx",
        "2022-11/.缓存/a.csv",
        "2022-11/~$b/a.csv",
        ".git/x",
    ):
        put(tmp_path, name)
    found = scan(tmp_path)
    assert (found.deliveries, found.strangers) == ([], [])


def test_what_is_no_month_is_reported(tmp_path: Path) -> None:
    for name in ("2022-13/a.csv", "2022-1/a.csv", "说明.txt", "２０２２-01/a.csv", "2022-01x/a.csv"):
        put(tmp_path, name)
    (tmp_path / "2022-03").write_text("a file")
    found = scan(tmp_path)
    assert found.deliveries == []
    assert found.strangers == sorted(["2022-13", "2022-1", "说明.txt", "２０２２-01", "2022-01x", "2022-03"])


def test_links_pipes_and_sockets_are_listed_and_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path, "elsewhere/secret.csv")
    raw = tmp_path / "raw"
    put(raw, "2022-11/a.csv")
    (raw / "2022-11/link.csv").symlink_to(secret)
    (raw / "2022-11/folder").symlink_to(secret.parent)
    (raw / "2022-11/dead.csv").symlink_to("nowhere")
    os.mkfifo(raw / "2022-11/pipe.csv")
    (raw / "2022-12").symlink_to(secret.parent)
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(raw / "2022-11")  # a socket's path may not be long
        try:
            server.bind("s.csv")
        finally:
            os.chdir(here)
        found = scan(raw)
    refused = {one.file: one.refusal for one in found.deliveries if one.refusal}
    assert set(refused) == {
        f"2022-11/{name}" for name in ("link.csv", "folder", "dead.csv", "pipe.csv", "s.csv")
    }
    assert "链接" in refused["2022-11/folder"]
    assert "管道" in refused["2022-11/pipe.csv"]
    assert [one.file for one in found.deliveries if not one.refusal] == ["2022-11/a.csv"]
    assert found.strangers == ["2022-12"]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.csv",
        'it\'s "x".csv',
        "[a]*?.csv",
        "; DROP TABLE.csv",
        "..csv.csv",
        "名" * 83 + ".csv",
        "a\\b.csv",
        "%s{0}.csv",
    ],
)
def test_names_are_data(tmp_path: Path, name: str) -> None:
    put(tmp_path, f"2022-11/{name}")
    found = scan(tmp_path).deliveries
    if name.startswith("."):
        assert found == []
        return
    (one,) = found
    assert one.file == f"2022-11/{name}"
    assert Path(one.location).read_bytes() == b"x"


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    folder = tmp_path / "2022-11"
    folder.mkdir()
    path = os.path.join(os.fsencode(folder), "名".encode("gbk") + b".csv")  # noqa: PTH118 - pathlib takes no bytes
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    (one,) = scan(tmp_path).deliveries
    assert one.file == "2022-11/\\xc3\\xfb.csv"
    assert one.file.encode()  # can be stored
    assert Path(one.location).read_bytes() == b"x"


def test_endings() -> None:
    assert [ending_of(name) for name in ("a.CSV", "a.Xls", "a.xlsx.bak", "csv", "a.b.tsv")] == [
        ".csv",
        ".xls",
        "",
        "",
        ".tsv",
    ]


def test_no_raw_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        scan(tmp_path / "raw")
