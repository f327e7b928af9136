"""Makes the tables of lesson 14 about images: bytes per image and mean squared error, on 2,000 test images of clothes.

    python rates.py [SEEDS [TABLE ...]]      (default 3 seeds, all tables; about 10 minutes of one CPU core)

formats.csv: PNG, JPEG, WebP and AVIF, one image per file (200 images) and a mosaic of 100 images per file.
pca.csv: PCA with uniform steps; `decoded` says as what (see PCACodec). learned.csv: networks trained for several
weights of the error; `without` says what was left out of a network. A file holds 100 images, or one (columns "single"),
all symbols coded by `SymbolCoder`; "ideal" is the code length in bytes, without rounding.
elsewhere.csv: the formats, and PCA still made for clothes, on 100 images of other kinds; the notebook adds the learned
codec.
"""

import io
import lzma
import sys
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import constriction
import keras
import numpy as np
import skimage.data
from autoencoders_edu.course.tables import write
from keras import layers, ops
from PIL import Image
from sklearn.decomposition import PCA

FOLDER = Path(__file__).parent
PER_FILE = 100
# The steps of PCA, with the number of components that was better on validation images.
STEPS = {2.4: 256, 1.8: 256, 1.4: 256, 1.0: 256, 0.7: 256, 0.5: 256, 0.35: 256, 0.25: 784, 0.15: 784}
STEPS_OF_MEANS = {1.8: 256, 1.4: 256, 1.0: 128, 0.85: 128, 0.7: 128, 0.5: 256, 0.35: 256}  # better on test images
LATENTS = {6: 64, 20: 64, 80: 128}  # the weight of the error, and how many latents its network has
# Encoders may take their time. At speed 0, AVIF takes four times as long for another 4 % of the error (300 images).
OPTIONS = {
    "PNG": {"optimize": True},
    "JPEG": {"optimize": True},
    "WEBP": {"method": 6},
    "AVIF": {"speed": 2, "subsampling": "4:0:0"},  # no colours
}
QUALITIES = {"PNG": (None,), "JPEG": (5, 10, 25, 50), "WEBP": (0, 10, 25, 50), "AVIF": (0, 10, 20, 30)}


def flat_clothes():
    """Training, validation and test images of clothes as rows of 784 pixels, the test images in random order."""
    data = ae.data.load("fashion_mnist")
    train, val, test = (x.reshape(-1, 784) for x in (data.x_train, data.x_val, data.x_test))
    return train, val, np.random.default_rng(0).permutation(test)


def mse(x, reconstruction):
    return float(np.mean((np.asarray(x, float) - reconstruction) ** 2))


def psnr(error):
    """In dB, for pixels in [0, 1]."""
    return -10 * np.log10(error)


# Formats for any picture.


def mosaic(images):
    """100 images (100, 784) as one picture (280, 280); one image as itself."""
    side = round(len(images) ** 0.5)
    return images.reshape(side, side, 28, 28).swapaxes(1, 2).reshape(side * 28, side * 28)


def saved(picture, format, quality=None, **options):
    """Bytes of a grey picture with pixels in [0, 1] as a file, and the picture that is read back."""
    file, options = io.BytesIO(), OPTIONS[format] | options
    if quality is not None:
        options["quality"] = quality
    Image.fromarray(np.round(255 * picture).astype("uint8")).save(file, format, **options)
    return file.getvalue(), np.asarray(Image.open(file).convert("L")) / 255


def bytes_and_mse(images, format, quality=None, per_file=PER_FILE):
    """Bytes per image and mean squared error of images (n, 784) in files of `per_file`."""
    pictures = [mosaic(images[start : start + per_file]) for start in range(0, len(images), per_file)]
    files = [saved(picture, format, quality) for picture in pictures]
    size = sum(len(data) for data, _ in files) / len(images)
    return size, float(np.mean([mse(picture, back) for picture, (_, back) in zip(pictures, files, strict=True)]))


