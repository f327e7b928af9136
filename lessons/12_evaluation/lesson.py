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
# # Lesson 12. Is it any good?
#
# **After this lesson you can** report a bound on $\log p(x)$ with its error bars, and say how many samples it needs;
# measure how close generated images are to real ones, by Fréchet distance, precision and recall, and say what misleads
# each; test whether a model has memorised its training images; and explain why good nats and good samples are two
# things.
#
# **You need** lesson 10, and from lesson 7 the ELBO and the importance-weighted bound.
#
# **Time** part one (nats) about 25 minutes, part two (samples) about 30; a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence), of which 12,000 images come with the package, and
# scikit-learn's handwritten digits (UCI, CC BY 4.0). Nothing is downloaded.

# %% [markdown]
# ## Two questions
#
# Two questions can be asked of a generative model. How probable does it find new, real images? And how much do the
# images that it draws look like real ones? The first has an answer in **nats per image**, $\log p(x)$. The second is
# for the eye, and for numbers that stand in for the eye.
#
# It is natural to expect that one answer implies the other. We start with a model for which it does not.
#
# Our images are the *silhouettes* of lesson 7: Fashion-MNIST, with each pixel 1 if it is brighter than a fifth of
# white, else 0. The model is a VAE with 8 latents, trained for 10 epochs (script `clothes.py`).

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("12_evaluation")

# %%
import autoencoders_edu as ae
import clothes  # the scripts beside this notebook
import contenders
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.metrics.generation import frechet_distance, frechet_extrapolated, precision_recall
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show
from contenders import nats

data = clothes.silhouettes()
vae = clothes.train(data.x_train, seed=0)
x_test = data.x_test[::8]  # 250 images

# %% [markdown]
# The second model needs no training: 784 fair **coins**, one for each pixel. The third is a **mixture** of the two. To
# draw an image from it, first choose a model, the VAE with probability $s$, the **share**, then draw from that one.
# Therefore
#
# $$ p(x) = s\, p_{\mathrm{VAE}}(x) + (1 - s)\, p_{\mathrm{coins}}(x)
# \qquad\Rightarrow\qquad \log p(x) \ge \log s + \log p_{\mathrm{VAE}}(x). $$
#
# **Predict.** Let $s$ be 1 %. By how many nats is the mixture worse than the VAE? And what do ten of its samples look
# like?

# %% [markdown]
# To compute it, we need the logarithm of a sum of two tiny numbers. `np.exp` makes both of them 0 in single precision,
# and the logarithm of 0 is minus infinity. `np.logaddexp(a, b)` is $\log(e^a + e^b)$ without that detour: it takes the
# larger of the two outside, $a + \log(1 + e^{b - a})$.

# %%
of_vae = nats(vae, x_test, samples=100).astype(float)  # a lower bound for each image
of_coins = np.full(len(x_test), 784 * np.log(0.5))


def mixed(share):
    """The log-probability of each image under the mixture: a lower bound, as the VAE's is one."""
    if share == 1:
        return of_vae
    return np.logaddexp(np.log(share) + of_vae, np.log(1 - share) + of_coins)


with np.errstate(divide="ignore"):
    naive = np.log(0.01 * np.exp(of_vae.astype("float32")) + 0.99 * np.exp(of_coins.astype("float32")))
print(f"VAE {of_vae.mean():.1f}, coins {of_coins.mean():.1f}, mixture {mixed(0.01).mean():.1f} nats per test image")
print(f"the mixture without logaddexp, in single precision: {naive.mean()}")

# %% tags=["nbval-check-output"]
lost = of_vae - mixed(0.01)
print(f"1 % VAE, 99 % coins: {lost.mean():.2f} nats lost, log 100 = {np.log(100):.2f}")


# %%
def draw_mixture(share, n, seed):
    """n images of the mixture, each from the VAE with probability `share`, else tossed."""
    rng = np.random.default_rng(seed)
    tossed = (rng.random((n, 28, 28, 1)) < 0.5).astype("float32")
    from_vae = rng.random((n, 1, 1, 1)) < share
    return np.where(from_vae, clothes.drawn(vae, n, seed), tossed)


def plot_mixtures(shares):
    rows = {}
    for share in shares:
        name = f"{100 * share:g} % VAE\n{mixed(share).mean():.1f} nats"
        rows[name] = draw_mixture(share, 10, seed=0)
    return plot_image_rows(rows)


ax = plot_mixtures([1, 0.5, 0.1, 0.01])
ax.set_title("Samples of four mixtures, and their nats per test image", fontsize=10)
show(ax, alt="Ten samples each of mixtures with 100, 50, 10 and 1 % VAE: clothes in the first row, noise in the last.")

