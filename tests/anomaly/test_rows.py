"""Rows of metrics: one scale for all, constants, and training rows that come a second time."""

import numpy as np
import pandas as pd
import pytest

from autoencoders_edu.anomaly.rows import Columns, Fingerprints, Scale, check_rows, hashes


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_scale_is_the_standard_score_and_cuts_off_at_its_limit(rng):
    x = rng.normal([5, 1e6], [0.1, 1e5], (1000, 2)).astype("float32")
    scale = Scale(x)
    expected = (x - x.mean(axis=0, dtype="float64")) / x.std(axis=0, dtype="float64")
    np.testing.assert_allclose(scale(x), expected, rtol=1e-3, atol=1e-4)
    assert scale(np.array([[5, 1e9], [-1e9, 1e6]]))[[0, 1], [1, 0]].tolist() == [10, -10]


@pytest.mark.parametrize("value", [0, 0.1, -3e7, 1e-9])
def test_a_constant_metric_is_zero_while_it_stays_and_counts_the_limit_when_it_moves(rng, value):
    x = np.stack([np.full(5000, value), rng.normal(size=5000)], axis=1).astype("float32")
    scale = Scale(x)
    assert scale.constant.tolist() == [True, False]
    assert (scale(x)[:, 0] == 0).all()
    assert scale(np.array([[value + 1 + abs(value), 0], [value - 1 - abs(value), 0]]))[:, 0].tolist() == [10, -10]


def test_a_metric_that_moved_once_in_training_is_no_constant(rng):
    x = np.zeros((5000, 1), "float32")
    x[17] = 1
    assert not Scale(x).constant.any()


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (np.zeros(5), r"array \(rows, metrics\).*Received: \(5,\). One row alone is x\[None\]"),
        (np.zeros((0, 3)), r"at least one row and one metric. Received: \(0, 3\)"),
        (np.zeros((3, 0)), r"at least one row and one metric. Received: \(3, 0\)"),
        (pd.Series([1.0, 2.0]), r"Received: \(2,\). A Series may be one metric or one row: make it x.to_frame\(\)"),
        ([["a", "b"]], "Received something else: could not convert"),
        ([[0.0, 1.0], [np.nan, 1.0], [0.0, np.inf]], r"NaN or infinity in 2 of 3 rows \(the first: row 1, column 0\)"),
        ([[1e300]], "NaN or infinity in 1 of 1 rows"),
    ],
)
def test_rows_that_are_none_are_refused(x, said):
    with pytest.raises(ValueError, match=said):
        check_rows("Somebody", x)


def test_rows_of_other_metrics_are_refused():
    with pytest.raises(ValueError, match=r"Somebody was fitted on 4 metrics. Received rows of 3"):
        check_rows("Somebody", np.zeros((2, 3)), 4)


def test_rows_may_come_as_a_table():
    assert check_rows("Somebody", pd.DataFrame({"a": [1, 2], "b": [3.5, 4]})).tolist() == [[1, 3.5], [2, 4]]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (["web-1", "web-1"], r"table whose column 'c' holds values such as 'web-1'.*x.drop\(columns='c'\)"),
        (pd.to_datetime(["2024-01-01", "2024-01-02"]), "column 'c' holds values such as '2024-01-01 00:00:00'"),
        ([1.0, np.nan], r"NaN or infinity in 1 of 2 rows \(the first: row 1, column 'c'\)"),
        (pd.array([1, None], dtype="Int64"), r"NaN or infinity in 1 of 2 rows \(the first: row 1, column 'c'\)"),
    ],
)
def test_a_column_that_is_no_metric_is_named(column, said):
    with pytest.raises(ValueError, match=said):
        check_rows("Somebody", pd.DataFrame({"b": [1, 2], "c": column}))


@pytest.mark.parametrize("dtype", ["object", "Int64", "boolean", "uint8"])
def test_numbers_of_a_table_may_have_any_type(dtype):
    assert check_rows("Somebody", pd.DataFrame({"a": [0, 1], "b": [0.5, 2]}).astype({"a": dtype})).tolist() == [
        [0, 0.5],
        [1, 2],
    ]


TABLE = pd.DataFrame({"cpu": [1, 2, 4], "disk": [3, 7, 5], "ram": [8, 9, 6]})
ROWS = TABLE.to_numpy().tolist()


def fitted(x, names=None):
    columns = Columns("Somebody", names)
    columns.fit(x)
    return columns


@pytest.mark.parametrize("order", [["cpu", "disk", "ram"], ["ram", "cpu", "disk"], ["disk", "cpu", "ram"]])
def test_a_table_is_brought_into_the_order_of_the_fitted_one(order):
    columns = fitted(TABLE)
    assert columns.names == ("cpu", "disk", "ram")
    assert columns(TABLE[order]).tolist() == ROWS


def test_a_table_is_brought_into_the_order_of_the_names_that_were_given():
    columns = Columns("Somebody", ["ram", "cpu", "disk"])
    assert columns.fit(TABLE).tolist() == TABLE[["ram", "cpu", "disk"]].to_numpy().tolist()
    assert columns(TABLE).tolist() == TABLE[["ram", "cpu", "disk"]].to_numpy().tolist()


def test_names_that_were_given_for_an_array_hold_for_a_table():
    columns = fitted(TABLE.to_numpy(), ["cpu", "disk", "ram"])
    assert columns(TABLE[["disk", "ram", "cpu"]]).tolist() == ROWS