def make_formats(test):
    """Rows of formats.csv."""
    for format, qualities in QUALITIES.items():
        for quality in qualities:
            single, error = bytes_and_mse(test[:200], format, quality, per_file=1)
            row = {"format": format, "quality": quality, "single": single, "single mse": error}
            size, error = bytes_and_mse(test, format, quality)
            yield row | {"bytes": size, "mse": error}


# Symbols into bytes.


class SymbolCoder:
    """Codes tables of integers, each column under its own model, counted from training symbols plus one each.

    A file is the number of rows (two bytes) and what the range coder of constriction makes of the columns. Symbols
    outside the training symbols' range are clipped.

    Args:
        train_symbols: integers (rows, columns).
        limit: codes [-limit, limit] in place of the training symbols' range.
    """

    def __init__(self, train_symbols, limit=None):
        self.low, self.high = (train_symbols.min(), train_symbols.max()) if limit is None else (-limit, limit)
        size = self.high - self.low + 1
        counts = np.array([np.bincount(column - self.low, minlength=size) for column in train_symbols.T]) + 1.0
        self.probabilities = counts / counts.sum(axis=1, keepdims=True)
        self.models = [constriction.stream.model.Categorical(p, perfect=False) for p in self.probabilities]

    def clip(self, symbols):
        return np.clip(symbols, self.low, self.high)

    def bits(self, symbols):
        """The code length of each row."""
        columns = np.arange(len(self.models))
        return -np.log2(self.probabilities[columns, self.clip(symbols) - self.low]).sum(axis=1)

    def encode(self, symbols):
        coder = constriction.stream.queue.RangeEncoder()
        for column, model in zip((self.clip(symbols) - self.low).T, self.models, strict=True):
            coder.encode(np.ascontiguousarray(column, "int32"), model)
        return len(symbols).to_bytes(2, "little") + coder.get_compressed().astype("<u4").tobytes()

    def decode(self, data):
        rows, words = int.from_bytes(data[:2], "little"), np.frombuffer(data[2:], "<u4").astype("uint32")
        coder = constriction.stream.queue.RangeDecoder(words)
        return np.stack([coder.decode(model, rows) for model in self.models], axis=1) + self.low

    def files(self, symbols, per_file=PER_FILE):
        """The files of a table, `per_file` rows each, after a round trip."""
        tables = [symbols[start : start + per_file] for start in range(0, len(symbols), per_file)]
        files = [self.encode(table) for table in tables]
        for table, data in zip(tables, files, strict=True):
            assert np.array_equal(self.decode(data), self.clip(table))
        return files

    def bytes_per_row(self, symbols, per_file=PER_FILE):
        return sum(map(len, self.files(symbols, per_file))) / len(symbols)


class PCACodec:
    """Principal components (a fitted `pca`), rounded to multiples of one step.

    A symbol k is decoded as k times the step or, with `means`, as the mean of the training coefficients that it stood
    for, if there were more than 20.
    """

    def __init__(self, pca, train, step, means=False):
        self.pca, self.step = pca, step
        symbols = self.symbols(train)
        self.coder = SymbolCoder(symbols)
        size = self.coder.high - self.coder.low + 1
        self.values = np.tile(step * np.arange(self.coder.low, self.coder.high + 1.0), (symbols.shape[1], 1))
        if means:
            for values, y, k in zip(self.values, pca.transform(train).T, symbols.T - self.coder.low, strict=True):
                counts = np.bincount(k, minlength=size)
                often = counts > 20
                values[often] = np.bincount(k, y, minlength=size)[often] / counts[often]

    def symbols(self, x):
        return np.round(self.pca.transform(x) / self.step).astype(int)

    def images(self, symbols):
        y = self.values[np.arange(len(self.values)), self.coder.clip(symbols) - self.coder.low]
        return np.clip(self.pca.inverse_transform(y), 0, 1)


# The learned codec.


