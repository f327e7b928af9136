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
# Each number $z_j$ is a **unit**. It is **active** for an image if it is not 0, and **dead** if it is active for none
# of the images we try. Row $j$ of $V$ is its **direction** $d_j$. The decoder *draws* with these: it adds up
# directions, each multiplied by its $z_j$. So in this lesson we call the reconstruction $\hat x$ a **drawing**. (Papers
# write $\hat x = D z$ and speak of the decoder's *columns*; a Keras kernel has them as rows.) The code is
# **overcomplete**: 256 units for 64 pixels.

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
# - **KL** asks each unit to be active a small share $t$ of the time, the **target**. A unit's **rate** $r_j$ is the
#   mean of $z_j$ over the batch, so $z$ must lie between 0 and 1: a sigmoid takes the ReLU's place. The penalty is a
#   weight times $\sum_j \bigl[ t \log \frac{t}{r_j} + (1 - t) \log \frac{1 - t}{1 - r_j} \bigr]$, the KL divergence in
#   nats between two coins, one that shows heads with probability $t$ and one with $r_j$ (Ng 2011).
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
# A penalty controls only the quantity it is written in. **Predict:** what does the KL penalty say about a code in which
# all units have the value 0.05, for every image?

# %% tags=["nbval-check-output"]
constant = np.full((1000, 256), 0.05, "float32")
seldom = (np.random.default_rng(0).uniform(size=(1000, 256)) < 0.05).astype("float32")
for name, code in {"constant": constant, "1 in 20 images": seldom}.items():
    penalty = float(ae.sparsity.KLSparsity(0.05, 1.0).penalty(code))
    print(f"{name}: {abs(penalty):.1f} nats for all 256 units together; share at 0: {np.mean(code == 0):.2f}")

# %% [markdown]
# Nothing: it sees only means over the batch. A code that is never sparse, and says nothing about the image, costs no
# more than one that is 1 for one image in twenty and 0 otherwise. (Its 0.1 nats are chance.)
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
    print(f"{name:8}: median length of living units {length:.2f}, sum of z {z.sum(axis=1).mean():.2f}, ", end="")
    print(f"active {np.sum(z > 0, axis=1).mean():.0f}, MSE {error:.4f}")

# %% [markdown]
# It makes $z$ smaller and the directions longer. As many units are active, with less error. That does no harm by
# itself, but a weight no longer says how strong the penalty is. In the extreme: divide the encoder's kernel and bias by
# ten, which divides $z$ by ten, and multiply the decoder's kernel by ten.

# %% tags=["nbval-check-output"]
z, d = frontier.code_of(model, x_test), model.decoder.layers[1].get_weights()[0]
z_10, d_10 = z / 10, d * 10
print("the drawings are the same:", np.allclose(z @ d, z_10 @ d_10, atol=1e-5))
print(f"L1 penalty: multiplied by {z_10.sum() / z.sum():.2f}")
lengths, lengths_10 = np.linalg.norm(d, axis=1), np.linalg.norm(d_10, axis=1)
print(f"sum of |z| times length: multiplied by {(z_10 @ lengths_10).sum() / (z @ lengths).sum():.2f}")

# %% [markdown]
# So L1 means something only if the directions cannot grow. Keep them at length 1 (Bricken et al. 2023), as we do with
# L1 and TopK from here on, or penalise $\sum_j |z_j| \, \lVert d_j \rVert$, which rescaling leaves as it is (Conerly et
# al. 2024).
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
print(f"share at exactly 0 with one: {np.mean(z == 0):.1f}")

# %% [markdown]
# ## How much error does sparsity cost?
#
# Two numbers describe a sparse code: the error of what it draws, and the **active units per image**, the mean number of
# entries that are not 0 (papers call it $L_0$). Divided by 256 it is the **active fraction**. A single strength says
# little, so we compare over a range: `frontier.py` has trained L1, KL and TopK at five strengths, with three seeds
# each, for 60 epochs (L1 and TopK also for 240). For KL we must *choose* what counts as active, since a sigmoid is
# never 0: above 0.1. That leaves something out, so a second KL curve draws with the active units alone.
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
of_ours = stored.query("method == 'L1' and strength == 0.003 and seed == 0 and epochs == 60").iloc[0]
now = frontier.row("L1", model, digits)
print("test MSE of our L1 model: {:.4f}, stored: {:.4f}".format(now["test MSE"], of_ours["test MSE"]))
means = stored.groupby(["epochs", "method", "strength"])[["active", "test MSE", "active only"]].mean()
ax = frontier.plot_frontier(means, pca_curves, ks)
alt = "Test error against active units: TopK below L1, KL far above, its active units alone worst; longer "
alt += "training lowers L1 and TopK. PCA's best k per image is below all of them from 16 on, its first k from 48 on."
show(ax, alt=alt)

