"""A user's CSV: what is in the file comes back in order, and what cannot be used is named with its line."""

import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import autoencoders_edu as ae

few = settings(deadline=None, max_examples=25)
values = st.floats(-1e6, 1e6, width=32)
tables = st.tuples(st.integers(4, 20), st.integers(1, 4)).flatmap(
    lambda shape: arrays("float32", shape, elements=values)
)


def text_of(table):
    """The CSV text of a table with columns a, b, ..."""
    header = ",".join("abcdefgh"[: table.shape[1]])
    return "\n".join([header, *(",".join(map(repr, row)) for row in table.tolist())]) + "\n"


def read(text, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "metrics.csv")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return ae.data.load("server_metrics", source="csv", path=path, **options)


def joined(data, letter="x"):
    return np.concatenate([getattr(data, f"{letter}_{split}") for split in ("train", "val", "test")])


def with_times(times):
    return "time,a\n" + "".join(f"{time},{index}\n" for index, time in enumerate(times))


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
    data = read("a\n" + "\n".join(map(str, range(rows))) + "\n", train=train, val=val)
    sizes = np.array([len(data.x_train), len(data.x_val), len(data.x_test)])
    assert sizes.sum() == rows
    assert (np.abs(sizes - rows * np.array([train, val, 1 - train - val])) <= 1).all()


@few
@given(table=tables, bad=st.sampled_from(["", "nan", "NaN", "inf", "-inf", "1e39"]), where=st.data())
def test_csv_names_column_and_line_of_a_gap_anywhere(table, bad, where):
    row = where.draw(st.integers(0, table.shape[0] - 1))
    column = where.draw(st.integers(0, table.shape[1] - 1))
    lines = text_of(np.c_[table, np.zeros(len(table))]).splitlines()  # a lone empty field would be an empty line
    fields = lines[row + 1].split(",")
    fields[column] = bad
    lines[row + 1] = ",".join(fields)
    with pytest.raises(
        ValueError, match=rf"column '{'abcdefgh'[column]}' has no finite number in line {row + 2} \(1 in"
    ):
        read("\n".join(lines))


def test_csv_counts_the_gaps():
    with pytest.raises(ValueError, match=r"column 'b' has no finite number in line 3 \(2 in all\)"):
        read("a,b\n1,1\n2,\n3,3\n4,\n")


def test_csv_keeps_the_names_of_columns():
    assert read("cpu,disk\n1,2\n3,4\n5,6\n7,8\n").feature_names == ("cpu", "disk")


def test_csv_ignores_a_byte_order_mark():
    assert read(b"\xef\xbb\xbfcpu\n1\n2\n3\n4\n").feature_names == ("cpu",)


def test_csv_without_labels_has_none():
    data = read("a\n1\n2\n3\n4\n")
    assert (data.y_train, data.y_val, data.y_test, data.class_names) == (None, None, None, ())


@few
@given(labels=st.lists(st.integers(0, 1), min_size=4, max_size=20))
def test_csv_takes_labels_out_of_the_metrics(labels):
    data = read("a,bad\n" + "".join(f"7,{label}\n" for label in labels), label_column="bad")
    np.testing.assert_array_equal(joined(data, "y"), labels)
    assert data.y_test.dtype == np.int64
    assert data.feature_names == ("a",)


@pytest.mark.parametrize("label", ["", "-1", "0.5", "bad"])
def test_csv_refuses_labels_that_are_not_counting_numbers(label):
    with pytest.raises(ValueError, match="label column 'bad' must hold integers"):
        read(f"a,bad\n1,0\n2,{label}\n3,0\n4,1\n", label_column="bad")


@few
@given(times=st.lists(st.integers(-(10**9), 10**9), min_size=4, max_size=20))
def test_csv_takes_any_time_that_does_not_go_back(times):
    data = read(with_times(sorted(times)), time_column="time")
    assert data.feature_names == ("a",)


@few
@given(times=st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=20))
def test_csv_names_the_line_where_time_goes_back(times):
    back = [index for index in range(1, len(times)) if times[index] < times[index - 1]]
    assume(back)
    with pytest.raises(ValueError, match=f"time goes back in line {back[0] + 2}. Sort the file by 'time'"):
        read(with_times(times), time_column="time")


