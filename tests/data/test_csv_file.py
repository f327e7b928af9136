"""How a CSV file is written: told by options, and where they are missing, the message says which."""

import csv
import io

import pytest
from csv_text import column, joined, read
from hypothesis import given, settings
from hypothesis import strategies as st

import autoencoders_edu as ae

NUMBERS = [[0.5, 1], [2.5, 0], [1.5, 4], [3.5, 2]]
GERMAN = "a;b\n0,5;1\n2,5;0\n1,5;4\n3,5;2\n"


def rows(sep=",", ends=("",) * 4):
    return "".join(f"{a}{sep}{b}{end}\n" for (a, b), end in zip(NUMBERS, ends, strict=True))


@pytest.mark.parametrize(
    ("text", "said", "options"),
    [
        (
            GERMAN,
            r"separated by ';', not by ',': its first line is 'a;b'. Say sep=';' and decimal=','",
            {"sep": ";", "decimal": ","},
        ),
        (GERMAN, "separated by ';', not by '|'", {"sep": ";", "decimal": ","}),
        ("a\tb\n" + rows("\t"), r"separated by '\\t', not by ','.* Say sep='\\t'\.", {"sep": "\t"}),
        ("a|b\n" + rows("|"), r"Say sep='\|'\.", {"sep": "|"}),
        ("a  b\n" + rows("   "), r"separated by blanks: .* Say sep=r'\\s\+'\.", {"sep": r"\s+"}),
    ],
)
def test_csv_names_the_separator_that_the_file_has(text, said, options):
    with pytest.raises(ValueError, match=said):
        read(text, sep="|" if "not by '|'" in said else ",")
    assert joined(read(text, **options)).tolist() == NUMBERS


def test_csv_takes_a_comma_for_what_it_is_when_another_separator_is_said():
    with pytest.raises(ValueError, match=r"separated by ',', not by ';'.* Say sep=','"):
        read("a,b\n" + rows(), sep=";")


@pytest.mark.parametrize("name", ["cpu|core 0", "cpu;0", "disk used"])
def test_csv_of_one_column_may_have_a_separator_in_its_name(name):
    assert read(f"{name}\n1\n2\n3\n4\n").feature_names == (name,)


@pytest.mark.parametrize(
    ("cells", "said", "options", "expected"),
    [
        (['"0,5"', '"1,25"'], r"such as '0,5'. .* decimal=','\.", {"decimal": ","}, [0.5, 1.25]),
        (
            ['"1,234"', '"56"'],
            r"in line 2 .*'1,234'. .* decimal=',' or thousands=','\.",
            {"thousands": ","},
            [1234, 56],
        ),
        (["1 234", "5 678 901.5"], r"'1 234'. .* thousands=' '\.", {"thousands": " "}, [1234, 5678901.5]),
        (["1.234.567", "8.5"], r"'1.234.567'. .* decimal=',', thousands='.'\.", None, None),
        (["12 ms", "7"], r"'12 ms'. Write the number alone, without a unit\.", None, None),
        (["45%", "7%"], r"'45%'. Write the number alone, without a unit\.", None, None),
    ],
)
def test_csv_names_the_way_in_which_numbers_are_written(cells, said, options, expected):
    text = column("a", [*cells, *cells])
    with pytest.raises(ValueError, match=said):
        read(text)
    if options:
        assert joined(read(text, **options))[:2, 0].tolist() == expected


def test_csv_names_decimal_commas_before_columns_of_words():
    with pytest.raises(ValueError, match=r"column 'a' holds no numbers but values such as '0,5'. .* decimal=','"):
        read("host;a\n" + "web-1;0,5\n" * 4, sep=";")


@pytest.mark.parametrize("cell", ["1.5", "12.34", "1.2345"])
def test_csv_takes_no_decimal_point_for_a_mark_of_thousands(cell):
    with pytest.raises(ValueError, match=rf"such as '{cell}'. .* decimal='.'"):
        read(f"a;b\n{cell};1,5\n{cell};2\n{cell};3\n{cell};4\n", sep=";", decimal=",", thousands=".")


