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
# # Lesson 5. Few units at a time
#
# **After this lesson you can** train an autoencoder whose code is wide but mostly zero, in three ways; say what each
# penalty sees and what slips past it; find dead units and shrinkage; and judge what a sparse autoencoder says about
# another network, with the controls that such a claim needs.
#
# **You need** lesson 2.
#
# **Time** about an hour to read, half of it before the break; about a minute to run on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0) and Fashion-MNIST (Zalando Research, MIT licence). Neither
# needs a download.

# %% [markdown]
# ## A large vocabulary, short sentences
#
# Lesson 2 kept a wide autoencoder from copying by making its code narrow. There is another way: keep the code wide, but
# allow each image only *a few* of its numbers. A dictionary has many words, and a sentence uses ten.
#
# Ours is as plain as it can be. With $W$ and $V$ for the kernels of encoder and decoder, $b$ and $c$ for biases,
#
# $$ z = \mathrm{ReLU}(x W + b), \qquad \hat x = c + \sum_j z_j \, d_j . $$
#
# Each number $z_j$ is a **unit**; it is **active** for an image if it is not 0. Row $j$ of $V$ is its **direction**
# $d_j$: what the unit adds to the drawing, in proportion to $z_j$. (Papers write $\hat x = D z$ and speak of the
# decoder's *columns*; a Keras kernel has them as rows.) The code is **overcomplete**: 256 units for 64 pixels.

# %%
# Work in this lesson's folder, where its scripts and tables are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("05_sparse")

# %%
import autoencoders_edu as ae
import frontier
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import toys
import units
from autoencoders_edu.diagnostics import mean_squared_error
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show

digits = ae.data.load("digits")
x_train, x_test = digits.x_train, digits.x_test

# %% [markdown]
# Three ways to ask for few:
#
# - **L1** adds to the loss a weight times the sum of all $|z_j|$, averaged over images.
# - **KL** asks each unit to be active a small share $t$ of the time, the **target**. Its **rate** $r_j$ is the mean of
#   $z_j$ over the batch, so $z$ must lie between 0 and 1: a sigmoid takes the ReLU's place. The penalty is a weight
#   times $\sum_j \bigl[ t \log \frac{t}{r_j} + (1 - t) \log \frac{1 - t}{1 - r_j} \bigr]$, the KL divergence in nats
#   between two coins, one that shows heads with probability $t$ and one with $r_j$ (Ng 2011).
# - **TopK** has no penalty. It keeps the $k$ largest of each code and sets all others to 0.
#
# By hand, and by the library:

# %% tags=["nbval-check-output"]
z = np.random.default_rng(0).uniform(size=(1000, 256)).astype("float32")
l1 = 0.01 * np.mean(np.sum(np.abs(z), axis=1))
rate, t = z.mean(axis=0), 0.05
kl = 0.001 * np.sum(t * np.log(t / rate) + (1 - t) * np.log((1 - t) / (1 - rate)))
kth = np.sort(z, axis=1)[:, [-8]]  # the eighth largest of each code
for by_hand, layer in ((l1, ae.sparsity.L1(0.01)), (kl, ae.sparsity.KLSparsity(t, 0.001))):
    print(f"{by_hand:.4f} by hand, {float(layer.penalty(z)):.4f} by the library")
print("TopK is the same:", np.array_equal(np.where(z >= kth, z, 0), ae.sparsity.TopK(8)(z)))

# %% [markdown]
# ## What slips past a penalty
#
# A penalty binds what it is written in, and nothing else. **Predict:** what does the KL penalty say about a code in
# which all units have the value 0.05, for every image?

# %% tags=["nbval-check-output"]
constant = np.full((1000, 256), 0.05, "float32")
seldom = (np.random.default_rng(0).uniform(size=(1000, 256)) < 0.05).astype("float32")
for name, code in {"constant": constant, "1 in 20 images": seldom}.items():
    penalty = float(ae.sparsity.KLSparsity(0.05, 1.0).penalty(code))
    print(f"{name}: below 1 nat for all 256 units: {penalty < 1}; units at 0: {np.mean(code == 0):.2f}")

# %% [markdown]
# Nothing: it only sees means over the batch. A code that is never sparse, and says nothing about the image, costs no
# more than one that is 1 for one image in twenty and 0 otherwise.
#
# Now L1. We train one model (script `frontier.py`: 60 epochs, weight 0.003) whose directions are kept at length 1, and
# a twin without this constraint. **Predict:** how can the twin make its penalty smaller without drawing worse?

