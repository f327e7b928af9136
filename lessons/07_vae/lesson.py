# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 7. From points to distributions
#
# **After this lesson you can** say why the probability of an image is out of reach and derive a bound for it, the ELBO,
# in two ways; compute the KL divergence of two normal distributions in three ways; write a variational autoencoder by
# hand and read its two curves; sample from it, and say honestly what it does better than a plain autoencoder and what
# not.
#
# **You need** lessons 3 (losses as probabilities) and 6 (the latent space). From your mathematics: logarithm,
# expectation, the normal distribution.
#
# **Time** about 75 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and scikit-learn's handwritten digits (UCI, CC BY 4.0), both
# without a download.

# %% [markdown]
# ## A decoder that nobody told where to look
#
# An autoencoder's decoder turns eight numbers into a picture. So why not draw eight numbers at random, and get pictures
# that nobody has ever photographed? We try it on *silhouettes*: every pixel of Fashion-MNIST becomes 1 if it is
# brighter than a fifth of white, else 0. (Dark cloth turns into holes: look at the coat.) A pixel with two values is a
# coin, and its probability means just that: no grey to argue about, as there was in lesson 3.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("07_vae")

# %%
import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import sampling  # the script beside this notebook
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, plot_latent_plane, show

data = sampling.silhouettes()
plain, plain_history = sampling.train("autoencoder", data, seed=0)

# %%
rng = np.random.default_rng(0)
random_codes = rng.normal(size=(10, 8))
firsts = [np.flatnonzero(data.y_test == label)[0] for label in range(10)]
rows = {
    "test image": data.x_test[firsts],
    "reconstruction": sampling.drawn(plain, plain.encode(data.x_test[firsts])),
    "random code": sampling.drawn(plain, random_codes),
}
ax = plot_image_rows(rows)
ax.set_title("A plain autoencoder copies well and invents nothing", fontsize=10)
show(ax, alt="Ten silhouettes, good reconstructions of them, and ten grey smears drawn from random codes.")

# %% [markdown]
# The reconstructions are good. The random codes give smears. Is it the decoder's fault? Look at where the codes of real
# images lie:

# %%
z = np.asarray(plain.encode(data.x_test))
print("mean of each of the eight numbers:              ", z.mean(axis=0).round(0))
print("standard deviation of each of the eight numbers:", z.std(axis=0).round(0))

# %% [markdown]
# We drew numbers around 0 with standard deviation 1. The encoder spread its codes ten times as wide, off the centre, as
# it liked: nothing in its loss speaks about the code. The decoder was trained on those places alone.
#
# **A number beside the pictures.** A small classifier of silhouettes has learnt 64 features that tell clothes apart. We
# take those of 2,000 pictures from the model and of the 2,000 test images, and compare the two clouds of points by mean
# and covariance. This is the (squared) **Fréchet distance** of two normal distributions with these means and
# covariances: 0 if both agree, and larger the farther they are apart. (Pixels count as white where their probability is
# above one half.) It needs a ruler: other real images at one end, coins at the other.

# %%
judge = sampling.Judge(data)
some = rng.permutation(len(data.x_train))[:2000]
coins = rng.random(data.x_test.shape) < data.x_train.mean(axis=0)  # each pixel as often white as in the data
distances = {
    "2,000 training images": judge(data.x_train[some]),
    "plain autoencoder, codes from N(0, I)": judge(sampling.drawn(plain, rng.normal(size=(2000, 8)))),
    "every pixel a coin of its own": judge(coins),
}
for name, distance in distances.items():
    print(f"{name:40} {distance:6.1f}")

# %% [markdown]
# By this measure the samples are nearly as bad as coins. What is missing is an agreement: *where* codes lie. The
# variational autoencoder puts that agreement into the loss. How, we shall not guess but derive.

# %% [markdown]
# ## A story of how images come about
#
# Suppose each image was made in two steps. First somebody drew a code $z$ from a fixed distribution. Then somebody drew
# the image, with probabilities that depend on $z$.
#
# | symbol | name | here |
# |---|---|---|
# | $p(z)$ | **prior** | $N(0, I)$: independent numbers, mean 0, variance 1 |
# | $p(x \mid z)$ | **likelihood** | a coin for each pixel; the decoder gives its probability |
# | $p(x) = \int p(x \mid z)\, p(z)\, dz$ | **evidence** | how probable the model finds the image $x$ |
# | $p(z \mid x) = p(x \mid z)\, p(z) / p(x)$ | true posterior | which codes could have made $x$ |
#
# This is a **latent-variable model**: $z$ is latent, hidden, as we only see $x$. To sample is now trivial: play the two
# steps. To train would be simple as well: change the decoder so that the training images become more probable, that is,
# maximise $\log p(x)$.
#
# But the integral runs over all codes, with a neural network inside. No formula solves it. One may draw codes from the
# prior and average $p(x \mid z)$, but of a thousand random codes hardly one draws anything like the shirt $x$, and the
# average hangs on that one. The evidence is **intractable**. (How badly this goes we shall measure, once there is a
# trained model.)
#
# It would help to know which codes are worth trying: those of the true posterior. That needs $p(x)$, and we are back
# where we were. So let a network *guess* it.
#
# | symbol | name | here |
# |---|---|---|
# | $q(z \mid x)$ | **approximate posterior** | a normal distribution; the encoder gives its mean and log-variance |

# %% [markdown]
# ## The bound, derived once
#
# Multiply and divide by $q$ in the evidence, and the integral is an expectation over $q$:
#
# $$\log p(x) = \log \int q(z \mid x)\, \frac{p(x, z)}{q(z \mid x)}\, dz
# = \log \mathbb{E}_{q} \left[ \frac{p(x, z)}{q(z \mid x)} \right],
# \qquad p(x, z) = p(x \mid z)\, p(z)$$
#
# The logarithm curves downwards, so the logarithm of a mean is at least the mean of the logarithms. This is **Jensen's
# inequality**. In numbers:

