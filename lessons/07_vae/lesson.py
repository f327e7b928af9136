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
# **After this lesson you can** derive a lower bound on the log-probability of an image, the ELBO, in two ways, and say
# why we need one; compute the KL divergence between normal distributions by formula, by sampling and with a library;
# write a variational autoencoder (VAE) by hand, read its two loss curves and sample from it; and say what a plain
# autoencoder lacks.
#
# **You need** lessons 3 (losses as likelihoods) and 6 (codes of a plain autoencoder); logarithms, expectations, the
# normal distribution; for some of part two, covariance matrices.
#
# **Time** part one (the bound, the model, its two curves) takes about 40 minutes, part two (samples, codes, how
# tight the bound is) 60, derivations on paper included. About a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence): of its 70,000 images we use 9,000 for training, 1,000 for
# validation and 2,000 for testing. Also scikit-learn's handwritten digits (UCI, CC BY 4.0). Nothing is downloaded.

# %% [markdown]
# ## Why random codes draw smears
#
# An autoencoder's decoder turns eight numbers into a picture. Why not draw eight numbers at random and get clothes
# that nobody has ever photographed? We try it on *silhouettes*: a pixel of Fashion-MNIST becomes 1 if it is brighter
# than a fifth of white, else 0. Each pixel is now a coin toss, and the decoder gives the probability of white.
# Dense layers lead from 784 pixels through 256 and 128 numbers to the code, and back; the loss is the binary
# cross-entropy (see `sampling.py`).

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
ax.set_title("A plain autoencoder copies well, but draws smears from random codes", fontsize=10)
show(ax, alt="Ten silhouettes, good reconstructions of them, and ten grey smears drawn from random codes.")

# %% [markdown]
# The reconstructions are good, but the random codes give smears. Look at where the codes of real images lie:

# %%
z = np.asarray(plain.encode(data.x_test))
print("mean of each of the eight numbers:              ", z.mean(axis=0).round(0))
print("standard deviation of each of the eight numbers:", z.std(axis=0).round(0))

# %% [markdown]
# We drew numbers around 0 with standard deviation 1. The encoder's codes are about ten times as widely spread, and off
# centre: nothing in its loss says where codes should lie, and the decoder knows no others.
#
# Two remedies come to mind: sample where the codes turn out to lie; or have the encoder scale them to mean 0 and
# variance 1. Part two tries both, and both work well. So smears alone are no reason for a new kind of model. A better
# one: a plain autoencoder, as trained, does not say how *probable* it finds an image, nor how *sure* it is of a code.

# %% [markdown]
# ## A story of how images are made
#
# Suppose each image was made in two steps: a code $z$ was drawn from a fixed distribution, then the image $x$, with
# probabilities that depend on $z$.
#
# | symbol | name | here |
# |---|---|---|
# | $p(z)$ | **prior** | $N(0, I)$: independent numbers, mean 0, variance 1 ($I$ is the identity matrix) |
# | $p(x \mid z)$ | **likelihood** | a coin toss for each pixel; the decoder gives its probability |
# | $p(x) = \int p(x \mid z)\, p(z)\, dz$ | **evidence** | how probable the model finds the image $x$ |
# | $p(z \mid x) = p(x \mid z)\, p(z) / p(x)$ | **true posterior** (Bayes' rule) | which codes could have made $x$ |
#
# This is a **latent-variable model**: we see only $x$; $z$ is hidden, and its numbers are called **latents**. To
# sample, carry out the two steps. To train, make the training images more probable: maximise $\log p(x)$.
#
# But the integral runs over all codes, with a neural network inside, and no formula solves it. The evidence is
# **intractable**. You could average $p(x \mid z)$ over codes from the prior, but hardly one random code in a thousand
# draws anything like this very shirt $x$, and the average depends on that one. (Part two measures this.) The codes
# worth trying are those of the true posterior, but that needs $p(x)$ again. So let a network *guess* it.
#
# | symbol | name | here |
# |---|---|---|
# | $q(z \mid x)$ | **approximate posterior** | independent normal latents; the encoder gives means and log-variances |

# %% [markdown]
# ## The bound, derived once
#
# Multiply and divide by $q$ inside the evidence. The integral becomes an expectation $\mathbb{E}_q$ over $z$ drawn
# from $q(z \mid x)$:
#
# $$\log p(x) = \log \int q(z \mid x)\, \frac{p(x, z)}{q(z \mid x)}\, dz
# = \log \mathbb{E}_{q} \left[ \frac{p(x, z)}{q(z \mid x)} \right],
# \qquad p(x, z) = p(x \mid z)\, p(z)$$
#
# The logarithm is concave (it curves downwards), so the logarithm of a mean is at least the mean of the logarithms.
# This is **Jensen's inequality**. In numbers:

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
# The right-hand side is the **evidence lower bound**, or ELBO. Its first term asks that codes drawn from $q$ rebuild
# the image. The second is a **Kullback-Leibler (KL) divergence**,
# $\mathrm{KL}(q \,\|\, p) = \mathbb{E}_q [\log (q / p)]$. It asks that the codes of each image lie roughly where the
# prior would put them. It is zero if the two distributions are the same, and never negative, by Jensen once more:
# $-\mathbb{E}_q[\log (p / q)] \ge -\log \mathbb{E}_q[p / q] = -\log \int q\, \frac{p}{q}\, dz = -\log 1 = 0$.
#
# For each image, the first term is a sum over pixels, the second over latents. Both are in **nats** (the logarithm is
# natural; 1 nat = 1.44 bits).