@pytest.mark.parametrize("x", [TABLE.to_numpy(), pd.DataFrame(TABLE.to_numpy())], ids=["array", "numbered"])
def test_rows_without_names_are_taken_as_they_come(x):
    assert fitted(TABLE)(x).tolist() == ROWS
    assert fitted(x).names is None
    assert fitted(x)(TABLE[["ram", "cpu", "disk"]]).tolist() == TABLE[["ram", "cpu", "disk"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (
            TABLE.rename(columns={"cpu": "CPU"}),
            r"'cpu', 'disk', 'ram', in any order. It lacks 'cpu'. It also has columns that are not among them: 'CPU'\.",
        ),
        (TABLE.assign(label=0), r"in any order. It also has columns that are not among them: 'label'\.$"),
        (TABLE[["cpu", "ram"]], r"in any order. It lacks 'disk'\.$"),
        (
            TABLE.set_axis(list("abc"), axis=1),
            r"It lacks 'cpu', 'disk', 'ram'. It also has columns that are not among them: 'a', 'b', 'c'",
        ),
        (pd.concat([TABLE, TABLE[["cpu"]]], axis=1), "cannot tell two metrics apart that are both called 'cpu'"),
        (TABLE.to_numpy()[:, :2], "was fitted on 3 metrics. Received rows of 2"),
    ],
)
def test_a_table_of_other_metrics_is_refused(x, said):
    with pytest.raises(ValueError, match=f"Somebody .*{said}"):
        fitted(TABLE)(x)


@pytest.mark.parametrize(
    ("names", "x", "said"),
    [
        (["cpu", "disk"], TABLE, "It also has columns that are not among them: 'ram'"),
        (["CPU", "disk", "ram"], TABLE, "It lacks 'CPU'. It also has columns that are not among them: 'cpu'"),
        (["cpu", "disk"], TABLE.to_numpy(), "There are 2 names for 3 metrics. Give one for each"),
        (["cpu", "cpu", "ram"], TABLE.to_numpy(), "two metrics apart that are both called 'cpu'"),
    ],
)
def test_names_that_do_not_fit_are_refused(names, x, said):
    with pytest.raises(ValueError, match=said):
        fitted(x, names)


def test_many_names_are_told_in_part():
    table = pd.DataFrame(np.zeros((2, 50)), columns=[f"m{index}" for index in range(50)])
    with pytest.raises(ValueError, match=r"the metrics 'm0', 'm1', 'm2', 'm3', 'm4', ... \(50 in all\), in any order"):
        fitted(table)(TABLE)


def test_scale_tells_metrics_apart_by_their_names(rng):
    x = pd.DataFrame(rng.normal([5, 1e6, 3], [0.1, 1e5, 2], (100, 3)), columns=["a", "b", "c"])
    scale = Scale(x)
    np.testing.assert_array_equal(scale(x[["c", "a", "b"]]), scale(x))
    with pytest.raises(ValueError, match=r"Scale expects a table of the metrics 'a', 'b', 'c'.* It lacks 'c'"):
        scale(x[["a", "b"]])


def test_hashes_tell_equal_rows_from_others(rng):
    x = rng.normal(size=(500, 3)).astype("float32")
    assert len(np.unique(hashes(x))) == 500
    assert (hashes(x.copy()[100:]) == hashes(x)[100:]).all()
    assert (hashes(x[100:], 16) == hashes(x, 16)[100:]).all()
    assert hashes(np.array([[0.0]])) == hashes(np.array([[-0.0]]))


@pytest.mark.parametrize("copied", [10, 100, 1000])
@pytest.mark.parametrize("order", ["as they were", "shuffled"])
def test_copied_rows_are_found(rng, copied, order):
    x = rng.normal(size=(3000, 4)).astype("float32")
    new = rng.normal(size=(1000, 4)).astype("float32")
    new[:copied] = x[500 : 500 + copied] if order == "as they were" else rng.permutation(x)[:copied]
    matches, _ = Fingerprints(x).repeated(new)
    assert matches == copied


@pytest.mark.parametrize("times", [2, 3])
def test_copies_are_found_of_rows_that_were_trained_on_more_than_once(rng, times):
    x = rng.normal(size=(1000, 4))
    assert Fingerprints(np.tile(x, (times, 1))).repeated(x[:300])[0] == 300


def test_rows_held_out_from_the_same_server_are_not_called_copies(rng):
    """Of honest pairs of splits, about one in a thousand may be refused: none of these 200, from few values to many."""
    for values in (2, 3, 5, 8, 12, 20, 40, 100, 1000, 10**6):
        for _ in range(20):
            x = rng.integers(0, values, (2000, 3))
            assert Fingerprints(x[:1500]).repeated(x[1500:]) == (0, 0), values


def test_idle_nights_that_look_alike_are_not_called_copies():
    """A server that shows the same rows each night, one after another, and its own noise by day."""
    rng = np.random.default_rng(1)
    days = [np.concatenate([np.arange(60.0)[:, None] * [1, 2], rng.normal(size=(100, 2))]) for _ in range(20)]
    assert Fingerprints(np.concatenate(days[:15])).repeated(np.concatenate(days[15:])) == (0, 0)


def test_copies_are_found_among_rows_that_take_few_values(rng):
    """Three switches: single rows say nothing, their order does."""
    x = rng.integers(0, 2, (3000, 3))
    matches, _ = Fingerprints(x).repeated(np.concatenate([rng.integers(0, 2, (500, 3)), x[1000:1500]]))
    assert matches > 300