# %%
model = frontier.train("L1", 0.003, digits, seed=0)
keras.utils.set_random_seed(0)
twin = frontier.compiled(frontier.make(ae.sparsity.L1(0.003), unit_norm=False))
frontier.fit(twin, x_train, frontier.EPOCHS, seed=0)
for name, trained in {"length 1": model, "free": twin}.items():
    z, d = frontier.code_of(trained, x_test), trained.decoder.layers[1].get_weights()[0]
    length = np.median(np.linalg.norm(d, axis=1)[~frontier.dead(z)])
    error = mean_squared_error(x_test, frontier.drawn(trained, z))
    print(f"{name:8}: median length {length:.2f}, sum of z {z.sum(axis=1).mean():.2f}, ", end="")
    print(f"active {np.sum(z > 0, axis=1).mean():.0f}, MSE {error:.4f}")

# %% [markdown]
# It makes $z$ smaller and the directions longer. As many units are active, with less error: the same weight has less
# force. In the extreme: divide the encoder by ten, multiply the decoder by ten.


# %%
def rescale(model, factor):
    there, back = model.encoder.layers[-1], model.decoder.layers[1]
    there.set_weights([value / factor for value in there.get_weights()])
    kernel, bias = back.get_weights()
    back.set_weights([kernel * factor, bias])


def code_drawing_lengths(model):
    z = frontier.code_of(model, x_test)
    return z, frontier.drawn(model, z), np.linalg.norm(model.decoder.layers[1].get_weights()[0], axis=1)


# %% tags=["nbval-check-output"]
z, drawing, lengths = code_drawing_lengths(model)
rescale(model, 10)
z_10, drawing_10, lengths_10 = code_drawing_lengths(model)
rescale(model, 0.1)
print("the drawings are the same:", np.allclose(drawing, drawing_10, atol=1e-5))
print(f"L1 penalty: multiplied by {z_10.sum() / z.sum():.2f}")
print(f"sum of |z| times length: multiplied by {(z_10 @ lengths_10).sum() / (z @ lengths).sum():.2f}")

# %% [markdown]
# So L1 means something only if the directions cannot grow: keep them at length 1 (Bricken et al. 2023), as we do from
# here on, or penalise $\sum_j |z_j| \, \lVert d_j \rVert$, which rescaling leaves as it is (Conerly et al. 2024).
#
# And a ReLU matters as much as the penalty. Without one, gradient steps carry $z_j$ across zero and back, and
# practically never leave it *at* zero. (A **proximal step** would: after each update it moves a number towards 0 by a
# fixed amount, and stops there. TopK sets zeros itself.)

# %% tags=["nbval-check-output"]
keras.utils.set_random_seed(0)
l1 = ae.sparsity.L1(0.01)
encoder = ae.networks.dense_encoder((8, 8, 1), 256, hidden=(), output_activation=None)
no_relu = frontier.compiled(ae.SparseAutoencoder(encoder, frontier.make(l1).decoder, l1))
frontier.fit(no_relu, x_train, 20, seed=0)
print("units at exactly 0 without a ReLU:", int(np.sum(frontier.code_of(no_relu, x_test) == 0)))
print("share at exactly 0 with one is above 0.8:", np.mean(z == 0) > 0.8)

# %% [markdown]
# ## How much error does sparsity cost?
#
# Two numbers describe a sparse code: the error of what it draws, and the **active units per image**, the mean number of
# entries that are not 0 (papers call it $L_0$). Divided by 256 it is the **active fraction**. A strength alone says
# nothing, so we compare along a range: `frontier.py` has trained L1, KL and TopK at five strengths, with three seeds
# each. For KL we must *choose* what counts as active, since a sigmoid is never 0: above 0.1. That leaves something out,
# so a second KL curve draws with the active units alone.
#
# Two baselines, both PCA: its first $k$ numbers; and for each image the $k$ of its 64 numbers that are largest.
#
# **Predict** the order of the curves at 16 active units.

# %%
flat, flat_test = (x.reshape(len(x), -1) for x in (x_train, x_test))
mean = flat.mean(axis=0)
components = np.linalg.svd(flat - mean, full_matrices=False)[2]  # by hand; PCA's directions, one per row
z_pca = (flat_test - mean) @ components.T
sorted_pca = -np.sort(-np.abs(z_pca), axis=1)  # largest first, image by image
ks = [4, 8, 16, 32, 48]
pca_curves = {  # the directions are orthogonal, so the error is the sum of squares of what is left out
    "PCA, first k": [np.sum(z_pca[:, k:] ** 2) / flat_test.size for k in ks],
    "PCA, best k per image": [np.sum(sorted_pca[:, k:] ** 2) / flat_test.size for k in ks],
}

# %%
stored = pd.read_csv("frontier.csv")
of_ours = stored[(stored.method == "L1") & (stored.strength == 0.003) & (stored.seed == 0)].iloc[0]
measures = ["active", "test MSE", "dead", "factor"]
pd.DataFrame({"trained now": frontier.row("L1", model, digits), "stored": of_ours}).loc[measures].astype(float).round(4)

# %%
means = stored.groupby(["method", "strength"])[["active", "test MSE", "active only", "dead", "factor"]].mean()
ax = frontier.plot_frontier(means, pca_curves, ks)
alt = "Test error against active units: TopK is below L1, KL far above both, its active units alone worst. PCA's best "
show(ax, alt=alt + "k per image is below all of them; its first k is above TopK at few units and crosses it near 32.")