# %% [markdown]
# ## The bound, derived again
#
# Jensen does not say how wide the gap between the two sides is. So ask how far the guess $q$ is from the true
# posterior:
#
# $$\mathrm{KL}\bigl(q(z \mid x) \,\|\, p(z \mid x)\bigr)
# = \mathbb{E}_q \left[ \log \frac{q(z \mid x)}{p(z \mid x)} \right]
# = \mathbb{E}_q \left[ \log \frac{q(z \mid x)\; p(x)}{p(x \mid z)\, p(z)} \right]
# = \log p(x) - \mathrm{ELBO}(x)$$
#
# The middle step inserts Bayes' rule for $p(z \mid x)$. In the last, $\log p(x)$ leaves the expectation, as it does
# not depend on $z$, and what stays inside is minus the ELBO. Rearranged:
#
# $$\log p(x) = \mathrm{ELBO}(x) + \mathrm{KL}\bigl(q(z \mid x) \,\|\, p(z \mid x)\bigr)$$
#
# The gap *is* the error of the guess. So raising the ELBO by changing $q$ alone moves $q$ towards the true posterior,
# without ever computing it. Don't confuse the two KL terms: the one *in* the ELBO compares $q$ with the prior, the one
# *missing* from it with the true posterior.
#
# > **For graduate readers.** The gap has two sources: even the best $q$ of this kind can miss the true posterior (the
# > *approximation gap*), and one encoder guesses for all images (the *amortisation gap*, often the larger in the
# > models of Cremer et al. 2018). Part two measures ours.

# %% [markdown]
# ## One divergence, and what it costs
#
# For normal distributions the KL term has a formula. Take one latent, $q = N(m, v)$ with mean $m$ and variance $v$,
# and the prior $p = N(0, 1)$. The log-density of $N(m, v)$ is $-\frac{1}{2} \log (2 \pi v) - \frac{(z - m)^2}{2 v}$.
# In the difference of two of them the $2 \pi$ cancels:
#
# $$\log \frac{q(z)}{p(z)} = -\frac{1}{2} \log v - \frac{(z - m)^2}{2 v} + \frac{z^2}{2}$$
#
# Take the expectation over $q$, where $\mathbb{E}\,(z - m)^2 = v$ and $\mathbb{E}\, z^2 = m^2 + v$:
#
# $$\mathrm{KL} = -\frac{1}{2} \log v - \frac{1}{2} + \frac{m^2 + v}{2}
# = \frac{1}{2} \bigl( m^2 + v - \log v - 1 \bigr)$$
#
# Log-densities of independent latents $z_j$ add up, and so do the divergences:
#
# $$\mathrm{KL} = \frac{1}{2} \sum_j \bigl( m_j^2 + v_j - \log v_j - 1 \bigr)$$
#
# Without the formula, average $\log q(z) - \log p(z)$ over many draws $z$ from $q$ (**Monte Carlo**). The standard
# error of a mean over $n$ draws is their standard deviation divided by $\sqrt{n}$.

# %%
mean, log_variance = np.array([1.5, 0.0, -0.5]), np.array([-2.0, 0.0, 1.0])
by_formula = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1)

variance, n = np.exp(log_variance), 200_000
z = mean + np.exp(log_variance / 2) * rng.normal(size=(n, 3))  # draws from q
log_ratio = np.sum(-log_variance / 2 - (z - mean) ** 2 / (2 * variance) + z**2 / 2, axis=1)
by_sampling, error = log_ratio.mean(), log_ratio.std() / np.sqrt(n)
print(f"formula {by_formula:.4f}   Monte Carlo {by_sampling:.4f} +- {error:.4f} nats")

# %% tags=["nbval-check-output"]
print("Monte Carlo within four standard errors:", abs(by_sampling - by_formula) < 4 * error)

# %% [markdown]
# Note `np.exp(log_variance / 2)`: a draw needs the standard deviation, the formula the variance. The encoder will give
# log-variances, as these may be any number.
#
# **Predict:** for one latent, which costs more: moving the mean from 0 to 1, or shrinking the standard deviation from
# 1 to a quarter?


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
for ax in axes[1:]:
    ax.get_legend().remove()
    ax.set_ylabel("")
show(
    figure, alt="A prior and three posteriors: shifted costs 0.50 nats, narrow 0.92 nats, shifted and narrow 1.42 nats."
)

# %% [markdown]
# Narrowness costs more here, 0.92 nats against 0.50, and the two add up. The charge grows with the *square* of the
# mean, but only with the *logarithm* of the narrowness. Move the sliders yourself (this needs Jupyter):

# %%
from ipywidgets import FloatSlider, interact


def turn_the_dial(mean=1.0, stddev=0.25):
    show(plot_one_latent(mean, stddev), alt=f"The posterior with mean {mean} and stddev {stddev} beside the prior.")


_ = interact(turn_the_dial, mean=FloatSlider(1, min=-3, max=3), stddev=FloatSlider(0.25, min=0.25, max=2, step=0.05))

# %% [markdown]
# ## A VAE by hand
#
# First the networks. The encoder ends in twice as many numbers as there are latents. The decoder ends in **logits**:
# for each pixel the number $l = \log \frac{p}{1-p}$, where $p$ is now the probability of white.

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
# Then the two terms. The log-probability of one coin, that is, of one pixel $x$, is $x \log p + (1 - x) \log (1 - p)$.
# Collect what multiplies $x$, and solve the definition of the logit, $1 - p = 1 / (1 + e^l)$:
#
# $$x \log p + (1 - x) \log (1 - p) = x \log \frac{p}{1 - p} + \log (1 - p) = x\, l - \log (1 + e^l)$$
#
# Keras calls $\log(1 + e^l)$ `softplus`, and computes it without overflow.


# %%
def reconstruction_term(x, logits):
    """-log p(x|z) of each image, in nats: a sum over pixels."""
    log_probability = x * logits - ops.softplus(logits)
    return -ops.sum(log_probability, axis=(1, 2, 3))


def kl_term(mean, log_variance):
    """KL( q(z|x) || N(0, I) ) of each image, in nats: a sum over latents."""
    return 0.5 * ops.sum(mean**2 + ops.exp(log_variance) - log_variance - 1, axis=-1)


