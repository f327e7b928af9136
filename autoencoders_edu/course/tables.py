"""The tables beside the lessons, which the lessons' scripts make."""

import pandas as pd


def write(path, rows, decimals=4):
    """Writes a table as CSV and prints each row. Whatever ends a script early, the file keeps the rows made so far.

    Args:
        path: the file.
        rows: iterable of dicts, often a generator that trains a model for each.
        decimals: to which numbers are rounded.
    """
    made = []
    for row in rows:
        made.append(row)
        print(row, flush=True)
        pd.DataFrame(made).round(decimals).to_csv(path, index=False)