# %% [markdown]
# At equal numbers of active units TopK has less error than L1. KL is far behind: with a target of 0.05, 64 units per
# image are above 0.1, not the 13 that 0.05 of 256 would be, and drawing with these alone makes the error almost three
# times as large. Its units are not rare, they are *faint*. (A weight ten times as large, tried with one seed, came
# closer to the target, with larger errors still.)
#
# And the cheap baselines win: from 32 numbers on even the first $k$. The best $k$ of PCA's 64 numbers beat all three:
# at 16, 0.0048 against TopK's 0.0080. Whose fault is that: the directions', or the encoder's, which has to find the
# right 16 of 256 in one step? Let a search choose instead. **Orthogonal matching pursuit** takes the direction that
# fits best, then the one that fits the rest best, and so on.

# %%
from sklearn.linear_model import orthogonal_mp

top_k = frontier.train("TopK", 16, digits, seed=0)
offset = frontier.drawn(top_k, np.zeros((1, 256))).reshape(1, 64)
learned = top_k.decoder.layers[1].get_weights()[0].astype("float64")
random = np.random.default_rng(0).normal(size=(256, 64))
random /= np.linalg.norm(random, axis=1, keepdims=True)
searched = {}
for name, d in {"learned": learned, "random": random}.items():
    z = orthogonal_mp(d.T, (flat_test - offset).T.astype("float64"), n_nonzero_coefs=16)
    searched[name] = np.mean((flat_test - offset - z.T @ d) ** 2)
error = mean_squared_error(x_test, top_k.reconstruct(x_test))
print(f"16 units chosen by the encoder: MSE {error:.4f}; by search: {searched['learned']:.4f}, ", end="")
print(f"in a random dictionary: {searched['random']:.4f}")

# %% tags=["nbval-check-output"]
best_16 = pca_curves["PCA, best k per image"][2]
print("PCA's best 16 per image beat TopK:", best_16 < 0.8 * error)
print("a search saves a fifth or more of TopK's error:", searched["learned"] < 0.8 * error)

# %% [markdown]
# Mostly the encoder's: with the same directions, a search brings 0.0079 down to 0.0052. So a one-step encoder is a
# compromise: fast, and not the best code that its directions allow. (Better values for the 16 units it chose would
# bring only 0.0072, so it is the choice.) A random dictionary shows that directions matter as well. (Trained four times
# as long, TopK reaches 0.0060; see the table of dead units below.)

# %% [markdown]
# ## Shrinkage
#
# L1 pays for every unit it uses, so it uses even the needed ones a little less than would draw best. That is
# **shrinkage**. To measure it, leave the choice of units alone and ask for the one factor by which all $z$ would have
# to be multiplied for the smallest error. If $p = \sum_j z_j d_j$ and $q = x - c$, least squares gives $\sum p \cdot q
# / \sum p \cdot p$, over all pixels of all test images.

# %%
z = frontier.code_of(model, x_test)
c = frontier.drawn(model, np.zeros((1, 256)))
p, q = frontier.drawn(model, z) - c, x_test - c
factor = np.sum(p * q) / np.sum(p * p)
print(f"factor by hand: {factor:.3f}, from the script: {frontier.rescaled(model, x_test, z)[0]:.3f}")
shrunk = stored[stored.method != "KL"].copy()
shrunk["saved by the factor (%)"] = 100 * (1 - shrunk["rescaled"] / shrunk["test MSE"])
shrunk["saved by a refit (%)"] = 100 * (1 - shrunk["refitted"] / shrunk["test MSE"])
shrunk = shrunk.loc[shrunk.active < 50]  # with 64 active units or more, a refit draws 64 pixels without error
shrunk.groupby(["method", "strength"])[["active", "factor", *shrunk.columns[-2:]]].agg("mean").round(2)

# %% [markdown]
# At a weight of 0.01 all $z$ are too small, by a factor of 1.3. Undoing that saves 12 % of the error; at 0.003, 5 %.
# TopK, which has no penalty, is at 1.00 throughout: nothing to undo. A **refit** chooses the best values for each
# image's active units anew, of either sign. It saves much more with L1: 46 % at 24 active units, against 10 and 23 %
# for TopK at 16 and 32. What TopK can save in this way is not shrinkage but the encoder's imprecision, so it is the
# control: only the difference is due to L1.

# %% [markdown]
# ## Dead units
#
# A unit that is active for none of the validation images is **dead**. It costs memory and does nothing. No average
# shows it: TopK with $k = 16$ has an active fraction of 1/16, whether all units share the work or a quarter does it
# all.
#
# **Predict:** of 256 units, how many are dead after training with $k = 16$? Below, each unit's share of validation
# images, in order.