# %% [markdown]
# The expectation over $q$ in the first term has no formula. One draw per image has to do; it is right on average. We
# write it as `mean + stddev * epsilon` with $\epsilon$ from $N(0, 1)$, so that gradients can pass through it to the
# encoder (lesson 8 explains why).


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
by_hand.compile(keras.optimizers.Adam(2e-3))
in_order = {"batch_size": 100, "epochs": 3, "shuffle": False, "verbose": 0}  # so that part two can repeat it
hand = by_hand.fit(data.x_train, **in_order).history
pd.DataFrame(hand)[["reconstruction", "kl", "loss"]].round(1)

# %% [markdown]
# That is a whole VAE in about forty lines, with two latents. The table has one row per epoch.

# %% [markdown]
# ## Two curves, not one
#
# Now the library's `ae.VAE`, with 8 latents, 20 epochs, and the same networks as the plain autoencoder except for the
# encoder's last layer.
#
# **Predict.** In the table above both terms fell. With eight latents, deeper networks and twenty epochs, what will
# each of them do? Sketch both on paper.

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
# One term of the loss *rises* while the loss falls. That is no bug: spending a nat on the code pays as long as it
# saves more than a nat of reconstruction. Nor is it a law: in the hand-made model, with two latents and one hidden
# layer, KL *fell*. The sum would not show you this, so plot both.
#
# An ideal code stores an image $x$ in $-\log p(x)$ nats (a theorem of information theory, not proved here). As
# $-\mathrm{ELBO} \ge -\log p(x)$, the loss is an upper bound on that cost:

# %%
elbo = float(np.mean(vae.elbo(data.x_test)))
coin = np.clip(data.x_train.mean(axis=0), 1e-3, 1 - 1e-3)
coins_cost = -np.mean(np.sum(data.x_test * np.log(coin) + (1 - data.x_test) * np.log(1 - coin), axis=(1, 2, 3)))
print(f"nats per test image: {784 * np.log(2):.0f} if every pixel is a fair coin,")
print(f"{coins_cost:.0f} with one coin per pixel that falls as often as in the data, at most {-elbo:.0f} with the VAE")

# %% [markdown]
# Part two derives such a bound for the plain autoencoder, too. This is a good place to stop.

# %% [markdown]
# # Part two begins here
#
# To resume here, first choose *Run*, *Run All Above Selected Cell*. So far:
#
# - $\log p(x) = \mathrm{ELBO} + \mathrm{KL}(q(z \mid x) \,\|\, p(z \mid x))$: the ELBO is a lower bound, and the gap
#   is the error of the guess $q$.
# - $-\mathrm{ELBO}$ = reconstruction + KL, in nats per image. The first uses one draw of $z$ from $q(z \mid x)$; the
#   second has a formula.
# - We have a plain autoencoder, `plain`, and a VAE, `vae`, with eight latents each and the same decoder.

# %% [markdown]
# ## Three distributions as objects
#
# In TensorFlow Probability (TFP), distributions are objects with `sample`, `log_prob` and a KL. A VAE needs three. The
# **batch shape** says how many distributions there are, the **event shape** is the shape of one draw. `Independent`
# moves axes from the first to the second, so that `log_prob` sums over them. For five images and two latents:

# %% tags=["nbval-check-output"]
tfd = ae.distributions.tfd  # TFP's distributions, for the backend that Keras runs on
means, log_variances = np.split(np.asarray(by_hand.encoder(data.x_test[:5])), 2, axis=-1)
posterior = tfd.Independent(tfd.Normal(means, np.exp(log_variances / 2)), reinterpreted_batch_ndims=1)
prior = tfd.Independent(tfd.Normal(np.zeros(2, "float32"), 1.0), reinterpreted_batch_ndims=1)
z = posterior.sample(seed=ae.distributions.next_seed(0))
likelihood = tfd.Independent(tfd.Bernoulli(logits=by_hand.decoder(z)), reinterpreted_batch_ndims=3)
for name, d in {"posterior q(z|x)": posterior, "prior p(z)": prior, "likelihood p(x|z)": likelihood}.items():
    print(f"{name:18} batch {tuple(d.batch_shape)!s:5} event {tuple(d.event_shape)}")
print("log p(x|z):", likelihood.log_prob(data.x_test[:5]).shape, " KL:", tfd.kl_divergence(posterior, prior).shape)
by_tfp = np.asarray(tfd.kl_divergence(posterior, prior))
print("KL, TFP and our formula agree:", np.allclose(by_tfp, kl_term(means, log_variances), rtol=1e-4))

# %% [markdown]
# Each term is one number per image. (Without `Independent` around the likelihood, there would be 784.) `ae.VAE` has
# the same three objects: `posterior(x)`, `prior`, `likelihood(z)`. With the networks and seeds of the hand-made model:

# %% tags=["nbval-check-output"]
keras.utils.set_random_seed(0)
library_vae = ae.VAE(*make_networks(), likelihood="bernoulli", seed=1)
library_vae.compile(keras.optimizers.Adam(2e-3))
library = library_vae.fit(data.x_train, **in_order).history
for name in ("reconstruction", "kl", "loss"):
    print(f"{name:15} by hand and ae.VAE agree to 1 percent:", np.allclose(hand[name], library[name], rtol=1e-2))

# %% [markdown]
# ## The sampling test
#
# Now the two remedies from the start. For the second, the plain encoder ends in one more layer,
# `BatchNormalization(center=False, scale=False)`, which shifts and scales each of the eight numbers to mean 0 and
# variance 1 over the images of a batch. We call this a **normalised autoencoder**. It has no KL.
#
# **Predict.** Which of the three models draws best from $N(0, I)$? And which one if we sample from distributions
# fitted *afterwards* to the codes of the training images: means and standard deviations; one normal distribution, with
# its covariance; a mixture of twenty normals (choose one at random, then draw from it)?

