"""The officers of the demo, and their rosters month by month."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from assets.demo.codes import chance, stream
from assets.demo.names import people

CERTIFICATE_YEARS = 5
NEVER = 99
_ENDS_THIS_YEAR = 0.07
STEADY_POSTS = (
    3  # the first of each agency stay all year, with a valid certificate; they are sent and nominated
)
DESK_POST = STEADY_POSTS - 1  # of a prefecture's own agency: works at a desk, inspects nothing


def cast(seed: int, agencies: pl.DataFrame, year: int, staff: int | None = None) -> pl.DataFrame:
    """One row an officer, with what happens to them in the year (months as numbers, NEVER where it does not).

    Columns: officer_id, officer_name, prefecture, agency (row number in `agencies`), post (0, 1, … there),
    in_establishment, on_post, is_desk, cert_no (null for some), cert_valid_from,
    joined, left, moved, new_agency, renewed.

    Args:
        seed: of the season.
        agencies: from `places.agencies`.
        year: the season's.
        staff: how many in all, where it is not the agencies' own sum.
    """
    rng = stream(seed, "officers")
    counts = agencies["staff"].to_numpy()
    if staff is not None:
        counts = np.diff(np.round(np.cumsum(np.append(0, counts)) * staff / counts.sum()).astype(int))
    agency = np.repeat(np.arange(agencies.height), counts)
    size = len(agency)
    post = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts)
    codes = agencies["code"].to_numpy()[agency]
    prefecture = agencies["prefecture"].to_numpy()[agency]
    steady = post < STEADY_POSTS
    serial = pl.Series(np.arange(1, size + 1)).cast(pl.String).str.zfill(6)

    def happens(share: float) -> np.ndarray:
        return np.where(~steady & (rng.random(size) < share), rng.integers(2, 12, size), NEVER)

    # Most hold a certificate for years to come; some hold one that ends this year.
    ends_soon = ~steady & chance(rng, size, _ENDS_THIS_YEAR).to_numpy()
    issued = np.datetime64(f"{year - CERTIFICATE_YEARS + 1}-01-10") + rng.integers(0, 365 * 3, size)
    issued = np.where(
        ends_soon, np.datetime64(f"{year - CERTIFICATE_YEARS}-03-01") + rng.integers(0, 250, size), issued
    )
    joined = np.where(~steady & chance(rng, size, 0.04).to_numpy(), rng.integers(2, 11, size), 0)
    return pl.DataFrame(
        {
            "officer_id": "R" + pl.Series(codes).str.head(4) + serial,
            "officer_name": people(rng, prefecture),
            "prefecture": prefecture,
            "agency": agency,
            "post": post,
            "in_establishment": steady | chance(rng, size, 0.88).to_numpy(),
            "on_post": steady | chance(rng, size, 0.95).to_numpy(),
            "is_desk": (post == DESK_POST) & (agencies["level"].to_numpy()[agency] == "prefecture"),
            "cert_no": pl.Series(codes).str.head(4) + "22" + serial,
            "cert_valid_from": issued.astype("datetime64[D]"),
            "joined": joined,
            "left": happens(0.035),
            "moved": happens(0.03),
            "new_agency": _elsewhere(rng, agencies, agency),
            "renewed": happens(0.05),
        }
    ).with_columns(
        cert_no=pl.when(pl.Series(steady | chance(rng, size, 0.94).to_numpy())).then("cert_no"),
        cert_valid_from=pl.col("cert_valid_from").cast(pl.Date),
    )


def _elsewhere(rng: np.random.Generator, agencies: pl.DataFrame, agency: np.ndarray) -> np.ndarray:
    """An agency to move to: the next one in the list, usually of the same prefecture; some go anywhere."""
    regular = np.flatnonzero(agencies["level"].to_numpy() != "xpcc_city")
    near = regular[(np.searchsorted(regular, agency) + 1) % len(regular)]
    return np.where(chance(rng, len(agency), 0.2).to_numpy(), rng.choice(regular, len(agency)), near)


def roster(people_of_year: pl.DataFrame, agencies: pl.DataFrame, year: int, month: int) -> pl.DataFrame:
    """The rosters of one month, by agency: one row an officer; also agency (row number), post, is_desk."""
    view = people_of_year.filter((pl.col("joined") <= month) & (pl.col("left") > month)).with_columns(
        agency=pl.when(pl.col("moved") <= month).then("new_agency").otherwise("agency"),
        cert_valid_from=pl.when(pl.col("renewed") <= month)
        .then(pl.date(year, pl.min_horizontal("renewed", pl.lit(12)), 1))
        .otherwise("cert_valid_from"),
    )
    lookup = agencies.select("code", "agency_name", agency=pl.int_range(pl.len()))
    has_certificate = pl.col("cert_no").is_not_null()
    return (
        view.join(lookup, on="agency", how="left")
        .sort("agency", "post", "officer_id")
        .select(
            month=pl.lit(date(year, month, 1)),
            officer_id="officer_id",
            officer_name="officer_name",
            agency_code="code",
            agency_name="agency_name",
            in_establishment="in_establishment",
            on_post="on_post",
            cert_no="cert_no",
            cert_valid_from=pl.when(has_certificate).then("cert_valid_from"),
            cert_valid_to=pl.when(has_certificate).then(
                pl.col("cert_valid_from").dt.offset_by(f"{CERTIFICATE_YEARS}y").dt.offset_by("-1d")
            ),
            agency="agency",
            post="post",
            is_desk="is_desk",
        )
    )