# %% [markdown]
# At equal numbers of active units TopK has less error than L1, after 60 epochs and after 240. Both gain by training
# longer. Only at the sparse end does L1 then catch up: 0.0223 with 4.1 active units, against 0.0224 with 4. KL is far
# behind: with a target of 0.05, 64 units per image are above 0.1, not the 13 that 0.05 of 256 would be, and drawing
# with these alone makes the error 2.7 times as large. Its units are not rarely active but *faintly* so. (With ten times
# the weight, 20 units are above 0.1, and the error is 0.0236; L1 has 0.0099 with 24.)
#
# And from 16 units on, the cheap baseline wins: the best 16 of PCA's 64 numbers have an error of 0.0048, TopK 0.0080,
# and 0.0060 after 240 epochs. Whose fault is that: the directions', or the encoder's, which has to find the right 16 of
# 256 in one step? Let a search choose instead. **Orthogonal matching pursuit** takes the direction that fits best, then
# the one that fits the rest best, and so on. As controls it gets random directions, and 256 training images.

# %%
top_k = frontier.train("TopK", 16, digits, seed=0)
error = mean_squared_error(x_test, top_k.reconstruct(x_test))
learned, targets = frontier.learned(top_k, x_test)  # its directions, and the images less its bias
by_search = np.mean((targets - frontier.search(learned, targets, 16)) ** 2)
print(f"now, seed 0, 16 units chosen by the encoder: MSE {error:.4f}, by a search: {by_search:.4f}")
pd.read_csv("search.csv").drop(columns="seed").groupby("directions", sort=False).mean().round(4)

# %% [markdown]
# Mostly the encoder's: with the same directions, a search brings TopK's 0.0080 down to 0.0057 (table, means of three
# seeds). With a **transposed start**, where the encoder begins as the decoder transposed, the model draws no better
# than the usual one, but with a search it is at 0.0031: its directions are better, and its encoder makes no use of
# that. And a low error needs no learned directions: 256 *training images*, searched, are at 0.0019. What training finds
# is a compromise: directions among which an encoder can choose in one step. (Without negative values, which a ReLU does
# not give either, a search ranks them the same.)
#
# ## Shrinkage
#
# L1 pays for every unit it uses, so it uses even the needed ones a little less than would draw best. That is
# **shrinkage**. To measure it, leave the choice of units alone and ask for the one factor by which all $z$ would have
# to be multiplied for the smallest error. Let $s = \sum_j z_j d_j$ be what the units add to the bias, and $q = x - c$
# what they should add. Least squares gives $\sum s \cdot q / \sum s \cdot s$, over all pixels of all test images. A
# **refit** goes further: for each image it chooses the best values for all active units anew, of either sign.

# %%
z = frontier.code_of(model, x_test)
c = frontier.drawn(model, np.zeros((1, 256)))
s, q = frontier.drawn(model, z) - c, x_test - c
factor = np.sum(s * q) / np.sum(s * s)
print(f"factor by hand: {factor:.3f}, from the script: {frontier.rescaled(model, x_test, z)[0]:.3f}, ", end="")
print(f"on training images: {frontier.rescaled(model, x_train, frontier.code_of(model, x_train))[0]:.3f}")
shrunk = stored[stored.method.isin(["L1", "TopK"])].copy()
shrunk["saved by the factor (%)"] = 100 * (1 - shrunk["rescaled"] / shrunk["test MSE"])
shrunk["saved by a refit (%)"] = 100 * (1 - shrunk["refitted"] / shrunk["test MSE"])
shrunk = shrunk.loc[shrunk.active < 60]  # near 64 active units, a refit has a value per pixel, and saves all
shrunk.groupby(["epochs", "method", "strength"])[["active", "factor", *shrunk.columns[-2:]]].agg("mean").round(2)