# %%
normalised, _ = sampling.train("normalised autoencoder", data, seed=0)
models = {"autoencoder": plain, "normalised autoencoder": normalised, "VAE": vae}
ten = {kind: sampling.codes(model, data, n=10) for kind, model in models.items()}
rows = {
    "autoencoder\nN(0, I)": sampling.drawn(plain, ten["autoencoder"]["N(0, I)"]),
    "normalised\nN(0, I)": sampling.drawn(normalised, ten["normalised autoencoder"]["N(0, I)"]),
    "VAE\nN(0, I)": sampling.drawn(vae, ten["VAE"]["N(0, I)"]),
    "autoencoder\n20 normals": sampling.drawn(plain, ten["autoencoder"]["20 normals fitted"]),
    "VAE\n20 normals": sampling.drawn(vae, ten["VAE"]["20 normals fitted"]),
}
ax = plot_image_rows(rows)
ax.set_title("Random codes: from N(0, I), and from what was fitted afterwards to the codes", fontsize=10)
show(ax, alt="Smears from the plain autoencoder with N(0, I); clothes, some broken, from all other ways of sampling.")

# %% [markdown]
# Pictures persuade too easily, so measure. A small classifier of silhouettes has learnt 64 features that tell clothes
# apart. Compute them for 2,000 drawn pictures and for the 2,000 test images: two clouds of points with means
# $m_1, m_2$ and covariance matrices $C_1, C_2$. The (squared) **Fréchet distance** between normal distributions with
# these means and covariances is (we take the formula on trust)
#
# $$d^2 = |m_1 - m_2|^2 + \mathrm{tr}\bigl( C_1 + C_2 - 2\, (C_1 C_2)^{1/2} \bigr)$$
#
# where tr sums the diagonal. For a single feature it is $(m_1 - m_2)^2 + (s_1 - s_2)^2$, with the standard deviations
# $s_1, s_2$. It is 0 if means and covariances agree. (A pixel counts as white if its probability is above one half.)
# As a scale we use real images that neither the classifier nor a model was trained on, images of coin tosses, and the
# models' reconstructions: what a decoder draws from random codes can hardly come much nearer than those.

# %%
judge = sampling.Judge(data)
coins = rng.random(data.x_test.shape) < coin  # each pixel as often white as in the data
ruler = {
    "1,000 validation images": judge(data.x_val),
    "2,000 images of coins, one per pixel": judge(coins),
}
for kind, model in models.items():
    rebuilt = sampling.drawn(model, model.encode(data.x_train[:2000]))
    ruler[f"2,000 reconstructions, {kind}"] = judge(rebuilt)
for name, distance in ruler.items():
    print(f"{name:45} {distance:6.1f}")

# %% [markdown]
# The script `sampling.py` made a table of five seeds. Here we compute its rows for seed 0 again.

# %%
stored_rows = pd.read_csv("sampling.csv")
table = stored_rows[stored_rows.latents == 8]
ways = ["N(0, I)", "means and stddevs fitted", "one normal fitted", "20 normals fitted"]
both = {}
for kind, model in models.items():
    both[kind, "now"] = sampling.row(model, data, judge, seed=0)
    both[kind, "stored"] = table[(table.model == kind) & (table.seed == 0)].iloc[0]
rounded = pd.DataFrame({key: [row[way] for way in ways] for key, row in both.items()}, index=ways).T.round(1)
print(rounded.to_string())
average, spread = (table.groupby("model")[ways].agg(how) for how in ("mean", "std"))

# %%
_, ax = plt.subplots(figsize=(7, 4))
for index, kind in enumerate(sampling.KINDS):
    places = np.arange(4) + 0.22 * (index - 1)
    x, error = average.loc[kind, ways], spread.loc[kind, ways]
    ax.errorbar(x, places, xerr=error, fmt="o^s"[index], color=COLOURS[index], label=kind, capsize=3)
    for a, e, place in zip(x, error, places, strict=True):
        ax.annotate(f"{a:.1f} ± {e:.1f}", (a + e, place), xytext=(8, 0), textcoords="offset points", va="center")
ax.axvline(ruler["1,000 validation images"], color="black", linewidth=0.8, linestyle=":")
ax.set(xscale="log", xlim=(0.3, 500), yticks=range(4), yticklabels=ways, ylim=(3.5, -0.5))
ax.set_xlabel("Fréchet distance to the test images, mean and stddev of 5 seeds\n(dotted: other real images)")
ax.set_xticks([1, 10, 100], ["1", "10", "100"])
ax.set_title("Who invents better clothes?")
ax.legend(frameon=False)
alt = "With N(0, I) the plain autoencoder is far off and the normalised one best; with 20 normals, all three are close."
show(ax, alt=alt)

# %% tags=["nbval-check-output"]
by_seed = table.pivot(index="seed", columns="model", values="N(0, I)")
print("from N(0, I) the plain autoencoder is more than five times as far as the VAE, with every seed:", end=" ")
print((by_seed["autoencoder"] > 5 * by_seed["VAE"]).all())
print("the normalised autoencoder is nearer than the VAE, with every seed:", end=" ")
print((by_seed["normalised autoencoder"] < by_seed["VAE"]).all())