# %%
revived = frontier.remedied("start as transposes", "TopK", 16, digits, seed=0)
curves = {}
for name, trained in {"TopK": top_k, "its encoder started as transposed decoder": revived}.items():
    z = frontier.code_of(trained, digits.x_val)
    print(f"{name}: active fraction {np.mean(z > 0):.4f}, dead {frontier.dead(z).sum()} of 256")
    curves[name] = np.sort(np.mean(z > 0, axis=0))[::-1]
ax = plot_curves(curves, xlabel="unit, the most active one first", ylabel="share of validation images")
ax.axhline(1 / 16, color="grey", linewidth=0.8, linestyle=":")
ax.set(title="How often each unit is active; the mean (dotted) is the same")
show(ax, alt="Share of images against units: TopK's falls to 0 after some 50 units, the other has a long tail to 180.")

# %% [markdown]
# Why do units die? One that is never among the $k$ largest (or whose ReLU is never open) gets no gradient, so nothing
# brings it back. Cures in use, all in `frontier.py`: start the decoder's bias at the mean image and subtract that in
# the encoder; start the encoder as the transposed decoder, so that each unit looks for what it draws (Gao et al. 2024);
# **resampling**, which three times in training points dead units at images that are drawn badly (after Bricken et al.
# 2023); a smaller learning rate. Gao et al. also let dead units draw the remaining error, in an extra loss, which we
# did not try.
#
# **Predict:** which revives most? And does the error fall in proportion?

# %%
gone = pd.read_csv("dead.csv")
gone.groupby(["method", "remedy"], sort=False)[["dead", "active", "test MSE"]].agg(["mean", "std"]).round(4)

# %% [markdown]
# - With TopK, three quarters are dead. Starting the encoder as transposes brings most of them back, to 30 %, and the
#   error stays where it was: 0.0079 against 0.0080. Training four times as long revives nobody, and takes the error to
#   0.0060. Here dead units were not what cost.
# - With L1, resampling revives most (47 to 20 %), and has the smallest error, 0.0084. But also 36 active units, where
#   the L1 curve above is at about 0.006: a smaller weight gets there more cheaply. Always look at both numbers.
# - A smaller learning rate leaves fewer dead units, and a larger error: it has not got as far. After four times as many
#   epochs, compared with the usual rate after as many, L1 has fewer dead (29 against 45 %) at the same error, but more
#   active; TopK has a *larger* error (0.0076). It is no free cure.
# - Starting at the mean revives few units or none, yet helps both a little: TopK to 0.0075, L1 to 0.0092 with 20 active
#   units, where the curve is at about 0.011.

# %% [markdown]
# ## What units respond to
#
# Two ways to look: what a unit *draws*, its direction, and what makes it *active*, the images for which it is largest.
# Which units to show must not be a matter of taste: we take the living ones, by how often they are active, and show
# eight at equal steps.

# %%
x_new = np.concatenate([digits.x_val, x_test])  # 719 images that were not trained on
y_new = np.concatenate([digits.y_val, digits.y_test])
z = frontier.code_of(model, x_new)
by_use = np.argsort(-np.sum(z > 0, axis=0))
living = by_use[: np.sum(~frontier.dead(z))]
chosen = living[np.linspace(0, len(living) - 1, 8).astype(int)]


# %%
signed = units.signed  # grey for 0, white for ink that is added, black for ink that is taken away
rows = {"direction": signed(model.decoder.layers[1].get_weights()[0][chosen])}
for place in range(3):
    best = np.argsort(-z[:, chosen], axis=0)[place]
    active = z[best, chosen] > 0  # an image that does not activate the unit is left grey
    rows[f"image {place + 1}"] = np.where(active[:, None, None], x_new[best, ..., 0], 0.5)
rows["PCA, for comparison"] = signed(components[:8])
active_in = [f"{100 * np.mean(z[:, unit] > 0):.1f} %" for unit in chosen]
ax = plot_image_rows(rows, active_in)
ax.set_title("Eight units of the L1 model, and in how many images they are active", pad=18)
alt = "Directions of eight units, mostly strokes mixed with specks and the last three mere noise; below each the three "
show(ax, alt=alt + "images that activate it most, often of one digit; below that, eight smooth directions of PCA.")

# %% [markdown]
# The busy units draw strokes, though not clean ones; nothing here is an edge detector from a textbook. The last three
# still look like the random numbers they started as: one is active in 0.7 % of the images, and two in a single image
# each. They count as living, and the last two activate nothing else (grey).
#
# Is a unit **class-selective**: do the images that activate it most show one digit? The rule, stated before looking: a
# unit is selective if at least 80 % of its top 20 among the 719 new images have the same class. Units active in fewer
# than 20 of them are left out. Beside it: PCA's directions and random ones, both ways and with a ReLU; single pixels;
# and the L1 model with the images' labels shuffled.

