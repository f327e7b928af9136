"""Writes autoencoders_edu/data/fashion_mnist.npz from the four original files.

    python scripts/embed_fashion_mnist.py FOLDER

FOLDER holds train-images-idx3-ubyte.gz and its three companions, as downloaded from the Fashion-MNIST repository or
installed by Debian's package dataset-fashion-mnist (in /usr/share/datasets/fashion-mnist). Prints the SHA-256 that
autoencoders_edu/data/images.py expects. The result holds the first 1,000 training and 200 test images of each class.
"""

import gzip
import hashlib
import sys
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "autoencoders_edu" / "data" / "fashion_mnist.npz"


def read_idx(path):
    """An array from the IDX format: two zero bytes, a type code, the number of axes, their sizes, then the values."""
    content = gzip.decompress(path.read_bytes())
    axes = content[3]
    shape = np.frombuffer(content, ">u4", count=axes, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def first_of_each_class(images, labels, count):
    rows = np.sort(np.concatenate([np.flatnonzero(labels == label)[:count] for label in range(10)]))
    return images[rows], labels[rows]


def main(folder):
    arrays = {}
    for split, prefix, count in (("train", "train", 1000), ("test", "t10k", 200)):
        images = read_idx(folder / f"{prefix}-images-idx3-ubyte.gz")
        labels = read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz")
        arrays[f"x_{split}"], arrays[f"y_{split}"] = first_of_each_class(images, labels, count)
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes, SHA-256 {hashlib.sha256(TARGET.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