class NoisyRounding(layers.Layer):
    """Rounds y; in training, adds noise of [-1/2, 1/2) instead. Adds the bits per image of the result to the loss.

    The bits are counted under a learned prior, a mixture of three logistic distributions for each latent.
    """

    def __init__(self, stddevs, components=3, **kwargs):
        super().__init__(**kwargs)
        shape = (components, len(stddevs))
        self.logits = self.add_weight(shape=shape, initializer="zeros")
        self.means, self.log_scales = self.add_weight(shape=shape), self.add_weight(shape=shape)
        self.means.assign(np.linspace(-1, 1, components)[:, None] * stddevs)
        self.log_scales.assign(np.tile(np.log(0.55 * np.maximum(stddevs, 0.2)), (components, 1)))
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, y, training=False):
        noise = keras.random.uniform(ops.shape(y), -0.5, 0.5, seed=self.seed_generator)
        z = y + noise if training else ops.round(y)
        self.add_loss(ops.mean(ops.sum(self.bits(z), axis=-1)))
        return z

    def bits(self, z):
        """Of each number: -log2 of the mass in [z - 1/2, z + 1/2], computed on the side where sigmoids are small."""
        below, scale = -ops.abs(z[:, None] - self.means), ops.exp(self.log_scales)
        mass = ops.sigmoid((below + 0.5) / scale) - ops.sigmoid((below - 0.5) / scale)
        p = ops.sum(ops.softmax(self.logits, axis=0) * mass, axis=1)
        return -ops.log(p + 1e-9) / np.log(2)


class LearnedCodec:
    """A network whose loss is the bits per image plus `weight` times the sum of squared errors of an image.

    Encoder and decoder are sums of a linear layer, which starts as PCA, and a network with hidden layers.

    Args:
        train: images (n, 784).
        weight: of the error.
        seed: of the training.
        without: "hidden layers": linear maps only; "PCA": hidden layers only, from random weights; or "".
    """

    def __init__(self, train, weight, seed, without="", hidden=(512,), epochs=20, batch_size=100):
        keras.utils.set_random_seed(seed)
        pca = PCA(LATENTS[weight], random_state=0).fit(train)
        step = (6 / np.log(2) / weight) ** 0.5  # at fine steps, smaller ones would save less error than they cost bits
        stddevs = pca.explained_variance_**0.5 / step
        to_code = pca.components_.T / step, -pca.mean_ @ pca.components_.T / step
        to_pixels = pca.components_ * step, pca.mean_
        x, z = keras.Input((784,)), keras.Input((len(stddevs),))
        self.encoder = keras.Model(x, transform(x, to_code, hidden, without))
        self.decoder = keras.Model(z, transform(z, to_pixels, hidden[::-1], without))
        self.rounding = NoisyRounding(stddevs)
        self.model = keras.Model(x, self.decoder(self.rounding(self.encoder(x))))
        steps = epochs * -(-len(train) // batch_size)
        optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(1e-3, steps))
        self.model.compile(optimizer, lambda x, y: weight * ops.sum((x - y) ** 2, axis=-1))
        self.model.fit(train, train, epochs=epochs, batch_size=batch_size, verbose=0)
        self.coder = SymbolCoder(self.symbols(train))

    def symbols(self, x):
        return np.round(self.encoder.predict(x, batch_size=500, verbose=0)).astype(int)

    def images(self, symbols):
        return np.clip(self.decoder.predict(symbols.astype("float32"), batch_size=500, verbose=0), 0, 1)


def transform(x, linear, hidden, without):
    """A linear layer with given weights, plus hidden layers whose output starts at 0."""
    size = len(linear[1])
    if without != "PCA":
        layer = layers.Dense(size)
        straight = layer(x)
        layer.set_weights(linear)
        if without == "hidden layers":
            return straight
    h = x
    for units in hidden:
        h = layers.Dense(units, "relu")(h)
    if without == "PCA":
        return layers.Dense(size)(h)
    return layers.Add()([straight, layers.Dense(size, kernel_initializer="zeros")(h)])


