"""Real images: Fashion-MNIST and scikit-learn's digits."""

import hashlib
import io
from importlib import resources

import numpy as np

from autoencoders_edu.data.dataset import Dataset

CLOTHES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
EMBEDDED = "fashion_mnist.npz"  # written by scripts/embed_fashion_mnist.py, which prints the hash
EMBEDDED_SHA256 = "5fc7acf174cdbb9e64f403ae312757980951e88a29aa904a9db5b54e4303d4e8"


def fashion_mnist(full: bool = False) -> Dataset:
    """Fashion-MNIST: grey 28x28 images of ten kinds of clothes (Xiao, Rasul and Vollgraf 2017).

    The 10,000 training images here are the first 1,000 of each class of the original training set, the 2,000 test
    images the first 200 of each class of its test set. The last tenth of each class's training images is held out for
    validation.

    Args:
        full: whether to load all 60,000 + 10,000 images through `keras.datasets`, which downloads them once.

    Returns:
        A `Dataset` of images (n, 28, 28, 1) in [0, 1] and integer labels.

    Raises:
        ValueError: when the file in the package is missing or altered, or the full set is not available.
    """
    (x, y), (x_test, y_test) = _full() if full else _embedded()
    held_out = _last_tenth_of_each_class(y)
    return Dataset(
        *(_pixels(images) for images in (x[~held_out], x[held_out], x_test)),
        *(labels.astype("int64") for labels in (y[~held_out], y[held_out], y_test)),
        name="fashion_mnist",
        source="Zalando Research, https://github.com/zalandoresearch/fashion-mnist",
        licence="MIT",
        class_names=CLOTHES,
    )


def digits() -> Dataset:
    """scikit-learn's digits: 1797 handwritten digits, 8x8, 17 levels of grey (Alpaydin and Kaynak 1998).

    Shuffled, always in the same order, and split 60 : 20 : 20.
    """
    from sklearn.datasets import load_digits

    pixels, labels = map(np.asarray, load_digits(return_X_y=True))
    order = np.random.default_rng(0).permutation(len(labels))
    x, y = (pixels[order].reshape(-1, 8, 8, 1) / 16).astype("float32"), labels[order].astype("int64")
    splits = [1078, 1078 + 359]
    return Dataset(
        *np.split(x, splits),
        *np.split(y, splits),
        name="digits",
        source="UCI, Optical Recognition of Handwritten Digits (its test set), as shipped with scikit-learn",
        licence="CC BY 4.0",
        class_names=tuple("0123456789"),
    )


def _embedded():
    file = resources.files("autoencoders_edu.data") / EMBEDDED
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise ValueError(f"The data file {file} is missing: reinstall autoencoders-edu.") from None
    found = hashlib.sha256(content).hexdigest()
    if found != EMBEDDED_SHA256:
        raise ValueError(
            f"The data file {file} was altered: its SHA-256 is {found[:12]}..., expected {EMBEDDED_SHA256[:12]}.... "
            "Reinstall autoencoders-edu, or restore the file with git."
        )
    with np.load(io.BytesIO(content)) as arrays:
        return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def _full():
    from autoencoders_edu._backend import keras

    try:
        return keras.datasets.fashion_mnist.load_data()
    except Exception as error:
        raise ValueError(
            f"The full Fashion-MNIST is not available: {error}. Without a network, put its four .gz files into the "
            "folder datasets/fashion-mnist under KERAS_HOME (by default ~/.keras), or use the 12,000 images that come "
            "with this package: full=False."
        ) from error


def _pixels(images):
    return (images[..., None] / np.float32(255)).astype("float32")


def _last_tenth_of_each_class(y):
    held_out = np.zeros(len(y), bool)
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        held_out[rows[-len(rows) // 10 :]] = True
    return held_out
