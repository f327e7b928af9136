"""Metrics of real servers: the Application Server Dataset of Li et al. 2021 (InterFusion, KDD), MIT licence."""

import json
import os
import pickle
from importlib import resources
from pathlib import Path

import numpy as np

from autoencoders_edu.data.dataset import Dataset

COMMIT = "8c85d511c1f070669ba8c5cf097b8fa4a202d15b"
REPOSITORY = "https://github.com/zhhlee/InterFusion"
ORIGIN = f"https://raw.githubusercontent.com/zhhlee/InterFusion/{COMMIT}/data/processed"
FOLDER_VARIABLE = "AUTOENCODERS_EDU_DATA"


def read(server: str = "omi-8") -> Dataset:
    """One server of the Application Server Dataset: 19 metrics every 5 minutes, for 30 healthy and 15 labelled days.

    Its authors scaled the metrics to [0, 1] and removed their names; some servers have constant columns. The last
    quarter of the healthy rows is held out for validation.

    If the environment variable AUTOENCODERS_EDU_DATA names a folder, the data are read from `asd/SERVER.npz` in it
    (arrays train, test, label). Otherwise they are downloaded once from the authors' repository, at a fixed commit, and
    checked against the hashes in `asd_sha256.json`.

    Args:
        server: "omi-1" to "omi-12".

    Raises:
        ValueError: for an unknown server, or files that are missing or incomplete, cannot be downloaded, or were
            altered on the way.
    """
    hashes = json.loads((resources.files("autoencoders_edu.data") / "asd_sha256.json").read_text())
    if server not in hashes:
        raise ValueError(f"Unknown server {server!r}. Expected one of: {', '.join(map(repr, hashes))}.")
    folder = os.environ.get(FOLDER_VARIABLE)
    train, test, label = _from_folder(Path(folder), server) if folder else _downloaded(server, hashes[server])
    first_val = len(train) * 3 // 4
    healthy = np.zeros(len(train), "int64")
    return Dataset(
        *(np.asarray(rows, "float32") for rows in (train[:first_val], train[first_val:], test)),
        *[healthy[:first_val], healthy[first_val:], np.asarray(label, "int64")],
        name=f"server_metrics {server}",
        source=f"Application Server Dataset, {REPOSITORY}",
        licence="MIT",
        class_names=("healthy", "incident"),
        feature_names=tuple(f"metric_{index}" for index in range(train.shape[1])),
    )


def _from_folder(folder, server):
    path = folder / "asd" / f"{server}.npz"
    if not path.is_file():
        raise ValueError(
            f"There is no file {path}: {FOLDER_VARIABLE} is set to {str(folder)!r}. Point it at the folder that holds "
            "asd/, or unset it to download the data."
        )
    with np.load(path) as arrays:
        if missing := {"train", "test", "label"} - set(arrays):
            raise ValueError(f"{path} holds no array {', '.join(sorted(missing))}: found {', '.join(arrays)}.")
        return arrays["train"], arrays["test"], arrays["label"]


def _downloaded(server, hashes):
    from autoencoders_edu._backend import keras

    arrays = []
    for part in ("train", "test", "test_label"):
        file = f"{server}_{part}.pkl"
        try:
            path = keras.utils.get_file(
                file, f"{ORIGIN}/{file}", file_hash=hashes[part], cache_subdir="datasets/asd", hash_algorithm="sha256"
            )
        except Exception as error:
            raise ValueError(
                f"{file} can't be downloaded from {ORIGIN} and checked: {error}. Put it into datasets/asd under "
                f"KERAS_HOME (by default ~/.keras), or set {FOLDER_VARIABLE} to a folder with asd/{server}.npz."
            ) from error
        # Reading a pickle can run code: only bytes whose hash get_file has just checked are read.
        arrays.append(pickle.loads(Path(path).read_bytes()))
    return arrays