# %%
rng = np.random.default_rng(0)
flat_new = x_new.reshape(len(x_new), -1)
kinds = {
    "L1": z,
    "TopK": frontier.code_of(top_k, x_new),
    "PCA, both ways": np.maximum((flat_new - mean) @ toys.both_ways(components).T, 0),
    "random directions": np.maximum((flat_new - mean) @ rng.normal(size=(64, 256)), 0),
    "single pixels": flat_new,
}
table = {}
for name, activity in {**kinds, "L1, labels shuffled": z}.items():
    labels = rng.permutation(y_new) if "shuffled" in name else y_new
    _, share, count = units.top_classes(activity, labels, top=20)
    share = share[count == 20]
    table[name] = {"units": len(share), "mean share": share.mean(), "selective (%)": 100 * np.mean(share >= 0.8)}

# %%
pd.DataFrame(table).T.round(2)

# %% [markdown]
# With this one seed, a third of the L1 model's units that can be judged are selective, a little more of TopK's, against
# one in ten of random directions and fewer among PCA's and pixels. Shuffled labels show the floor: none. So sparse
# units do pick classes more often than others. But most do not, and a selective *random* direction would look just as
# good on its own.

# %% [markdown]
# **Part two begins here**, a good place for a break. So far:
#
# - L1 can be escaped by long directions, KL binds only means over a batch, TopK leaves many units dead.
# - Report error against active units, over a range of strengths, with PCA beside it, and count dead units.
# - Units that pick one class mean something only if PCA's and random directions pick fewer.

# %% [markdown]
# ## Two features in one number
#
# Why should anyone want more directions than dimensions? Because a network may have found them useful before us. Let
# the world have **features**, things that are present or absent to some degree, and a layer with fewer numbers than
# there are features. If most are absent most of the time, the layer can give two features the *same* line, and will
# seldom be caught. That is **superposition** (Elhage et al. 2022).
#
# Their toy, in our own code: features $x_i$, each active with probability $p$, the **density**, and then uniform
# between 0 and 1. (They speak of sparsity, $S = 1 - p$.) They pass through $m$ numbers and come back:
#
# $$ h = W x, \qquad y = \mathrm{ReLU}(W^\top h + b). $$
#
# The loss is the mean of $\sum_i I_i (y_i - x_i)^2$, with $I_i$ the **importance** of feature $i$. Take two features
# and $m = 1$, with $W = (1, -1)$ and $b = 0$: opposite ways along one line. Then $h = x_1 - x_2$.
#
# **Predict:** what comes back when only the first is active, only the second, both?

# %%
figure, axes = plt.subplots(1, 3, figsize=(8.5, 2.8), sharey=True)
for ax, pair in zip(axes, ((0.8, 0), (0, 0.6), (0.8, 0.6)), strict=True):
    toys.plot_pair(*pair, ax).label_outer()
axes[0].legend(frameon=False, fontsize=8, loc="upper right")
show(
    figure,
    alt="Features and what comes back: exact when only the first or only the second is active; when both are, 0.2 of "
    "the first comes back and nothing of the second.",
)

# %% [markdown]
# One at a time comes back exactly: the ReLU removes what the other line would show. Both together cancel. Try it (this
# needs Jupyter):

# %%
from ipywidgets import FloatSlider, interact


def drag(first=0.8, second=0.6):
    show(
        toys.plot_pair(first, second, plt.subplots(figsize=(4, 3))[1]), alt=f"What comes back of {first} and {second}."
    )


activity = {"min": 0, "max": 1, "step": 0.05}
_ = interact(drag, first=FloatSlider(0.8, **activity), second=FloatSlider(0.6, **activity))

# %% [markdown]
# When is it worth it? Being opposite costs something only when both are active, which has probability $p^2$. Each then
# misses by the smaller one, whose mean square is 1/6, so the loss is $p^2 (1 + I) / 6$, with importances 1 and $I$.
# Keeping one feature alone and guessing the other's mean costs the variance of the other, $\min(1, I) \, (p/3 -
# p^2/4)$. For $I = 1$ being opposite is cheaper below $p = 4/7$.
#
# And does training find it? `toys.py` trained four toys for each of 12 densities and 11 importances and kept the best
# of each four: with the ReLU, and without, as a control.

# %%


def border(importance):  # where p^2 (1 + I) / 6 = min(1, I) (p/3 - p^2/4)
    least = np.minimum(1, importance)
    return least / 3 / ((1 + importance) / 6 + least / 4)


# %%
phases = pd.read_csv("phases.csv")
figure, axes = plt.subplots(1, 2, figsize=(9.5, 4), sharey=True)
for ax, relu in zip(axes, (True, False), strict=True):
    toys.plot_phases(phases[phases.relu == relu], ax).set_title("with a ReLU" if relu else "without")