# %% [markdown]
# At a weight of 0.01 all $z$ are too small, by a factor of 1.3 after 60 epochs and 1.24 after 240: not for lack of
# training. Undoing that saves about a tenth of the error; at 0.003, 4 or 5 %. TopK, without a penalty, is at 1.00.
#
# After 240 epochs a refit saves L1 44 % at 17 active units, and TopK 10 % at 16. TopK's part is not shrinkage but the
# encoder's imprecision, so it is the control. L1's is much larger than one common factor explains: single values are
# off by more.
#
# ## Dead units
#
# A dead unit costs memory and does nothing. (From here on, dead means active for no validation image.) No average shows
# it: TopK with $k = 16$ has an active fraction of 1/16, whether all units share the work or a quarter of them do it.
#
# **Predict:** of 256 units, how many are dead after training with $k = 16$? Below, each unit's share of validation
# images, in order.

# %%
curves = {}
revived = frontier.remedied("transposed start", "TopK", 16, digits, seed=0)
for name, trained in {"TopK": top_k, "TopK, transposed start": revived}.items():
    z = frontier.code_of(trained, digits.x_val)
    print(f"{name}: active fraction {np.mean(z > 0):.4f}, dead {frontier.dead(z).sum()} of 256")
    curves[name] = np.sort(np.mean(z > 0, axis=0))[::-1]
ax = plot_curves(curves, xlabel="unit, the most active one first", ylabel="share of validation images")
ax.axhline(1 / 16, color="grey", linewidth=0.8, linestyle=":")
ax.set(title="How often each unit is active; the mean (dotted) is the same")
show(ax, alt="Share of images against units: TopK's falls to 0 after some 50 units, the other has a long tail to 180.")

# %% [markdown]
# Why do units die? One that is never among the $k$ largest (or whose ReLU is never open) gets no gradient. It stays as
# it is, and comes back only if other units change. Cures in use, all in `frontier.py`: start the decoder's bias at the
# mean image and subtract that in the encoder; the transposed start, so that each unit looks for what it draws (Gao et
# al. 2024); **resampling**, which three times in training points dead units at images that are drawn badly (after
# Bricken et al. 2023); a smaller learning rate.
#
# **Predict:** which revives most? And does the error fall in proportion?

# %%
gone = pd.read_csv("dead.csv")
gone.groupby(["method", "remedy"], sort=False)[["dead", "active", "test MSE"]].agg(["mean", "std"]).round(4)

# %% [markdown]
# - With TopK, three quarters are dead. With the transposed start only 30 % are, and the error is the same: 0.0079
#   against 0.0080. Training four times as long revives nobody, and takes the error to 0.0060.
# - With L1, resampling revives most (47 % dead become 20 %) and has the smallest error, 0.0084, but with 36 active
#   units. There the L1 curve above is at about 0.006: a smaller weight does better. Always look at both numbers.
# - A smaller rate leaves fewer dead units, but is no free cure: when TopK trains four times as long, its error is
#   0.0076 with the smaller rate and 0.0060 with the usual one.
#
# ## What units respond to
#
# Two ways to look: what a unit *draws*, its direction, and what makes it *active*, the images for which it is largest.
# Which units to show must not be a matter of taste: we sort those that are active for at least one of 719 new images by
# how often they are, and show eight at equal steps. In the pictures of directions grey is 0, white adds ink and black
# takes it away; in images black is 0, as always.

# %%
x_new = np.concatenate([digits.x_val, x_test])  # 719 images that were not trained on
z = frontier.code_of(model, x_new)
by_use = np.argsort(-np.sum(z > 0, axis=0))
living = by_use[: np.sum(~frontier.dead(z))]
chosen = living[np.linspace(0, len(living) - 1, 8).astype(int)]