# %% [markdown]
# With 1 % VAE, nearly all samples are noise, and the log-probability has hardly moved: of more than 400 nats between
# the coins and the VAE, 4.6 are lost. The argument is due to Theis and others (2016). It needs no coins. A sum is at
# least as large as each of its terms, so however bad the other 99 % are, they cost at most $\log 100$, and they cost
# no more if images are larger.
#
# Move the share yourself (this needs Jupyter; the figure above shows four):

# %%
from ipywidgets import FloatLogSlider, interact


def drag(share=0.1):
    show(plot_mixtures([share]), alt=f"Ten samples of a mixture with {100 * share:.2g} % VAE.")


_ = interact(drag, share=FloatLogSlider(0.1, base=10, min=-4, max=0, step=0.25, continuous_update=False))

# %% [markdown]
# And the reverse: perfect samples and poor nats? Let a model hand back a random training image, with each pixel flipped
# with probability $e$. With $d_n(x)$ the number of pixels in which $x$ differs from training image $n$ of $N$,
#
# $$ \log p(x) = \log \frac{1}{N} \sum_n e^{\,d_n(x)}\, (1 - e)^{\,784 - d_n(x)} . $$

# %%
from scipy.special import logsumexp

flat, flat_test = data.x_train.reshape(-1, 784), x_test.reshape(-1, 784)
differing = flat_test.sum(axis=1)[:, None] + flat.sum(axis=1) - 2 * flat_test @ flat.T  # for pixels that are 0 or 1
for e in (0.01, 0.04):
    log_each = differing.astype(float) * np.log(e) + (784 - differing) * np.log(1 - e)
    of_copier = logsumexp(log_each, axis=1) - np.log(len(flat))
    print(f"copier, {e:.0%} of pixels flipped: {of_copier.mean():.1f} nats per test image; VAE: {of_vae.mean():.1f}")

# %% [markdown]
# With $e$ = 1 %, its samples are training images with eight wrong pixels each, and it is 84 nats worse than the VAE.
# **Neither number can replace the other.** Part two shows the same with models that someone might train in earnest.

# %% [markdown]
# ## A bound, and how far it is from the truth
#
# For a VAE we know only lower bounds. The importance-weighted bound averages $K$ weights
# $w_k = p(x, z_k) / q(z_k|x)$, with $z_k$ drawn from $q(z|x)$:
#
# $$ L_K(x) = \mathrm{E} \Bigl[ \log \frac1K \sum_{k=1}^K w_k \Bigr], \qquad
# L_1 = \mathrm{ELBO} \le L_2 \le \dots \le \log p(x). $$
#
# Once by hand, in logarithms throughout, and with the library's `log_likelihood`:


# %%
def log_weights(model, x, K, log_prior=None):
    """log w for K codes of each image: (K, images)."""
    q = model.posterior(x)
    z = q.sample(K, seed=ae.distributions.next_seed(0))
    flat, repeated = keras.ops.reshape(z, (-1, z.shape[-1])), np.concatenate([x] * K)
    log_p = model.likelihood(flat).log_prob(repeated) + (log_prior or model.prior.log_prob)(flat)
    return np.asarray(keras.ops.reshape(log_p, (K, -1)) - q.log_prob(z), float)


def weighted(log_w):
    """The estimate of L_K for each image."""
    return logsumexp(log_w, axis=0) - np.log(len(log_w))


# %% tags=["nbval-check-output"]
fifty = x_test[::5]
by_hand, by_library = weighted(log_weights(vae, fifty, K=100)).mean(), nats(vae, fifty, 100, seed=1).mean()
print("by hand and by the library, with other draws, to 1 nat:", abs(by_hand - by_library) < 1)

# %% [markdown]
# How much is missing at $K$? Lesson 7 knew the truth in one case: a VAE whose encoder and decoder are linear, with a
# normal likelihood. Its $p(x)$ is one normal distribution. We train such a model on grey digits, stop early so that
# $q$ is not perfect, and go to $K$ = 5000.

# %%
digits = ae.data.load("digits")
linear = contenders.train_linear(digits.x_train.reshape(-1, 64), seed=0)
hundred = digits.x_test[:100].reshape(-1, 64)
truth = contenders.exact_log_p(linear, hundred)
ks = [1, 10, 100, 1000, 5000]
estimates = {k: np.array([nats(linear, hundred, k, seed) for seed in range(5)]) for k in ks}

# %%
missing = {k: (truth - each).mean(axis=1) for k, each in estimates.items()}
for k, each in missing.items():
    print(f"K = {k:4}: {each.mean():7.4f} nats below the truth, standard deviation of 5 estimates {each.std():.4f}")

# %% [markdown]
# The bound is right, and a thousand samples come within a hundredth of a nat. Ten times as many samples leave about a
# fifth of the gap. (A Taylor expansion of the logarithm gives a gap of $V / (2K)$ for large $K$, hence a tenth, with
# the weights' relative variance $V = \mathrm{Var}(w) / \mathrm{E}(w)^2$. A slower fall suggests that $V$ is very
# large.) At 5000 what is left is no larger than the noise of the estimates.
#
# ## Two kinds of error bars
#
# - **Over images.** The test images are a sample. The standard error of the mean is the standard deviation over images
#   divided by the root of their number.
# - **Over repetitions.** The codes are drawn at random: with another seed the same images get another estimate. Repeat
#   with several seeds, take the standard deviation.
#
# **Predict.** For `vae`, 250 images and $K$ = 100: which is larger, and by what factor?