# %% tags=["nbval-check-output"]
values = np.array([0.01, 0.5, 2.0])
print(f"log of the mean {np.log(values.mean()):.2f}, mean of the logs {np.log(values).mean():.2f}")
same = np.array([0.8, 0.8, 0.8])
print(f"log of the mean {np.log(same.mean()):.2f}, mean of the logs {np.log(same).mean():.2f}: equal if nothing varies")

# %% [markdown]
# Apply it, and write the logarithm of the fraction as a sum:
#
# $$\log p(x) \;\ge\; \mathbb{E}_{q} \left[ \log \frac{p(x \mid z)\, p(z)}{q(z \mid x)} \right]
# = \underbrace{\mathbb{E}_{q} \bigl[ \log p(x \mid z) \bigr]}_{\text{minus the reconstruction loss}}
# - \underbrace{\mathbb{E}_{q} \left[ \log \frac{q(z \mid x)}{p(z)} \right]}_{\mathrm{KL}(q(z \mid x)\, \|\, p(z))}$$
#
# The right-hand side is the **evidence lower bound**, ELBO. Its first term asks that codes drawn from $q$ rebuild the
# image. The second is a **Kullback-Leibler divergence**, never negative, and zero only if the two distributions are the
# same. It asks that the codes of each image lie about where the prior puts them: the agreement that was missing.
#
# Both terms belong to one whole image: the first is a sum over its pixels, the second over its latents. Both are in
# **nats** (the logarithm is natural; 1 nat = 1.44 bits).

# %% [markdown]
# ## The bound, derived again
#
# Jensen says that there is a gap. It does not say how wide it is. So start from the other end: how far is the guess $q$
# from the true posterior?
#
# $$\mathrm{KL}\bigl(q(z \mid x) \,\|\, p(z \mid x)\bigr)
# = \mathbb{E}_q \left[ \log \frac{q(z \mid x)}{p(z \mid x)} \right]
# = \mathbb{E}_q \left[ \log \frac{q(z \mid x)\; p(x)}{p(x \mid z)\, p(z)} \right]
# = \log p(x) - \mathrm{ELBO}(x)$$
#
# The middle step puts in Bayes' rule for $p(z \mid x)$; in the last, $\log p(x)$ does not depend on $z$ and leaves the
# expectation. Turn it round:
#
# $$\log p(x) = \mathrm{ELBO}(x) + \mathrm{KL}\bigl(q(z \mid x) \,\|\, p(z \mid x)\bigr)$$
#
# No inequality this time. The bound holds because a KL divergence is never negative; the gap *is* the error of the
# guess; and to raise the ELBO by changing $q$ alone is to move $q$ towards the true posterior, which we cannot even
# compute. Mind the two KL terms: the one *in* the ELBO measures against the prior, the one that is *missing* from it
# against the true posterior.

# %% [markdown]
# ## One divergence, three ways
#
# For normal distributions the KL term has a formula. With mean $m_j$ and variance $v_j$ of latent $j$, against
# $N(0, 1)$:
#
# $$\mathrm{KL} = \frac{1}{2} \sum_j \bigl( m_j^2 + v_j - \log v_j - 1 \bigr)$$
#
# TensorFlow Probability (TFP) knows it. And without any formula: the KL divergence is the mean of
# $\log q(z) - \log p(z)$ over draws $z$ from $q$, so draw many and average (**Monte Carlo**). A mean over $n$ draws has
# a standard error of their standard deviation divided by $\sqrt{n}$.

# %%
tfd = ae.distributions.tfd  # TFP's distributions, for the backend that Keras runs on
mean, log_variance = np.array([1.5, 0.0, -0.5], "float32"), np.array([-2.0, 0.0, 1.0], "float32")
by_formula = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1)

q = tfd.Independent(tfd.Normal(mean, np.exp(log_variance / 2)), reinterpreted_batch_ndims=1)
p = tfd.Independent(tfd.Normal(np.zeros(3, "float32"), 1.0), reinterpreted_batch_ndims=1)
by_tfp = float(tfd.kl_divergence(q, p))

draws = q.sample(200_000, seed=ae.distributions.next_seed(0))
log_ratio = np.asarray(q.log_prob(draws) - p.log_prob(draws))
by_sampling, error = log_ratio.mean(), log_ratio.std() / np.sqrt(len(log_ratio))
print(f"formula {by_formula:.4f}   TFP {by_tfp:.4f}   Monte Carlo {by_sampling:.4f} +- {error:.4f} nats")

# %% tags=["nbval-check-output"]
print("formula and TFP agree to five digits:", np.isclose(by_formula, by_tfp, rtol=1e-5))
print("Monte Carlo within four standard errors:", abs(by_sampling - by_formula) < 4 * error)

# %% [markdown]
# Note `np.exp(log_variance / 2)`: TFP's normal wants the standard deviation, the formula the variance, and the encoder
# will give the logarithm of the variance, which may be any number. These three are easily mixed up.
#
# **Predict:** the figure below shows one latent. Which costs more: to move the mean from 0 to 1, or to shrink the
# standard deviation from 1 to a quarter?


