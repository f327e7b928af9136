"""A user's CSV: what is in the file comes back in order, split by time, with each column in the role that was said."""

import math

import numpy as np
import pytest
from csv_text import column, joined, read, tables, text_of
from hypothesis import assume, given, settings
from hypothesis import strategies as st

few = settings(deadline=None, max_examples=25)


@few
@given(table=tables)
def test_csv_gives_back_the_table_in_its_order(table):
    data = read(text_of(table))
    np.testing.assert_array_equal(joined(data), table)
    assert joined(data).dtype == np.float32


@few
@given(rows=st.integers(10, 300), train=st.floats(0.1, 0.8), share=st.floats(0.15, 0.85))
def test_csv_splits_by_time_in_the_asked_fractions(rows, train, share):
    val = (1 - train) * share
    assume(min(val, 1 - train - val) * rows > 1)
    data = read("a\n" + "".join(f"{index % 7}\n" for index in range(rows)), train=train, val=val)
    sizes = np.array([len(data.x_train), len(data.x_val), len(data.x_test)])
    assert sizes.sum() == rows
    assert (np.abs(sizes - rows * np.array([train, val, 1 - train - val])) <= 1).all()


def test_csv_keeps_the_names_of_columns():
    assert read("cpu,disk\n1,2\n3,4\n5,6\n7,8\n").feature_names == ("cpu", "disk")


def test_csv_leaves_out_what_it_is_told_to():
    text = "host,cpu,id\n" + "".join(f"web-1,{index % 3},{index}\n" for index in range(20))
    assert read(text, drop=["host", "id"]).feature_names == ("cpu",)
    with pytest.raises(ValueError, match=r"no column 'ram' \(drop\). Its columns: 'host', 'cpu', 'id'"):
        read(text, drop="ram")


def test_csv_without_labels_has_none():
    data = read("a\n1\n2\n3\n4\n")
    assert (data.y_train, data.y_val, data.y_test, data.class_names) == (None, None, None, ())


@few
@given(labels=st.lists(st.integers(0, 1), min_size=4, max_size=20))
def test_csv_takes_labels_out_of_the_metrics(labels):
    assume(not all(labels))
    data = read("a,bad\n" + "".join(f"7,{label}\n" for label in labels), label_column="bad")
    np.testing.assert_array_equal(joined(data, "y"), labels)
    assert data.y_test.dtype == np.int64
    assert data.feature_names == ("a",)


@pytest.mark.parametrize("cells", ["False False True False", "0.0 0.0 1.0 0.0", '"0" "0" "1" "0"'])
def test_csv_understands_labels_in_other_spellings(cells):
    data = read(column("bad", cells.split()), label_column="bad")
    assert joined(data, "y").tolist() == [0, 0, 1, 0]
    assert data.class_names == ("healthy", "incident")


@pytest.mark.parametrize("label", ["", "-1", "0.5", "bad"])
def test_csv_refuses_labels_that_are_not_counting_numbers(label):
    with pytest.raises(ValueError, match=rf"label column 'bad' must hold integers.*Received '{label}' in line 3\."):
        read(f"a,bad\n1,0\n2,{label}\n3,0\n4,1\n", label_column="bad")


@pytest.mark.parametrize(
    ("cells", "said", "label"),
    [
        ("ok ok down ok", r"Received 'ok' in line 2. .* label=\{'ok': 0, 'down': 1\}\.", {"ok": 0, "down": 1}),
        ("1 1 -1 1", r"Received '-1' in line 4. .* label=\{1: 0, -1: 1\}\.", {1: 0, -1: 1}),
        ("1 1 2 1", r"the label column 'y' is never 0. .* label=\{1: 0, 2: 1\}\.", {1: 0, 2: 1}),
        (
            "a b c d e",
            r"label=\{'a': 0, 'b': 1, 'c': 1, 'd': 1, ...\}\.",
            dict(zip("abcde", [0, 0, 1, 0, 0], strict=True)),
        ),
    ],
)
def test_csv_asks_what_labels_mean_and_takes_the_answer(cells, said, label):
    text = column("y", cells.split())
    with pytest.raises(ValueError, match=said):
        read(text, label_column="y")
    assert joined(read(text, label_column="y", label=label), "y").tolist()[:4] == [0, 0, 1, 0]


def test_csv_refuses_a_label_that_has_no_meaning():
    text = column("y", ["ok", "ok", "down", "ok"])
    with pytest.raises(ValueError, match="Received 'down' in line 4"):
        read(text, label_column="y", label={"ok": 0})
    with pytest.raises(ValueError, match=r"label says what each value .*\{'ok': 0, 'down': 1\}. Received: 'ok'"):
        read(text, label_column="y", label="ok")


@pytest.mark.parametrize("name", ["label", "Is Anomaly"])
def test_csv_refuses_labels_for_a_metric(name):
    text = column(name, [0, 0, 1, 0])
    with pytest.raises(ValueError, match=rf"column '{name}' seems to hold labels.*label_column='{name}'.*drop="):
        read(text)
    assert read(text, label_column=name).feature_names == read(text, drop=name).feature_names == ("other",)


@pytest.mark.parametrize("role", ["time_column", "label_column"])
def test_csv_refuses_a_column_that_is_not_there_and_lists_the_others(role):
    with pytest.raises(ValueError, match=rf"no column 'when' \({role}\). Its columns: 'a', 'b'"):
        read("a,b\n1,2\n3,4\n5,6\n7,8\n", **{role: "when"})


def test_csv_refuses_one_column_for_time_and_label():
    with pytest.raises(ValueError, match=r"no column 'y' \(label_column\)"):
        read("a,y\n1,0\n2,0\n3,1\n4,1\n", time_column="y", label_column="y")


@pytest.mark.parametrize(
    ("option", "role"),
    [({"time_zone": "UTC"}, "time"), ({"time_format": "%H:%M"}, "time"), ({"label": {"ok": 0}}, "label")],
)
def test_csv_refuses_an_option_for_a_column_that_nobody_named(option, role):
    with pytest.raises(ValueError, match=f"{next(iter(option))}=.* Say which one it is: {role}_column="):
        read("a\n1\n2\n3\n4\n", **option)


def test_csv_refuses_a_table_without_metrics():
    with pytest.raises(ValueError, match="holds no column of metrics"):
        read("time\n1\n2\n3\n4\n", time_column="time")


@pytest.mark.parametrize("options", [{}, {"time_column": "time"}, {"label_column": "a"}])
def test_csv_refuses_a_header_without_rows(options):
    with pytest.raises(ValueError, match=r"metrics\.csv holds no rows"):
        read("time,a\n", **options)


@few
@given(train=st.floats(-2, 3), val=st.floats(-2, 3))
def test_csv_refuses_fractions_outside_their_range(train, val):
    assume(train <= 0 or val <= 0 or train + val >= 1)
    with pytest.raises(ValueError, match="would leave a part of the split empty"):
        read("a\n1\n2\n3\n4\n", train=train, val=val)


@pytest.mark.parametrize("fraction", [math.nan, math.inf, "half"])
@pytest.mark.parametrize("part", ["train", "val"])
def test_csv_refuses_fractions_that_are_no_numbers(part, fraction):
    with pytest.raises(ValueError, match=f"{part}={fraction}"):
        read("a\n1\n2\n3\n4\n", **{part: fraction})


@pytest.mark.parametrize("rows", [1, 2])
def test_csv_refuses_too_few_rows_to_split(rows):
    with pytest.raises(ValueError, match=f"has {rows} rows"):
        read(column("time", range(rows)), time_column="time")