# %%
repeated = np.array([nats(vae, x_test, 100, seed) for seed in range(5)])  # (seeds, images)
over_images = repeated[0].std() / len(x_test) ** 0.5
over_repetitions = repeated.mean(axis=1).std()
print(f"bound {repeated.mean():.2f} nats per test image")
print(f"standard error over images {over_images:.2f}, standard deviation over repetitions {over_repetitions:.3f}")

# %% [markdown]
# The choice of test images matters some sixty times as much as the draws. But if two models are compared on *the
# same* images, part of that is shared, and what counts is the standard error of the **differences**, image by image.
# Compare our VAE with one of 2 latents, trained for 5 epochs:

# %%
smaller = clothes.train(data.x_train, seed=0, latents=2, epochs=5)
of_smaller = nats(smaller, x_test, 100).astype(float)
difference = of_vae - of_smaller
for name, values in {"VAE": of_vae, "2 latents": of_smaller, "difference": difference}.items():
    print(f"{name:10} {values.mean():8.2f} +- {values.std() / len(values) ** 0.5:.2f} nats")

# %% [markdown]
# Two independent sets of images would have given an error of 7.8, the root of the summed squares. The differences give
# less than half.
#
# Neither error bar is about training: another seed for the *weights* gives another model. That takes several
# trainings, as in the tables of this lesson.
#
# ## How many samples are enough?
#
# The bound has an unknown distance from the truth, which depends on the model. Two signs that it is still large: the
# bound still rises when $K$ grows tenfold; and a few weights carry the whole sum. The **effective sample size** of $K$
# weights is $(\sum_k w_k)^2 / \sum_k w_k^2$: it is $K$ if all are equal, and 1 if one outweighs all others.
#
# `contenders.py` has trained three VAEs on digits in black and white (8 x 8 pixels, brighter than one half or not),
# from five seeds each: one with 2 latents, one with 16, and one with 16 and **beta** = 0.3, where the KL counts less in
# training. All are judged by the same bounds on validation images.
#
# **Predict.** Which has the largest KL? Which gains most as $K$ grows?

# %%
table = pd.read_csv("contenders.csv")
columns = [f"K={k}" for k in ks]


def mean_and_spread(rows, columns, by="model", digits=2):
    """Mean and standard deviation over seeds."""

    def in_words(values):
        spread = f" ± {values.std():.{digits}f}" if values.count() > 1 else ""
        return f"{values.mean():.{digits}f}{spread}"

    return rows.groupby(by, sort=False)[columns].agg(in_words)


mean_and_spread(table, columns)

# %% [markdown]
# Seed 0 live, beside a stored number, with the KL and the effective sample size:

# %%
bw = contenders.black_and_white()
for name in ("2 latents", "16 latents, beta 0.3"):
    model = contenders.train(name, bw.x_train, seed=0)
    now, then = nats(model, bw.x_val, 5000).mean(), table[(table.model == name) & (table.seed == 0)]["K=5000"].item()
    log_w = log_weights(model, bw.x_val[:100], K=1000)
    size = np.exp(2 * logsumexp(log_w, axis=0) - logsumexp(2 * log_w, axis=0))
    kl = ae.diagnostics.collapse_report(model, bw.x_val).kl
    print(f"{name}: KL {kl:.1f}, K = 5000 {now:.2f} nats (stored {then:.2f}); ", end="")
    print(f"of 1000 weights {np.median(size):.0f} are effective")

# %%
_, ax = plt.subplots(figsize=(6.5, 3.8))
for index, (name, rows) in enumerate(table.groupby("model", sort=False)):
    for _, row in rows.iterrows():
        ax.plot(ks, row[columns], "os^"[index] + "-", color=COLOURS[index], alpha=0.5, label=name)
        name = None  # one entry in the legend for each model
ax.set(xscale="log", xlabel="samples K for each image", ylabel="bound, nats per validation image")
ax.set(title="Five trainings each")
ax.legend(frameon=False)
show(
    ax,
    alt="With K the bound of beta 0.3 rises by more than four nats and passes that of 2 latents, which hardly rises; "
    "with 16 latents and beta 1 it is highest throughout.",
)