# %%
def plot_one_latent(mean=1.0, stddev=0.25, ax=None):
    ax = ax if ax is not None else plt.subplots(figsize=(6, 3))[1]
    z = np.linspace(-4, 4, 400)
    for name, m, s, colour, style in (("q", mean, stddev, COLOURS[1], "-"), ("p", 0, 1, COLOURS[0], "--")):
        ax.plot(z, np.exp(-0.5 * ((z - m) / s) ** 2) / (s * np.sqrt(2 * np.pi)), style, color=colour, label=name)
    kl = 0.5 * (mean**2 + stddev**2 - np.log(stddev**2) - 1)
    ax.set(xlabel="z", ylabel="density", title=f"q = N({mean:.2f}, {stddev:.2f}²): KL {kl:.2f} nats", ylim=(0, 1.7))
    ax.legend(frameon=False)
    return ax


# %%
figure, axes = plt.subplots(1, 3, figsize=(10, 2.8), sharey=True)
for ax, (m, s) in zip(axes, [(1, 1), (0, 0.25), (1, 0.25)], strict=True):
    plot_one_latent(m, s, ax)
show(
    figure, alt="A prior and three posteriors: shifted costs 0.50 nats, narrow 0.92 nats, shifted and narrow 1.42 nats."
)

# %% [markdown]
# Narrowness costs more here, 0.92 nats against 0.50, and the two add up. To know one number to a quarter of the prior's
# width is information, and information is what the KL term bills. It grows like the *square* of the mean, but only like
# the *logarithm* of the narrowness. Drag it yourself (in Jupyter; on a page without a kernel the figure above must do):

# %%
from ipywidgets import FloatSlider, interact


def turn_the_dial(mean=1.0, stddev=0.25):
    show(plot_one_latent(mean, stddev), alt=f"The posterior with mean {mean} and stddev {stddev} beside the prior.")


_ = interact(turn_the_dial, mean=FloatSlider(1, min=-3, max=3), stddev=FloatSlider(0.25, min=0.25, max=2, step=0.05))

# %% [markdown]
# ## Three distributions as objects
#
# A VAE is these three distributions with two networks inside. Before anything is trained, build them for a batch of
# five images and two latents, and look at the shapes. TFP tells two kinds apart: the **batch shape** counts
# distributions, the **event shape** is the shape of one draw. `Independent` moves axes from the first to the second, so
# that `log_prob` sums over them.

# %% tags=["nbval-check-output"]
encoder = ae.networks.dense_encoder((28, 28, 1), outputs=2 * 2)  # a mean and a log-variance for each latent
decoder = ae.networks.dense_decoder(2, (28, 28, 1))
means, log_variances = np.split(np.asarray(encoder(data.x_test[:5])), 2, axis=-1)

posterior = tfd.Independent(tfd.Normal(means, np.exp(log_variances / 2)), reinterpreted_batch_ndims=1)
prior = tfd.Independent(tfd.Normal(np.zeros(2, "float32"), 1.0), reinterpreted_batch_ndims=1)
z = posterior.sample(seed=ae.distributions.next_seed(0))
likelihood = tfd.Independent(tfd.Bernoulli(logits=decoder(z)), reinterpreted_batch_ndims=3)
for name, d in {"posterior q(z|x)": posterior, "prior p(z)": prior, "likelihood p(x|z)": likelihood}.items():
    print(f"{name:18} batch {tuple(d.batch_shape)!s:5} event {tuple(d.event_shape)}")
print("log p(x|z):", likelihood.log_prob(data.x_test[:5]).shape, " KL:", tfd.kl_divergence(posterior, prior).shape)

# %% [markdown]
# Five posteriors, one prior, five likelihoods over whole images: one number an image from each of the two terms, as it
# should be. Forget the one around the likelihood, and there would be 784.

# %% [markdown]
# ## By hand
#
# Now without TFP, from plain formulas, so that nothing is hidden. First the networks, which end in twice as many
# numbers as there are latents on the one side, and in **logits** on the other: $\log \frac{p}{1-p}$ for each pixel, any
# number at all, where $p$ is the probability of white.

# %%
layers, ops = keras.layers, keras.ops


def make_networks(latent_dim=2):
    encoder = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten()])
    encoder.add(layers.Dense(256, "relu"))
    encoder.add(layers.Dense(2 * latent_dim))
    decoder = keras.Sequential([keras.Input((latent_dim,)), layers.Dense(256, "relu")])
    decoder.add(layers.Dense(784))
    decoder.add(layers.Reshape((28, 28, 1)))
    return encoder, decoder


# %% [markdown]
# Then the two terms. The log-probability of one coin is $x \log p + (1 - x) \log (1 - p)$. With the logit $l$ that is
# $x\,l - \log(1 + e^l)$, and `softplus` is $\log(1 + e^l)$ without overflow.


# %%
def reconstruction_term(x, logits):
    """-log p(x|z) of each image, in nats: a sum over pixels."""
    log_probability = x * logits - ops.softplus(logits)
    return -ops.sum(log_probability, axis=(1, 2, 3))


def kl_term(mean, log_variance):
    """KL( q(z|x) || N(0, I) ) of each image, in nats: a sum over latents."""
    return 0.5 * ops.sum(mean**2 + ops.exp(log_variance) - log_variance - 1, axis=-1)


# %% [markdown]
# The expectation over $q$ in the first term has no formula. One draw for each image must do: it is right on average,
# and there are thousands of images. The draw is written `mean + stddev * epsilon` with $\epsilon$ from $N(0, 1)$, so
# that a gradient finds its way through it to the encoder. Why that works, and what happens if it does not, is lesson 8.


# %%
class HandMadeVAE(keras.Model):
    def __init__(self, encoder, decoder, seed):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder
        self.noise = keras.random.SeedGenerator(seed)
        self.logs = [keras.metrics.Mean(name) for name in ("reconstruction", "kl")]

    def call(self, x):
        mean, log_variance = ops.split(self.encoder(x), 2, axis=-1)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.noise)
        z = mean + ops.exp(log_variance / 2) * epsilon
        return mean, log_variance, self.decoder(z)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return negative_elbo(x, *y_pred, self.logs)


