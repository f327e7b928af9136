"""The time column: read in any usual form, never back; gaps, repeated times and clock changes do not pass silently."""

import re

import numpy as np
import pytest
from csv_text import column, joined, read
from hypothesis import assume, given, settings
from hypothesis import strategies as st

few = settings(deadline=None, max_examples=25)
QUOTE = '"'
NIGHT = ["01:40", "02:00", "02:20", "02:40", "03:00", "03:20"]  # of a clock change in Berlin
AUTUMN = [f"2024-10-27 {time}" for time in [*NIGHT[:4], *NIGHT[1:]]]
SPRING = [f"2024-03-31 {time}" for time in ["01:00", "01:20", "01:40", *NIGHT[4:]]]


def load(times, **options):
    return read(column("time", times), time_column="time", **options)


@few
@given(times=st.lists(st.integers(-(10**9), 10**9), min_size=4, max_size=20))
@pytest.mark.filterwarnings("ignore:.* gaps? in time", "ignore:.* have the time of the row before")
def test_csv_takes_any_time_that_does_not_go_back(times):
    assert load(sorted(times)).feature_names == ("other",)


@few
@given(times=st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=20))
def test_csv_names_the_line_where_time_goes_back(times):
    back = [index for index in range(1, len(times)) if times[index] < times[index - 1]]
    assume(back)
    with pytest.raises(ValueError, match=rf"time goes back in line {back[0] + 2}, from .* Sort the file by 'time'"):
        load(times)


@pytest.mark.parametrize("zone", ["", "+02:00", "Z", "+02"], ids=["local", "offset", "utc", "postgres"])
@pytest.mark.parametrize("form", ["2024-02-28T23:{}:00{}", "2024-02-28 23:{}{}"])
def test_csv_reads_dates_as_time(form, zone):
    times = [form.format(minute, zone) for minute in (10, 20, 30, 40)]
    assert len(joined(load(times))) == 4
    with pytest.raises(ValueError, match="time goes back in line 3"):
        load(times[::-1])


def test_csv_reads_seconds_with_and_without_fractions():
    assert len(
        joined(load(["2024-01-01 00:00:00", "2024-01-01 00:00:01.5", "2024-01-01 00:00:03.25", "2024-01-01 00:00:04"]))
    )


@pytest.mark.parametrize(
    "times",
    [
        ["2024-03-31T01:58+01:00", "2024-03-31T01:59+01:00", "2024-03-31T03:00+02:00", "2024-03-31T03:01+02:00"],
        ["2024-10-27T02:58+02:00", "2024-10-27T02:59+02:00", "2024-10-27T02:00+01:00", "2024-10-27T02:01+01:00"],
    ],
    ids=["spring", "autumn"],
)
def test_csv_takes_offsets_that_change_with_the_clocks(times):
    assert len(joined(load(times))) == 4


def test_csv_takes_the_hour_that_comes_twice_in_autumn_if_it_knows_the_zone():
    remedy = (
        "line 6, from '2024-10-27 02:40' to '2024-10-27 02:00'.* If clocks were put back .*time_zone='Europe/Berlin'"
    )
    with pytest.raises(ValueError, match=remedy):
        load(AUTUMN)
    assert len(joined(load(AUTUMN, time_zone="Europe/Berlin"))) == len(AUTUMN)


def test_csv_sees_no_gap_where_clocks_are_put_forward_if_it_knows_the_zone():
    with pytest.warns(UserWarning, match=r"1 gap in time. '2024-03-31 03:00' in line 5 .*forward.*time_zone='Europe/B"):
        load(SPRING)
    load(SPRING, time_zone="Europe/Berlin")


@pytest.mark.parametrize("way", [-1, 1])
def test_csv_blames_no_clocks_for_a_jump_of_a_day(way):
    times = ["2024-01-02 10:00", "2024-01-02 10:01", f"2024-01-0{2 + way} 10:02", f"2024-01-0{2 + way} 10:03"]
    if way < 0:
        with pytest.raises(ValueError, match=r"time goes back in line 4.*Sort the file by 'time' first\.$"):
            load(times)
    else:
        with pytest.warns(UserWarning, match=r"1 gap in time.* as neighbours\.$"):
            load(times)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (AUTUMN[:4] + AUTUMN[-2:], r"'2024-10-27 02:00' in line 3 occurs twice in Europe/Berlin.*\+01:00\."),
        ([*SPRING[:3], "2024-03-31 02:00"], "'2024-03-31 02:00' in line 5 does not occur in Europe/Berlin"),
    ],
)
def test_csv_names_a_time_that_a_zone_has_twice_or_never(times, said):
    with pytest.raises(ValueError, match=said):
        load(times, time_zone="Europe/Berlin")


@pytest.mark.parametrize("zone", ["Berlin", "", 7])
def test_csv_refuses_a_time_zone_that_there_is_not(zone):
    with pytest.raises(ValueError, match=f"no time zone {zone!r}. Expected a name such as 'Europe/Berlin'"):
        load(SPRING, time_zone=zone)


