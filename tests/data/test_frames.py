"""The real tables: as their sources describe them."""

import gzip

import numpy as np
import pandas as pd
import pytest

import autoencoders_edu as ae
from autoencoders_edu.data import frames


def test_kr_vs_kp_is_as_its_source_says():
    rows = ae.data.frame("kr_vs_kp")
    assert rows.shape == (3196, 37)
    assert rows["class"].value_counts().to_dict() == {"won": 1669, "nowin": 1527}
    assert rows.notna().all().all()
    assert all(isinstance(dtype, pd.CategoricalDtype) for dtype in rows.dtypes)
    assert [*rows.columns[:3], rows.columns[-2]] == ["bkblk", "bknwy", "bkon8", "wtoeg"]


def test_titanic_has_gaps_and_a_skewed_column():
    rows = ae.data.frame("titanic")
    assert rows.shape == (1309, 8)
    assert rows.isna().sum()[lambda gaps: gaps > 0].to_dict() == {"age": 263, "fare": 1, "embarked": 2}
    assert rows["fare"].skew() > 4
    assert np.log1p(rows["fare"]).skew() < 1
    assert rows.attrs["licence"] == "Public (OpenML)"


def test_loaded_kr_vs_kp_is_one_hot():
    data = ae.data.load("kr_vs_kp")
    assert set(np.unique(data.x_train)) == {0, 1}
    assert np.all(data.x_train.sum(axis=1) == 36)
    assert np.mean(data.y_train) == pytest.approx(0.52, abs=0.02)
    assert len(data.x_train) + len(data.x_val) + len(data.x_test) == 3196


def test_an_unknown_table_lists_the_known():
    with pytest.raises(ValueError, match=r"Unknown table 'iris'.*'kr_vs_kp', 'titanic'"):
        ae.data.frame("iris")


@pytest.fixture
def altered(tmp_path, monkeypatch):
    """scikit-learn without its tests' data: a folder."""
    monkeypatch.setattr(frames.resources, "files", lambda package: tmp_path)
    return tmp_path / "datasets/tests/data/openml/id_3/data-v1-dl-3.arff.gz"


def test_a_scikit_learn_without_its_tests_is_named(altered):
    with pytest.raises(ValueError, match=r"stripped of\. Install scikit-learn with pip"):
        ae.data.frame("kr_vs_kp")


def test_another_content_is_refused(altered):
    altered.parent.mkdir(parents=True)
    altered.write_bytes(gzip.compress(b"@data\n"))
    with pytest.raises(ValueError, match="another than the one that is known"):
        ae.data.frame("kr_vs_kp")