# %%
def negative_elbo(x, mean, log_variance, logits, logs):
    terms = reconstruction_term(x, logits), kl_term(mean, log_variance)
    for log, term in zip(logs, terms, strict=True):
        log.update_state(term)  # Keras prints and keeps the mean of each over the epoch
    return ops.mean(terms[0] + terms[1])  # over the images of the batch, and over nothing else


keras.utils.set_random_seed(0)
by_hand = HandMadeVAE(*make_networks(), seed=1)
by_hand.compile(keras.optimizers.Adam(2e-3), steps_per_execution=10)
in_order = {"batch_size": 100, "epochs": 3, "shuffle": False, "verbose": 0}
hand = by_hand.fit(data.x_train, **in_order).history

# %% [markdown]
# That is a whole VAE, in about forty lines. The library's does the same with TFP objects: `model.posterior(x)`,
# `model.prior` and `model.likelihood(z)` are distributions as you built them above. From the same seeds it must come
# out with the same three numbers. (The two add in a different order, so the last digit differs, and training makes such
# differences grow: after some epochs the later digits part. Neither shuffles the images here: once a seed is set, plain
# Keras on TensorFlow shuffles alike in every epoch, while the library's models have a new order each time.)

# %%
keras.utils.set_random_seed(0)
library_vae = ae.VAE(*make_networks(), likelihood="bernoulli", seed=1)
library_vae.compile(keras.optimizers.Adam(2e-3), steps_per_execution=10)
library = library_vae.fit(data.x_train, **in_order).history
names = ["reconstruction", "kl", "loss"]
pd.concat([pd.DataFrame(hand)[names], pd.DataFrame(library)[names]], axis=1, keys=["by hand", "ae.VAE"]).round(2)

# %% tags=["nbval-check-output"]
for name in names:
    print(f"{name:15} equal to four digits in the first epoch:", np.isclose(hand[name][0], library[name][0], rtol=1e-4))
    print(f"{'':15} equal to 1 percent in every epoch:", np.allclose(hand[name], library[name], rtol=1e-2))
sums = np.add(library["reconstruction"], library["kl"])
print("reconstruction + kl is the loss:", np.allclose(sums, library["loss"], rtol=1e-4))

# %% [markdown]
# ## Two curves, not one
#
# Now the model that we want to use: 8 latents, 20 epochs, exactly the networks of the plain autoencoder above but for
# the encoder's last layer.
#
# **Predict.** At the beginning the decoder knows nothing. Which of the two terms will fall, and which will rise? Draw
# both on paper.

# %%
vae, history = sampling.train("VAE", data, seed=0)

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.4))
for ax, name in zip(axes, ("reconstruction", "kl"), strict=True):
    curves = {"training": history[name], "validation": history[f"val_{name}"]}
    plot_curves(curves, ylabel="nats per image", title={"kl": "KL"}.get(name, name), ax=ax)
    ax.set(ylim=(0, None), xticks=[1, 5, 10, 15, 20])
show(figure, alt="Reconstruction falls from 263 to 104 nats; KL rises from 12 to 17 nats, most of it in three epochs.")

# %% tags=["nbval-check-output"]
print(
    "the reconstruction term fell by more than half:",
    history["reconstruction"][-1] < 0.5 * history["reconstruction"][0],
)
print("the KL term rose:", history["kl"][-1] > 1.2 * history["kl"][0])
print("KL is under a quarter of the loss:", history["kl"][-1] < 0.25 * history["loss"][-1])

# %% [markdown]
# A term of the loss *rises* while the loss falls. That is no fault: a nat spent on the code saves several nats of
# reconstruction, and the encoder goes on spending until the next one would save less than it costs. In the sum you
# would never see it, so log both. (When KL stays at zero, the decoder has stopped listening; lesson 11 is about that.)
#
# But it is no law, either. In the table further up, of the model with two latents, KL *fell* from epoch to epoch. And
# an epoch is an average over 90 batches. Watch the first one, batch by batch:

# %%
keras.utils.set_random_seed(0)
young, some, first_batches = sampling.make("VAE"), data.x_val[::5], []
young.compile(young.optimizer)  # one batch a call
for batch in np.random.default_rng(0).permutation(len(data.x_train)).reshape(90, 100):
    first_batches.append([float(np.mean(term)) for term in young.terms(some, young(some))])
    young.train_on_batch(data.x_train[batch])

# %%
ax = plot_curves(
    {"KL": np.array(first_batches)[:, 1]},
    x=np.arange(90),
    xlabel="batches of 100 images seen",
    ylabel="nats per validation image",
    title="KL in the first epoch",
)
ax.set_ylim(0)
alt = "KL starts below 2 nats, jumps above 20 within five batches, falls to 7 by batch 11, is back near 14 by batch 23"
show(ax, alt=f"{alt} and then stays between 11 and 14.")

# %% [markdown]
# The encoder begins near the prior, at less than 2 nats: it says little and pays little. Then KL overshoots more than
# tenfold within a few batches, falls back to 7, recovers to about 13 within the epoch, and from there begins the slow
# climb that the epochs show. "KL starts at zero and rises" is the usual story, and leaves half of it out.
#
# What are 17 nats? About 24 bits a picture, over eight latents: three bits each on average. And the loss itself is a
# bound on how many nats a test image costs:

# %%
elbo = float(np.mean(vae.elbo(data.x_test)))
coin = np.clip(data.x_train.mean(axis=0), 1e-3, 1 - 1e-3)
coins_cost = -np.mean(np.sum(data.x_test * np.log(coin) + (1 - data.x_test) * np.log(1 - coin), axis=(1, 2, 3)))
print(f"nats per test image: {784 * np.log(2):.0f} if every pixel is a fair coin,")
print(f"{coins_cost:.0f} with one coin a pixel that falls as often as in the data, at most {-elbo:.0f} with the VAE")