@pytest.mark.parametrize("zone", ["", "+02:00", "Z"], ids=["local", "offset", "utc"])
def test_csv_reads_dates_as_time(zone):
    times = [f"2024-02-28T23:{minute}:00{zone}" for minute in (10, 20, 20, 30)]
    assert len(joined(read(with_times(times), time_column="time"))) == 4
    with pytest.raises(ValueError, match="time goes back in line 3"):
        read(with_times(times[::-1]), time_column="time")


@pytest.mark.parametrize("gap", ["", "soon"])
def test_csv_names_the_line_of_an_unreadable_time(gap):
    with pytest.raises(ValueError, match="column 'time' holds no readable time in line 4"):
        read(with_times(["2024-01-01", "2024-01-02", gap, "2024-01-04"]), time_column="time")


@pytest.mark.parametrize("role", ["time_column", "label_column"])
def test_csv_refuses_a_column_that_is_not_there_and_lists_the_others(role):
    with pytest.raises(ValueError, match=rf"no column 'when' \({role}\). Its columns: 'a', 'b'"):
        read("a,b\n1,2\n3,4\n5,6\n7,8\n", **{role: "when"})


def test_csv_refuses_one_column_for_time_and_label():
    with pytest.raises(ValueError, match=r"no column 'y' \(label_column\)"):
        read("a,y\n1,0\n2,0\n3,1\n4,1\n", time_column="y", label_column="y")


def test_csv_refuses_words_and_says_what_to_do():
    with pytest.raises(ValueError, match=r"column 'host' holds no numbers but values such as 'web-1'.*time_column"):
        read("a,host\n1,web-1\n2,web-1\n3,web-1\n4,web-1\n")


def test_csv_refuses_a_table_without_metrics():
    with pytest.raises(ValueError, match="holds no column of metrics"):
        read("time\n1\n2\n3\n4\n", time_column="time")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_csv_refuses_an_empty_file(text):
    with pytest.raises(ValueError, match=r"metrics\.csv can't be read as CSV"):
        read(text)


@pytest.mark.parametrize("options", [{}, {"time_column": "time"}, {"label_column": "a"}])
def test_csv_refuses_a_header_without_rows(options):
    with pytest.raises(ValueError, match=r"metrics\.csv holds no rows"):
        read("time,a\n", **options)


def test_csv_refuses_a_row_longer_than_the_others():
    with pytest.raises(ValueError, match=r"metrics\.csv can't be read as CSV.*line 3"):
        read("a,b\n1,2\n1,2,3\n1,2\n1,2\n")


def test_csv_refuses_rows_all_longer_than_the_header():
    # The dangerous case: pandas would take the first column for row names, and shift the others by one.
    with pytest.raises(ValueError, match=r"metrics\.csv can't be read as CSV: Length of header"):
        read("a,b\n0,2,3\n1,5,6\n2,8,9\n3,11,12\n")


def test_csv_accepts_a_comma_at_the_end_of_each_row():
    np.testing.assert_array_equal(joined(read("a,b\n1,2,\n3,4,\n5,6,\n7,8,\n")), [[1, 2], [3, 4], [5, 6], [7, 8]])


def test_csv_refuses_what_is_not_text():
    with pytest.raises(ValueError, match=r"metrics\.csv can't be read as CSV"):
        read(b"\xff\xfe\x00\x01\n")


def test_csv_refuses_a_missing_file_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"no file .*nowhere\.csv"):
        ae.data.load("server_metrics", source="csv", path=tmp_path / "nowhere.csv")


@few
@given(train=st.floats(-2, 3), val=st.floats(-2, 3))
def test_csv_refuses_fractions_outside_their_range(train, val):
    assume(train <= 0 or val <= 0 or train + val >= 1)
    with pytest.raises(ValueError, match="would leave a part of the split empty"):
        read("a\n1\n2\n3\n4\n", train=train, val=val)


@pytest.mark.parametrize("fraction", [math.nan, math.inf])
@pytest.mark.parametrize("part", ["train", "val"])
def test_csv_refuses_fractions_that_are_no_numbers(part, fraction):
    with pytest.raises(ValueError, match=f"{part}={fraction}"):
        read("a\n1\n2\n3\n4\n", **{part: fraction})


@pytest.mark.parametrize("rows", [1, 2])
def test_csv_refuses_too_few_rows_to_split(rows):
    with pytest.raises(ValueError, match=f"has {rows} rows"):
        read(with_times(range(rows)), time_column="time")