# %% [markdown]
# - From $N(0, I)$ the VAE beats the plain autoencoder: the usual argument for it. But the normalised one, without any
#   KL, beats the VAE with every seed. Most of the trouble was place and scale. (More weight on the VAE's KL
#   changes that: lesson 12.)
# - With means and standard deviations fitted, the VAE catches up. The plain model is still at twenty, partly because
#   its latents are correlated: fitting the covariance brings it down to eleven.
# - With twenty normals all three are close, and about as near as their reconstructions: what remains is the decoder's
#   blur, not the codes.
# - Points *halfway* between the codes of two test images rank the models as samples from $N(0, I)$ do
#   (`sampling.csv`): 9.8 ± 0.6 for the plain autoencoder, 6.1 ± 0.6 for the VAE, 5.2 ± 0.2 for the normalised one.
# - With 32 latents, from $N(0, I)$, the VAE (12.0 ± 1.4) and the normalised model (12.8 ± 0.8) do not clearly differ.
#
# So "better samples" is no argument for this VAE. What it has is a probability model, trained on one bound:
#
# - **A bound on $\log p(x)$** for every image, new ones too: 125 nats, against 388 for coins and 150 for a logistic
#   regression of each pixel on its earlier neighbours (`bounds.csv`). It needs no judge; lessons 13 and 14 will use it.
# - **A posterior.** Codes come with error bars. (They say how far a code may move round the encoder's guess, not how
#   good the guess is: see the end of the lesson.)
# - **One price.** Error and code are paid for in nats. Given 32 latents in place of 8, the VAE's KL rises only from
#   17 nats to 19 (`nats.csv`). But the ELBO is 4.5 nats *worse* on average, and worse with every seed, though the
#   larger model contains the smaller: training need not find the best deal. (The 500-sample bound is only 1.4 nats
#   worse, so much of it is $q$.) (In the normalised autoencoder's loss a code costs nothing, however many digits it
#   has.)
#
# You can build such a model from the plain autoencoder, too: the prior is the twenty normals, $q$ the code plus a
# little noise, equally much for all images, and the likelihood the coins of its decoder. **Predict:** whose bound is
# better, on a hundred test images?

# %%
import bounds  # makes bounds.csv

stored = pd.read_csv("bounds.csv")
compared = stored[(stored.images == "test") & stored.q.isin(["encoder", "code + noise"])]
print(compared[["model", "seed", "ELBO", "500 samples"]].round(1).to_string(index=False))
share = compared[(compared.seed == 0) & (compared.q == "code + noise")].noise.item()
live = bounds.of_plain(plain, data, seed=0, shares=[share])
print(f"now, the plain autoencoder of this notebook: ELBO {live['ELBO']:.1f}, bound {live['500 samples']:.1f}")

# %% [markdown]
# The plain autoencoder's, with either seed, by 4 nats or more. (Part of that is the fitted prior, which the VAE did
# not get. And bounds do not say which model truly finds the images more probable.) But the VAE needs no second fit,
# and its $q$ has a width for each image and each latent:

# %%
mean, variance = sampling.posteriors(vae, data.x_test)
print("spread of the means over the test images, per latent:", mean.std(axis=0).round(2))
print("error bar, the average standard deviation of q:      ", np.sqrt(variance).mean(axis=0).round(2))
print(f"from the most to the least certain image: {np.sqrt(variance).mean(axis=1).min():.2f}", end=" ")
print(f"to {np.sqrt(variance).mean(axis=1).max():.2f}")

# %% [markdown]
# Seven of the eight error bars are between 0.1 and 0.2, while the means themselves spread by about 1.2. The least
# certain image has error bars three times as wide as the most certain one.
#
# ## All the codes together
#
# The VAE draws worse from $N(0, I)$ than from normals fitted to its codes: taken together, its codes do not follow the
# prior. Average the KL term over the $N$ training images $x_1, \dots, x_N$. Let
# $q(z) = \frac{1}{N} \sum_n q(z \mid x_n)$ be the mixture of all posteriors, the **aggregate posterior**. Multiply and
# divide by it inside the logarithm:
#
# $$\frac{1}{N} \sum_n \mathrm{KL}\bigl( q(z \mid x_n) \,\|\, p(z) \bigr)
# = \underbrace{\frac{1}{N} \sum_n \mathbb{E}_{q(z \mid x_n)}
# \left[ \log \frac{q(z \mid x_n)}{q(z)} \right]}_{I_q(x; z)}
# + \underbrace{\mathbb{E}_{q(z)} \left[ \log \frac{q(z)}{p(z)} \right]}_{\mathrm{KL}(q(z)\, \|\, p(z))}$$
#
# (Picking an image and drawing from its posterior is drawing from the mixture: hence the second expectation.) The
# first term, $I_q(x; z)$, is the **information** that a code carries about which image it came from. The second is the
# mismatch we are looking for. So the ELBO *does* charge for it, nat for nat.
#
# The mixture contains each posterior with weight $1/N$, so $q(z) \ge q(z \mid x_n) / N$: the fraction in the first
# term is at most $N$, and the information at most $\log N$. **Predict:** with 9,000 images and a KL of 17 nats, how
# large is the mismatch at least?

# %%
for n in (1000, 9000):
    parts = sampling.parts_of_kl(vae, data.x_train[:n])
    print(f"{n} images: KL {parts['KL']:.1f} nats = information {parts['information']:.1f}", end=" ")
    print(f"(at most {np.log(n):.1f}) + mismatch {parts['mismatch']:.1f}")
print(f"mismatch on new images, at least {sampling.mismatch_of_new(vae, data):.1f}")
nats = pd.read_csv("nats.csv").query("latents == 8")
nats[["seed", "KL", "information", "mismatch", "mismatch of new images"]].round(1)

# %% [markdown]
# The information is almost $\log N$: a code nearly always gives away which image it came from. The rest is mismatch, 8
# nats for 9,000 images. So the split depends on how many images we ask about: posteriors this narrow cannot fill eight
# dimensions; wider ones would cost reconstruction.
#
# But some mismatch would remain with any number of images: let $q(z)$ now be the mixture for *all* images, seen or
# not, and $r(z)$ twenty normals fitted to codes of training images. In the difference of two divergences $\log q(z)$
# cancels:
#
# $$\mathbb{E}_{q(z)} [\log r(z) - \log p(z)] = \mathrm{KL}(q(z) \,\|\, p(z)) - \mathrm{KL}(q(z) \,\|\, r(z))
# \le \mathrm{KL}(q(z) \,\|\, p(z))$$
#
# The last column is the left-hand side, measured on test images: the mismatch is at least about 3 nats.