# %% [markdown]
# Is the evidence really out of reach? We promised to try. For a hundred test images: the average of $p(x \mid z)$ over
# codes from the prior, and beside it the ELBO, which takes *one* code for each image, from $q$. (The logarithm of an
# average of few is too small on average, so all of these lie below $\log p(x)$, and higher is nearer.)

# %%
from scipy.special import logsumexp

x = data.x_test[::20].reshape(100, 784)
logits = ae.diagnostics.in_batches(vae.decoder, rng.normal(size=(20_000, 8)).astype("float32")).reshape(-1, 784)
log_p_x_given_z = x @ logits.T - np.logaddexp(0, logits).sum(axis=1)  # 100 images x 20,000 codes
for n in (1, 100, 1000, 20_000):
    print(f"{n:6} codes from the prior: {np.mean(logsumexp(log_p_x_given_z[:, :n], axis=1) - np.log(n)):7.1f} nats")
elbo_100 = np.mean(vae.elbo(np.repeat(data.x_test[::20], 20, axis=0)))
print(f"     1 code from q (ELBO):  {elbo_100:7.1f} nats")

# %% tags=["nbval-check-output"]
best_of_prior = np.mean(logsumexp(log_p_x_given_z, axis=1) - np.log(20_000))
print("one code from q is worth more than 20,000 from the prior:", elbo_100 > best_of_prior)

# %% [markdown]
# One code from the right place beats twenty thousand from anywhere. A rule of thumb says how many it takes: about
# $e^{\mathrm{KL}}$ (Chatterjee and Diaconis). With 17 nats that is 24 million codes for each image. So "intractable"
# does not mean impossible here; it means that no training loop can wait for it.

# %% [markdown]
# ## The sampling test again
#
# **Predict.** The VAE passes it better than the plain autoencoder, or the lesson would not be written. But is that
# fair? Nobody had told the plain one to use $N(0, I)$. What if we look *afterwards* where its codes lie, fit one normal
# distribution to them, and draw from that? Or a mixture of twenty? Who wins then?

# %%
z_plain, z_vae = sampling.codes(plain, data, n=10), sampling.codes(vae, data, n=10)
rows = {
    "autoencoder\nN(0, I)": sampling.drawn(plain, z_plain["N(0, I)"]),
    "one normal": sampling.drawn(plain, z_plain["one normal fitted"]),
    "20 normals": sampling.drawn(plain, z_plain["20 normals fitted"]),
    "VAE\nN(0, I)": sampling.drawn(vae, z_vae["N(0, I)"]),
    "20 normals ": sampling.drawn(vae, z_vae["20 normals fitted"]),
}
ax = plot_image_rows(rows)
ax.set_title("Samples: from N(0, I), and from what was fitted afterwards to the codes", fontsize=10)
show(ax, alt="Smears from the plain autoencoder with N(0, I); clothes, some broken, from all other ways of sampling.")

# %% [markdown]
# Pictures persuade too easily, so count. The script `sampling.py` made the table of five seeds, which we load; the row
# of seed 0 is computed again here, with the two models above.

# %%
table = pd.read_csv("sampling.csv")
for kind, model in {"autoencoder": plain, "VAE": vae}.items():
    stored = table[(table.model == kind) & (table.seed == 0)].iloc[0]
    live = sampling.row(model, data, judge, seed=0)
    print(f"{kind:12} now: {', '.join(f'{d:.1f}' for d in live.values())}   stored: ", end="")
    print(", ".join(f"{stored[name]:.1f}" for name in live))

ways = ["N(0, I)", "one normal fitted", "20 normals fitted"]
average, spread = (table.groupby("model")[[*ways, "halfway"]].agg(how) for how in ("mean", "std"))

# %%
_, ax = plt.subplots(figsize=(7, 3.2))
for index, kind in enumerate(("autoencoder", "VAE")):
    places = np.arange(3) + 0.15 * (2 * index - 1)
    x, error = average.loc[kind, ways], spread.loc[kind, ways]
    ax.errorbar(x, places, xerr=error, fmt="os"[index], color=COLOURS[index], label=kind, capsize=3)
    for a, e, place in zip(x, error, places, strict=True):
        ax.annotate(f"{a:.1f} ± {e:.1f}", (a + e, place), xytext=(8, 0), textcoords="offset points", va="center")
ax.axvline(distances["2,000 training images"], color="black", linewidth=0.8, linestyle=":")
ax.set(xscale="log", xlim=(0.3, 500), yticks=range(3), yticklabels=ways, ylim=(2.5, -0.5))
ax.set_xlabel("Fréchet distance to the test images, mean and stddev of 5 seeds\n(dotted: other real images)")
ax.set_title("Who invents better clothes?")
ax.legend(frameon=False)
alt = "Points: with N(0, I) the VAE is far better, with one fitted normal by half, with twenty they are close together."
show(ax, alt=alt)

# %% [markdown]
# The same seed, run twice, does not give the same digits: rounding differs between runs, and training makes it grow.
# All rows also share one judge and 2,000 test images. Trust differences that are larger than what you see between *now*
# and *stored*.

# %% tags=["nbval-check-output"]
plain_at, vae_at = average.loc["autoencoder"], average.loc["VAE"]
print("from N(0, I) the VAE's distance is less than a fifth:", vae_at["N(0, I)"] < plain_at["N(0, I)"] / 5)
by_seed = table.set_index(["model", "seed"])["20 normals fitted"]
ahead = by_seed["autoencoder"] < by_seed["VAE"]
print(f"with 20 normals the plain one is ahead in {ahead.sum()} of {len(ahead)} stored runs")
print("one normal fitted to the plain one does about as well as the VAE with its prior:", end=" ")
print(0.8 < plain_at["one normal fitted"] / vae_at["N(0, I)"] < 1.25)