# %% [markdown]
# With one sample, the model with 2 latents is 2.6 nats ahead of the one trained with beta = 0.3; with 5000 it is 1.4
# behind. They change places between $K$ = 10 and 100, with every seed. If z said nothing about x, all weights would be
# equal and the ELBO would be $\log p(x)$ (lesson 11); two latents come close to that, and gain 0.3 nats in all. **Few
# samples flatter models with little KL.** But KL is not the whole story: what counts is how well $q$ fits the true
# posterior. (Where it fits badly, few of the weights are effective.)
#
# Compare models where their bounds have stopped rising. Beta = 0.3 still gains 0.3 nats from 1000 to 5000, so the table
# shows that it beats 2 latents, but not by how much. And it is still 0.9 below the model with beta = 1, whose bound has
# settled: for *that* comparison no $K$ in the table is enough.

# %% [markdown]
# ## Black and white in three ways
#
# Our images are grey at first. Three ways to make them black and white are in use, and papers that say "binarised" may
# mean any of them:
#
# - **threshold**: a pixel is 1 if it is brighter than one half;
# - **static**: a pixel of brightness 0.7 is 1 with probability 0.7, drawn *once*, and everyone uses these images
#   (Salakhutdinov and Murray 2008, for MNIST);
# - **dynamic**: the same, but drawn anew each time an image is used.
#
# With the last two, the images contain chance that no model can predict. For an image with brightnesses $g_i$, the
# draws have the entropy $\sum_i -g_i \log g_i - (1 - g_i) \log (1 - g_i)$. Its mean over images is a **floor**: even a
# model that is told the grey image loses that many nats on average.
#
# **Predict.** Is there a floor for thresholded images? For Fashion-MNIST, is the floor of the drawn ones closer to 1,
# 10, 100 or 200 nats?

# %%
from scipy.special import entr


def floor(grey):
    """The mean entropy of drawn images in nats; entr(g) is -g log g, and 0 for g = 0."""
    return (entr(grey.astype(float)) + entr(1 - grey.astype(float))).sum(axis=(1, 2, 3)).mean()


print(f"floor: digits {floor(digits.x_test):.1f}, Fashion-MNIST {floor(ae.data.load('fashion_mnist').x_test):.1f} nats")

# %% [markdown]
# On average over draws, no model of drawn clothes can lose less than 190 nats. Our VAE of thresholded clothes loses
# 135. That does not make it better than a model at 200: it was asked something easier.
#
# We trained a VAE with 16 latents on digits made black and white in each way (five seeds), and judged every one on
# test images made in each way, by the bound with 200 samples. A fourth column feeds it *grey* pixels, as is often done,
# with the same cross-entropy.

# %%
binarised = pd.read_csv("binarised.csv")
mean_and_spread(binarised, list(binarised.columns[2:]), by="trained on")

# %% [markdown]
# One row of it live: trained on images drawn anew in each epoch.

# %%
dynamic = contenders.train_on("dynamic", digits.x_train, seed=0)
for way in contenders.WAYS:
    x = contenders.binarised(digits.x_test, way, seed=0)
    print(f"{way:10} {nats(dynamic, x, 200).mean():7.2f} nats per test image")

# %% [markdown]
# - One and the same model, trained on dynamic images, gets -19.90 on thresholded and -23.43 on drawn ones. Even the
#   order turns: the model trained on thresholded images is best on these, at -18.25, and worst on drawn ones. **Numbers
#   from different binarisations cannot be compared.**
# - Static and dynamic *test* images differ by 0.1 or 0.2 nats: both are draws. Another static draw would give another
#   number.
# - Static *training* images can be learnt by heart. The model gets -22.78 on them and -23.37 on static test images.
#   With dynamic training the two are closer, -23.15 and -23.43; on test images it gains next to nothing here.
# - Grey pixels give a fourth number, which is the log-probability of nothing (Loaiza-Ganem and Cunningham 2019).
# - The floor is 13.6. So of the 23.4 nats for drawn digits, at most ten could be saved by any model.

# %% [markdown]
# # Part two begins here
#
# To resume here, first choose *Run*, *Run All Above Selected Cell*. So far:
#
# - A mixture with 1 % VAE and 99 % coins loses 4.6 nats: log-probability hardly notices bad samples.
# - Report a bound with $K$, its standard error over images and over repetitions; compare models on the same images,
#   where their bounds no longer rise.
# - Nats depend on how images were made black and white. Compare only on the same images.
#
# ## How far from real images?
#
# Lesson 7 used the **Fréchet distance**: a small classifier, the *judge*, turns each image into 64 features. Real and
# generated images become two clouds of points, and with their means $m_1, m_2$ and covariances $C_1, C_2$,
#
# $$ d^2 = |m_1 - m_2|^2 + \mathrm{tr}\bigl( C_1 + C_2 - 2\, (C_1 C_2)^{1/2} \bigr). $$
#
# Its value depends on the number $n$ of images: means and covariances of few images are off by chance, and that adds to
# the distance. To see how much, we compare two sets of real images, test and validation images. Neither the judge nor a
# model has been trained on them.
#
# **Predict.** For 100 images of each: is the distance between two sets of real images nearer to 0, 1 or 10? For 1000?
#
# A second VAE joins in, trained with beta = 4. And a **copier**: it knows 100 training images and draws one of them at
# random each time.