# %% [markdown]
# ## A map of the plane
#
# With two latents you can see everything at once, so train the same networks once more:

# %%
flat, flat_history = sampling.train("VAE", data, seed=0, latent_dim=2)
for name, h in {"2 latents": flat_history, "8 latents": history}.items():
    print(f"{name}: validation reconstruction {h['val_reconstruction'][-1]:.0f} + KL {h['val_kl'][-1]:.0f} nats")

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.2))
plot_latent_plane(flat.decode, steps=11, limit=2.5, ax=left)
left.set_title("What the decoder draws")
z = np.asarray(flat.encode(data.x_test))
for label in range(10):
    style = {"color": plt.cm.tab10(label), "marker": "os^DvP*X<>"[label], "label": data.class_names[label]}
    right.scatter(*z[data.y_test == label][::2].T, s=9, linewidths=0, **style)  # every second one
right.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False, markerscale=2)
right.set(xlim=(-2.75, 2.75), ylim=(-2.75, 2.75), aspect="equal")
right.set(xlabel=left.get_xlabel(), ylabel=left.get_ylabel())
beyond = np.mean(np.abs(z).max(axis=1) > 2.75)
right.set_title(f"Where every second test image lies (mean of q;\n{beyond:.0%} lie beyond ±2.75 and are cut off)")
alt = "Left, a plane of silhouettes that change smoothly; right, the test images' means in it, coloured by class."
show(figure, alt=alt)

# %% [markdown]
# Left and right are the same plane. Neighbouring points draw similar shapes, and the classes lie where their shapes
# are drawn, though no label was used. A tenth of the test images lie beyond the edge, where $N(0, I)$ would put about
# one in a hundred: the mismatch, made visible.

# %% [markdown]
# ## Where the truth is known
#
# How far below the truth does the bound lie? There is a VAE whose integral *can* be solved: prior $N(0, I)$, a decoder
# that is one matrix $W$ and a bias $b$, and Gaussian pixels of standard deviation $s$. Then
# $x = W z + b + \text{noise}$ is a sum of independent normal variables, and so normal itself. $z$ has covariance $I$,
# so $W z$ has covariance $W W^\top$ ($\top$ transposes a matrix); the noise adds $s^2 I$:
# $p(x) = N(b,\; W W^\top + s^2 I)$.
#
# The true posterior is normal, too. As a function of $z$, $\log p(x \mid z) + \log p(z)$ is
#
# $$-\frac{|x - b - W z|^2}{2 s^2} - \frac{|z|^2}{2} + \dots
# = -\frac{1}{2} z^\top M z + z^\top \frac{W^\top (x - b)}{s^2} + \dots, \qquad M = I + \frac{W^\top W}{s^2}$$
#
# where the dots do not depend on $z$. (Multiply out $|x - b - W z|^2 = |x - b|^2 - 2 z^\top W^\top (x - b) + z^\top
# W^\top W z$.) A normal density with mean $\mu$ and precision matrix (inverse covariance) $M$ has the logarithm
# $-\frac{1}{2} z^\top M z + z^\top M \mu + \dots$ So $M$ is the precision, and $M \mu = W^\top (x - b) / s^2$:
# $p(z \mid x) = N\bigl(M^{-1} W^\top (x - b) / s^2,\; M^{-1}\bigr)$.
#
# We train it on digits of 8 x 8 pixels, with four latents and a learnt $s$, and stop when it is half trained. (These
# are *densities* of real-valued pixels, so their logarithms may be positive.)

# %%
from scipy.special import logsumexp

digits = ae.data.load("digits")
x, x_test = digits.x_train.reshape(-1, 64), digits.x_test.reshape(-1, 64)
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder((64,), 2 * 4, hidden=())
decoder = ae.networks.dense_decoder(4, (64,), hidden=())
linear = ae.VAE(encoder, decoder, ae.distributions.Gaussian("learned"))
linear.compile(keras.optimizers.Adam(3e-3))
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
# The ELBO takes the mean of the logarithms of the weights $w = p(x, z) / q(z \mid x)$. Jensen's inequality loses less
# when less varies, so average $K$ weights *before* taking the logarithm. This is the **importance-weighted bound**,
# `log_likelihood(x, samples=K)`:
#
# $$L_K(x) = \mathbb{E} \left[ \log \frac{1}{K} \sum_{k=1}^{K} \frac{p(x, z_k)}{q(z_k \mid x)} \right],
# \qquad L_1 = \mathrm{ELBO} \le L_2 \le \dots \le \log p(x)$$
#
# where $z_1, \dots, z_K$ are independent draws from $q(z \mid x)$. It stays below the truth by Jensen, as the expected
# weight is $p(x)$. And it rises: the mean of $K$ weights is also the mean of the $K$ averages that leave one weight
# out, so its logarithm is at least the mean of *their* logarithms, in expectation $L_{K-1}$.
#
# The ELBO itself needs no draws here. With $z$ from $q$, of means $m_j$ and variances $v_j$, the mean of
# $|x - b - W z|^2$ is $|x - b - W m|^2 + \sum_j v_j |W_j|^2$, where $W_j$ is the $j$-th column of $W$.

# %%
samples, repeated = [1, 2, 5, 10, 20, 50, 100], np.tile(x_test, (5, 1))  # each image five times: less noise
estimates = [[np.mean(linear.log_likelihood(repeated, samples=k, seed=seed)) for k in samples] for seed in range(4)]
bound, noise = np.mean(estimates, axis=0), np.std(estimates, axis=0)