# %% [markdown]
# Here a common saying and the measurement part.
#
# - "One cannot sample from a plain autoencoder": not from $N(0, I)$, true. But one normal distribution, fitted
#   afterwards to its codes, already gives samples as good as those that the VAE draws from its own prior.
# - With twenty, the plain autoencoder is a little *ahead* of the VAE in four of the five stored runs, and behind it in
#   the other. Five runs do not say who is better; they do say that the plain one is not far behind.
# - The VAE gains as well when we fit afterwards. So its codes do not fill $N(0, I)$ as they should: there are places
#   with prior but without images. (The KL term pulls every single $q(z \mid x)$ towards the prior, and reconstruction
#   keeps them apart. Nothing forces their mixture over all images, the *aggregate posterior*, to be $N(0, I)$.)
#
# So what is the VAE good for? It needs no second step; it comes with a bound on $\log p(x)$, which its training has
# made tight (the plain one has a prior and a $q$ only if you add them afterwards, and nothing has made that bound
# tight); and its code is arranged, as the next two sections show. "Better samples" alone is no argument, and the
# smallest distance in the figure is still about twice that of real images.

# %% [markdown]
# ## Between two images
#
# Encode two images, walk from one code to the other in a straight line (for the VAE, the code is the mean of $q$), and
# draw what you pass: `interpolate`. On the way, are there clothes, or double exposures?

# %%
pairs = [(firsts[7], firsts[9]), (firsts[3], firsts[4])]
weights = np.linspace(0, 1, 9)[:, None]
rows = {}
for walk, (start, stop) in enumerate(pairs):
    x1, x2, blank = data.x_test[[start]], data.x_test[[stop]], " " * walk  # the rows' names must differ
    ends = np.concatenate([plain.encode(x1), plain.encode(x2)])
    rows["pixels" + blank] = ((1 - weights) * x1.reshape(1, -1) + weights * x2.reshape(1, -1)).reshape(9, 28, 28)
    rows["autoencoder" + blank] = sampling.drawn(plain, (1 - weights) * ends[:1] + weights * ends[1:])[..., 0]
    rows["VAE" + blank] = np.asarray(vae.interpolate(x1, x2, steps=9))[0, ..., 0]
ax = plot_image_rows(rows)
ax.set_title("From a sneaker to a boot, and from a dress to a coat", fontsize=10)
alt = "Two walks. Pixels fade into each other. Both models pass through shapes between sneaker and boot,"
show(ax, alt=f"{alt} and fade through grey between dress and coat.")

# %%
swapped = data.x_test[np.random.default_rng(0).permutation(len(data.x_test))]
both, either = data.x_test * swapped, np.maximum(data.x_test, swapped)
tossed = np.where(np.random.default_rng(1).random(both.shape) < 0.5, both, either)  # where only one is white
for name, images in {"white in both": both, "white in either": either, "a coin decides": tossed}.items():
    print(f"halfway by pixels, {name:20} {judge(images):.1f}")
for kind in ("autoencoder", "VAE"):
    print(
        f"halfway by the codes of the {kind:11} {average.loc[kind, 'halfway']:.1f} ± {spread.loc[kind, 'halfway']:.1f}"
    )

# %% [markdown]
# The distance of points halfway between two random test images says what two walks cannot. Averaged pixels are worst,
# whatever one does with the pixels that are white in one of the two and so exactly undecided. The VAE's codes are
# better than the plain autoencoder's, with every seed: an advantage of its arranged code, and this one holds. Neither
# is perfect, as halfway between a bag and a pair of trousers there *is* nothing.

# %% [markdown]
# ## A map of the plane
#
# With two latents one can see everything at once. Same networks, $d = 2$.

# %%
flat, flat_history = sampling.train("VAE", data, seed=0, latent_dim=2)
losses = {"2 latents": flat_history, "8 latents": history}
for name, h in losses.items():
    print(f"{name}: validation reconstruction {h['val_reconstruction'][-1]:.0f} + KL {h['val_kl'][-1]:.0f} nats")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 5.4))
plot_latent_plane(flat.decode, steps=15, limit=2.5, ax=left)
left.set_title("What the decoder draws")
z = np.asarray(flat.encode(data.x_test))
for label in range(10):
    of_class = z[data.y_test == label]
    right.scatter(*of_class.T, s=6, color=plt.cm.tab10(label), marker="os^DvP*X<>"[label])
    place = np.clip(np.median(of_class, axis=0), -2, 2)  # names stay inside the frame
    right.annotate(data.class_names[label].split("/")[0], place, ha="center", weight="bold")
right.set(xlim=(-2.7, 2.7), ylim=(-2.7, 2.7), xlabel="$z_1$", ylabel="$z_2$", aspect="equal")
right.set_title("Where the test images lie (posterior means;\npoints beyond ±2.7 are cut off)")
alt = "Left, a plane of silhouettes that change smoothly; right, the test images' means in it, coloured by class."
show(figure, alt=alt)

# %% [markdown]
# Left and right are the same plane. Neighbouring points draw similar shapes, and the classes lie where their shapes are
# drawn, though no label was ever used. Two latents cost less KL than eight, and rebuild worse. Move about in it:


# %%
def draw_point(z1=0.0, z2=0.0):
    image = np.asarray(flat.decode(np.array([[z1, z2]], "float32")))
    show(plot_image_rows({f"z = ({z1:.1f}, {z2:.1f})": image}), alt=f"What the decoder draws at ({z1}, {z2}).")