# %%
from autoencoders_edu.metrics.classifier import features, train_classifier

judge = train_classifier(data)
calm = clothes.train(data.x_train, seed=0, beta=4.0)
known = clothes.few(data, seed=0)
samples = {
    "VAE": clothes.drawn(vae, 2000, seed=0),
    "VAE, beta 4": clothes.drawn(calm, 2000, seed=0),
    "copier of 100": clothes.copies(known, 2000, seed=0),
    "validation images": clothes.shuffled(data.x_val),
}
real = features(judge, clothes.shuffled(data.x_test))
made = {name: features(judge, images) for name, images in samples.items()}


# %%
def against_n(cloud):
    """The Fréchet distance to the test images for each size (below 2000: a mean of ten choices of images)."""
    return {n: clothes.frechet_at(n, cloud, real) for n in clothes.SIZES if n <= len(cloud)}


live = {name: against_n(cloud) for name, cloud in made.items()}
pd.DataFrame(live).T.round(1)

# %%
_, ax = plt.subplots(figsize=(6.5, 3.8))
for index, (name, curve) in enumerate(live.items()):
    style = {"color": COLOURS[index], "marker": "os^D"[index]}
    fitted = frechet_extrapolated(made[name], real)
    n = np.array(list(curve))
    ax.plot(1 / n, list(curve.values()), linestyle="none", label=name, **style)
    ax.plot([0, 1 / 200], [fitted.distance, fitted.distance + fitted.slope / 200], color=COLOURS[index], linewidth=1)
ax.set(xlabel="1 / n", ylabel="Fréchet distance to n test images", title="Distances against 1 / n, and extrapolated")
ax.set_xticks([0, 1 / 1000, 1 / 500, 1 / 200, 1 / 100], ["0", "1/1000", "1/500", "1/200", "1/100"])
ax.legend(frameon=False)
show(
    ax,
    alt="Distances rise with 1 / n: from the top VAE, beta 4, copier, validation images, which start at 0.",
)

# %% [markdown]
# For larger $n$ the distances fall roughly along lines in $1 / n$. `frechet_extrapolated` fits one to sizes from a
# fifth of the images up; its intercept, at $1/n = 0$, is the distance **extrapolated** to unlimited images (Chong and
# Forsyth 2020). The validation images give the **floor**: 8.0 at $n$ = 100, 0.6 at 1000, and -0.5 extrapolated, that
# is, 0 up to the noise of the fit (each size is used once). So a distance without its $n$ says little, and neither does
# one without a floor.
#
# The lines are not parallel: the **bias**, what is too much at a given $n$, depends on the *model*, too. So it does not
# help to use the same $n$ for all. The table has five seeds (real images: one), copiers that know 25, 50 or 100 images,
# a third beta, and a memoriser that we meet below.
#
# **Predict.** Whose bias is largest: that of a model whose samples vary much, or little?

# %%
stored = pd.read_csv("clothes.csv")
stored["bias, n=100"] = stored["n=100"] - stored["extrapolated"]
mean_and_spread(stored, ["n=100", "n=500", "n=1000", "extrapolated", "bias, n=100"], digits=1)

# %% [markdown]
# Copies of 25 images vary least and have the smallest bias, 6.8; copies of 100 have the largest, 8.8, and real images
# 8.4. So two models that are less than two apart can change places. Take a copier and a VAE that are about equally far,
# with five seeds each, so 25 pairs:

# %%
for one, other in (("copier of 25", "beta 1"), ("copier of 50", "beta 4")):
    first, second = stored[stored.model == one], stored[stored.model == other]
    farther = {n: np.greater.outer(first[n].to_numpy(), second[n].to_numpy()) for n in ("n=100", "extrapolated")}
    turned = np.sum(farther["n=100"] != farther["extrapolated"])
    print(f"{one} farther than {other}: {farther['n=100'].sum()} of 25 pairs at n = 100, ", end="")
    print(f"{farther['extrapolated'].sum()} extrapolated; the order turns in {turned}")

# %% [markdown]
# In 7 pairs of the first kind and 3 of the second, $n$ decides who is closer. Part of this is noise, as the bias of one
# kind of model varies by about 0.9 from seed to seed. On average the copier of 25 is closer than beta = 1 by 1.6 at $n$
# = 100, and level with it if extrapolated.
#
# **A floor that is too kind.** Compare the copier with the images that it knows:

# %%
own = features(judge, known)
print(f"to the copier's 100 images: 100 copies {frechet_distance(made['copier of 100'][:100], own):.1f}, ", end="")
print(f"100 test images {frechet_distance(real[:100], own):.1f}")

# %% [markdown]
# Measured against training images, the copies are closer than *real* images are. What a model or the judge was trained
# on is no yardstick. Take images that neither has seen, for the distance and for the floor.