importance = np.geomspace(0.1, 10, 200)
axes[0].plot(border(importance), importance, color="black", linewidth=1.5, label="border by hand")
axes[0].set(ylabel="importance of the second feature (of the first: 1)")
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right upper", frameon=False, fontsize=8)
show(
    figure,
    alt="With a ReLU, both features are kept, opposite, to the left of a border near the one by hand, which is "
    "farthest right where both matter equally; beyond it, and everywhere without one, the more important one alone.",
)

# %% [markdown]
# With the ReLU, rarely active features share the line, and the border by hand is about right: 124 of 132 cells fall on
# its proper side. Seven are superposed slightly beyond it (training may also adjust lengths and $b$, which we left
# alone), and in one, all four toys were stuck in the worse of the two solutions. Without the ReLU the more important
# feature gets the line at every density. (Only at equal importance may it be any mixture of the two: all are equally
# good.) So sparse features alone are not enough: it takes the ReLU as well.

# %% tags=["nbval-check-output"]
together, relu = phases.kind == "both, opposite", phases.relu
by_hand = phases.density < border(phases.importance)
print("with a ReLU the border by hand is right in 9 of 10 cells:", (together == by_hand)[relu].mean() > 0.9)
print("without, and with unequal importance, never together:", not together[~relu & (phases.importance != 1)].any())
print("dense features, p = 1, never together:", not together[phases.density == 1].any())

# %% [markdown]
# More features than two: five equally important ones in a plane ($m = 2$). **Predict** how the best toy lays out five
# directions if features are seldom active. And how, if they are active all the time?

# %%
density = np.array([1.0, 0.3, 0.03])
with_relu, without = (toys.train_toys(density, np.ones((3, 5)), 2, relu)[0] for relu in (True, False))
layouts = {f"p = {p:g}": w for p, w in zip(density, with_relu, strict=True)} | {"p = 0.03, no ReLU": without[2]}
figure, axes = plt.subplots(1, 4, figsize=(10, 3), sharex=True, sharey=True)
for (name, w), ax in zip(layouts.items(), axes, strict=True):
    for direction, colour in zip(w, COLOURS, strict=False):
        ax.plot([0, direction[0]], [0, direction[1]], "o-", color=colour, markevery=[1])
    ax.set(title=name, xlabel="$h_1$", ylabel="$h_2$", xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), aspect="equal")
    ax.label_outer()
show(
    figure,
    alt="Five directions in a plane: at p = 0.03 a regular pentagon; at p = 0.3 an opposite pair, one at right angles "
    "to it and two short ones; at p = 1 and without a ReLU an irregular few, most of them short.",
)

# %% [markdown]
# Seldom active, and with a ReLU, the five form a pentagon: all are kept, each as far from its neighbours as can be. At
# $p = 0.3$ three are kept, two of them opposite, and two nearly given up. At $p = 1$, and without a ReLU, there is room
# for two and no more: without a ReLU the squared lengths add up to 2, however they are shared out. (Such a toy does
# PCA, and to PCA all five are alike.)

# %% tags=["nbval-check-output"]
angles = np.sort(np.degrees(np.arctan2(*with_relu[2].T)))
gaps = np.diff([*angles, angles[0] + 360])
print("each of the five is 72 degrees from the next, to 10 degrees:", np.abs(gaps - 72).max() < 10)
print("without a ReLU the squared lengths add up to 2, to 0.2:", abs(np.sum(without[2] ** 2) - 2) < 0.2)

# %% [markdown]
# ## Getting the directions back
#
# Suppose a layer is in superposition. Its activations $x$ are then sums of a few directions, $x = \sum_i a_i f_i$, with
# most $a_i$ zero: just what a sparse autoencoder draws with. So train one on the activations, and read the features off
# its directions. First where we know the answer: 64 random directions $f_i$ of length 1 in 32 dimensions, each active
# with a probability $p$, $a_i$ as above, 20,000 examples, and 128 units, for in practice nobody knows how many there
# are.
#
# The score is the **mean max cosine**: for each *true* direction the largest cosine with any that was found, averaged.
#
# **Predict** the score of 128 *random* directions. And of 128 data points?


# %%
def mean_max_cosine(true, found):
    true, found = (d / np.linalg.norm(d, axis=1, keepdims=True) for d in (true, found))
    return (true @ found.T).max(axis=1).mean()


x, true = toys.known_directions(active=4, seed=0)  # 4 of the 64 on average
_, found = toys.train_dictionary(ae.sparsity.L1(0.01), x, seed=0)
recovery = pd.read_csv("directions.csv")
of_four = recovery[(recovery.active == 4) & (recovery.seed == 0)].set_index("method")["cosine"]
random = np.random.default_rng([0, 1]).normal(size=(128, 32))  # the true ones are drawn with seed 0
print(f"L1, now: {mean_max_cosine(true, found):.3f}, stored: {of_four['L1, 0.01']:.3f}, ", end="")
print(f"random: {mean_max_cosine(true, random):.3f}, data points: {mean_max_cosine(true, x[x.any(axis=1)][:128]):.3f}")

