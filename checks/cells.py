"""How the text of a cell is read: text → value (SOURCES 1, Cells). Dates are in `cell_dates`.

Every function takes a Series of text and gives a Series of the same length; null is what is blank or
cannot be read. Nothing here loops over rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import polars as pl

BLANKS = ("", "-", "--", "/", "—", "无", "NULL", "null", "N/A", "#N/A")
NONE_ZH = "无"
LONGEST_BLANK = max(map(len, BLANKS))

YES = ("是", "有", "已", "y", "yes", "true", "1", "√", "✓")
NO = ("否", "无", "未", "n", "no", "false", "0", "×", "✗")

CONTROL = "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
LINE_BREAKS = "(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])+"
NAME_DOTS = "[•‧・．]"
LIST_SEPARATORS = "[、，,；;/|／｜\n\r\x0b\x0c\x85\u2028\u2029]"
ELEMENT_END = "\x1f"  # a control character: taken away from the cells before, so it is free

NUMBER = r"^(?:[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|[+-]?\.[0-9]+)\s*%?$"
WHOLE = r"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0*)?\s*%?$"
TOO_LONG_FOR_DECIMAL = r"^[+-]?0*[1-9][0-9]{16,}(?:\.|$)"
MARK_TYPE = pl.Decimal(28, 12)
LARGEST_MARK = "9" * 16
LARGEST_WHOLE = str(2**63 - 1)

# All of these are the same in NFKC, one beside the other too: ASCII, Chinese characters, 、 〔 〕, the dot.
NOT_SURELY_COMPATIBLE = r"[^\x00-\x7F\x{4E00}-\x{9FFF}、〔〕·]"
# A cell or an element that is blank has no other characters than these, in either width.
IN_BLANKS = r"\s/／\-－—―﹣无NULnulAＮＵＬｎｕｌＡ#＃"
# A list whose elements are all blank has no other characters than these.
ONLY_BLANKS = rf"^[{IN_BLANKS}、，,；;|｜]*$"
# A list that may hold a blank element, or white space around one.
UNTIDY = rf"(?:^|{ELEMENT_END})(?:\s|[{IN_BLANKS}]*(?:{ELEMENT_END}|$))|\s(?:{ELEMENT_END}|$)"

CASE_YEAR = r"[\[(〔【]([0-9]{4})[\])〕】]"


def where(cells: pl.Series, mask: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Change the cells under the mask only (a null in the mask is no)."""
    rows = mask.fill_null(value=False).arg_true()
    return cells if rows.is_empty() else cells.clone().scatter(rows, change(cells.gather(rows)))


def clean(cells: pl.Series) -> pl.Series:
    """Take away the control characters other than white space (NUL among them)."""
    return where(cells, cells.str.contains(CONTROL), lambda odd: odd.str.replace_all(CONTROL, ""))


def compatible(cells: pl.Series) -> pl.Series:
    """Bring text to NFKC without white space at its ends; what surely is in it already is left as it is."""
    odd = cells.str.contains(NOT_SURELY_COMPATIBLE)
    return where(cells, odd, lambda few: few.str.normalize("NFKC")).str.strip_chars()


def blank_to_null(cells: pl.Series, *, none_is_text: bool = False) -> pl.Series:
    """Make null what counts as blank; the other cells keep their own writing.

    Args:
        cells: text without control characters, stripped.
        none_is_text: `无` is a value here (free text, yes/no).
    """
    blanks = [blank for blank in BLANKS if not (none_is_text and blank == NONE_ZH)]
    short = cells.str.len_chars() <= LONGEST_BLANK
    return where(cells, short, lambda few: few.set(compatible(few).is_in(blanks), None))


def code(cells: pl.Series) -> pl.Series:
    """Read a code or number of a thing: NFKC, blank forms null. Inner white space and case stay."""
    return blank_to_null(compatible(cells))


def text(cells: pl.Series, *, free: bool = False) -> pl.Series:
    """Read free text: white space at both ends taken away, inner line breaks made one space."""
    written = blank_to_null(cells.str.strip_chars(), none_is_text=free)
    return where(
        written, written.str.contains(LINE_BREAKS), lambda odd: odd.str.replace_all(LINE_BREAKS, " ")
    )


def name(cells: pl.Series) -> pl.Series:
    """Read a person's name: text, with the separators within it made `·`."""
    return name_dots(text(cells))


def name_dots(cells: pl.Series) -> pl.Series:
    """Write the separators within persons' names `·`."""
    return where(cells, cells.str.contains(NAME_DOTS), lambda odd: odd.str.replace_all(NAME_DOTS, "·"))


def case_no(cells: pl.Series) -> pl.Series:
    """Read a document number: NFKC, no white space, the brackets around the year made 〔 〕 (SOURCES 3.7)."""
    return code(cells).str.replace_all(r"\s", "").str.replace_all(CASE_YEAR, "〔${1}〕")


def enumeration(cells: pl.Series, values: Collection[str]) -> pl.Series:
    """Read one of the values listed; others are null."""
    written = code(cells)
    return written.set(~written.is_in(list(values)), None)


def region(cells: pl.Series, known: Collection[str], aliases: Mapping[str, str]) -> pl.Series:
    """Read a six-digit region code; an old code is the one that replaced it, an unknown one null."""
    return enumeration(code(cells).replace(dict(aliases)), known)


def yes_no(cells: pl.Series) -> pl.Series:
    """Read yes/no, in any case; `无` and `0` are no."""
    written = compatible(cells).str.to_lowercase()
    return pl.select(
        pl.when(written.is_in(YES)).then(statement=True).when(written.is_in(NO)).then(statement=False)
    ).to_series()