# %% [markdown]
# ## Precision and recall
#
# One distance cannot say *what* is wrong. Two kinds of failure need two numbers (Sajjadi et al. 2018; here as improved
# by Kynkäänniemi et al. 2019). Around each real image, in feature space, put a ball that reaches to its $k$-th nearest
# neighbour among the real images. The balls together are where real images lie.
#
# - **Precision**: the share of generated images that lie in some ball of a real one. Low if samples look wrong.
# - **Recall**: the share of real images that lie in some ball of a *generated* one. Low if kinds of images are
#   missing.
#
# Before we use a measure, it has to pass controls, made of real images. (1000 validation images are the real ones,
# 1000 made of test images the "generated".)
#
# **Predict** which of the two falls: five of the ten classes are left out; a tenth of the pixels is flipped; everything
# is replaced by coins that fall as often as each pixel is white in the training images.

# %%
rng = np.random.default_rng(0)
some = clothes.shuffled(data.x_test)[:1000]
controls = {
    "real images": some,
    "five classes only": data.x_test[data.y_test < 5],  # 200 images of each
    "3 % of pixels flipped": np.where(rng.random(some.shape) < 0.03, 1 - some, some),
    "10 % of pixels flipped": np.where(rng.random(some.shape) < 0.1, 1 - some, some),
    "copier of 100": samples["copier of 100"][:1000],
    "mixture, 1 % VAE": draw_mixture(0.01, 1000, seed=0),
    "coins, one per pixel": (rng.random(some.shape) < data.x_train.mean(axis=0)).astype("float32"),
    "VAE": samples["VAE"][:1000],
    "VAE, beta 4": samples["VAE, beta 4"][:1000],
}

# %%
held_out, found = made["validation images"], {}
for name, images in controls.items():
    cloud = features(judge, images)
    found[name] = {"Fréchet": frechet_distance(held_out, cloud)}
    for k in (1, 3, 10):
        both = precision_recall(held_out, cloud, k)
        found[name] |= {f"precision, k={k}": both.precision, f"recall, k={k}": both.recall}
pd.DataFrame(found).T.round(2)

# %% [markdown]
# At $k$ = 3 (the usual choice) most controls behave:
#
# - Five classes are missing: recall falls from 0.91 to 0.55, and precision stays. (Five classes of clothes lie in each
#   other's balls, so that recall is above one half.)
# - Pixels are flipped: precision falls to 0.74, then 0.56; with 10 %, recall falls as well.
# - **Coins have the precision of real images**, 0.92. Their Fréchet distance is 103, and anyone sees that they are
#   noise. To the judge all of them look alike, so that they form one small cloud, which lies in the large balls of a
#   few outlying real images.
# - The mixture of the beginning, 4.6 nats from the VAE, has a distance of 119. But its recall is 0.43: the ten or so
#   images that come from the VAE are far from one another and from the noise, so that their balls are enormous.
# - The copier's recall is 0.02, rightly small but for the wrong reason: its images repeat, so that their nearest
#   neighbours are themselves, and most of their balls have radius 0. The Fréchet distance likes the copier: 5.4, less
#   than either VAE.
# - $k$ decides: with 10, nearly everything has precision 1; with 1, real images get 0.6.
#
# So give $k$, both sizes and what real images get, and never a precision alone.
#
# Our two VAEs differ in a way that one distance cannot show: beta = 4 has more precision (0.86 against 0.78) and a
# little less recall (0.63 against 0.69).

# %% [markdown]
# ## Memorised?
#
# A copier has a small Fréchet distance, and its samples convince everyone. Its nats give it away, as we saw; many
# models have none. The usual test is to show, beside samples, their **nearest training images**. For a trained
# memoriser we take a VAE with 16 latents and 100 training images, 600 epochs and beta = 0.1.
#
# **Predict.** Some distance to the nearest training image is normal: the nearest of 9,000 is closer than the nearest
# of 100. What would be a fair comparison?

# %%
memoriser = clothes.memoriser(known, seed=0)
held_out_100 = data.x_val[::10]
honest, learnt = clothes.drawn(vae, 500, seed=0), clothes.drawn(memoriser, 500, seed=0)


def nearest(points, images):
    """For each point the image with fewest different pixels."""
    flat, others = points.reshape(len(points), -1), images.reshape(len(images), -1)
    return images[(flat.sum(axis=1)[:, None] + others.sum(axis=1) - 2 * flat @ others.T).argmin(axis=1)]


rows = {}
for name, points in {"memoriser": learnt[:8], "VAE": honest[:8]}.items():
    rows |= {name: points, f"{name}: nearest\nof 100 known": nearest(points, known)}
    rows |= {f"{name}: nearest\nof 100 held out": nearest(points, held_out_100)}
ax = plot_image_rows(rows)
ax.set_title("Samples, and the images nearest to them by pixels", fontsize=10)
show(ax, alt="Samples and nearest images. The memoriser's resemble the known images more than the held-out ones.")