# %%
signed = units.signed
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
# The busy units draw strokes, though not clean ones. The last three still look like the random numbers they started as:
# one is active in 0.7 % of the images, and two in a single image each (the rest is grey), yet they count as living.
#
# Is a unit **class-selective**: do the images that activate it most show one digit? The rule, stated before looking: a
# unit is selective if at least 80 % of its top 20 among the 719 new images have the same class. Units active in fewer
# than 20 of them are left out. The same rule, and eight variants of it, goes to units that nobody trained: PCA's
# directions with either sign ("both ways"), random ones, and 256 training images as directions, all with a ReLU; single
# pixels; an untrained L1 model; and the trained one with the images' labels shuffled.
#
# **Predict:** which row has most selective units?

# %%
selective = pd.read_csv("selective.csv")
selective.pivot_table("selective (%)", "units", ["top", "pure"], sort=False).round(0).astype(int)

# %% [markdown]
# Means of three seeds. By the rule (20, 0.8) about a quarter of the L1 model's units are selective and more of TopK's,
# against one in ten of random directions, fewer of PCA's, and none with shuffled labels. But **of plain training images
# three quarters are**, and if only the 16 largest are kept, so that the code is as sparse as TopK's, no fewer. Stricter
# and laxer rules change the numbers, not this order. Selective units show that digits come in clusters. They do not
# show that training found anything.

# %% [markdown]
# **Part two begins here**, a good place for a break.
#
# ## Two features in one number
#
# Why should anyone want more directions than dimensions? Because a network may have found them useful before us. Let
# the world have **features**, things that are present or absent to some degree, and a layer with fewer numbers than
# there are features. If most are absent most of the time, the layer can give two features the *same* line, and will
# seldom be caught. That is **superposition** (Elhage et al. 2022).
#
# Their toy: features $x_i$, each active with probability $p$, the **density**, and then uniform between 0 and 1. They
# pass through $m$ numbers and come back:
#
# $$ h = x W, \qquad y = \mathrm{ReLU}(h W^\top + b). $$
#
# Row $i$ of $W$ is the direction of feature $i$. (They write $W x$, with columns.) The loss is the mean of
# $\sum_i I_i (y_i - x_i)^2$, with $I_i$ the **importance** of feature $i$. Take two features and $m = 1$, with the rows
# $1$ and $-1$ and $b = 0$: opposite ways along one line. Then $h = x_1 - x_2$.
#
# **Predict:** what comes back when only the first is active, only the second, both?

# %%
figure, axes = plt.subplots(1, 3, figsize=(8.5, 2.8), sharey=True)
for ax, pair in zip(axes, ((0.8, 0), (0, 0.6), (0.8, 0.6)), strict=True):
    toys.plot_pair(*pair, ax).label_outer()
axes[0].legend(frameon=False, fontsize=8, loc="upper right")
alt = "Features and what comes back: exact when only the first or only the second is active; when both are, 0.2 of "
show(figure, alt=alt + "the first comes back and nothing of the second.")

# %% [markdown]
# One at a time comes back exactly: the other would come back negative, and the ReLU makes that 0. Both together cancel.
# Try other pairs (this needs Jupyter; the figure above shows three):

# %%
from ipywidgets import interact


def drag(first=0.8, second=0.6):
    ax = toys.plot_pair(first, second, plt.subplots(figsize=(4, 3))[1])
    ax.legend(frameon=False, fontsize=8, loc="upper right")
    show(ax, alt=f"Features {first:.2f} and {second:.2f} on one line, opposite ways, and what comes back of each.")


_ = interact(drag, first=(0.0, 1.0, 0.05), second=(0.0, 1.0, 0.05))

# %% [markdown]
# When is it worth it? Let the importances be 1 and $I$.
#
# > *Both, opposite.* This costs something only when both are active, which has probability $p^2$. Each then misses by
# > the smaller value $u$ of the two. It is above $u$ with probability $(1 - u)^2$, so its density is $2 (1 - u)$ and
# > its mean square $\int_0^1 2 u^2 (1 - u) \, du = 2/3 - 1/2 = 1/6$. The loss is $p^2 (1 + I) / 6$.
# >
# > *One alone.* For the other the best guess is its mean, $p/2$, at the cost of its variance. Its mean square is $p/3$,
# > so that is $p/3 - p^2/4$. Give up the less important one: the loss is $\min(1, I) \, (p/3 - p^2/4)$.
#
# For $I = 1$ being opposite is cheaper where $p^2/3 < p/3 - p^2/4$: below $p = 4/7$.
#
# And does training find it? `toys.py` trained four toys for each of 12 densities and 11 importances and kept the best
# of each four: with the ReLU, and without, as a control.