# %%
by_method = recovery.pivot_table(index="active", columns="method", values="cosine", sort=False)
spread = recovery.pivot_table(index="active", columns="method", values="cosine", aggfunc="std").max().max()
ax = toys.plot_recovery(by_method)
alt = "Mean max cosine: L1 with weight 0.01 and TopK with a transposed start lie near 1 up to 8 active, then fall. "
show(ax, alt=alt + "Data points fall from 0.9 to below 0.6; ICA stays near 0.75, PCA and random ones below 0.5.")
print(f"largest standard deviation over seeds: {spread:.3f}")

# %% [markdown]
# Read the floor first. **128 random directions score 0.44**, PCA 0.48. 128 data points reach 0.90 while one or two
# directions are active at a time: many a data point then *is* a direction. ICA stays near 0.74: it can find 32
# directions at most, half of them. So a score of 0.8 may mean little.
#
# Against that, L1 with weight 0.01 does find them: 0.96 or more with up to 8 of 64 active. (Weight 0.003 is at 0.81
# there.) TopK, told the true number, is behind; with the transposed start it is level with L1 or ahead. (With 4 active,
# one seed, it leaves 34 % of its units dead instead of 56 %.) On the digits such a start gained TopK nothing; here it
# does. And with 16 active nothing works: L1 is at 0.70, no better than ICA, and TopK with the true number below the
# data points. It takes sparse *data*.

# %% tags=["nbval-check-output"]
best = by_method["L1, 0.01"]
others = by_method[["random", "data points", "PCA", "ICA"]].max(axis=1)
print("random directions score 0.4 to 0.5:", by_method["random"].between(0.4, 0.5).all())
print("one active: data points score above 0.8:", by_method["data points"][1] > 0.8)
print("up to 8 active, L1 is above 0.95 and ahead of all baselines:", ((best > 0.95) & (best > others))[:4].all())
print("16 active: L1 is not ahead of ICA:", best[16] < by_method["ICA"][16])
revived = by_method["TopK, transposed start"] - by_method["TopK"]
print("up to 8 active, the transposed start helps TopK:", (revived[:4] > 0.03).all())

# %% [markdown]
# ## On a real network
#
# The library has a small classifier of clothes, which lesson 6 uses as a judge. Its last hidden layer has 64 units. Are
# these about one thing each? And are those of a sparse autoencoder with 256 units on top of them? Before looking, we
# write down a rule (`units.judge`):
#
# - **dead**: active for fewer than 10 of the 1,000 validation images;
# - **interpretable**: at least 80 % of the 50 validation images that activate it most have one class, *and* so have its
#   top 50 among the 2,000 test images, the same class;
# - **mixed**: all others.
#
# "Interpretable" here means no more than this: class-selective. The controls get the same rule: the classifier's own
# units; random directions; 256 data points as directions; PCA both ways; the same autoencoder trained on **normal
# numbers** with the activations' mean and covariance, then shown real ones; and all of it on the same classifier
# *before* training.
#
# **Predict** the share of interpretable units among *random* directions of the trained classifier.

# %%
from autoencoders_edu.metrics.classifier import train_classifier

clothes = ae.data.load("fashion_mnist")
classifier = train_classifier(clothes)
a_train, a_val, a_test = units.activations(classifier, clothes)
sparse = units.train_on(a_train, seed=0)
codes = [frontier.code_of(sparse, a) for a in (a_val, a_test)]
for name, z in {"its own units": (a_val, a_test), "TopK": codes}.items():
    verdict = units.judge(*z, clothes)
    print(name, {kind: int(np.sum(verdict == kind)) for kind in ("interpretable", "mixed", "dead")})

# %%
units.in_place_of(sparse, classifier, clothes).round(3)

# %%
counts = pd.read_csv("units.csv")
counts["living"] = counts.interpretable + counts.mixed
counts["interpretable (% of living)"] = (100 * counts.interpretable / counts.living).round(1)
columns = ["interpretable", "mixed", "dead", "classes", "interpretable (% of living)"]
counts.groupby(["classifier", "units"], sort=False)[columns].agg("mean").round(1)

# %% [markdown]
# Means of three seeds ("classes": how many of the ten the interpretable units cover):
#
# - Of TopK's 256 units, 21 are interpretable, 27 mixed and 208 dead, although its encoder started as transposes (with
#   the usual start 233 are). Of the living, 44 % are interpretable, against 21 % of the classifier's own. L1 is at 27
#   %.
# - Training on *real* activations matters: on normal numbers with the same mean and covariance, 28 %.
# - But **random directions are at 27 %, and 256 data points, with no training at all, at 46 %.** The rule sees
#   clusters, and a classifier's activations have them. What a data point does not give is a code with 8 active units
#   instead of 118.
# - Before training, TopK is at 8 % and data points at 15 %. So this rule does tell a trained network from a random one.
#   It is a rule about classes, and to tell classes apart is what the classifier was trained for.
#
# Does the classifier still work on what TopK draws (first table)? Eight units keep 97 % of the variance, and the
# accuracy falls from 0.875 to 0.870. PCA's first 8 are worse (0.828), its best 8 per image nearly as good (0.868).

