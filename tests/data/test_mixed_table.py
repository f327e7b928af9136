"""`ae.data.table`: what becomes of each kind of column, the way back, and what is refused."""

import re

import numpy as np
import pandas as pd
import pytest

import autoencoders_edu as ae

N = 40


def frame(**columns):
    """Forty rows with a column of each kind, of dtypes as files have them; `columns` are added or replaced."""
    rng = np.random.default_rng(0)
    usual = {
        "height": rng.normal(170, 10, N),
        "income": rng.lognormal(8, 1.5, N),
        "smokes": rng.random(N) < 0.4,
        "town": rng.permutation(["Rome", "Oslo", "Bern", "Rome"] * (N // 4)),
        "rooms": rng.permutation([1, 2, 3, 4] * (N // 4)),
    }
    return pd.DataFrame(usual | columns)


def with_gaps():
    rows = frame()
    rows.loc[::4, "height"] = np.nan
    rows.loc[1::4, "town"] = None
    return rows


def table(rows=None, **options):
    return ae.data.table(frame() if rows is None else rows, **{"skewed": ["income"], **options})


def test_kinds_are_taken_from_the_dtypes():
    kinds = {column.name: column.kind for column in table().columns}
    assert kinds == {
        "height": "numeric",
        "income": "skewed",
        "smokes": "binary",
        "town": "categorical",
        "rooms": "numeric",
    }


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.arange(N) % 2, "binary"),
        (np.arange(N) % 2 * 1.0, "binary"),
        (1 + np.arange(N) % 2, "numeric"),
        (["yes", "no"] * (N // 2), "binary"),
        (pd.Categorical(["yes", "no"] * (N // 2)), "binary"),
        (pd.Categorical(["yes", "no"] * (N // 2), ["yes", "no", "perhaps"]), "categorical"),
        (pd.array([True, False, None, True] * (N // 4), "boolean"), "binary"),
        (pd.array([1, 2, 3, None] * (N // 4), "Int64"), "numeric"),
    ],
)
def test_kind_of_a_column_of_which_nothing_is_said(values, kind):
    (column,) = (column for column in table(frame(new=values)).columns if column.name == "new")
    assert column.kind == kind


def test_kinds_can_be_said():
    kinds = {
        column.name: column.kind
        for column in table(categorical=["rooms", "smokes"], numeric="income", skewed=[]).columns
    }
    assert (kinds["rooms"], kinds["smokes"], kinds["income"]) == ("categorical", "categorical", "numeric")


def test_training_rows_alone_are_standardised():
    made = table()
    assert made.x_train[:, 0].mean() == pytest.approx(0, abs=1e-6)
    assert made.x_train[:, 0].std() == pytest.approx(1, abs=1e-6)
    mean, stddev = made.train["height"].mean(), made.train["height"].std(ddof=0)
    np.testing.assert_allclose(made.x_test[:, 0], (made.test["height"] - mean) / stddev, rtol=1e-5)


def test_skewed_columns_are_standardised_logarithms():
    made = table()
    logs = np.log1p(made.train["income"])
    np.testing.assert_allclose(made.x_train[:, 1], (logs - logs.mean()) / logs.std(ddof=0), atol=1e-5)


def test_rows_are_split_and_each_is_used_once():
    made = table(val=0.1, test=0.25)
    assert [len(part) for part in (made.train, made.val, made.test)] == [26, 4, 10]
    assert sorted(pd.concat([made.train, made.val, made.test]).index) == list(range(N))


def test_a_seed_makes_the_same_split_again():
    np.testing.assert_array_equal(table(seed=3).x_train, table(seed=3).x_train)
    assert not np.array_equal(table(seed=3).x_train, table(seed=4).x_train)


def test_nothing_held_out_leaves_empty_arrays():
    made = table(val=0, test=0)
    assert made.x_test.shape == (0, *made.shape)
    assert made.x_train.shape == (N, *made.shape)


def test_features_have_names():
    assert table(with_gaps()).feature_names == (
        "height",
        "income",
        "smokes=True",
        "town=Bern",
        "town=Oslo",
        "town=Rome",
        "rooms",
        "height observed",
        "town observed",
    )


@pytest.mark.parametrize("rows", [frame(), with_gaps()], ids=["complete", "with gaps"])
@pytest.mark.parametrize("said", [{}, {"categorical": ["rooms", "smokes"]}], ids=["by dtype", "said"])
def test_inverse_gives_back_the_rows(rows, said):
    made = table(rows, **said)
    back = made.inverse(made.x_test)
    expected = made.test.reset_index(drop=True)
    pd.testing.assert_frame_equal(back, expected, check_dtype=False, rtol=1e-5)
    assert back["town"].dtype == rows["town"].dtype
    assert back["smokes"].dtype == bool


def test_inverse_gives_back_declared_categories():
    rows = frame(size=pd.Categorical(["S", "M", None, "L"] * (N // 4), ["S", "M", "L", "XL"], ordered=True))
    made = table(rows)
    pd.testing.assert_series_equal(made.inverse(made.x_test)["size"], made.test["size"].reset_index(drop=True))


def test_missing_entries_are_zeros_and_their_indicator_tells():
    made = table(with_gaps())
    missing = made.train["height"].isna().to_numpy()
    assert np.all(made.x_train[missing, 0] == 0)
    np.testing.assert_array_equal(made.x_train[:, -2], ~missing)
    missing = made.train["town"].isna().to_numpy()
    assert np.all(made.x_train[missing, 3:6] == 0)
    assert np.all(made.x_train[~missing, 3:6].sum(axis=1) == 1)
    assert np.isfinite(made.x_train).all()


def test_inverse_fills_gaps_from_a_models_rows():
    made = table(with_gaps())
    x = made.x_train
    filled = made.inverse(x, fill=np.ones_like(x))
    missing = np.isnan(made.inverse(x)["height"])
    mean, stddev = made.train["height"].mean(), made.train["height"].std(ddof=0)
    np.testing.assert_allclose(filled["height"][missing], mean + stddev, rtol=1e-5)
    np.testing.assert_allclose(filled["height"][~missing], made.inverse(x)["height"][~missing])
    assert filled.notna().all().all()


def test_inverse_names_the_most_probable_category():
    made = table()
    x = made.x_train[:1].copy()
    x[0, 3:6] = 0.2, 0.5, 0.3
    x[0, 2] = 0.6
    assert made.inverse(x)["town"][0] == "Oslo"
    assert made.inverse(x)["smokes"][0]


def test_transform_takes_other_rows():
    made = table()
    np.testing.assert_array_equal(made.transform(made.test.iloc[:3]), made.x_test[:3])
    with pytest.raises(ValueError, match=r"lacks the table's columns \['town'\]"):
        made.transform(made.test.drop(columns="town"))


def test_likelihood_is_new_each_time():
    made = table()
    assert made.likelihood is not made.likelihood


REFUSED = {
    "no frame": (lambda: ae.data.table(np.zeros((3, 2))), "expects a pandas DataFrame. Received: ndarray"),
    "unknown column": (
        lambda: table(skewed=["wage"]),
        "no column 'wage', said to be skewed. The columns are ['height'",
    ),
    "said twice": (lambda: table(numeric=["income"]), "'income' is said to be numeric and skewed"),
    "duplicate names": (lambda: table(pd.concat([frame(), frame()[["town"]]], axis=1)), "several columns named town"),
    "one category": (lambda: table(frame(town="Rome")), "'town' has a single value in the training rows, 'Rome'"),
    "one number": (lambda: table(frame(rooms=3)), "'rooms' has a single value in the training rows, 3"),
    "all missing": (lambda: table(frame(rooms=np.nan)), "'rooms' has no entry in the training rows"),
    "infinite": (
        lambda: table(frame(rooms=[np.inf, *range(N - 1)])),
        "'rooms' holds an infinite number, first in row 0",
    ),
    "identifier": (lambda: table(frame(name=[f"n{i}" for i in range(N)])), "'name' has"),
    "date": (lambda: table(frame(day=pd.date_range("2026-01-01", periods=N))), "'day' holds datetime64"),
    "words as numbers": (lambda: table(numeric=["town"]), "'town' should be numeric, but holds"),
    "binary of three": (lambda: table(binary=["town"]), "said to be binary, but has the values 'Bern', 'Oslo', 'Rome'"),
    "empty": (lambda: table(frame()[:0]), "The DataFrame is empty"),
    "nothing to train on": (lambda: table(val=0.5, test=0.49), "leave 0 for training"),
    "share": (lambda: table(val=1.5), "expects val to be a fraction from 0 to below 1. Received: 1.5"),
}
REFUSED["negative"] = (
    lambda: table(frame(income=np.arange(N) - 1.0)),
    "'income' is said to be skewed, which takes log(1 + x) of it, but holds -1, which is below 0",
)


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_offender_and_the_remedy(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_a_category_that_training_rows_lack_is_named():
    rows = frame()
    odd = table().test.index[0]
    rows.loc[odd, "town"] = "Lima"
    with pytest.raises(ValueError, match="'town' has the value 'Lima', which the training rows lack"):
        table(rows)
    declared = rows.astype({"town": pd.CategoricalDtype(["Bern", "Lima", "Oslo", "Rome"])})
    assert table(declared).inverse(table(declared).x_test)["town"][0] == "Lima"


def test_a_gap_in_a_column_that_had_none_is_named():
    rows = frame()
    rows.loc[0, "height"] = np.nan
    with pytest.raises(ValueError, match="'height' has 1 missing entries, but it had none"):
        table().transform(rows)


@pytest.mark.parametrize("wrong", [np.zeros((2, 3)), np.zeros(7), np.full((2, 7), np.nan)])
def test_inverse_refuses_what_is_no_row(wrong):
    with pytest.raises(ValueError, match="inverse"):
        table().inverse(wrong)


def test_inverse_refuses_a_fill_of_another_length():
    made = table(with_gaps())
    with pytest.raises(ValueError, match="6 rows x, but 5 rows to fill"):
        made.inverse(made.x_test, fill=made.x_test[:5])
