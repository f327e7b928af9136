"""`ae.data.load` knows its names, refuses others helpfully, and needs no network for any of its defaults."""

import dataclasses
import socket

import numpy as np
import pytest

import autoencoders_edu as ae

SPLITS = ("train", "val", "test")


@pytest.fixture(scope="module", params=ae.data.names())
def data(request):
    return ae.data.load(request.param)


def test_names_are_those_of_the_data_sets():
    assert set(ae.data.names()) == {"fashion_mnist", "digits", "sprites", "server_metrics", "kr_vs_kp"}


@pytest.mark.parametrize("name", ae.data.names())
def test_load_opens_no_connection_by_default(name, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a default data set asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert ae.data.load(name).name == name


def test_load_gives_finite_float32(data):
    for split in SPLITS:
        x = getattr(data, f"x_{split}")
        assert x.dtype == np.float32
        assert np.isfinite(x).all()


def test_load_gives_an_integer_label_or_row_of_factors_for_each_example(data):
    for split in SPLITS:
        x, y = getattr(data, f"x_{split}"), getattr(data, f"y_{split}")
        assert y.dtype == np.int64
        assert len(y) == len(x)


def test_load_gives_images_with_channels_and_pixels_from_0_to_1(data):
    if data.feature_names:
        assert data.x_train.shape[1:] == (len(data.feature_names),)
        return
    assert data.x_train.ndim == 4
    assert [data.x_train.min(), data.x_train.max()] == [0, 1]


def test_load_names_source_and_licence(data):
    assert data.source
    assert data.licence in {"MIT", "CC BY 4.0", "Apache-2.0", "Public (OpenML)"}


def test_load_gives_the_same_data_each_time(data):
    again = ae.data.load(data.name)
    for field in dataclasses.fields(data):
        np.testing.assert_array_equal(getattr(again, field.name), getattr(data, field.name))


def test_dataset_repr_tells_sizes_and_licence(data):
    assert all(f"{split} {getattr(data, f'x_{split}').shape}" in repr(data) for split in SPLITS)
    assert data.licence in repr(data)


def test_dataset_cannot_be_changed_by_accident(data):
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.x_train = data.x_test


def test_load_refuses_an_unknown_name_and_lists_the_known():
    with pytest.raises(ValueError, match="Unknown data set 'mnist'") as caught:
        ae.data.load("mnist")
    assert all(repr(name) in str(caught.value) for name in ae.data.names())


def test_load_refuses_an_option_that_the_data_set_does_not_have():
    with pytest.raises(TypeError, match="full"):
        ae.data.load("digits", full=True)


def test_server_metrics_refuse_an_unknown_source_and_list_the_known():
    with pytest.raises(ValueError, match=r"Unknown source 'real'.*'generated', 'csv', 'asd'"):
        ae.data.load("server_metrics", source="real")
