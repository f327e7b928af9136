"""Real servers: read from a folder or from Keras's cache, with nothing unpickled whose hash is not the pinned one."""

import hashlib
import json
import pickle
import types
from pathlib import Path

import numpy as np
import pytest

import autoencoders_edu as ae
from autoencoders_edu.data import asd

PARTS = ("train", "test", "test_label")
SHARED = Path(ae.__file__).resolve().parents[2] / "shared" / "data"
needs_real_servers = pytest.mark.skipif(
    not (SHARED / "asd").is_dir(), reason=f"the real servers are not part of the project, and {SHARED} is absent"
)


def load(server="omi-8"):
    return ae.data.load("server_metrics", source="asd", server=server)


def tiny_server(seed=0):
    rng = np.random.default_rng(seed)
    return dict(zip(PARTS, (rng.random((40, 19)), rng.random((10, 19)), np.arange(10) // 8.0), strict=True))


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Keras's cache folder with nothing in it, for a test without AUTOENCODERS_EDU_DATA and without a network.

    Keras reads KERAS_HOME only once, at its import.
    """

    def refuse(url, *args, **kwargs):
        raise OSError(f"no network in tests: {url}")

    monkeypatch.delenv(asd.FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr("keras.src.backend.config._KERAS_DIR", str(tmp_path / "keras"))
    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", refuse)
    folder = tmp_path / "keras" / "datasets" / "asd"
    folder.mkdir(parents=True)
    return folder


def write_pickles(folder, arrays, server="omi-8"):
    """Writes the three pickles of a server; returns their hashes."""
    hashes = {}
    for part, array in arrays.items():
        content = pickle.dumps(array)
        (folder / f"{server}_{part}.pkl").write_bytes(content)
        hashes[part] = hashlib.sha256(content).hexdigest()
    return hashes


def pin(monkeypatch, folder, hashes, server="omi-8"):
    """Makes these hashes the ones that the loader expects."""
    (folder / "asd_sha256.json").write_text(json.dumps({server: hashes}))
    monkeypatch.setattr(asd, "resources", types.SimpleNamespace(files=lambda package: folder))


@pytest.fixture
def real_folder(monkeypatch):
    monkeypatch.setenv(asd.FOLDER_VARIABLE, str(SHARED))


@needs_real_servers
@pytest.mark.usefixtures("real_folder")
@pytest.mark.parametrize(
    ("server", "healthy", "anomalous"), [("omi-2", 8640, 0.013), ("omi-8", 8640, 0.044), ("omi-12", 7291, 0.031)]
)
def test_asd_folder_has_the_known_size_and_share_of_incidents(server, healthy, anomalous):
    data = load(server)
    assert len(data.x_train) == healthy * 3 // 4
    assert len(data.x_train) + len(data.x_val) == healthy
    assert data.x_test.shape == (4320, 19)
    assert data.y_test.mean() == pytest.approx(anomalous, abs=0.0006)


@needs_real_servers
@pytest.mark.usefixtures("real_folder")
def test_asd_training_metrics_are_scaled():
    x = np.concatenate([load().x_train, load().x_val])
    assert x.dtype == np.float32
    assert [x.min(), x.max()] == pytest.approx([0, 1], abs=1e-3)


@needs_real_servers
@pytest.mark.usefixtures("real_folder")
def test_asd_server_absent_from_the_folder_is_named():
    with pytest.raises(ValueError, match=r"no file .*omi-1\.npz.*AUTOENCODERS_EDU_DATA is set to.*unset it"):
        load("omi-1")


def test_asd_folder_is_split_by_time(tmp_path, monkeypatch):
    arrays = tiny_server()
    (tmp_path / "asd").mkdir()
    np.savez(tmp_path / "asd" / "omi-8.npz", train=arrays["train"], test=arrays["test"], label=arrays["test_label"])
    monkeypatch.setenv(asd.FOLDER_VARIABLE, str(tmp_path))
    data = load()
    np.testing.assert_array_equal(data.x_train, arrays["train"][:30].astype("float32"))
    np.testing.assert_array_equal(data.x_val, arrays["train"][30:].astype("float32"))
    np.testing.assert_array_equal(data.x_test, arrays["test"].astype("float32"))
    np.testing.assert_array_equal(data.y_test, arrays["test_label"])
    assert data.y_train.tolist() == [0] * 30
    assert data.y_val.tolist() == [0] * 10


def test_asd_missing_folder_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv(asd.FOLDER_VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ValueError, match=r"no file .*nowhere.*Point it at the folder that holds asd/, or unset it"):
        load()


@pytest.mark.usefixtures("cache")
def test_asd_unknown_server_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"Unknown server 'omi-13'.*'omi-1', .*'omi-12'"):
        load("omi-13")


def test_asd_hashes_pin_three_files_of_twelve_servers():
    hashes = json.loads(Path(asd.__file__).with_name("asd_sha256.json").read_text())
    assert list(hashes) == [f"omi-{number}" for number in range(1, 13)]
    digests = [digest for parts in hashes.values() for digest in parts.values()]
    assert all(set(parts) == set(PARTS) for parts in hashes.values())
    assert all(len(bytes.fromhex(digest)) == 32 for digest in digests)
    assert len(set(digests)) == 36


def test_asd_cached_files_are_read_without_a_network(cache, tmp_path, monkeypatch):
    arrays = tiny_server()
    pin(monkeypatch, tmp_path, write_pickles(cache, arrays))
    data = load()
    np.testing.assert_array_equal(np.concatenate([data.x_train, data.x_val]), arrays["train"].astype("float32"))
    np.testing.assert_array_equal(data.x_test, arrays["test"].astype("float32"))
    np.testing.assert_array_equal(data.y_test, arrays["test_label"])


def test_asd_files_are_downloaded_from_the_origin_into_the_cache(cache, tmp_path, monkeypatch):
    origin = tmp_path / "origin"
    origin.mkdir()
    pin(monkeypatch, tmp_path, write_pickles(origin, tiny_server()))

    def copy(url, target, *args, **kwargs):
        Path(target).write_bytes((origin / url.removeprefix(f"{asd.ORIGIN}/")).read_bytes())

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", copy)
    assert load().x_test.shape == (10, 19)
    assert sorted(path.name for path in cache.iterdir()) == sorted(f"omi-8_{part}.pkl" for part in PARTS)


def test_asd_origin_names_a_fixed_commit():
    assert f"/{asd.COMMIT}/" in asd.ORIGIN
    assert len(bytes.fromhex(asd.COMMIT)) == 20


class Bomb:
    """What a hostile pickle can do: run code while it is read."""

    def __reduce__(self):
        return exec, ("raise SystemExit('a pickle of unknown origin was read')",)


def test_asd_altered_file_in_the_cache_is_never_unpickled(cache, tmp_path, monkeypatch):
    hashes = write_pickles(cache, tiny_server())
    write_pickles(cache, {"train": Bomb()})
    pin(monkeypatch, tmp_path, hashes)
    with pytest.raises(ValueError, match=r"omi-8_train\.pkl can't be downloaded.*no network in tests"):
        load()


def test_asd_altered_download_is_never_unpickled(cache, tmp_path, monkeypatch):
    pin(monkeypatch, tmp_path, write_pickles(tmp_path, tiny_server()))

    def hand_over(url, target, *args, **kwargs):
        Path(target).write_bytes(pickle.dumps(Bomb()))

    monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", hand_over)
    with pytest.raises(ValueError, match=r"omi-8_train\.pkl.*hash does not match"):
        load()


@pytest.mark.usefixtures("cache")
def test_asd_without_files_or_network_says_what_to_do():
    remedy = r"Put it into datasets/asd under KERAS_HOME.*or set AUTOENCODERS_EDU_DATA to a folder with asd/omi-8\.npz"
    with pytest.raises(ValueError, match=remedy):
        load()
