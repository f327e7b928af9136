"""What counts as a label, and what does not."""

import numpy as np
import pandas as pd
import pytest

from autoencoders_edu.data.labels import parse_labels


@pytest.mark.parametrize(
    "labels",
    [
        [0, 1, 3],
        [False, True, 3],
        [0.0, 1.0, 3.0],
        np.array([0, 1, 3], object),
        np.array([0, 1, 3], "uint8"),
        pd.Series([0, 1, 3], index=[7, 5, 5]),
        pd.array([0, 1, 3], "Int64"),
        pd.Categorical([0, 1, 3]),
        [np.array(0), np.array(1), np.array(3)],
    ],
)
def test_whole_numbers_are_labels_in_whatever_they_come(labels):
    values, bad = parse_labels(labels)
    assert values.tolist() == [0, 1, 3]
    assert values.dtype == np.int64
    assert not bad.any()


def test_false_and_true_are_0_and_1():
    assert parse_labels(np.array([False, True]))[0].tolist() == [0, 1]


@pytest.mark.parametrize("label", [-1, 0.5, np.nan, np.inf, None, pd.NA, "0", "1", "normal", b"1"])
def test_all_else_is_none(label):
    assert parse_labels([0, label, 1])[1].tolist() == [False, True, False]


def test_no_rows_have_no_labels():
    assert [part.tolist() for part in parse_labels([])] == [[], []]