# %%
phases = pd.read_csv("phases.csv")
figure, axes = plt.subplots(1, 2, figsize=(9.5, 4), sharey=True)
for ax, relu in zip(axes, (True, False), strict=True):
    toys.plot_phases(phases[phases.relu == relu], ax).set_title("with a ReLU" if relu else "without")
importance = np.geomspace(0.1, 10, 200)
axes[0].plot(toys.border(importance), importance, color="black", linewidth=1.5, label="border by hand")
axes[0].set(ylabel="importance of the second feature (of the first: 1)")
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside right upper", frameon=False, fontsize=8)
alt = "With a ReLU, both features are kept, opposite, left of a border near the one by hand, farthest right where both "
show(figure, alt=alt + "matter equally; beyond it, and everywhere without one, the more important one alone.")

# %% [markdown]
# With the ReLU, rarely active features share the line, and the border by hand is about right: 124 of 132 cells fall on
# its proper side. Seven are superposed slightly beyond it, with a smaller loss than by hand (training also adjusts
# lengths and $b$, which we left alone), and in one, all four toys were stuck in the worse of the two solutions. Without
# the ReLU the more important feature gets the line at every density. (Only at equal importance may it be any mixture of
# the two, as all are equally good.) So sparse features alone are not enough: it takes the ReLU as well.

# %% tags=["nbval-check-output"]
together, relu = phases.kind == "both, opposite", phases.relu
right = (together == (phases.density < toys.border(phases.importance)))[relu]
print(f"with a ReLU the border by hand is right in {right.sum()} of {len(right)} cells")
print("without, and with unequal importance, never together:", not together[~relu & (phases.importance != 1)].any())

# %% [markdown]
# More features than two: five equally important ones in a plane ($m = 2$). **Predict** how the best of twelve toys lays
# out five directions if features are seldom active. And how, if they are active all the time?

# %%
layouts = {f"p = {p:g}": toys.best_toy(p, features=5, hidden=2) for p in (1, 0.3, 0.03)}
layouts["p = 0.03, no ReLU"] = toys.best_toy(0.03, features=5, hidden=2, relu=False)
twelve = toys.train_toys(np.full(12, 0.3), np.ones((12, 5)), 2)[0]
print("features kept by each of the twelve at p = 0.3:", np.sum(np.linalg.norm(twelve, axis=2) > 0.5, axis=1))
print(f"squared lengths without a ReLU add up to {np.sum(layouts['p = 0.03, no ReLU'] ** 2):.2f}")
figure, axes = plt.subplots(1, 4, figsize=(10, 3), sharex=True, sharey=True)
for (name, w), ax in zip(layouts.items(), axes, strict=True):
    for direction, colour in zip(w, COLOURS, strict=False):
        ax.plot([0, direction[0]], [0, direction[1]], "o-", color=colour, markevery=[1])
    ax.set(title=name, xlabel="$h_1$", ylabel="$h_2$", xlim=(-1.4, 1.4), ylim=(-1.4, 1.4), aspect="equal")
    ax.label_outer()
alt = "Five directions in a plane: at p = 0.03 a regular pentagon; at p = 0.3 two opposite pairs at right angles and "
show(figure, alt=alt + "one of length 0; at p = 1 and without a ReLU irregular ones of unequal length.")

# %% [markdown]
# Seldom active, and with a ReLU, the five form a pentagon: all are kept, each as far from its neighbours as can be. At
# $p = 0.3$ four are kept, in two opposite pairs, each with a line of its own; the fifth is given up. At $p = 1$, and
# without a ReLU, there is room for two and no more: without a ReLU the squared lengths add up to 2, however they are
# shared out. (Such a toy does PCA, and to PCA all five are alike.) One toy alone would not do: at $p = 0.3$ two of the
# twelve end up with only three.