def plain_number(cells: pl.Series, pattern: str) -> pl.Series:
    """Keep the text of numbers of the pattern, without thousands separators and a trailing percent sign.

    A thousands separator stands before each three digits: `1,234` is a number, `1,23` is not.
    """
    written = code(cells)
    written = written.set(~written.str.contains(pattern), None)
    return where(written, written.str.contains("[,%]"), lambda odd: odd.str.replace_all(r"[,%\s]", ""))


def number(cells: pl.Series) -> pl.Series:
    """Read a number as double; exponents and what is not finite are unreadable."""
    value = plain_number(cells, NUMBER).cast(pl.Float64, strict=False)
    return value.set(value.is_infinite(), None)


def mark(cells: pl.Series) -> pl.Series:
    """Read a number as exact decimal with 12 places, rounded.

    What has more than 16 digits before the point is outside every range of marks and is kept as the
    largest number of its sign, so that it is found outside, and not unreadable.
    """
    written = plain_number(cells, NUMBER)
    written = where(
        written,
        written.str.contains(TOO_LONG_FOR_DECIMAL),
        lambda odd: odd.str.extract("^([+-]?)", 1) + LARGEST_MARK,
    )
    return written.cast(MARK_TYPE, strict=False)


def whole(cells: pl.Series) -> pl.Series:
    """Read a whole number; `3.0` is one, `3.5` is not.

    What does not fit 64 bits is kept as the largest number of its sign: SOURCES calls it unreadable, the
    tables of the reference season count it as given, and the tables are what is compared.
    """
    written = plain_number(cells, WHOLE).str.replace(r"\..*$", "")
    return where(
        written,
        written.is_not_null() & written.cast(pl.Int64, strict=False).is_null(),
        lambda huge: huge.str.extract("^(-?)", 1) + LARGEST_WHOLE,
    ).cast(pl.Int64)


def none_if_empty(elements: pl.Series) -> pl.Series:
    """Make a list without elements null."""
    return pl.select(pl.when(elements.list.len() > 0).then(elements)).to_series()


def split(cells: pl.Series, *, compatible_form: bool = True) -> pl.Series:
    """Split a list into its elements, stripped, blank ones dropped; null where none is left.

    Args:
        cells: text without control characters.
        compatible_form: bring the elements to NFKC (codes, enumerations, numbers; not names).
    """
    given = code(cells) if compatible_form else blank_to_null(cells.str.strip_chars())
    marked = where(
        given,
        given.str.contains(LIST_SEPARATORS),
        lambda several: several.str.replace_all(LIST_SEPARATORS, ELEMENT_END),
    )
    return where(marked, marked.str.contains(UNTIDY), _tidied).str.split(ELEMENT_END)


def _tidied(marked: pl.Series) -> pl.Series:
    """Lists, still as text, without blank elements and white space around others; null if none is left."""
    element = pl.element().str.strip_chars()
    kept = pl.element().filter(~pl.element().str.normalize("NFKC").str.strip_chars().is_in(BLANKS))
    elements = marked.str.split(ELEMENT_END).list.eval(element).list.eval(kept)
    return none_if_empty(elements).list.join(ELEMENT_END)


def without_elements_to_null(cells: pl.Series, *, compatible_form: bool = True) -> pl.Series:
    """Make null the lists in which no element is left; the other cells keep their own writing."""
    doubtful = compatible(cells).str.contains(ONLY_BLANKS)
    return where(
        cells, doubtful, lambda few: few.set(split(few, compatible_form=compatible_form).is_null(), None)
    )


def without_repeats(elements: pl.Series) -> pl.Series:
    """Drop what stands in a list a second time; the order stays."""
    if (elements.list.len() == elements.list.n_unique()).all():
        return elements
    return elements.list.unique(maintain_order=True)


def code_list(cells: pl.Series) -> pl.Series:
    """Read a list of codes, repeats dropped."""
    return without_repeats(split(cells))


def name_list(cells: pl.Series) -> pl.Series:
    """Read a list of persons' names, repeats kept."""
    return split(name_dots(cells), compatible_form=False)


def enumeration_list(cells: pl.Series, values: Collection[str]) -> pl.Series:
    """Read a list of values; those not listed and repeats are dropped; null where none is left."""
    known = pl.element().filter(pl.element().is_in(list(values)))
    return none_if_empty(without_repeats(split(cells).list.eval(known)))


def has_stranger(cells: pl.Series, values: Collection[str]) -> pl.Series:
    """Tell where a list holds an element that is none of the values."""
    strangers = split(cells).list.eval(pl.element().filter(~pl.element().is_in(list(values))))
    return (strangers.list.len() > 0).fill_null(value=False)


def _wholes(cells: pl.Series) -> pl.Series:
    """Elements as whole numbers, null for what is none."""
    elements = split(cells)
    rows = elements.to_frame("element").with_row_index("row").explode("element")
    numbers = rows.with_columns(whole(rows["element"]).alias("number"), is_list=rows["element"].is_not_null())
    per_row = numbers.group_by("row", maintain_order=True).agg("number", pl.col("is_list").any())
    return per_row.select(pl.when("is_list").then("number")).to_series()


def whole_list(cells: pl.Series, values: Collection[int]) -> pl.Series:
    """Read a list of whole numbers; those not listed and repeats are dropped; null where none is left."""
    numbers = _wholes(cells).list.eval(pl.element().filter(pl.element().is_in(list(values))))
    return none_if_empty(without_repeats(numbers))


def has_other_whole(cells: pl.Series, values: Collection[int]) -> pl.Series:
    """Tell where a list holds an element that is none of the whole numbers."""
    is_listed = pl.element().is_in(list(values)).fill_null(value=False)
    others = _wholes(cells).list.eval(pl.element().filter(~is_listed))
    return (others.list.len() > 0).fill_null(value=False)
