"""Fashion-MNIST and digits: sizes, balance and pixels as documented, and no altered or missing file gets through."""

import gzip
import shutil
import struct
import types
from importlib import resources

import numpy as np
import pytest
from sklearn.datasets import load_digits

import autoencoders_edu as ae
from autoencoders_edu.data import images

GZ_FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


@pytest.fixture(scope="module")
def fashion():
    return ae.data.load("fashion_mnist")


@pytest.fixture(scope="module")
def digits():
    return ae.data.load("digits")


@pytest.fixture
def package_data(tmp_path, monkeypatch):
    """A copy of the package's data folder, which the loader reads instead."""
    source = resources.files("autoencoders_edu.data") / images.EMBEDDED
    copy = tmp_path / images.EMBEDDED
    shutil.copyfile(source, copy)
    monkeypatch.setattr(images, "resources", types.SimpleNamespace(files=lambda package: tmp_path))
    return copy


@pytest.fixture
def keras_home(tmp_path, monkeypatch):
    """An empty cache folder for Keras, which reads KERAS_HOME only once, at its import; and no network."""

    def refuse(url, *args, **kwargs):
        raise OSError(f"no network in tests: {url}")

    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path))
    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", refuse)
    return tmp_path


def tiny_original(n_train=200, n_test=30, seed=0):
    """A small stand-in for the original files: arrays as they lie there, classes in turn."""
    rng = np.random.default_rng(seed)
    pixels = [rng.integers(0, 256, (n, 28, 28), "uint8") for n in (n_train, n_test)]
    labels = [(np.arange(n) % 10).astype("uint8") for n in (n_train, n_test)]
    return pixels[0], labels[0], pixels[1], labels[1]


def write_idx(folder, arrays):
    """The four .gz files in the IDX format: magic number, sizes, bytes."""
    folder.mkdir(parents=True)
    for name, array in zip(GZ_FILES, arrays, strict=True):
        header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
        (folder / f"{name}.gz").write_bytes(gzip.compress(header + array.tobytes()))


def test_fashion_mnist_has_the_documented_sizes(fashion):
    assert fashion.x_train.shape == (9000, 28, 28, 1)
    assert fashion.x_val.shape == (1000, 28, 28, 1)
    assert fashion.x_test.shape == (2000, 28, 28, 1)


def test_fashion_mnist_is_balanced_in_every_split(fashion):
    assert np.bincount(fashion.y_train).tolist() == [900] * 10
    assert np.bincount(fashion.y_val).tolist() == [100] * 10
    assert np.bincount(fashion.y_test).tolist() == [200] * 10


def test_fashion_mnist_shares_no_image_between_splits(fashion):
    everything = np.concatenate([fashion.x_train, fashion.x_val, fashion.x_test]).reshape(12000, -1)
    assert len(np.unique(everything, axis=0)) == 12000


def test_fashion_mnist_pixels_are_256_levels(fashion):
    levels = np.unique(fashion.x_test)
    np.testing.assert_array_equal(levels, np.arange(256, dtype="float32") / np.float32(255))


def test_fashion_mnist_names_ten_clothes(fashion):
    assert len(set(fashion.class_names)) == 10
    # Trousers are narrow, bags are wide: the names stand beside the right labels.
    width = [
        (fashion.x_train[fashion.y_train == label] > 0.2).any(axis=(1, 3)).sum(axis=1).mean() for label in range(10)
    ]
    assert np.argmin(width) == fashion.class_names.index("Trouser")


def test_fashion_mnist_altered_file_is_refused_by_name(package_data):
    content = bytearray(package_data.read_bytes())
    content[len(content) // 2] ^= 1
    package_data.write_bytes(content)
    with pytest.raises(ValueError, match=r"fashion_mnist\.npz was altered.*Reinstall"):
        ae.data.load("fashion_mnist")


def test_fashion_mnist_truncated_file_is_refused_by_name(package_data):
    package_data.write_bytes(package_data.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"fashion_mnist\.npz was altered"):
        ae.data.load("fashion_mnist")


def test_fashion_mnist_missing_file_is_refused_by_name(package_data):
    package_data.unlink()
    with pytest.raises(ValueError, match=r"fashion_mnist\.npz is missing: reinstall"):
        ae.data.load("fashion_mnist")


def test_fashion_mnist_untouched_copy_is_accepted(package_data, fashion):
    np.testing.assert_array_equal(ae.data.load("fashion_mnist").x_test, fashion.x_test)


def test_full_fashion_mnist_reads_the_cached_files(keras_home):
    x, _, x_test, y_test = arrays = tiny_original()
    write_idx(keras_home / "datasets" / "fashion-mnist", arrays)
    data = ae.data.load("fashion_mnist", full=True)
    np.testing.assert_array_equal(data.x_test[..., 0], x_test / np.float32(255))
    np.testing.assert_array_equal(data.y_test, y_test)
    # Classes come in turn, 20 of each: the last tenth of each class is the last 20 images.
    np.testing.assert_array_equal(data.x_train[..., 0], x[:180] / np.float32(255))
    np.testing.assert_array_equal(data.x_val[..., 0], x[180:] / np.float32(255))


def test_full_fashion_mnist_holds_out_a_tenth_of_each_class(keras_home):
    write_idx(keras_home / "datasets" / "fashion-mnist", tiny_original(n_train=300))
    data = ae.data.load("fashion_mnist", full=True)
    assert np.bincount(data.y_train).tolist() == [27] * 10
    assert np.bincount(data.y_val).tolist() == [3] * 10


def test_full_fashion_mnist_without_network_says_what_to_do(keras_home):
    with pytest.raises(
        ValueError, match=r"is not available: .*no network.*datasets/fashion-mnist under KERAS_HOME.*full=False"
    ):
        ae.data.load("fashion_mnist", full=True)


def test_full_fashion_mnist_keeps_the_cause_of_a_failure(monkeypatch):
    def fail():
        raise EOFError("cut short")

    monkeypatch.setattr("keras.datasets.fashion_mnist.load_data", fail)
    with pytest.raises(ValueError, match="cut short") as caught:
        ae.data.load("fashion_mnist", full=True)
    assert isinstance(caught.value.__cause__, EOFError)


def test_digits_are_scikit_learns_each_once(digits):
    ours = np.concatenate([digits.x_train, digits.x_val, digits.x_test]).reshape(-1, 64)
    labels = np.concatenate([digits.y_train, digits.y_val, digits.y_test])
    theirs, their_labels = load_digits(return_X_y=True)
    ours, theirs = np.c_[ours * 16, labels], np.c_[theirs, their_labels]
    np.testing.assert_array_equal(ours[np.lexsort(ours.T)], theirs[np.lexsort(theirs.T)])


def test_digits_are_split_60_20_20(digits):
    assert [len(x) for x in (digits.x_train, digits.x_val, digits.x_test)] == [1078, 359, 360]
    assert digits.x_train.shape[1:] == (8, 8, 1)


def test_digits_splits_hold_each_class_as_often_as_chance_would(digits):
    total = np.bincount(load_digits().target)
    n = total.sum()
    for y in (digits.y_train, digits.y_val, digits.y_test):
        share = total / n
        # Drawn without replacement: the hypergeometric distribution.
        stddev = np.sqrt(len(y) * share * (1 - share) * (n - len(y)) / (n - 1))
        assert (np.abs(np.bincount(y) - len(y) * share) <= 4 * stddev).all()
