"""What a file really is, by its content, and whether it is safe to parse."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum

from assets.deliveries.limits import MIB, Limits
from assets.deliveries.refusal import RefusalError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_NOT_TABLES = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片（PNG）",
    b"\xff\xd8\xff": "图片（JPEG）",
    b"GIF8": "图片（GIF）",
    b"II*\x00": "图片（TIFF）",
    b"MM\x00*": "图片（TIFF）",
    b"Rar!": "压缩包（RAR）",
    b"7z\xbc\xaf": "压缩包（7z）",
    b"\x1f\x8b": "压缩包（gzip）",
    b"{\\rtf": "RTF 文档",
    b"SQLite format 3": "数据库文件",
    b"\x7fELF": "程序文件",
}
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|table|\?xml)", re.IGNORECASE)
_BLANK = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*")
_ROOT = re.compile(rb"<[A-Za-z_]")
_PROLOG = 64 * 1024
_CHUNK = MIB
_NOT_READ = ("docprops/", "xl/media/", "xl/drawings/", "xl/charts/", "xl/printersettings/", "customxml/")
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再报送。"


class Form(Enum):
    """How a file is read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"


def form_of(data: bytes) -> Form:
    """Tell by the content how to read a file that has an ending we accept.

    Raises:
        RefusalError: it is empty, or nothing that is read, whatever its name says.
    """
    if _BLANK.fullmatch(data[:_PROLOG]) and not data[_PROLOG:].strip(b" \t\r\n\x00"):
        raise RefusalError("空文件：没有任何内容。")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise RefusalError("工作簿已加密：请取消密码后重新报送。")
        return Form.XLS
    if data.startswith(_BARE_BIFF):
        return Form.XLS
    if data.startswith(_ZIP):
        return Form.XLSX
    for magic, name in _NOT_TABLES.items():
        if data.startswith(magic):
            raise RefusalError(f"实际是{name}，不是表格：请报送 .xlsx、.xls、.csv、.tsv 或 .txt 表格。")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise RefusalError("编码为 UTF-32，不能读取：请另存为 UTF-8。")
    if _MARKUP.match(data[:_PROLOG]):
        raise RefusalError(f"实际是网页或 XML 文件，不是表格：{_SAVE_AS}")
    return Form.TEXT


def open_workbook_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """Open an .xlsx for looking into it, after checking that unpacking it is harmless.

    Raises:
        RefusalError: cut off, no workbook, too many or too large parts, or parts that declare entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, UnicodeDecodeError) as error:
        raise RefusalError(f"文件已损坏或不完整（压缩结构读不出来）：{_SAVE_AS}") from error
    parts = archive.infolist()
    if not parts:
        raise RefusalError("空的压缩包：没有工作簿。")
    if len(parts) > limits.zip_entries:
        raise RefusalError(f"工作簿内部件过多（{len(parts)} 个，上限 {limits.zip_entries} 个）。")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusalError("压缩包已加密：请取消密码后重新报送。")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unzipped_bytes or (
        unpacked > limits.zip_ratio_from_bytes and unpacked > limits.zip_ratio * len(data)
    ):
        raise RefusalError(
            f"解压后过大（{unpacked // MIB} MB，压缩后仅 {len(data) // MIB} MB），疑似压缩炸弹。"
        )
    names = {part.filename.replace("\\", "/").lstrip("/").lower() for part in parts}
    _expect_workbook(names)
    for part in parts:
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")) and not name.startswith(_NOT_READ):
            _check_part(archive, part)
    return archive


def chunks_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked content of a part, piece by piece.

    Raises:
        RefusalError: the part is damaged, or larger than its directory entry says.
    """
    try:
        with archive.open(name) as part:
            while piece := part.read(_CHUNK):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise RefusalError(f"文件已损坏或不完整（部件 {name} 读不出来）：{_SAVE_AS}") from error


def _expect_workbook(names: set[str]) -> None:
    if "xl/workbook.xml" in names or any(name.endswith("workbook.xml") for name in names):
        return
    if "word/document.xml" in names:
        what = "Word 文档"
    elif any(name.startswith("ppt/") for name in names):
        what = "PowerPoint 文档"
    elif "xl/workbook.bin" in names:
        what = "二进制工作簿（.xlsb）"
    elif "content.xml" in names and "mimetype" in names:
        what = "OpenDocument 文档"
    else:
        what = "压缩包"
    raise RefusalError(f"实际是{what}，不是 .xlsx 工作簿：{_SAVE_AS}")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part may declare a document type (no honest workbook does), and none may be damaged.

    A document type can only stand before the root element. Sheets are read to their end, and so checked
    against their checksum, when they are looked through; the other parts are here: calamine checks none.
    """
    head = b""
    is_known = False
    for piece in chunks_of(archive, part.filename):
        if is_known:
            continue
        head += piece
        is_known = len(head) >= _PROLOG or _ROOT.search(head) is not None
        if is_known and "/worksheets/" in part.filename.lower():
            break
    plain = head.replace(b"\x00", b"")  # UTF-16 parts
    root = _ROOT.search(plain)
    prolog = plain[: root.start()] if root else plain
    if b"<!doctype" in prolog.lower() or b"<!entity" in prolog.lower():
        raise RefusalError("工作簿内含实体声明（DOCTYPE），不安全，不予读取。")