# %% [markdown]
# Compare with **equally many images that were held out**. A model that has learnt nothing by heart is as often closer
# to the one set as to the other: a share of one half.

# %%
sets = {
    "VAE": honest,
    "memoriser": learnt,
    "memoriser, rounded": contenders.rounded(memoriser, 500, seed=0),
    "copies": clothes.copies(known, 500, seed=0),
    "copies, moved by a pixel": np.roll(clothes.copies(known, 500, seed=0), (1, 1), axis=(1, 2)),
    "test images": clothes.shuffled(data.x_test)[:500],
}
print("Share closer to one of 100 training images than to any of 100 held-out ones")
for name, points in sets.items():
    shares = clothes.closeness(points, data, judge, seed=0)
    print(f"{name:24}", ", ".join(f"{how} {share:.2f}" for how, share in shares.items()))

# %%
of_known, of_new = (nats(memoriser, images, 100).mean() for images in (known, held_out_100))
print(f"memoriser: {of_known:.0f} nats for images that it knows, {of_new:.0f} for others")
mean_and_spread(stored.dropna(subset="by pixels"), ["by pixels", "by features"])

# %% [markdown]
# - The memoriser is found by pixels: 0.86. Values from about 0.4 to 0.6 mean nothing: so much depends on which images
#   happen to be in the two sets (see the test images, and the spread of beta = 1 over seeds).
# - **Pixel distance is blind to small movements.** Copies moved by one pixel to the right and one down pass as new
#   images. Theis and others (2016) warn of this.
# - The judge's features are no cure: by features the memoriser gets 0.59 ± 0.06 over seeds, hardly more than the honest
#   VAE's 0.48 ± 0.06.
# - Nats show it at once.
#
# A share near one half proves little, then. A high one is proof.

# %% [markdown]
# ## Better nats, worse samples
#
# Coins and copiers are constructed. Does it happen to models that someone would train? Two of ours differ in nothing
# but beta: 1, which trains on the ELBO, or 4. Both are judged by the same bound.
#
# **Predict.** Which has the better bound on test images? Whose samples are better? First the pictures:

# %%
rows = {
    "VAE\n(beta 1)": samples["VAE"][:10],
    "VAE, beta 4": samples["VAE, beta 4"][:10],
    "VAE\nrounded": contenders.rounded(vae, 10, seed=0),
    "beta 4\nrounded": contenders.rounded(calm, 10, seed=0),
}
ax = plot_image_rows(rows)
ax.set_title("Pixels drawn from p(x|z), and rounded", fontsize=10)
show(ax, alt="Drawn pixels are speckled for both. Rounded, beta 4 shows whole clothes more often than beta 1.")

# %%
of_calm = nats(calm, x_test, 500).astype(float)
difference = nats(vae, x_test, 500).astype(float) - of_calm
print(f"beta 4: {of_calm.mean():.1f} nats; beta 1 is better by {difference.mean():.1f} +- ", end="")
print(f"{difference.std() / len(difference) ** 0.5:.1f}, on {np.mean(difference > 0):.0%} of the images")

# %%
betas = stored[stored.model.str.startswith("beta")]
mean_and_spread(betas, ["K=1", "K=500", "n=2000", "rounded", "20 normals", "precision", "recall"])

# %%
figure, axes = plt.subplots(1, 2, figsize=(9.5, 3.8))
of_digits = table.assign(nats=table["K=5000"], distance=table["frechet"])
of_clothes = betas.assign(nats=betas["K=500"], distance=betas["extrapolated"])
for ax, rows, title in zip(axes, (of_clothes, of_digits), ("silhouettes", "digits"), strict=True):
    for index, (name, group) in enumerate(rows.groupby("model", sort=False)):
        ax.plot(group.nats, group.distance, "os^DvPx"[index], color=COLOURS[index], label=name, alpha=0.7)
    ax.set(title=title, xlabel="bound, nats per image (right is better)", ylabel="Fréchet distance (down is better)")
    ax.legend(frameon=False, fontsize=8)
    ax.locator_params(axis="x", nbins=5)
show(
    figure,
    alt="Silhouettes: beta 1 has the best bound and the largest distance. Digits: 16 latents are best in both.",
)