def test_csv_refuses_times_of_which_some_have_a_zone():
    with pytest.raises(
        ValueError, match="'2024-01-01 10:00' in line 2 has no time zone, but '2024-01-01T10:01Z' in line 3"
    ):
        load(["2024-01-01 10:00", "2024-01-01T10:01Z", "2024-01-01 10:02", "2024-01-01 10:03"])


FORMATS = {
    "13/02/2024 10:0{}": "%d/%m/%Y %H:%M",
    "02/13/2024 10:0{}": "%m/%d/%Y %H:%M",
    "13.02.2024 10:00:0{}": "%d.%m.%Y %H:%M:%S",
    "13.02.24 10:0{}": "%d.%m.%y %H:%M",
    "Feb 13 2024 10:0{}": "%b %d %Y %H:%M",
    '"2024-02-13 10:00:0{},123"': "%Y-%m-%d %H:%M:%S,%f",
    "02/13/2024 10:0{} AM": "%m/%d/%Y %I:%M %p",
    "13/Feb/2024:10:00:0{} +0100": "%d/%b/%Y:%H:%M:%S %z",
    "2024-02-13 10:0{}:00 UTC": "%Y-%m-%d %H:%M:%S %Z",
}


@pytest.mark.parametrize(("form", "time_format"), FORMATS.items())
def test_csv_says_how_its_times_are_written(form, time_format):
    times = [form.format(index) for index in range(4)]
    said = f"column 'time' holds no readable time: {times[0].strip(QUOTE)!r} in line 2. Expected times such as 2024-"
    with pytest.raises(ValueError, match=re.escape(said)) as caught:
        load(times)
    assert str(caught.value).endswith(f" Say how yours are written: time_format={time_format!r}.")
    assert len(joined(load(times, time_format=time_format))) == 4


@pytest.mark.parametrize(
    ("form", "remedy"),
    [
        ("01/02/2024 10:0{}", ": time_format='%d/%m/%Y %H:%M' or time_format='%m/%d/%Y %H:%M'."),
        ("2024-02-13 10:0{} CEST", " Write the offset from UTC, such as +02:00, in place of the time zone's name."),
        ("week {}", ": time_format='%d.%m.%Y %H:%M:%S', for example."),
    ],
)
def test_csv_does_not_guess_how_times_are_written(form, remedy):
    with pytest.raises(ValueError, match=r"column 'time' holds no readable time: .* in line 2") as caught:
        load([form.format(index) for index in range(4)])
    assert str(caught.value).endswith(remedy)


def test_csv_reads_times_after_the_format_that_was_said():
    load(["01/02/2024", "02/02/2024", "03/02/2024", "04/02/2024"], time_format="%d/%m/%Y")
    load([f"20240213095{minute}" for minute in (7, 8, 9)] + ["202402131000"], time_format="%Y%m%d%H%M")


def test_csv_refuses_times_of_another_format_than_was_said():
    with pytest.raises(ValueError, match=r"'2024-02-13' in line 2. It is not written as time_format='%d/%m/%Y' says"):
        load(["2024-02-13"] * 4, time_format="%d/%m/%Y")
    with pytest.raises(ValueError, match="time_format='%Q' can't be used: 'Q' is a bad directive"):
        load(["2024-02-13"] * 4, time_format="%Q")


@pytest.mark.parametrize("gap", ["", "soon", "Total", "2024-02-30"])
@pytest.mark.parametrize("times", [["2024-01-01", "2024-01-02", "2024-01-04"], ["1", "2", "4.5"]])
def test_csv_names_the_line_of_an_unreadable_time(times, gap):
    with pytest.raises(ValueError, match=f"holds no readable time: '{gap}' in line 4. Correct it, or drop this row"):
        load([*times[:2], gap, times[2]])


@few
@given(where=st.lists(st.integers(1, 28), min_size=1, max_size=3, unique=True), dates=st.booleans())
def test_csv_reports_gaps_in_time(where, dates):
    minutes = np.arange(30) + sum(10 * (np.arange(30) >= row) for row in where)
    times = [f"2024-01-01 {minute // 60:02}:{minute % 60:02}" if dates else str(60 * minute) for minute in minutes]
    row, usual = min(where), "00:01:00" if dates else "60"
    said = (
        f": {len(where)} gaps? in time. '{times[row]}' in line {row + 2} follows '{times[row - 1]}', .* {usual} apart"
    )
    with pytest.warns(UserWarning, match=said):
        load(times)


def test_csv_takes_times_that_tremble_for_no_gaps():
    rng = np.random.default_rng(0)
    load((60 * np.arange(200) + rng.uniform(-10, 10, 200)).tolist())


def test_csv_reports_rows_of_the_same_time():
    with pytest.warns(UserWarning, match=r"2 of 6 rows have the time of the row before, first '60' in line 4.*servers"):
        load([0, 60, 60, 120, 120, 180])