def exact_elbo(model):
    """The mean ELBO of the test images in closed form: the mean over z from q is a sum of variances."""
    W, b, s, _ = exact_model(model)
    m, v = (np.asarray(part, float) for part in (model.posterior(x_test).mean(), model.posterior(x_test).variance()))
    square = np.sum((x_test - b - m @ W.T) ** 2, axis=1) + v @ np.sum(W**2, axis=0)
    kl = np.sum(m**2 + v - 1 - np.log(v), axis=1) / 2
    return np.mean(-square / (2 * s**2) - 64 * np.log(s) - 32 * np.log(2 * np.pi) - kl)


truth, elbo = np.asarray(exact_model(linear)[3].log_prob(x_test)).mean(), exact_elbo(linear)

# %%
_, ax = plt.subplots(figsize=(6.5, 3.6))
ax.axhline(truth, color="black", linewidth=1)
ax.errorbar(samples, bound, noise, fmt="o-", color=COLOURS[0], capsize=3)
ax.axhline(elbo, color=COLOURS[1], linestyle="--")
ax.annotate("exact log p(x)", (1, truth), va="bottom")
label = "importance-weighted bound,\nstddev of 4 estimates"
ax.annotate(label, (5, bound[2]), xytext=(8, -8), textcoords="offset points", va="top")
ax.annotate("ELBO", (100, elbo), va="bottom", ha="right", color=COLOURS[1])
ax.set(xscale="log", xlabel="samples K for each image", ylabel="nats per test image")
ax.set_xticks([1, 10, 100], ["1", "10", "100"])
ax.set_title("From the ELBO to the truth")
ax.spines[["top", "right"]].set_visible(False)
show(ax, alt="The importance-weighted bound starts at the ELBO and climbs with K almost to the exact log p(x).")

# %% [markdown]
# At $K = 1$ the bound is the ELBO, and the dot lies on the line, up to its own noise. With a hundred codes from $q$
# it comes within a hundredth of a nat of the truth. Is the gap the divergence from $q$ to the true posterior?

# %%
gap = truth - elbo
q = tfd.MultivariateNormalDiag(linear.posterior(x_test).mean(), linear.posterior(x_test).stddev())
divergence = np.asarray(tfd.kl_divergence(q, true_posterior(linear, x_test))).mean()
print(f"log p(x) - ELBO: {gap:.3f} nats, KL from q to the true posterior: {divergence:.3f} nats")

# %% tags=["nbval-check-output"]
print("ELBO < bound with K=10 < truth:", elbo < bound[3] < truth)
print("with K=100 less than 0.02 nats are missing:", abs(truth - bound[-1]) < 0.02)
print("the gap is the divergence, to 0.002 nats:", abs(gap - divergence) < 0.002)

# %% [markdown]
# > **For graduate readers.** You can also train on $L_K$ (Burda et al. 2016). But as $K$ grows, the *encoder's*
# > gradient shrinks faster than its noise: the ratio of the two falls as $1 / \sqrt{K}$ (Rainforth et al. 2018).

# %% [markdown]
# And averaging over codes from the prior? A rule of thumb says that it takes about $e^D$ codes, where
# $D = \mathrm{KL}(p(z \mid x) \,\|\, p(z))$ is the divergence of the *true* posterior, not of $q$, from the prior
# (Chatterjee and Diaconis 2018). **Predict:** here $D$ is about 4 nats. How many codes will it take?

# %%
W, b, s, evidence = exact_model(linear)
standard = tfd.MultivariateNormalDiag(np.zeros(4, "float32"), np.ones(4, "float32"))
D = float(np.mean(tfd.kl_divergence(true_posterior(linear, x_test), standard)))
logged = float(np.mean(linear.terms(x_test, linear(x_test))[1]))
print(f"D = {D:.1f} nats (the KL in the ELBO: {logged:.1f}), e^D = {np.exp(D):.0f}")
drawn = rng.normal(size=(20_000, 4)) @ W.T + b
square = np.sum(x_test**2, axis=1)[:, None] - 2 * x_test @ drawn.T + np.sum(drawn**2, axis=1)
log_p_x_given_z = -square / (2 * s**2) - 64 * np.log(s * np.sqrt(2 * np.pi))
for n in (1, 10, 100, 1000, 20_000):
    estimates = logsumexp(log_p_x_given_z[:, :n], axis=1) - np.log(n)
    print(f"{n:6} codes from the prior: {np.mean(evidence.log_prob(x_test) - estimates):6.2f} nats below the truth")

# %% [markdown]
# A hundred codes come within a nat of the truth, a thousand within a tenth. With so little information in a code, you
# do not need $q$.
#
# Now train to the end. As a rival, scikit-learn fits the same model, *probabilistic PCA*, by a formula.

# %%
from sklearn.decomposition import PCA

rate = keras.optimizers.schedules.CosineDecay(1e-2, 100 * 17)
linear.compile(keras.optimizers.Adam(rate))
_ = linear.fit(x, epochs=100, batch_size=64, verbose=0)
truth_after = np.asarray(exact_model(linear)[3].log_prob(x_test)).mean()
elbo_after = exact_elbo(linear)
pca = PCA(4).fit(x).score(x_test)
print("nats per test image    exact log p(x)    ELBO    gap")
print(f"half-trained           {truth:14.2f} {elbo:7.2f} {gap:6.2f}")
print(f"trained on             {truth_after:14.2f} {elbo_after:7.2f} {truth_after - elbo_after:6.2f}")
print(f"probabilistic PCA      {pca:14.2f}")

# %% tags=["nbval-check-output"]
print("the trained model is as good as probabilistic PCA, to 0.1 nats:", abs(truth_after - pca) < 0.1)
print("and its gap is under a third of what it was:", truth_after - elbo_after < gap / 3)

# %% [markdown]
# The linear VAE *is* probabilistic PCA: the same log-likelihood to a tenth of a nat. And the gap has all but closed:
# the true posterior is normal, and the axes of the code can turn until $M$ is diagonal, so that $q$ can match it.

