"""Training on JAX: this library's fit, and the same model in a bare jax.jit as the limit.

python training_jax.py KIND CONTESTANT STEPS EPOCHS      (KIND dense or conv); prints the seconds of each epoch as JSON
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"

import jax
import jax.numpy as jnp
import numpy as np
import problem
from problem import BATCH, RATE
from training_keras import library, make_networks


class Bare:
    """The ELBO by hand, Adam by hand, and one compiled step that also computes what `fit` logs."""

    def __init__(self, kind):
        self.networks = make_networks(kind)
        weights = [[weight.value for weight in network.trainable_weights] for network in self.networks]
        zeros = jax.tree.map(jnp.zeros_like, weights)
        self.state = (weights, zeros, jax.tree.map(jnp.copy, zeros), jnp.zeros(()), jax.random.key(0))
        self.step = jax.jit(self.make_step, donate_argnums=(0, 1))
        self.step_in_place = jax.jit(self.make_step_in_place, donate_argnums=(0, 1))

    def losses(self, weights, key, batch):
        outputs, _ = self.networks[0].stateless_call(weights[0], [], batch)
        mean, log_variance = jnp.split(outputs, 2, axis=-1)
        z = mean + jnp.exp(log_variance / 2) * jax.random.normal(key, mean.shape)
        logits, _ = self.networks[1].stateless_call(weights[1], [], z)
        cross_entropy = jnp.maximum(logits, 0) - logits * batch + jnp.log1p(jnp.exp(-jnp.abs(logits)))
        reconstruction = jnp.mean(jnp.sum(cross_entropy.reshape(len(batch), -1), axis=1))
        kl = 0.5 * jnp.mean(jnp.sum(mean**2 + jnp.exp(log_variance) - log_variance - 1, axis=1))
        return reconstruction + kl, jnp.stack([reconstruction + kl, reconstruction, kl])

    def make_step(self, state, sums, batch):
        weights, first, second, count, key = state
        key, draw = jax.random.split(key)
        (_, terms), gradient = jax.value_and_grad(self.losses, has_aux=True)(weights, draw, batch)
        count += 1
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g**2, second, gradient)
        rate = RATE * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        weights = jax.tree.map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7), weights, first, second)
        return (weights, first, second, count, key), sums + terms

    def make_step_in_place(self, state, sums, x, rows):
        """The same step for data that are already on the device."""
        return self.make_step(state, sums, x[rows])

    def train(self, x, epochs, watch, batch=BATCH):
        rng = np.random.default_rng(0)
        on_device = isinstance(x, jax.Array)
        for _ in range(epochs):
            watch.begin()
            order, sums = rng.permutation(len(x)), jnp.zeros(3)
            for start in range(0, len(x), batch):
                rows = order[start : start + batch]
                if on_device:
                    self.state, sums = self.step_in_place(self.state, sums, x, rows)
                else:
                    self.state, sums = self.step(self.state, sums, x[rows])
            np.asarray(sums)  # waits for the device
            watch.end()


def train(kind, contestant, x, epochs, watch, batch=BATCH):
    if contestant == "bare":
        Bare(kind).train(x, epochs, watch, batch)
    elif contestant == "fit-16":
        library(kind, x, epochs, watch, batch, steps_per_execution=16)
    else:
        library(kind, x, epochs, watch, batch)


if __name__ == "__main__":
    kind, contestant, steps, epochs = sys.argv[1:]
    images = problem.random_images(BATCH * int(steps), kind)
    watch = problem.Stopwatch()
    train(kind, contestant, images, int(epochs), watch)
    print(json.dumps(watch.seconds))