_ = interact(draw_point, z1=FloatSlider(0, min=-3, max=3), z2=FloatSlider(0, min=-3, max=3))

# %% [markdown]
# ## Where the truth is known
#
# Everything so far rests on a bound. Is it one? How far below the truth? There is a VAE whose integral *has* a
# solution: prior $N(0, I)$, a decoder that is one matrix $W$ and a bias $b$, and Gaussian pixels of standard deviation
# $s$. Then $x$ is a sum of normal things and so normal itself, and so is its true posterior:
#
# $$p(x) = N\bigl(b,\; W W^\top + s^2 I\bigr), \qquad
# p(z \mid x) = N\bigl(M^{-1} W^\top (x - b) / s^2,\; M^{-1}\bigr), \quad M = I + W^\top W / s^2$$
#
# We train it on digits of 8 x 8 pixels with four latents, with $s$ learnt as well, and stop it half-trained. (These are
# *densities* of real-valued pixels, so their logarithms may be positive.)

# %%
digits = ae.data.load("digits")
x, x_test = digits.x_train.reshape(-1, 64), digits.x_test.reshape(-1, 64)
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder((64,), 2 * 4, hidden=())
decoder = ae.networks.dense_decoder(4, (64,), hidden=())
linear = ae.VAE(encoder, decoder, ae.distributions.Gaussian("learned"))
linear.compile(keras.optimizers.Adam(3e-3), steps_per_execution=17)
_ = linear.fit(x, epochs=30, batch_size=64, verbose=0)


# %%
def exact_model(model):
    """W, b and s as NumPy arrays, and the density of x."""
    kernel, b = model.decoder.get_weights()  # Keras multiplies from the right, so kernel is W transposed
    s = float(np.exp(model.likelihood_family.log_stddev))
    covariance = kernel.T @ kernel + s**2 * np.eye(64)
    return kernel.T.astype(float), b, s, tfd.MultivariateNormalTriL(b, np.linalg.cholesky(covariance).astype("float32"))


def true_posterior(model, x):
    W, b, s, _ = exact_model(model)
    covariance = np.linalg.inv(np.eye(4) + W.T @ W / s**2)
    mean = (x - b) @ W @ covariance / s**2
    return tfd.MultivariateNormalTriL(mean.astype("float32"), np.linalg.cholesky(covariance).astype("float32"))


# %% [markdown]
# First, the naive way again: the average of $p(x \mid z)$ over codes from the prior. **Predict:** the KL of this model
# is about 4 nats. How many codes will it need?

# %%
W, b, s, evidence = exact_model(linear)
exact = np.asarray(evidence.log_prob(x_test))
truth, kl = exact.mean(), float(np.mean(linear.terms(x_test, linear(x_test))[1]))
drawn = rng.normal(size=(20_000, 4)) @ W.T + b
square = np.sum(x_test**2, axis=1)[:, None] - 2 * x_test @ drawn.T + np.sum(drawn**2, axis=1)
log_p_x_given_z = -square / (2 * s**2) - 64 * np.log(s * np.sqrt(2 * np.pi))
print(f"KL {kl:.1f} nats, e^KL = {np.exp(kl):.0f}")
for n in (1, 10, 100, 1000, 20_000):
    estimate = logsumexp(log_p_x_given_z[:, :n], axis=1) - np.log(n)
    print(f"{n:6} codes from the prior: {np.mean(exact - estimate):6.2f} nats below the truth")

# %% [markdown]
# This time it works: with a thousand codes little is missing. The rule of thumb said so, since $e^{4.2}$ is only about
# 70. With a small KL one does not need the bound; with a large one one does.
#
# Now codes from the encoder's $q(z \mid x)$. The ELBO takes the mean of the logarithms of the weights
# $w = p(x, z) / q(z \mid x)$. But Jensen's inequality loses less when there is less to vary: average $K$ weights
# *before* taking the logarithm, and the bound rises with $K$ towards the truth. This is the **importance-weighted
# bound**, `log_likelihood(x, samples=K)`:
#
# $$L_K(x) = \mathbb{E} \left[ \log \frac{1}{K} \sum_{k=1}^{K} \frac{p(x, z_k)}{q(z_k \mid x)} \right],
# \qquad L_1 = \mathrm{ELBO} \le L_2 \le \dots \le \log p(x)$$

# %%
samples, repeated = [1, 2, 5, 10, 20, 50, 100], np.tile(x_test, (5, 1))  # each image five times: less noise
draws = [[np.mean(linear.log_likelihood(repeated, samples=k, seed=seed)) for k in samples] for seed in range(4)]
bound, noise = np.mean(draws, axis=0), np.std(draws, axis=0)


def mean_elbo(model, repeats=400):
    return float(np.mean(model.elbo(np.tile(x_test, (repeats, 1)), seed=0)))


elbo = mean_elbo(linear)

# %%
_, ax = plt.subplots(figsize=(6.5, 3.6))
ax.axhline(truth, color="black", linewidth=1)
ax.errorbar(samples, bound, noise, fmt="o-", color=COLOURS[0], capsize=3)
ax.axhline(elbo, color=COLOURS[1], linestyle="--")
ax.annotate("exact log p(x)", (1, truth), va="bottom")
label = "importance-weighted bound,\nstddev of 4 estimates"
ax.annotate(label, (5, bound[2]), xytext=(8, -8), textcoords="offset points", va="top")
ax.annotate("ELBO", (100, elbo), va="bottom", ha="right", color=COLOURS[1])
ax.set(
    xscale="log", xlabel="samples K for each image", ylabel="nats per test image", title="From the ELBO to the truth"
)
ax.spines[["top", "right"]].set_visible(False)
show(ax, alt="The importance-weighted bound starts at the ELBO and climbs with K until it touches the exact log p(x).")