def test_csv_with_decimal_commas_names_the_cell_with_a_point():
    with pytest.raises(ValueError, match=r"column 'a' has no finite number in line 4 \(1 in all\): '1.5'.*decimal='.'"):
        read(GERMAN.replace("1,5", "1.5"), sep=";", decimal=",")


@pytest.mark.parametrize("first", ["0.5,1.5", "3,5,7", "2024-01-01 00:00,3,", "1e-3,17"])
def test_csv_refuses_a_file_without_names_rather_than_lose_its_first_row(first):
    width = first.count(",") + 1
    text = first + "\n" + "".join(f"{first.replace('3', str(digit))}\n" for digit in (4, 2, 5))
    with pytest.raises(ValueError, match=r"seems to have no header: its first line, '.*say header=None.*header=0"):
        read(text)
    if "2024" not in first:
        data = read(text, header=None)
        assert joined(data).shape == (4, width)
        assert data.feature_names == tuple(map(str, range(width)))


def test_csv_without_names_numbers_its_columns():
    text = "".join(f"2024-01-01 00:0{minute},{minute % 3},{minute % 2}\n" for minute in range(6))
    data = read(text, header=None, time_column=0, label_column=2)
    assert data.feature_names == ("1",)
    assert joined(data, "y").tolist() == [0, 1] * 3


@pytest.mark.parametrize("header", ["80,443", "p50,p99", "0,1,2", "time,95,99"])
def test_csv_takes_names_that_are_numbers_where_they_are_told_or_differ_from_the_rows(header):
    width = header.count(",") + 1
    first = "2024-01-01" if "time" in header else "5"
    text = f"{header}\n" + ",".join([first, "7", "7"][:width]) + "\n" + ",".join([first, "8", "8"][:width]) + "\n"
    options = {"header": 0} if header == "80,443" else {}
    options |= {"drop": "time"} if "time" in header else {}
    data = read(text * 1 + text.split("\n", 1)[1] * 2, **options)
    assert data.feature_names == tuple(name for name in header.split(",") if name != "time")


def test_csv_finds_names_below_other_lines():
    text = "# exported from a monitor\n\na,b\n" + rows()
    with pytest.raises(ValueError, match=r"line 3 has 2 fields, but line 1, the header, has 1. .* header"):
        read(text)
    assert joined(read(text, header=1)).tolist() == NUMBERS
    with pytest.raises(ValueError, match="it has no line for header=9"):
        read(text, header=9)


def test_csv_refuses_two_columns_of_one_name():
    with pytest.raises(ValueError, match="columns 1 and 3 are both called 'cpu'"):
        read("cpu,disk,cpu \n1,2,3\n4,5,6\n7,8,9\n1,5,9\n")


def test_csv_strips_blanks_around_names_and_numbers():
    data = read('time , "cpu", disk \n1, 5 , 6\n2, 7, 8 \n3, 9,1\n4,2,3\n', time_column="time")
    assert data.feature_names == ("cpu", "disk")
    assert joined(data).tolist() == [[5, 6], [7, 8], [9, 1], [2, 3]]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16", "it is not 'utf-8' text .* It begins as encoding='utf-16' does"), ("cp1252", "Try encoding='cp1252'")],
)
def test_csv_names_the_encoding(encoding, said):
    text = ("°C,µs\n" + rows()).encode(encoding)
    with pytest.raises(ValueError, match=said):
        read(text)
    assert read(text, encoding=encoding).feature_names == ("°C", "µs")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n".encode("utf-16-le"), "Try encoding='utf-16-le'"),
        (b"PK\x03\x04\xff\xfe", "It is a workbook or an archive: save its table as CSV first"),
        (b"\xff\xfe\x00\x01\n", r"metrics\.csv can't be read as CSV"),
    ],
)
def test_csv_refuses_what_is_not_text(content, said):
    with pytest.raises(ValueError, match=said):
        read(content)


def test_csv_in_another_encoding_than_was_said():
    with pytest.raises(ValueError, match=r"not 'utf-16' text .*Try encoding='utf-8'\."):
        read("a,b\n" + rows(), encoding="utf-16")