# %% [markdown]
# **On silhouettes the two questions have opposite answers.** The bound of beta = 1 is 8 nats better, with every seed.
# But with 2000 images the Fréchet distance of beta = 4 is 10.0 against 17.6 if pixels are drawn, and 8.3 against 13.9
# if they are rounded, again smaller with every seed. Its recall is smaller with every seed, its precision larger with
# four of five. With beta = 10 the bound is worse by another 9 nats, and the distance is about the same.
#
# (From $K$ = 1 to 500 the bound of beta = 4 rises by 13 nats, that of beta = 1 by 7, although beta = 4 has less KL. As
# said, what counts is how well $q$ fits.)
#
# On digits, 16 latents with beta = 1 are best by both measures. The other two disagree: 2 latents have the worse bound
# and, if pixels are drawn, the smaller distance, 4.9 against 5.6. But rounded, it is 15.9 against 5.5. So say which one
# you show: a rounded image, or a grey one of probabilities, is *not* a sample of the model whose nats you report.
#
# Why do beta = 1's samples lose on silhouettes? Remember the mixture. If only one code in twenty from the prior lands
# where the decoder has met codes, that costs $\log 20 = 3$ nats, while nineteen samples of twenty are bad. If that is
# the reason here, better codes must repair the samples. The column "20 normals" is the test: codes from 20 normals
# fitted to the codes of training images, as in lesson 7, with the same decoder. And the order turns: 1.4 for beta = 1,
# 2.6 for beta = 4, 4.9 for beta = 10. **The decoder with the best nats draws the best images, given good codes.** And
# how many nats does the better prior gain?

# %%
normals = clothes.fitted(vae, data, seed=0)


def log_normals(z):
    return normals.score_samples(np.asarray(z, float)).astype("float32")


bound = weighted(log_weights(vae, x_test, 100)).mean()
better = weighted(log_weights(vae, x_test, 100, log_normals)).mean()
print(f"beta 1, K = 100: {bound:.1f} nats with N(0, I) as the prior, {better:.1f} with the 20 normals")

# %% [markdown]
# Less than 4 nats of 135, for a Fréchet distance of 1.4 in place of 17.6. A poor prior costs few nats and most of the
# samples, as the coins did.
#
# ## What we saw
#
# - 1 % VAE and 99 % coins: 4.6 nats lost, and noise for samples. A copier: flawless samples, 84 nats lost.
# - Trained models do the same. Beta = 4 lost 8 nats to beta = 1 and had a Fréchet distance of 10 instead of 18. The
#   cause was the codes: with those of 20 fitted normals, beta = 1 has the best samples as well, and 4 nats more.
# - The bound of a linear VAE reached the known truth with a thousand samples. Beta = 0.3 was 2.6 nats behind 2 latents
#   with one sample and 1.4 ahead with 5000.
# - The choice of test images moves a bound far more than the draws do; differences on the same images are more precise.
# - One model had -19.9 or -23.4 nats, depending on how its test images were made black and white.
# - The Fréchet distance of real images is 8 with 100 of them and about 0 extrapolated; the bias differs from model to
#   model. It prefers a copier of a hundred images to all our VAEs.
# - Coins can have the precision of real images. A copy moved by a pixel passes as new.
#
# **To remember.** Say which bound, which $K$, which binarisation, and both error bars; compare on the same images. Give
# a Fréchet distance with its $n$, extrapolated, beside a floor from images that neither judge nor model has seen. Look
# at samples *as drawn*, beside their nearest training images. No number replaces another: first decide what the model
# is for.
#
# **Where it breaks.** Small images, dense networks, short training, and small judges, whose numbers cannot be compared
# with published ones. Five seeds; one choice of test images. The bound with $K$ = 500 is not tight for silhouettes.
# How we came to the two betas: we had tried 17 models of digits and five of silhouettes with one seed each. Only these
# silhouettes disagreed clearly by every way of drawing, so this is an example and no rule.
# **Annealed importance sampling** (Wu et al. 2017) comes closer to $\log p(x)$ where $q$ is poor; we left it out.
# Whether people find beta = 4's samples better was not asked.
#
# **Sources.** L. Theis, A. van den Oord and M. Bethge 2016, *A note on the evaluation of generative models* (the
# mixture; samples, nats and nearest neighbours). Y. Burda, R. Grosse and R. Salakhutdinov 2016, *Importance weighted
# autoencoders* (the bound, section 3). Y. Wu, Y. Burda, R. Salakhutdinov and R. Grosse 2017, *On the quantitative
# analysis of decoder-based generative models* (annealed importance sampling). R. Salakhutdinov and I. Murray 2008, *On
# the quantitative analysis of deep belief networks*. G. Loaiza-Ganem and J. Cunningham 2019, *The continuous Bernoulli*
# (grey pixels are not binary). M. Heusel and others 2017, *GANs trained by a two time-scale update rule converge to a
# local Nash equilibrium* (the Fréchet distance). M. Chong and D. Forsyth 2020, *Effectively unbiased FID and Inception
# Score and where to find them*. M. Lucic and others 2018, *Are GANs created equal? A large-scale study* (the distance
# over many trainings). M. Sajjadi and others 2018, *Assessing generative models via precision and recall*. T.
# Kynkäänniemi and others 2019, *Improved precision and recall metric for assessing generative models*. E. Alpaydin and
# C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI). H. Xiao, K. Rasul and R. Vollgraf 2017,
# *Fashion-MNIST*.
#
# <!-- Burda et al., section 3, was confirmed for lessons 7 and 11. All others are taken on trust. -->
