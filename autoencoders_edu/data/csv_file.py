"""A CSV file and how it is written. pandas reads it; what pandas trips over is said in words, with the line."""

import csv
import itertools
import re
import warnings
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from autoencoders_edu.data.csv_head import check_head, check_options, encoding_remedy

NOT_IN_TEXT = "\x1f"  # as a separator, it leaves lines whole
HEAD = 50  # lines that are looked at before the whole file is read
BOOLEANS = {"true": "1", "True": "1", "TRUE": "1", "false": "0", "False": "0", "FALSE": "0"}


@dataclass(frozen=True)
class CsvFile:
    """A file of rows. Args: as for `csv_table.read`."""

    path: Path
    sep: str = ","
    decimal: str = "."
    thousands: str | None = None
    header: int | str | None = "infer"
    encoding: str = "utf-8"

    def __post_init__(self):
        check_options(self.sep, self.decimal, self.thousands, self.header, self.encoding)
        if not self.path.is_file():
            looked = "" if self.path.is_absolute() else f" in {Path.cwd()}"
            raise ValueError(f"There is no file {self.path}{looked}. Expected a CSV file with a header line.")

    @property
    def above(self) -> int:
        """How many records stand above the first row."""
        return 0 if self.header is None else 1 if isinstance(self.header, str) else self.header + 1

    def table(self, as_text: Iterable[Hashable] = ()) -> pd.DataFrame:
        """The file as a table. A column in which every cell is a number holds numbers; any other holds text.

        Args:
            as_text: names of columns that are left as text even so.
        """
        head = [fields for _, fields in self._records(HEAD + self.above)]
        check_head(self, head[max(self.above - 1, 0) :])
        options = {
            "sep": self.sep,
            "decimal": self.decimal,
            "header": None if self.header is None else self.above - 1,
            "dtype": dict.fromkeys(as_text, str),
            "skipinitialspace": True,
        }
        table = self._read(**options)
        if (filled := _filled_rows(table)) < len(table):  # spreadsheets end files with rows of empty cells
            table = self._read(**options, nrows=filled)
        if self.header is None:
            return table
        table.columns = [name.strip() for name in table]
        return table.loc[:, [not (name.startswith("Unnamed: ") and _is_empty(table[name]).all()) for name in table]]

    def line(self, row: int) -> int:
        """The line of the file that holds a row of the table; the first line is 1."""
        return next(itertools.islice(self._records(), self.above + int(row), None))[0]

    def at(self, column: pd.Series, row: int) -> str:
        """A cell and its line, in words."""
        return f"{str(column.iloc[row]).strip()!r} in line {self.line(row)}"

    def numbers(self, column: pd.Series) -> np.ndarray:
        """A column as float64, NaN for each cell that holds no number. Where none does, True and False are 1 and 0."""
        if column.dtype.kind in "biuf":
            return column.to_numpy("float64")
        text = column.astype(str).str.strip()
        if self.thousands is not None:
            groups = rf"[+-]?\d{{1,3}}({re.escape(self.thousands)}\d{{3}})+({re.escape(self.decimal)}\d*)?"
            text = text.where(~text.str.fullmatch(groups), text.str.replace(self.thousands, "", regex=False))
        if self.decimal != ".":
            text = text.where(~text.str.contains(".", regex=False), "").str.replace(self.decimal, ".", regex=False)
        values = np.asarray(pd.to_numeric(text, errors="coerce"), "float64")
        if np.isnan(values).all():
            values = np.asarray(pd.to_numeric(text.replace(BOOLEANS), errors="coerce"), "float64")
        return values

    def _records(self, lines=None):
        """(line, fields) of each record, or of those in the first lines. Blank lines hold none."""
        whole = {"sep": NOT_IN_TEXT, "quoting": csv.QUOTE_NONE, "names": [0], "dtype": str, "skip_blank_lines": False}
        text = self._read(**whole, nrows=lines)[0]
        if self.sep == r"\s+":
            text = text.str.split().str.join(" ")
        reader = csv.reader(text, delimiter=" " if self.sep == r"\s+" else self.sep, skipinitialspace=True)
        return ((reader.line_num, fields) for fields in reader if fields)

    def _read(self, **options):
        options |= {"encoding": self.encoding, "index_col": False, "na_filter": False, "low_memory": False}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", pd.errors.ParserWarning)  # fields without a name would be dropped
                return pd.read_csv(self.path, **options)
        except UnicodeError as error:
            why = f"it is not {self.encoding!r} text ({error}). {encoding_remedy(self.path, self.encoding)}"
        except pd.errors.EmptyDataError:
            why = "it is empty."
        except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
            quote = re.search(r"EOF inside string starting at row (\d+)", str(error))
            opened = quote and f"a quotation mark opens in line {int(quote[1]) + 1} and never closes."
            why = opened or self._longer_line() or error
        raise ValueError(f"{self.path} can't be read as CSV: {why}")

    def _longer_line(self):
        """Names the first line that has more fields than the header, if there is one."""
        records = itertools.islice(self._records(), max(self.above - 1, 0), None)
        first, names = next(records)
        for line, fields in records:
            if any(fields[len(names) :]):
                role = "the first" if self.header is None else "the header"
                return (
                    f"line {line} has {len(fields)} fields, but line {first}, {role}, has {len(names)}. Give each "
                    "column a name; or say sep if another character separates the fields, or header if the names stand "
                    "in another line."
                )
        return None


def _filled_rows(table):
    """How many rows there are down to the last one that is not empty."""
    if any(dtype.kind in "biuf" for dtype in table.dtypes):
        return len(table)
    filled = ~table.apply(_is_empty).all(axis=1).to_numpy()
    return len(table) - int(filled[::-1].argmax()) if filled.any() else 0


def _is_empty(column):
    return column.astype(str).str.strip() == ""