# %% [markdown]
# ## Where the truth is not known
#
# With a deep decoder the true posterior can have any shape, so a gap remains. For our silhouettes a tighter bound says
# how wide it is *at least*. We also average over codes from the prior, for a hundred test images. (All these estimates
# are too low on average, so higher is better.)

# %%
hundred = data.x_test[::20]
logits = ae.diagnostics.in_batches(vae.decoder, rng.normal(size=(20_000, 8)).astype("float32")).reshape(-1, 784)
log_p_x_given_z = hundred.reshape(100, 784) @ logits.T - np.logaddexp(0, logits).sum(axis=1)  # 100 x 20,000
for n in (1, 100, 1000, 20_000):
    print(f"{n:6} codes from the prior: {np.mean(logsumexp(log_p_x_given_z[:, :n], axis=1) - np.log(n)):7.1f} nats")
elbo_100 = np.mean(vae.elbo(np.repeat(hundred, 20, axis=0)))
print(f"     1 code from q (ELBO):  {elbo_100:7.1f} nats")
print(f"   500 codes from q:        {np.mean(vae.log_likelihood(hundred, samples=500, seed=0)):7.1f} nats")

# %% tags=["nbval-check-output"]
best_of_prior = np.mean(logsumexp(log_p_x_given_z, axis=1) - np.log(20_000))
print("one code from q is worth more than 20,000 from the prior:", elbo_100 > best_of_prior)

# %% [markdown]
# One code from the right place beats twenty thousand from the prior. $D$, estimated with draws from $q$, is about 17
# nats (`bounds.csv`), so the rule asks for $e^{17}$, or 24 million, codes per image. Here "intractable" means too slow
# for any training loop, not impossible.
#
# And the ELBO is *not* tight: 500 codes from $q$ lift the bound by six nats (in `nats.csv`, by 6.3 to 6.5 with five
# seeds). Is it the shape of $q$, or the encoder's guess? `bounds.py` chose mean and variance anew for each of the
# hundred images, with latents still normal and independent, and with the same decoder:

# %%
table = stored[stored.model == "VAE"]
print(
    table[["images", "seed", "q", "ELBO", "500 samples"]]
    .round(1)
    .sort_values(["images", "seed"])
    .to_string(index=False)
)

# %% [markdown]
# With both seeds the ELBO of the test images rises by 8 nats, and the 500 draws then add little more than one. So most
# of the gap that this bound can see is due to the encoder, not to the shape of $q$. (On training images, which the
# encoder has seen, the rise is 5 nats.) The truth lies higher still.

# %% [markdown]
# ## What we saw
#
# - The ELBO bounds $\log p(x)$ from below; the gap is the KL divergence from $q(z \mid x)$ to the true posterior. On a
#   linear model both were measured and agreed; on silhouettes the gap is at least nine nats, most of that due to the
#   encoder.
# - Reconstruction falls; KL may rise or fall, depending on the network and the number of latents.
# - From $N(0, I)$ the VAE draws far better than the plain autoencoder, but no better than the normalised one. With
#   twenty normals fitted, all three draw about as well as they reconstruct.
# - One training gives a VAE a bound on $\log p(x)$, codes with a width, and one price for error and code.
# - The mean KL is information plus mismatch with the prior. The split depends on the number of images, but at least 3
#   nats of mismatch would remain with any number, for this encoder.
#
# **To remember.** Sum over pixels, sum over latents, average over images. Record both terms. Variance, standard
# deviation and log-variance are three things. A bound is not a likelihood: say which one you report. Before you praise
# a new model, normalise the old one.
#
# **Where it breaks.** Silhouettes are easy; distances from this small judge cannot be compared with numbers from
# elsewhere. We tried one training length and one size of network. Why a gradient can pass through a random draw is
# left to lesson 8, "Gradients through randomness".
#
# **Sources.** D. Kingma and M. Welling 2014, *Auto-encoding variational Bayes* (the VAE; sections 2.1 to 2.3, the KL
# formula in appendix B), and D. Rezende, S. Mohamed and D. Wierstra 2014, *Stochastic backpropagation and approximate
# inference in deep generative models*. M. Jordan, Z. Ghahramani, T. Jaakkola and L. Saul 1999, *An introduction to
# variational methods for graphical models*. C. Cremer, X. Li and D. Duvenaud 2018, *Inference suboptimality in
# variational autoencoders*. P. Ghosh, M. Sajjadi, A. Vergari, M. Black and B. Schölkopf 2020, *From variational to
# deterministic autoencoders* (rivals without noise, and fitting a density afterwards). M. Heusel and others 2017, *GANs
# trained by a two time-scale update rule converge to a local Nash equilibrium* (the Fréchet distance). M. Hoffman and
# M. Johnson 2016, *ELBO surgery: yet another way to carve up the variational evidence lower bound* (the parts of the
# KL). Y. Burda, R. Grosse and R. Salakhutdinov 2016, *Importance weighted autoencoders* (the bound, section 3). T.
# Rainforth and others 2018, *Tighter variational bounds are not necessarily better*. S. Chatterjee and P. Diaconis
# 2018, *The sample size required in importance sampling*. M. Tipping and C. Bishop 1999, *Probabilistic principal
# component analysis*, and J. Lucas, G. Tucker, R. Grosse and M. Norouzi 2019, *Don't blame the ELBO!* (the linear VAE).
# H. Xiao, K. Rasul and R. Vollgraf 2017, *Fashion-MNIST*.
#
# <!--
# Confirmed against the text: Burda et al., section 3. Confirmed against the abstract: Cremer et al. (which gap was the
# larger, and the decoder's part in it), Rainforth et al. (the encoder's signal-to-noise ratio falls), Chatterjee and
# Diaconis (exp(D) samples, D from the target to what is drawn from), Ghosh et al., Lucas et al. Hoffman and Johnson:
# confirmed against summaries by others. Taken on trust: the section numbers of Kingma and Welling; the rate 1/sqrt(K)
# of Rainforth et al.; what is said of the others. -->