def test_csv_ignores_a_byte_order_mark():
    assert read(b"\xef\xbb\xbfcpu\n1\n2\n3\n4\n").feature_names == ("cpu",)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_csv_refuses_an_empty_file(text):
    with pytest.raises(ValueError, match=r"metrics\.csv can't be read as CSV: it is empty"):
        read(text)


@pytest.mark.parametrize("blank", ["", "\n"])
def test_csv_refuses_a_row_longer_than_the_others(blank):
    line = 3 + len(blank)
    with pytest.raises(
        ValueError, match=rf"can't be read as CSV: line {line} has 3 fields, but line 1, the header, has 2"
    ):
        read(f"a,b\n{blank}1,2\n1,2,3\n1,2\n1,2\n")


def test_csv_refuses_rows_all_longer_than_the_header():
    # The dangerous case: pandas would take the first column for row names, and shift the others by one.
    with pytest.raises(ValueError, match=r"can't be read as CSV: line 2 has 3 fields, but line 1, the header, has 2"):
        read("a,b\n0,2,3\n1,5,6\n2,8,9\n3,11,12\n")


@pytest.mark.parametrize("header", ["a,b", "a,b,"])
def test_csv_accepts_a_comma_at_the_end_of_each_row(header):
    assert joined(read(f"{header}\n1,2,\n3,4,\n5,6,\n7,8,\n")).tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]


def test_csv_accepts_rows_of_empty_cells_at_the_end():
    text = "time,a,b\n1,5,0\n2,6,0\n3,7,1\n4,8,0\n,,\n , ,\n"
    data = read(text, time_column="time", label_column="b")
    assert joined(data).tolist() == [[5], [6], [7], [8]]


def test_csv_refuses_a_quotation_mark_that_never_closes():
    with pytest.raises(ValueError, match="a quotation mark opens in line 5 and never closes"):
        read('a,b\n\n1,2\n3,4\n5,"6\n7,8\n')


def test_csv_refuses_a_missing_file_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"no file .*nowhere\.csv"):
        ae.data.load("server_metrics", source="csv", path=tmp_path / "nowhere.csv")


def test_csv_says_where_it_looked_for_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=rf"no file nowhere\.csv in {tmp_path}"):
        ae.data.load("server_metrics", source="csv", path="nowhere.csv")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"sep": "||"}, r"sep is the character .*Received: '\|\|'"),
        ({"sep": None}, "sep is the character .*Received: None"),
        ({"decimal": ";"}, "decimal is '.' or ','. Received: ';'"),
        ({"thousands": "."}, "thousands is one character, not the decimal mark '.'. Received: '.'"),
        ({"header": True}, "header is 'infer' .*Received: True"),
        ({"header": -1}, "header is 'infer' .*Received: -1"),
        ({"encoding": "utf-9"}, "knows no encoding 'utf-9'. Expected 'utf-8'"),
    ],
)
def test_csv_refuses_options_that_describe_no_file(option, said):
    with pytest.raises(ValueError, match=said):
        read("a\n1\n2\n3\n4\n", **option)


@settings(deadline=None, max_examples=25)
@given(blanks=st.lists(st.integers(0, 2), min_size=8, max_size=8), bad=st.integers(1, 6), quoted=st.booleans())
def test_csv_counts_every_line_of_the_file(blanks, bad, quoted):
    """Blank lines, and names of two lines, as spreadsheets have them."""
    text = "\n" * blanks[0] + ('"cpu\n(%)"' if quoted else "cpu") + ",b\n"
    for row in range(1, 7):
        text += "\n" * blanks[row] + ("-" if row == bad else str(row % 4)) + ",1\n"
    line = text[: text.index("-")].count("\n") + 1
    with pytest.raises(ValueError, match=rf"in line {line} \(1 in all\): '-'"):
        read(text + "\n" * blanks[7])


def test_csv_counts_lines_with_breaks_in_their_cells():
    file = io.StringIO()
    csv.writer(file).writerows([["a", "note"], [1, "one\ntwo"], [3, "x"], ["?", "y"], [5, "z"]])
    with pytest.raises(ValueError, match=r"column 'a' has no finite number in line 5 \(1 in all\): '\?'"):
        read(file.getvalue(), drop="note")