# %% [markdown]
# ## Getting the directions back
#
# Suppose a layer is in superposition. Its activations $x$ are then sums of a few directions, $x = \sum_i a_i f_i$, with
# most $a_i$ zero: just what a sparse autoencoder draws with. So train one on the activations, and read the features off
# its directions. First where we know the answer: 64 random directions $f_i$ of length 1 in 32 dimensions, each active
# with probability $p$ and then with $a_i$ uniform between 0 and 1; 20,000 examples; and 128 units, twice as many.
#
# The score is the **mean max cosine**: for each *true* direction the largest cosine with any learned one, averaged over
# the true ones (`toys.mean_max_cosine`).
#
# **Predict** the score of 128 *random* directions. Of 128 data points? And of 128 centres of k-means?

# %%
x, true = toys.known_directions(active=4, seed=0)  # 4 of the 64 on average
_, learned = toys.train_dictionary(ae.sparsity.L1(0.01), x, seed=0)
recovery, score = pd.read_csv("directions.csv"), toys.mean_max_cosine
of_four = recovery[(recovery.active == 4) & (recovery.seed == 0)].set_index("method")["cosine"]
random = np.random.default_rng([0, 1]).normal(size=(128, 32))  # the true ones are drawn with seed 0
print(f"L1, now: {score(learned, true):.2f}, stored: {of_four['L1, 0.01']:.2f}, ", end="")
print(f"random: {score(random, true):.2f}, data points: {score(x[x.any(axis=1)][:128], true):.2f}")

# %%
by_method = recovery.pivot_table(index="active", columns="method", values="cosine", sort=False)
spread = recovery.pivot_table(index="active", columns="method", values="cosine", aggfunc="std").max().max()
ax = toys.plot_recovery(by_method)
alt = "Mean max cosine: L1 with weight 0.01, TopK with the transposed start and k-means lie near 1 up to 4 active, "
show(ax, alt=alt + "then fall. Data points fall from 0.9 to below 0.6; ICA stays near 0.74, PCA and random below 0.5.")
print(f"largest standard deviation over seeds: {spread:.3f}")

# %% [markdown]
# Read the floor first. Over three seeds **128 random directions score 0.45**, PCA 0.48. ICA stays near 0.74: it can
# find 32 directions at most, half of them. 128 data points reach 0.90 while one or two directions are active: many a
# data point then *is* a direction. And **k-means**, which knows nothing of sums, scores 0.98 or more with up to 4
# active. On data so sparse, a score near 1 says little for an autoencoder.
#
# With 8 active it does: L1 with weight 0.01 is at 0.96, k-means at 0.93. (That weight was chosen by the score, so by
# the truth: 0.003 is at 0.81 there.) TopK, told the true number, is behind k-means throughout (and that number is not
# even the best: see $k = 8$). With the transposed start it is at 0.98. On the digits such a start gained TopK nothing.
# Is it the start that helps here, or that fewer units are dead?

# %%
pd.read_csv("starts.csv").pivot_table(["cosine", "dead"], "method", "active", sort=False).round(3)

# %% [markdown]
# Both. With 4 active, resampling does almost as well: there, dead units were what was missing. With 8 it does not, nor
# does a random start of the same length, though both leave few dead: there it is the start itself.
#
# With 16 active nothing works: L1 is at 0.70, below ICA, and TopK with the true number below the data points. The best
# setting we tried, a smaller $k$ and four times the training, reaches 0.76. The method needs sparse *data*.

# %% [markdown]
# ## On a real network
#
# The library has a small classifier of clothes, which lesson 6 uses as a judge. Its last hidden layer has 64 units. Is
# each of them about one thing? And each of the 256 units of a sparse autoencoder trained on their activations? Before
# looking, we write down a rule (`units.judge`):
#
# - **dead**, more strictly than so far: active for fewer than 10 of the 1,000 validation images;
# - **interpretable**: at least 80 % of the 50 validation images that activate it most have one class, *and* so have its
#   top 50 among the 2,000 test images, the same class;
# - **mixed**: all others.
#
# "Interpretable" here means no more than this: class-selective. The same rule goes to controls, in which
#
# - *no autoencoder is trained*: random directions; PCA's, both ways; 256 data points as directions; and the same, or
#   centres of k-means, with only the 8 largest numbers kept, as TopK does;
# - *no real data are trained on*: the same autoencoder learns Gaussian noise with the activations' mean and covariance,
#   and is then shown real ones;
# - *no classifier is trained*: all of this once more on the classifier as it was before training.
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
units.in_place_of(sparse, classifier, clothes).round(3)