# %% [markdown]
# At $K = 1$ the bound is the ELBO, and with a hundred codes from $q$ it touches the truth. Last, the identity. The gap
# should *be* the divergence from $q$ to the true posterior:

# %%
gap = truth - elbo
posterior = tfd.MultivariateNormalDiag(linear.posterior(x_test).mean(), linear.posterior(x_test).stddev())
divergence = np.asarray(tfd.kl_divergence(posterior, true_posterior(linear, x_test))).mean()
print(f"log p(x) - ELBO: {gap:.3f} nats, KL from q to the true posterior: {divergence:.3f} nats")

# %% tags=["nbval-check-output"]
print("ELBO < bound with K=10 < truth:", elbo < bound[3] < truth)
print("with K=100 less than 0.02 nats are missing:", abs(truth - bound[-1]) < 0.02)
print("the gap is the divergence, to 0.02 nats:", abs(gap - divergence) < 0.02)

# %% [markdown]
# And if we train on? The ELBO can rise in two ways: a better model, or a better guess. A rival for the first:
# scikit-learn fits the very same model, under the name of *probabilistic PCA*, by a formula and without any encoder.

# %%
from sklearn.decomposition import PCA

rate = keras.optimizers.schedules.CosineDecay(1e-2, 100 * 17)
linear.compile(keras.optimizers.Adam(rate), steps_per_execution=17)
_ = linear.fit(x, epochs=100, batch_size=64, verbose=0)
truth_after = np.asarray(exact_model(linear)[3].log_prob(x_test)).mean()
elbo_after = mean_elbo(linear)
pca = PCA(4).fit(x).score(x_test)
print("nats per test image    exact log p(x)    ELBO    gap")
print(f"half-trained           {truth:14.2f} {elbo:7.2f} {gap:6.2f}")
print(f"trained on             {truth_after:14.2f} {elbo_after:7.2f} {truth_after - elbo_after:6.2f}")
print(f"probabilistic PCA      {pca:14.2f}")

# %% tags=["nbval-check-output"]
print("the trained model is as good as probabilistic PCA, to 0.1 nats:", abs(truth_after - pca) < 0.1)
print("and its gap is under a third of what it was:", truth_after - elbo_after < gap / 3)

# %% [markdown]
# Trained to the end, the linear VAE *is* probabilistic PCA: the same log-likelihood of test images to a tenth of a nat.
# And the gap has all but closed. It could, since here the true posterior is a normal distribution, and the axes of the
# code can turn until the true posterior has no correlations, and a normal distribution without correlations is just
# what our $q$ can be. (The ELBO prefers those axes. Lesson 1 said that other terms of a loss may; this is one.) With a
# deep decoder the true posterior can have any shape, and in general a gap stays.

# %% [markdown]
# ## What we saw
#
# - A plain autoencoder's codes lie where they like, so random codes draw smears.
# - $\log p(x)$ is an integral out of reach. The ELBO bounds it from below, by Jensen; the gap is the KL divergence from
#   $q(z \mid x)$ to the true posterior, and on a linear model both were measured and agreed.
# - The KL term by formula, by TFP and by Monte Carlo is one number.
# - A VAE by hand takes forty lines, and `ae.VAE` gives the same numbers, up to rounding.
# - Reconstruction falls; KL overshoots, falls back and rises slowly: the code is filled as long as that pays.
# - One code from $q$ tells more of $\log p(x)$ than twenty thousand from the prior, where KL is large. Where it is
#   small, the prior does as well.
# - From $N(0, I)$ the VAE samples far better. Fit twenty normals to the codes afterwards, and the plain autoencoder has
#   caught up, if not more. Halfway between images the VAE is ahead.
#
# **To remember.** Sum over pixels, sum over latents, average over images. Log both terms. Variance, standard deviation
# and log-variance are three things. A bound is no likelihood: say which one you report.
#
# **Where it breaks.** Silhouettes are easy; the Fréchet distance here rests on a small classifier and on these images,
# and cannot be compared with numbers from elsewhere. One training length, one size of network, eight latents. The
# fitted mixture had the training images to look at, which is allowed, but a mixture of *very* many would recite them:
# lesson 12 asks for that. And nobody has explained why a gradient can pass through a random draw: that is lesson 8,
# "Gradients through randomness", which comes next.
#
# **Sources.** D. Kingma and M. Welling 2014, *Auto-encoding variational Bayes* (the VAE; sections 2.1 to 2.3, the KL
# formula in appendix B), and D. Rezende, S. Mohamed and D. Wierstra 2014, *Stochastic backpropagation and approximate
# inference in deep generative models*. M. Jordan, Z. Ghahramani, T. Jaakkola and L. Saul 1999, *An introduction to
# variational methods for graphical models* (the bound, section 6). Y. Burda, R. Grosse and R. Salakhutdinov 2016,
# *Importance weighted autoencoders* (sections 2 and 3). S. Chatterjee and P. Diaconis 2018, *The sample size required
# in importance sampling* (the rule of thumb, theorem 1.1). M. Tipping and C. Bishop 1999, *Probabilistic principal
# component analysis*, and J. Lucas, G. Tucker, R. Grosse and M. Norouzi 2019, *Don't blame the ELBO!* (the linear VAE,
# section 4). P. Ghosh, M. Sajjadi, A. Vergari, M. Black and B. Schölkopf 2020, *From variational to deterministic
# autoencoders* (fitting a density afterwards, section 4). M. Heusel and others 2017, *GANs trained by a two time-scale
# update rule converge to a local Nash equilibrium* (the Fréchet distance). H. Xiao, K. Rasul and R. Vollgraf 2017,
# *Fashion-MNIST*.