# %% tags=["nbval-check-output"]
in_percent = counts.pivot_table(index="units", columns=["classifier", "seed"], values="interpretable (% of living)")
trained, untrained = in_percent["trained"], in_percent["untrained"]
own, top_k_share = trained.loc["its own units"], trained.loc["TopK"]
print("TopK beats the classifier's own units with each seed:", (top_k_share > own).all())
beaten = top_k_share.mean() < trained.loc["data points"].mean() + 5
print("TopK is not clearly ahead of directions to data points:", beaten)
dead = counts[(counts.units == "TopK") & (counts.classifier == "trained")].dead
print("more than 3/4 of TopK's units are dead with each seed:", (dead > 192).all())
print("before training, TopK is below 12 %:", (untrained.loc["TopK"] < 12).all())

# %% [markdown]
# Does it *split* units that mean several things? We take the classifier's most mixed unit, and the four living units of
# TopK whose directions have most of it, with the classes of their top 50 validation images.


# %%
verdict, share = units.judge(a_val, a_test, clothes), units.top_classes(a_val, clothes.y_val)[1]
mixed = np.where(verdict == "mixed", share, 1).argmin()
print(f"unit {mixed} of the classifier: {units.seen(a_val[:, mixed], clothes)}")
part = sparse.decoder.layers[1].get_weights()[0][:, mixed]
part = np.where(np.sum(codes[0] > 0, axis=0) >= units.RARE, part, 0)
for unit in np.argsort(-part)[:4]:
    print(f"unit {unit} of TopK, {part[unit]:.2f} of it: {units.seen(codes[0][:, unit], clothes)}")

# %% [markdown]
# In part: one of the four is about bags, and one mostly about sneakers, which are not among the unit's own top classes.
# The other two are still mixed. One unit proves little either way; the counts above say more.
#
# ## What this does not prove
#
# - *That planted directions come back* shows that the method works where its assumptions hold: features add up, are
#   sparse, and have fixed directions. It says nothing about whether a real network is built like that.
# - *That a unit looks interpretable* shows little unless the same rule was put to controls. Heap et al. (2025) found
#   sparse autoencoders on randomly initialised transformers about as interpretable as on trained ones. Our small
#   classifier, with another rule, behaved otherwise.
# - *That a unit is active* for trousers does not show that the network uses it. For that one has to change the unit and
#   see what the network does then.
#
# ## What we saw
#
# - L1 was evaded by long directions, KL by faint units, and TopK left three quarters of its units dead.
# - On digits TopK was ahead of L1, and L1 of KL. PCA with the best numbers per image beat all three; a search with the
#   same directions took a third off TopK's error.
# - Shrinkage was real with L1 (a factor of 1.3 at a weight of 0.01) and absent with TopK. With TopK, reviving dead
#   units did not lower the error.
# - With a ReLU and seldom active features, toys put two features on one line, and five into a pentagon.
# - L1, and TopK with a transposed start, brought back 64 known directions in 32 dimensions while at most 8 were active,
#   and not with 16. Random directions scored 0.44, data points up to 0.90.
# - On a classifier, a sparse autoencoder's living units were class-selective twice as often as the classifier's own,
#   and no more often than directions to random data points.
#
# **To remember.** Error and active units belong together, over a range of strengths. Count the dead. Never read a mean
# max cosine, or a share of interpretable units, without a random dictionary and the data points beside it.
#
# **Where it breaks.** Small images, one linear layer each way, short training. The rule counts classes, and the
# classifier was trained to tell classes apart: units about sleeves or seams are "mixed" to it. The toys' features are
# independent and uniform, which real ones are not.
#
# **Sources.** A. Ng 2011, *Sparse autoencoder* (CS294A lecture notes). A. Makhzani and B. Frey 2014, *k-sparse
# autoencoders*. N. Elhage and others 2022, *Toy models of superposition*. L. Sharkey, D. Braun and B. Millidge 2022,
# *Taking features out of superposition with sparse autoencoders*. T. Bricken and others 2023, *Towards
# monosemanticity*. T. Conerly and others 2024, *Update on how we train SAEs*. L. Gao and others 2024, *Scaling and
# evaluating sparse autoencoders*. T. Heap and others 2025, *Sparse autoencoders can interpret randomly initialized
# transformers*. Y. Pati, R. Rezaiifar and P. Krishnaprasad 1993, *Orthogonal matching pursuit*.
#
# <!-- Confirmed from their abstracts: Heap et al.; Sharkey et al. (planted directions recovered with an L1 penalty).
# On trust: all others, and what is said of unit norm, resampling, transposed encoders and the weighted penalty. The
# closed forms for two features were checked against trained toys. -->
