"""Real tables as pandas DataFrames: two that come with scikit-learn, among the data of its tests."""

import gzip
import hashlib
import io
import re
from dataclasses import dataclass
from importlib import resources

import numpy as np
import pandas as pd

from autoencoders_edu.data.dataset import Dataset


@dataclass(frozen=True)
class Source:
    """Where a table comes from: a file of OpenML's, with the columns that are used.

    Attributes:
        number: of the data set on OpenML, www.openml.org/d/number.
        file: name of the file.
        sha256: hash of its content, unpacked.
        source, licence: who made it, and how it may be used.
        quote: what stands around words.
        columns: those that are kept, in order; (): all.
    """

    number: int
    file: str
    sha256: str
    source: str
    licence: str
    quote: str
    columns: tuple[str, ...] = ()


FRAMES = {
    "kr_vs_kp": Source(
        number=3,
        file="data-v1-dl-3.arff.gz",
        sha256="b22a8a12bd40648400b000bad0545683b8ecd33ac84f2c265dd5c309c832fd69",
        source="A. Shapiro 1983, UCI, Chess (King-Rook vs. King-Pawn), from OpenML, as shipped with scikit-learn",
        licence="Public (OpenML)",
        quote="'",
    ),
    "titanic": Source(
        number=40945,
        file="data-v1-dl-16826755.arff.gz",
        sha256="c56e3785c96cd8aceac85f11bff21c2bf72841426f50903a6f27be8f334a7d03",
        source="F. E. Harrell and T. Cason 2017, Vanderbilt Biostatistics, from OpenML, as shipped with scikit-learn",
        licence="Public (OpenML)",
        quote='"',
        columns=("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked", "survived"),
    ),
}


def frame(name: str) -> pd.DataFrame:
    """A real table, for `ae.data.table`, from the data of scikit-learn's tests, which its wheels include: no download.

    - "kr_vs_kp": 3196 positions of a chess endgame, king and rook against king and pawn, described by 36 categorical
      features with names such as "bkblk" (explained in Shapiro's book alone), and "class", whether White can win.
    - "titanic": 1309 passengers of the Titanic. Their class, sex, age in years (263 are unknown), numbers of siblings
      or spouses ("sibsp") and of parents or children ("parch") aboard, fare in pounds (skewed), port, and whether
      they survived. Names, tickets and cabins are left out.

    Args:
        name: of the table.

    Returns:
        A DataFrame. Columns of words have the dtype "category"; gaps are NaN. `attrs` has "source" and "licence".

    Raises:
        ValueError: for an unknown name, or if scikit-learn came without that file, or with another.

    Example:

    >>> frame("titanic").shape
    (1309, 8)
    """
    if not isinstance(name, str) or name not in FRAMES:
        raise ValueError(f"Unknown table {name!r}. Expected one of: {', '.join(map(repr, FRAMES))}.")
    known = FRAMES[name]
    head, rows = re.split(r"^@data\s*?\n", _content(name, known), maxsplit=1, flags=re.MULTILINE | re.IGNORECASE)
    attributes = re.findall(r"^@attribute '(.+?)' +(\S+)", head, re.MULTILINE)
    names = [column for column, _ in attributes]
    rows = re.sub("^%.*\n", "", rows, flags=re.MULTILINE)  # comments
    read = pd.read_csv(io.StringIO(rows), header=None, names=names, na_values="?", quotechar=known.quote)
    read = pd.DataFrame(read[list(known.columns or names)])
    words = [column for column, kind in attributes if kind.startswith("{") and column in read.columns]
    read = read.astype(dict.fromkeys(words, "category"))
    read.attrs = {"source": known.source, "licence": known.licence}
    return read


def kr_vs_kp(seed: int = 0) -> Dataset:
    """The chess endgames of `frame("kr_vs_kp")` as an array: 36 categorical features, each one-hot.

    Args:
        seed: integer; affects the split, 70 : 15 : 15.

    Returns:
        A `Dataset` of rows (n, 73), with y 1 where White can win; `feature_names` are such as "bkblk=t".
    """
    from autoencoders_edu.data.mixed_table import table

    rows = frame("kr_vs_kp")
    made = table(rows.drop(columns="class"), categorical=[*rows.columns[:-1]], seed=seed)
    won = pd.Series(rows["class"] == "won")
    return Dataset(
        *(made.x_train, made.x_val, made.x_test),
        *(np.asarray(won.loc[part.index], "int64") for part in (made.train, made.val, made.test)),
        name="kr_vs_kp",
        source=rows.attrs["source"],
        licence=rows.attrs["licence"],
        class_names=("nowin", "won"),
        feature_names=made.feature_names,
    )


def _content(name, known):
    """The text of a table's file, once its hash is found to be right."""
    file = resources.files("sklearn") / "datasets/tests/data/openml" / f"id_{known.number}" / known.file
    try:
        content = gzip.decompress(file.read_bytes())
    except FileNotFoundError:
        raise ValueError(
            f"The table {name!r} comes with scikit-learn, in {known.file} among the data of its tests, which this "
            "installation was stripped of. Install scikit-learn with pip, whose wheels have them."
        ) from None
    found = hashlib.sha256(content).hexdigest()
    if found != known.sha256:
        raise ValueError(
            f"The table {name!r} in this scikit-learn is another than the one that is known: its SHA-256 is "
            f"{found[:12]}..., expected {known.sha256[:12]}...."
        )
    return content.decode()
