"""The metrics of a CSV file: finite numbers, each with its line where it is none, and nothing else in disguise."""

import numpy as np
import pytest
from csv_text import column, joined, read, tables, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

few = settings(deadline=None, max_examples=25)
ROWS = 40


@few
@given(
    table=tables,
    bad=st.sampled_from(["", "nan", "NaN", "inf", "-inf", "1e39", "-", "N/A", "null", "12 ms", "soon", "True"]),
    where=st.data(),
)
def test_csv_names_column_line_and_value_of_a_bad_cell_anywhere(table, bad, where):
    row = where.draw(st.integers(0, table.shape[0] - 1))
    column = where.draw(st.integers(0, table.shape[1] - 1))
    lines = text_of(np.c_[table, np.zeros(len(table))]).splitlines()  # a lone empty field would be an empty line
    fields = lines[row + 1].split(",")
    fields[column] = bad
    lines[row + 1] = ",".join(fields)
    said = rf"column '{'abcdefgh'[column]}' has no finite number in line {row + 2} \(1 in all\): "
    with pytest.raises(ValueError, match=said + repr(bad).replace("1e39", r"1e\+39")):
        read("\n".join(lines))


def test_csv_blames_the_one_cell_that_is_no_number():
    cells = [index % 7 for index in range(600)]
    cells[500] = "-"
    with pytest.raises(ValueError, match=r"in line 502 \(1 in all\): '-'. Fill the gaps or drop these rows first\.$"):
        read(column("cpu", cells))


def test_csv_counts_the_gaps():
    with pytest.raises(ValueError, match=r"column 'b' has no finite number in line 3 \(2 in all\)"):
        read("a,b\n1,1\n2,\n3,3\n4,\n")


def test_csv_sees_a_row_that_is_too_short():
    with pytest.raises(ValueError, match=r"column 'c' has no finite number in line 4 \(1 in all\): ''"):
        read("a,b,c\n1,2,3\n4,5,6\n7,8\n9,1,2\n")


def test_csv_sees_a_line_of_totals():
    with pytest.raises(ValueError, match=r"in line 6 \(1 in all\): 'Total'. Correct it, or drop this row\.$"):
        read("a,b\n1,2\n3,4\n5,6\n7,1\nTotal,13\n")


def test_csv_says_which_number_is_too_large():
    with pytest.raises(ValueError, match=r"in line 4 \(1 in all\): '1e\+39' is too large for float32"):
        read(column("a", [1, 2, 1e39, 4]))


def test_csv_refuses_words_and_says_what_to_do():
    said = r"column 'host' holds no numbers but values such as 'web-1'.*time_column or label_column.*drop=\['host'\]"
    with pytest.raises(ValueError, match=said):
        read("a,host\n1,web-1\n2,web-1\n3,web-1\n4,web-1\n")


@pytest.mark.parametrize("words", [("True", "False"), ("TRUE", "FALSE"), ("true", "false")])
def test_csv_takes_true_and_false_for_1_and_0(words):
    assert joined(read(column("up", [words[0], words[0], words[1], words[0]])))[:, 0].tolist() == [1, 1, 0, 1]
    with pytest.raises(ValueError, match=r"column 'up' has no finite number in line 4 \(1 in all\): '-'"):
        read(column("up", [words[0], words[0], "-", words[1]]))


NUMBERS = [range(ROWS), range(ROWS, 0, -1), range(7, 7 + 3 * ROWS, 3), np.arange(ROWS) / 10]


@pytest.mark.parametrize("numbers", NUMBERS)
def test_csv_refuses_row_numbers_for_a_metric(numbers):
    text = column("id", numbers)
    with pytest.raises(ValueError, match=r"column 'id' only ever (rises|falls), .*drop=\['id'\].*time_column='id'"):
        read(text)
    assert read(text, drop="id").feature_names == ("other",)


@pytest.mark.parametrize("numbers", [*NUMBERS, range(4), [5, 0, 3, 3]])
def test_csv_refuses_a_column_without_a_name_for_a_metric(numbers):
    text = column("", numbers)
    with pytest.raises(ValueError, match=r"column 1 has no name; here it is called 'Unnamed: 0'.*drop='Unnamed: 0'"):
        read(text)
    assert read(text, drop="Unnamed: 0").feature_names == ("other",)


@few
@given(steps=st.lists(st.integers(1, 10**6), min_size=10, max_size=30), unit=st.sampled_from([1, 0.5, 1000]))
def test_csv_refuses_a_counter_for_a_metric(steps, unit):
    with pytest.raises(ValueError, match=r"column 'sent' only ever rises, .*table\['sent'\].diff\(\)"):
        read(column("sent", np.cumsum(steps) * unit))


def test_csv_names_all_columns_at_once_that_are_no_metrics():
    rows = [f"web-1,{row},{row % 3},eu,{row**2}\n" for row in range(ROWS)]
    text = "host,id,cpu,region,sent\n" + "".join(rows)
    with pytest.raises(ValueError, match=r"column 'host' holds no numbers .* drop=\['host', 'region'\]"):
        read(text)
    with pytest.raises(ValueError, match=r"columns 'id', 'sent' only ever rise or fall, .* drop=\['id', 'sent'\]"):
        read(text, drop=["host", "region"])
    assert read(text, drop=["host", "region", "id", "sent"]).feature_names == ("cpu",)


def test_csv_warns_of_a_counter_that_pauses():
    counts = np.cumsum(np.arange(ROWS) % 3)
    with pytest.warns(
        UserWarning, match=r"column 'sent' only ever rises, .* \('sent': from 0 to 39\)\. .* look anomalous"
    ):
        assert read(column("sent", counts)).feature_names == ("sent", "other")


@pytest.mark.parametrize("cells", [[5] * ROWS, [1] * 30 + [2] * 10, [*range(30), 3, *range(31, 40)], range(9)])
def test_csv_takes_metrics_that_are_constant_rise_now_and_then_or_turn_round(cells):
    np.testing.assert_array_equal(joined(read(column("a", cells)))[:, 0], list(cells))


def test_csv_warns_where_float32_loses_the_changes_of_a_large_number():
    cells = 2**30 + np.arange(ROWS) * 7 % 5
    with pytest.warns(UserWarning, match=r"column 'free' loses detail: 39 of its 39 changes .* as 1073741824\."):
        read(column("free", cells))
    read(column("free", cells - 2**30))


def test_csv_takes_rounding_errors_for_no_detail():
    read(column("a", [0.3, 0.1 + 0.2] * 20))


def test_csv_leaves_out_a_column_without_name_and_values():
    assert read("a,b,\n1,2,\n3,4,\n5,6,\n7,8,\n").feature_names == ("a", "b")
