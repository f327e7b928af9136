"""A diffusion model for small images or codes, written to be read (lesson 15).

Noise schedule b_1..b_T, with alpha_bar_t the product of 1 - b_s for s = 1..t, and alpha_bar_0 = 1:

    x_t = sqrt(alpha_bar_t) x + sqrt(1 - alpha_bar_t) epsilon
    v   = sqrt(alpha_bar_t) epsilon - sqrt(1 - alpha_bar_t) x        (Salimans and Ho 2022)

The network sees x_t and t, and predicts v. Examples have mean about 0 and values of about 1 in size.
"""

import itertools
import math

import keras
import numpy as np
from autoencoders_edu.models.blocks import TrainedInBlocks
from keras import layers, ops

T = 200


def cosine_betas(steps=T):
    """The noise schedule of Nichol and Dhariwal 2021: alpha_bar falls like a squared cosine."""
    alpha_bar = np.cos((np.arange(steps + 1) / steps + 0.008) / 1.008 * np.pi / 2) ** 2
    return np.minimum(1 - alpha_bar[1:] / alpha_bar[:-1], 0.999)


ALPHA_BAR = np.concatenate([[1.0], np.cumprod(1 - cosine_betas())])  # for t = 0..T


def make_network(shape, width=256, blocks=3):
    """Predicts v from x_t and the time, with residual blocks of two dense layers."""
    x, time = keras.Input(shape), keras.Input((32,))
    h = layers.Dense(width)(layers.Flatten()(x)) + layers.Dense(width)(time)
    for block in range(blocks):
        y = layers.Dense(width, "silu", name=f"block_{block}")(layers.LayerNormalization()(h))
        h = h + layers.Dense(width)(y)
    v = layers.Dense(math.prod(shape))(layers.LayerNormalization()(h))
    return keras.Model([x, time], layers.Reshape(shape)(v), name="network")


class Diffusion(TrainedInBlocks):
    """Trained by `fit(x)` to predict v at random times."""

    def __init__(self, shape=(14, 14, 1), seed=0, **sizes):
        super().__init__()
        self.network = make_network(shape, **sizes)
        self.shape, self.seed_generator = shape, keras.random.SeedGenerator(seed)
        self.built = True

    def scales(self, t):
        """sqrt(alpha_bar_t) and sqrt(1 - alpha_bar_t) for each example, to be multiplied with x."""
        alpha_bar = ops.take(ops.convert_to_tensor(ALPHA_BAR, "float32"), t)
        alpha_bar = ops.reshape(alpha_bar, (-1, *[1] * len(self.shape)))
        return ops.sqrt(alpha_bar), ops.sqrt(1 - alpha_bar)

    def network_inputs(self, x_t, t):
        """What the network takes: x_t, and the time as waves of 16 lengths."""
        waves = ops.cast(t, "float32")[:, None] / T * ops.exp(ops.linspace(0.0, 5.0, 16))
        return [x_t, ops.concatenate([ops.sin(waves), ops.cos(waves)], axis=1)]

    def call(self, x, training=False):
        """v and the prediction of it, each example at a time t from 1 to T of its own."""
        t = keras.random.randint((ops.shape(x)[0],), 1, T + 1, seed=self.seed_generator)
        epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)
        signal, noise = self.scales(t)
        return {
            "v": signal * epsilon - noise * x,
            "predicted": self.network(self.network_inputs(signal * x + noise * epsilon, t)),
        }

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean((y_pred["v"] - y_pred["predicted"]) ** 2)

    def denoise(self, x_t, t):
        """x_hat and epsilon_hat at one time t for all examples."""
        x_t, times = ops.convert_to_tensor(x_t, "float32"), ops.full((len(x_t),), t, "int32")
        signal, noise = self.scales(times)
        v = self.network(self.network_inputs(x_t, times))
        return signal * x_t - noise * v, noise * x_t + signal * v

    def step(self, x_t, t, s):
        """The deterministic step from time t to time s (Song, Meng and Ermon 2021)."""
        x_hat, epsilon_hat = self.denoise(x_t, t)
        return math.sqrt(ALPHA_BAR[s]) * x_hat + math.sqrt(1 - ALPHA_BAR[s]) * epsilon_hat

    def walk(self, x, times):
        """x taken through a list of times: falling to 0 to generate, rising to encode."""
        for t, s in itertools.pairwise(times):
            x = self.step(x, t, s)
        return ops.convert_to_numpy(x)

    def sample(self, n, steps=50, seed=0):
        return self.walk(keras.random.normal((n, *self.shape), seed=seed), times(steps))


def times(steps):
    """T = t_0 > t_1 > ... > 0, evenly spaced."""
    return [int(t) for t in np.linspace(T, 0, steps + 1).round()]


def bound(model, x, last_stddev, seed=0):
    """Two lower bounds on log p(x) for each example, in nats, with one draw of noise for each time.

    They differ in the last step's p(x|x_1). In the first it is normal around x_1 / sqrt(alpha_bar_1), with the stddev
    that q(x_1|x) has on this scale. In the second it is normal around x_hat(x_1), with `last_stddev`.
    """
    rng, axes, size = np.random.default_rng(seed), tuple(range(1, x.ndim)), x[0].size
    snr = np.concatenate([[np.inf], ALPHA_BAR[1:] / (1 - ALPHA_BAR[1:])])  # for t = 0..T
    rest = ALPHA_BAR[T]  # KL(q(x_T|x) || N(0, I))
    total = -0.5 * (rest * x**2 - rest - math.log1p(-rest)).sum(axis=axes)
    for t in range(T, 0, -1):
        epsilon = rng.standard_normal(x.shape).astype("float32")
        x_t = math.sqrt(ALPHA_BAR[t]) * x + math.sqrt(1 - ALPHA_BAR[t]) * epsilon
        difference = x - ops.convert_to_numpy(model.denoise(x_t, t)[0])
        if t > 1:
            total -= (snr[t - 1] - snr[t]) / 2 * (difference**2).sum(axis=axes)
    around_x_1 = normal_log_p(epsilon, 1.0).sum(axis=axes) + size * math.log(snr[1]) / 2
    return total + around_x_1, total + normal_log_p(difference, last_stddev).sum(axis=axes)


def normal_log_p(difference, stddev):
    return -0.5 * (difference / stddev) ** 2 - math.log(stddev) - 0.5 * math.log(2 * math.pi)