# %%
counts = pd.read_csv("units.csv")
counts["living"] = counts.interpretable + counts.mixed
counts["interpretable (% of living)"] = (100 * counts.interpretable / counts.living).round(1)
columns = ["interpretable", "mixed", "dead", "classes", "interpretable (% of living)"]
counts.groupby(["classifier", "units"], sort=False)[columns].agg("mean").round(1)

# %%
others = [name for name in counts if name[0].isdigit()]  # "20, 0.9": 90 % of the top 20, in place of 80 % of the top 50
shares = counts[others].mul(100 / counts.living, axis=0).assign(units=counts.units)
shares[counts.classifier == "trained"].groupby("units", sort=False).mean().round(0).astype(int)

# %% [markdown]
# Means of three seeds ("classes": how many of the ten the interpretable units cover):
#
# - Of TopK's 256 units, 21 are interpretable, 27 mixed and 208 dead, although its start was transposed (with the usual
#   start 233 are dead). Of the living, 44 % are interpretable, with each seed more than the 21 % of the classifier's
#   own (but with 48 living units each, either share has a standard error of 6 or 7 points). L1 is at 27 %.
# - Training on *real* activations matters: on noise with the same mean and covariance it is 21 %.
# - But **random directions are at 27 %, and 256 data points, with no training at all, at 46 %.** The rule sees
#   clusters, and a classifier's activations have them. Sparsity is not what training adds, either: with only the 8
#   largest kept, data points are at 50 %, and centres of k-means at 54 %.
# - Other thresholds (last table) change every share. Under all nine, data points with 8 kept are ahead of TopK, most
#   clearly under the strictest (34 against 15 %); under the laxest, random directions are level with it.
# - Before training, TopK is at 8 % and data points at 15 %. So this rule does tell a trained network from a random one.
#   It is a rule about classes, and to tell classes apart is what the classifier was trained for.
#
# Does the autoencoder *split* units that mean several things? For each of the classifier's 38 mixed units, take the
# four living directions with the largest part along it. It counts as split if at least two of them are interpretable,
# with different classes that the mixed unit itself responds to (each at least 5 of its top 50 validation images).
# Controls: four of the same directions at random; data points, and centres of k-means, as many as TopK has living
# units.

# %%
of_mixed = pd.read_csv("splits.csv").groupby(["directions", "four"], sort=False)[["interpretable (%)", "split (%)"]]
of_mixed.agg(["mean", "std"]).round(0).astype(int)

# %% [markdown]
# TopK splits 29 % of the mixed units, and four of its directions at random only 5 %: those near a mixed unit do share
# out its classes. But data points and centres of k-means, with no autoencoder, split more, 47 % each. (They are also
# interpretable more often: 64 and 68 % of those chosen, against 43 % of TopK's.)
#
# Does the classifier still work on what TopK draws (first table, one seed)? Eight units keep 97 % of the variance, and
# the accuracy falls from 0.875 to 0.870. Eight of 256 data points, chosen by a search, keep 98 %, at 0.872. PCA's best
# 8 per image are level (0.868); only its first 8 are clearly worse (0.828).

# %% [markdown]
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
# - L1 was evaded by long directions, KL by faint units; TopK left three quarters of its units dead, and reviving them
#   did not lower its error. L1 shrank what it kept, TopK did not.
# - TopK was ahead of L1, and L1 of KL. PCA's best 16 numbers per image beat all three, and a search among training
#   images by far: choosing in one step has its price.
# - With a ReLU and seldom active features, toys put two features on one line, and five into a pentagon. With up to 4 of
#   64 known directions active, k-means found them as well as autoencoders did, with 8 not quite; with 16, nothing did.
# - On digits and on a classifier, TopK's living units were class-selective more often than random directions, and no
#   more often than plain data points, whose code can be as sparse and which split more of the mixed units.
#
# **To remember.** Error and active units belong together, over a range of strengths. Count the dead. Never read a mean
# max cosine, or a share of interpretable units, without a random dictionary, data points and k-means beside it.
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