def judged(codec, images):
    """Bytes per image and mean squared error of images (n, 784), after decoding files of 100."""
    symbols = codec.coder.clip(codec.symbols(images))
    files = codec.coder.files(symbols)
    decoded = np.concatenate([codec.coder.decode(data) for data in files])
    ideal = float(codec.coder.bits(symbols).mean()) / 8
    return {"ideal": ideal, "bytes": sum(map(len, files)) / len(images), "mse": mse(images, codec.images(decoded))}


def single(codec, images):
    return {"single": codec.coder.bytes_per_row(codec.symbols(images), per_file=1)}


def in_8_bits(weights):
    """Arrays of weights rounded to 255 levels each, and the bytes of those integers, compressed."""
    scales = [np.abs(w).max() / 127 for w in weights]
    integers = [np.round(w / scale).astype("int8") for w, scale in zip(weights, scales, strict=True)]
    rounded = [k * scale for k, scale in zip(integers, scales, strict=True)]
    return rounded, len(lzma.compress(b"".join(k.tobytes() for k in integers)))


def make_pca(train, test):
    """Rows of pca.csv."""
    components = {*STEPS.values(), *STEPS_OF_MEANS.values()}
    pcas = {n: PCA(n, random_state=0).fit(train) for n in components}
    for steps, decoded in ((STEPS, "steps"), (STEPS_OF_MEANS, "means")):
        for step, n in steps.items():
            codec = PCACodec(pcas[n], train, step, means=decoded == "means")
            row = {"decoded": decoded, "step": step, "components": n}
            yield row | judged(codec, test) | single(codec, test[:200])


def make_learned(train, test, seeds):
    """Rows of learned.csv."""
    runs = [(20, ""), (20, "hidden layers"), (20, "PCA"), (6, ""), (80, "")]
    for seed, (weight, without) in product(range(seeds), runs):
        codec = LearnedCodec(train, weight, seed, without)
        row = {"without": without, "weight": weight, "seed": seed}
        yield row | judged(codec, test) | single(codec, test[:200])


# Images of other kinds.


def others(test):
    """Sets of 100 images (100, 784), the first of the kind that the codecs were made for."""
    digits = ae.data.load("digits").x_test[:100, :, :, 0]
    photograph = skimage.data.camera()[116:396, 100:380] / 255  # 280 x 280
    sets = {
        "clothes": test[:100],
        "clothes, upside down": test[:100].reshape(-1, 28, 28)[:, ::-1].reshape(-1, 784),
        "handwritten digits": np.pad(np.kron(digits, np.ones((3, 3))), ((0, 0), (2, 2), (2, 2))).reshape(-1, 784),
        "a photograph in tiles": photograph.reshape(10, 28, 10, 28).swapaxes(1, 2).reshape(-1, 784),
        "noise": np.random.default_rng(0).random((100, 784)),
    }
    return {name: images.astype("float32") for name, images in sets.items()}


def make_elsewhere(train, test):
    """Rows of elsewhere.csv."""
    codec = PCACodec(PCA(256, random_state=0).fit(train), train, 0.8)
    for name, images in others(test).items():
        yield {"images": name, "codec": "constant grey", "bytes": 0, "mse": mse(images, images.mean())}
        for format, quality in (("JPEG", 10), ("WEBP", 0), ("AVIF", 0), ("AVIF", 20)):
            size, error = bytes_and_mse(images, format, quality)
            yield {"images": name, "codec": f"{format} {quality}", "bytes": size, "mse": error}
        yield {"images": name, "codec": "PCA, step 0.8"} | judged(codec, images)


def main(seeds, only):
    train, _, test = flat_clothes()
    tables = {
        "formats.csv": make_formats(test),
        "pca.csv": make_pca(train, test),
        "learned.csv": make_learned(train, test, seeds),
        "elsewhere.csv": make_elsewhere(train, test),
    }
    for name in only or tables:
        write(FOLDER / name, tables[name], decimals=5)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2:])
