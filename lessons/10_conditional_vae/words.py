"""Makes factors.csv and words.csv, the tables of lesson 10 about vectors as a condition.

    python words.py [SEEDS]      (default 3; about forty seconds per seed on one CPU core)

Sprites of 16 x 16 pixels. factors.csv: models that are told some of the five factors as numbers.
words.csv: models that are told up to four words out of nine, which become nine numbers, 0 or 1. Each is trained without
three combinations of words, or with all, and asked for combinations that it has met and for those that it has not.
The judge is the nearest of all 6144 sprites, whose factors are known. Nats per image.
"""

import sys
from functools import cache
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write

GROUPS = (("square", "ellipse", "heart"), ("small", "big"), ("left", "right"), ("top", "bottom"))
WORDS = sum(GROUPS, ())
SHAPE, LATENTS, EPOCHS = (16, 16, 1), 8, 40
numpy_of = keras.ops.convert_to_numpy
HELD_OUT = ("big heart left", "small square right", "big ellipse bottom")


def bag(text):
    """The vector of a text: 1 where it has the word, else 0, (9,). The order of the words does not matter."""
    words = text.split()
    unknown = set(words) - set(WORDS)
    if unknown:
        raise ValueError(f"The vocabulary is {', '.join(WORDS)}. Received: {', '.join(unknown)}.")
    return np.array([word in words for word in WORDS], "float32")


def described(factors):
    """All that the words can say of sprites with these factors (n, 5): (n, 9), one word of each group."""
    shape, scale, _, x, y = factors.T
    numbers = (shape, scale >= 2, x >= 4, y >= 4)
    return np.concatenate([np.eye(len(group))[n.astype(int)] for group, n in zip(GROUPS, numbers, strict=True)], axis=1)


def fits(text, factors):
    """For sprites with these factors, whether all the words of a text are true of them."""
    return (described(factors) @ bag(text)) == bag(text).sum()


@cache
def all_sprites():
    """Images (6144, 16, 16, 1) and factors (6144, 5)."""
    data = ae.data.load("sprites", size=16)
    images = np.concatenate([data.x_train, data.x_val, data.x_test])
    return images, np.concatenate([data.y_train, data.y_val, data.y_test])


# What factors.csv tells the models, and how many combinations of it there are
TOLD = {"nothing": (), "position": (3, 4), "all five": (0, 1, 2, 3, 4)}
VALUES = np.array([3, 4, 8, 8, 8])


def numbers(factors, told):
    """The factors that are told, as numbers: shape one-hot, any other from -1 to 1."""
    scaled = 2 * factors / (VALUES - 1) - 1
    columns = [np.eye(3)[factors[:, 0]] if factor == 0 else scaled[:, [factor]] for factor in told]
    return np.concatenate(columns, axis=1).astype("float32")


def make(size):
    """A VAE of sprites, conditional if the condition's size is not 0."""
    encoder = ae.networks.dense_encoder(SHAPE, 2 * LATENTS, (256,), condition_size=size)
    decoder = ae.networks.dense_decoder(LATENTS, SHAPE, (256,), condition_size=size)
    model = ae.ConditionalVAE(encoder, decoder) if size else ae.VAE(encoder, decoder)
    model.compile(keras.optimizers.Adam(2e-3))
    return model


def factors_row(told, seed):
    """One line of factors.csv: trained on 4915 sprites, judged on the 614 test sprites."""
    keras.utils.set_random_seed(seed)
    data = ae.data.load("sprites", size=16)
    told = TOLD[told]
    x, x_test = data.x_train, data.x_test
    if told:
        x, x_test = [x, numbers(data.y_train, told)], [x_test, numbers(data.y_test, told)]
    model = make(len(numbers(data.y_train[:1], told)[0]) if told else 0)
    model.fit(x, epochs=EPOCHS, batch_size=64, verbose=0)
    q = model.posterior(x_test)
    row = {"kl": float(numpy_of(model.kl_per_latent(q)).sum(axis=-1).mean())}
    row["bound"] = float(numpy_of(model.log_likelihood(x_test, samples=100, seed=0)).mean())
    if told:
        c = x_test[1]
        found, row["distance"] = recognise(numpy_of(model.sample(len(c), c, seed=seed)))
        row["distance"] = float(row["distance"].mean())
        row["as asked"] = float(np.all(found[:, told] == data.y_test[:, told], axis=1).mean())
    return row


def drop_words(vectors, rng, share=0.25):
    """Each group's word is left out with this probability."""
    keep = rng.random((len(vectors), len(GROUPS))) >= share
    return vectors * keep.repeat([len(group) for group in GROUPS], axis=1)


def train(held_out, seed, epochs=EPOCHS):
    """A conditional VAE that has met no sprite of the held-out combinations."""
    keras.utils.set_random_seed(seed)
    rng, (images, factors) = np.random.default_rng(seed), all_sprites()
    known = ~np.any([fits(text, factors) for text in held_out], axis=0) if held_out else np.full(len(images), True)
    x, vectors = images[known], described(factors[known])
    model = make(len(WORDS))
    four = [drop_words(vectors, rng) for _ in range(4)]  # each sprite with four descriptions
    x, c = np.concatenate([x] * 4), np.concatenate(four).astype("float32")
    model.fit([x, c], epochs=epochs // 4, batch_size=64, verbose=0)
    return model


def recognise(drawn):
    """The factors (n, 5) of the nearest of all sprites, and in how many pixels it differs, (n,)."""
    images, factors = all_sprites()
    flat, rows = images.reshape(len(images), -1), drawn.reshape(len(drawn), -1)
    distance = (rows**2).sum(axis=1)[:, None] - 2 * rows @ flat.T + (flat**2).sum(axis=1)
    nearest = distance.argmin(axis=1)
    return factors[nearest], distance[np.arange(len(rows)), nearest]


def ask(model, text, n=200, seed=0):
    """n images for a text: the mean of p(x|z, c), z from the prior."""
    return numpy_of(model.sample(n, bag(text), seed=seed))


def judged(model, text, seed):
    """How many images fit the text, and each of its words; and how far they are from any sprite, in pixels."""
    factors, distance = recognise(ask(model, text, seed=seed))
    words = [fits(word, factors).mean() for word in text.split()]
    return {"all words": fits(text, factors).mean(), "one word": np.mean(words), "distance": distance.mean()}


def questions():
    """Texts of three words that were held out or not, and shorter ones."""
    others = ("small heart left", "big square left", "big heart right", "small ellipse bottom", "big ellipse top")
    return (
        dict.fromkeys(HELD_OUT, "held out")
        | dict.fromkeys(others, "met")
        | dict.fromkeys(("heart", "left", "big", "heart left"), "short")
    )


def make_factors(seeds):
    """Rows of factors.csv, as they are done."""
    for told in TOLD:
        for seed in range(seeds):
            yield {"told": told, "seed": seed, **factors_row(told, seed)}


def make_words(seeds):
    """Rows of words.csv, as they are done."""
    for seed in range(seeds):
        for held_out in (HELD_OUT, ()):
            model = train(held_out, seed)
            for text, kind in questions().items():
                row = {"trained": "without" if held_out else "with all", "seed": seed, "text": text, "kind": kind}
                yield row | judged(model, text, seed)


def main(seeds):
    for name, make_rows in {"factors.csv": make_factors, "words.csv": make_words}.items():
        write(Path(__file__).parent / name, make_rows(seeds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
