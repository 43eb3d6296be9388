"""`python -m bench`: run the cases, print the table, keep it in bench/README.md where asked."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bench.cases import CASES, Bench, as_json
from bench.table import Line, machine, markdown

README = Path(__file__).parent / "README.md"
KEPT = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.S)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Ratios against minimal and peers.")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; all by default")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of runs for each case (default 5)")
    parser.add_argument(
        "--folder", type=Path, default=Path("build/bench"), help="for data; kept between runs"
    )
    parser.add_argument("--write", action="store_true", help="keep the table in bench/README.md")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    unknown = sorted(set(given.cases) - set(CASES))
    if unknown:
        parser.error(f"no such case: {', '.join(unknown)}")
    bench = Bench(given.folder.resolve(), given.pairs)
    print(machine(), flush=True)
    lines: list[Line] = []
    for name in given.cases or CASES:
        print(f"… {name}", flush=True)
        found = CASES[name](bench)
        print(markdown(found) if found else "not installed, left out", flush=True)
        lines += found
    table = f"\n{machine()} {given.pairs} pairs a case.\n\n{markdown(lines)}\n"
    print(table)
    if given.write:
        README.write_text(KEPT.sub(lambda _: table, README.read_text(encoding="utf-8")), encoding="utf-8")
    if given.json:
        given.json.write_text(as_json(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
