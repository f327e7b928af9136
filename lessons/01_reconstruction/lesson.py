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
# # Lesson 1. Copying through a bottleneck
#
# **After this lesson you can** build an autoencoder in plain Keras and say what its parts are for; compare it with PCA,
# the best linear method; judge it by its drawings, not only by its error; and tell from the size of a loss that the
# inputs were not scaled.
#
# **You need** Python, NumPy, and to have trained one Keras classifier.
#
# **Time** about 45 minutes to read; under two minutes to run on two CPU cores.
#
# **Data** 12,000 of the 70,000 images of Fashion-MNIST (Zalando Research, MIT licence), included in this package.

# %% [markdown]
# ## A picture in eight numbers
#
# A 28 x 28 picture is 784 numbers. Could you describe a shirt in *eight* numbers, well enough for a friend to draw it?
#
# You would have to agree beforehand: the first number is the length of the sleeves, the second says how dark the cloth
# is, and so on. An **autoencoder** is a pair of networks that reach such an agreement by themselves. One describes, the
# other draws, and all they are told is how far the drawing is from the original.

# %%
import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.plotting import plot_bars, plot_curves, plot_image_rows, show

keras.utils.set_random_seed(0)
data = ae.data.load("fashion_mnist")
data

# %% [markdown]
# There are 9,000 images to learn from, 1,000 to monitor training, and 2,000 for the final test. Pixels lie between 0
# (black) and 1 (white). Here is one test image of each class.

# %%
firsts = [np.flatnonzero(data.y_test == label)[0] for label in range(10)]
names = [name.split("/")[0] for name in data.class_names]
ax = plot_image_rows({"test image": data.x_test[firsts]}, titles=names)
show(ax, alt="One grey 28 by 28 test image of each of the ten classes, from T-shirt to ankle boot.")

# %% [markdown]
# All are small, centred and upright. Images with so much in common can be described briefly; noise cannot.

# %% [markdown]
# ## The parts and their names
#
# | symbol | name | here |
# |---|---|---|
# | $x$ | input | one image, 784 numbers |
# | $f$ | **encoder** | the network that describes |
# | $z = f(x)$ | **code**, or latent vector | the description |
# | $d$ | size of the code | 8 |
# | $g$ | **decoder** | the network that draws |
# | $\hat x = g(z)$ | **reconstruction** | the drawing |
#
# Both networks are trained together, by gradient descent on one **reconstruction loss**: here the mean squared error
# (MSE) over the 784 pixels, averaged over the training images. For one image it is
#
# $$ L(x) = \frac{1}{784} \sum_{i=1}^{784} \bigl(x_i - \hat x_i\bigr)^2, \qquad \hat x = g(f(x)) $$
#
# No labels are needed: the target for each image is the image itself. Training on targets made from the data is called
# **self-supervision**. What should keep the task from being trivial is the **bottleneck**: $z$ has fewer numbers than
# $x$ (the autoencoder is **undercomplete**). A network in which similar images get similar codes cannot copy every
# pixel through so few numbers: it has to find out what matters.
#
# > **For graduate readers.** Counting numbers proves something for *linear* models only: eight give at most eight
# > directions of variation. One real number has enough digits to index every training image, and a nonlinear decoder
# > could look up the index, reproduce them all and know nothing about clothes (Goodfellow et al. 2016, section 14.1).
# > Test data show whether it does.

# %% [markdown]
# ## By hand, in plain Keras
#
# We need two stacks of layers and a loss. If you have only used `Sequential`: `layer(x)` applies a layer to a tensor,
# and `keras.Model(x, z)` is everything between the two.

# %%
layers = keras.layers


def make_networks():
    x = keras.Input((28, 28, 1))
    y = layers.Flatten()(x)
    y = layers.Dense(128, "relu")(y)
    z = layers.Dense(8)(y)
    encoder = keras.Model(x, z)

    code = keras.Input((8,))
    y = layers.Dense(128, "relu")(code)
    y = layers.Dense(784, "sigmoid")(y)
    decoder = keras.Model(code, layers.Reshape((28, 28, 1))(y))
    return encoder, decoder


# %% [markdown]
# The decoder ends in a sigmoid, which keeps the drawings between 0 and 1, like the pixels. The encoder ends in *no*
# activation: we know nothing about the code, so we force nothing on it.
#
# Training takes the images twice, as input and as target. We do not shuffle them yet, so that a second run can be
# compared with this one number by number.

# %%
keras.utils.set_random_seed(0)
encoder, decoder = make_networks()
by_hand = keras.Sequential([encoder, decoder])
by_hand.compile("adam", "mse")
in_order = {"epochs": 3, "batch_size": 128, "shuffle": False, "verbose": 0}
history_by_hand = by_hand.fit(data.x_train, data.x_train, **in_order).history

# %%
drawings = by_hand.predict(data.x_test[firsts], verbose=0)
ax = plot_image_rows({"original": data.x_test[firsts], "drawn from\n8 numbers": drawings}, titles=names)
show(ax, alt="Ten test images and the blurred drawings that the hand-made autoencoder makes from eight numbers each.")

# %% [markdown]
# After three epochs, most drawings are recognisable, though the coat is a smear and the sandal has become a sneaker.
# That is a whole autoencoder.
#
# The library's version adds the methods `encode`, `decode` and `reconstruct`. From the same seed it should reach the
# same loss. Does it?

# %% tags=["nbval-check-output"]
keras.utils.set_random_seed(0)
model = ae.Autoencoder(*make_networks())
model.compile("adam", "mse")
history = model.fit(data.x_train, data.x_train, **in_order).history

print("loss by epoch, by hand and with ae.Autoencoder:")
for hand, library in zip(history_by_hand["loss"], history["loss"], strict=True):
    print(f"  {hand:.2f}   {library:.2f}")
print("equal to six digits:", np.allclose(history_by_hand["loss"], history["loss"], rtol=1e-6))

# %% [markdown]
# From here on we use the library. Here is a code and the shape of its drawing:

# %%
z = model.encode(data.x_test[:1])
print("the code of the first test image:", np.round(z, 1))
print("shape of its reconstruction:", model.decode(z).shape)

# %% [markdown]
# ## The rival: principal component analysis
#
# Is a loss of 0.03 good? The laziest rival draws the average image every time:

# %%
lazy = ae.diagnostics.mean_squared_error(data.x_test, data.x_train.mean(axis=0))
hand_made = ae.diagnostics.mean_squared_error(data.x_test, model.reconstruct(data.x_test))
pca_8 = ae.diagnostics.pca_baseline(data, [8])
pca_mse = pca_8["test_mse"][0]
print(f"test MSE: average image {lazy:.4f}, three epochs by hand {hand_made:.4f}, PCA with 8 numbers {pca_mse:.4f}")

# %% [markdown]
# So 0.03 is far better than the average image, but **PCA**, principal component analysis (Pearson 1901), does better
# still, without any training loop. It subtracts the mean image and keeps the $d$ directions in which the images vary
# most. (A list of 784 numbers is an arrow, or **direction**, in a space of 784 dimensions.) PCA is an autoencoder, too:
# its encoder subtracts the mean and applies a matrix; its decoder applies the transpose and adds the mean back. Among
# all encoders and decoders that consist of a matrix and a bias, *with $d$ numbers between them*, none has a smaller
# mean squared error on the training data (Bourlard and Kamp 1988, Baldi and Hornik 1989; we do not prove it here).
#
# **Predict first.** Suppose we train an autoencoder without any activation function, with $d = 4$ to keep it small
# enough to look at. Will it do worse than PCA, equally well, or better? Will it find the same directions?

# %%
keras.utils.set_random_seed(0)
linear = ae.Autoencoder(
    ae.networks.dense_encoder((28, 28, 1), 4, hidden=()),  # no hidden layer: one matrix and a bias
    ae.networks.dense_decoder(4, (28, 28, 1), hidden=()),
)
epochs, batch_size = 20, 100
steps = epochs * len(data.x_train) // batch_size
rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)  # falls to zero along a cosine, so the last steps are tiny
linear.compile(keras.optimizers.Adam(rate), "mse")
_ = linear.fit(data.x_train, data.x_train, epochs=epochs, batch_size=batch_size, verbose=0)

# %% [markdown]
# For each of the four numbers, the decoder has an image that it adds in proportion to the number. PCA has four such
# images too. All sums of multiples of these images form a **subspace** of four dimensions: everything a linear decoder
# can draw, apart from its bias. Do the autoencoder and PCA have the same one? Four *principal angles* tell us: all are
# 0° if the subspaces are the same, and nearly 90° if they are random ones in 784 dimensions.

# %%
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

pca = PCA(4).fit(data.x_train.reshape(-1, 784))
drawn = keras.ops.convert_to_numpy(linear.decoder.layers[-2].kernel)  # the last Dense layer: 4 numbers x 784 pixels
angles = np.degrees(subspace_angles(drawn.T, pca.components_.T))
random = np.degrees(subspace_angles(np.random.default_rng(0).normal(size=(784, 4)), pca.components_.T))
linear_mse = ae.diagnostics.mean_squared_error(data.x_test, linear.reconstruct(data.x_test))
pca_4 = ae.diagnostics.pca_baseline(data, [4])["test_mse"][0]

print(f"angles between autoencoder and PCA:  {angles.round(2)} degrees")
print(f"angles between random and PCA:       {random.round(0)} degrees")
print(f"test MSE: PCA {pca_4:.4f}, linear autoencoder {linear_mse:.4f}")

# %% tags=["nbval-check-output"]
print("largest angle between the two subspaces is below 2 degrees:", angles.max() < 2)
print("test errors differ by less than 0.5 %:", abs(linear_mse / pca_4 - 1) < 0.005)

# %% [markdown]
# It does as well as PCA, no better, and in the same subspace. Now the images themselves:


# %%
def as_images(rows):
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)
    return 0.5 + 0.5 * rows.reshape(-1, 28, 28)  # grey is zero


ax = plot_image_rows({"PCA": as_images(pca.components_), "linear\nautoencoder": as_images(drawn)})
ax.set_title("What each of the four numbers draws (grey: nothing)", fontsize=10)
show(ax, alt="Two rows of four grey images: four principal components, and four different mixtures of them.")

# %%
directions = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
print("cosine of each autoencoder image (row) with each of PCA's (column):")
print((directions @ pca.components_.T).round(2))

# %% [markdown]
# The axes differ: every image of the autoencoder is a mixture of all four of PCA's. PCA sorts its directions by
# variance and keeps them at right angles; our loss asks for neither. Write an image as a row $x$, let $A$ be the
# encoder's matrix ($784 \times 4$) and $B$ the decoder's ($4 \times 784$), without biases, so that $\hat x = x A B$,
# and take any $4 \times 4$ matrix $M$ that has an inverse. With $AM$ and $M^{-1}B$ instead,
# $\hat x = x (A M)(M^{-1} B) = x A B$: the codes change, the drawings do not. So **a plain reconstruction loss decides
# what the code can express, not what one number in it means.**
#
# > **For graduate readers.** With a little weight decay on both matrices (a penalty on the sum of their squares), $M$
# > may only be orthogonal: at every critical point $B = A^\top$, and the singular vectors of $B$ in pixel space are
# > PCA's directions (Kunin et al. 2019). A penalty that differs between the numbers of the code fixes the axes too, but
# > gradient descent finds them slowly (Bao et al. 2020).
#
# ### The gradient, by hand
#
# How does gradient descent move the two matrices? (You need this in exercise 01.5.) For one image $x$, of shape
# $(1, 784)$, let $z = xA$ be the code and $e = zB - x$ the error. Take the loss $L = \frac12 \sum_k e_k^2$, which
# differs from the one above only by a factor that rescales the steps. Its gradients are
#
# $$ \frac{\partial L}{\partial B} = z^\top e, \qquad \frac{\partial L}{\partial A} = x^\top e B^\top. $$
#
# Each weight's gradient is what came into it times the error that comes back to it. The error $e$ comes back to the
# encoder through the decoder, as $e B^\top$. With $n$ images as the rows of $x$, the products sum over the images;
# divide by $n$ for the mean.
#
# <details><summary>Step by step, by the chain rule</summary>
#
# - Pixel $k$ of the drawing is $\hat x_k = \sum_j z_j B_{jk}$, and its error is $e_k = \hat x_k - x_k$. So
#   $\partial L / \partial \hat x_k = e_k$, because the 2 of the square cancels the $\frac12$.
# - $B_{jk}$ occurs only in $\hat x_k$, times $z_j$. So $\partial L / \partial B_{jk} = z_j e_k$.
# - $z_j$ occurs in every $\hat x_k$, times $B_{jk}$. So $\partial L / \partial z_j = \sum_k e_k B_{jk} = (e B^\top)_j$.
# - $A_{ij}$ occurs only in $z_j = \sum_i x_i A_{ij}$, times $x_i$. So
#   $\partial L / \partial A_{ij} = x_i (e B^\top)_j$.
#
# </details>
#
# **Part two begins here**, a good place for a break. So far:
#
# - An autoencoder squeezes an image through a few numbers and learns to draw it again. It needs no labels.
# - PCA is the best *linear* autoencoder. Training one by gradient descent finds PCA's subspace and error, not its axes.
# - With eight numbers, PCA's test error is 0.0263. That is the mark to beat.
#
# ## Eight numbers, and no longer linear
#
# A linear decoder can only add pictures up. Now both networks get hidden layers with a smooth relative of ReLU: SiLU,
# $y \cdot \mathrm{sigmoid}(y)$. The decoder ends in a sigmoid, which is not linear either.
#
# **Predict:** by how much will the test error fall below PCA's? Closer to 5 %, 20 % or 50 %?

# %%
from math import ceil


def make_autoencoder(seed, hidden=(512, 256), epochs=24, batch_size=128):
    keras.utils.set_random_seed(seed)
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), 8, hidden, activation="silu"),
        ae.networks.dense_decoder(8, (28, 28, 1), hidden[::-1], activation="silu", output_activation="sigmoid"),
    )
    rate = keras.optimizers.schedules.CosineDecay(4e-3, epochs * ceil(len(data.x_train) / batch_size))
    model.compile(keras.optimizers.Adam(rate), "mse")
    watch = (data.x_val, data.x_val)
    fit = model.fit(data.x_train, data.x_train, batch_size, epochs, validation_data=watch, verbose=0)
    return model, fit.history


# %%
autoencoder, history = make_autoencoder(seed=0)

# %%
curves = {"training": history["loss"], "validation": history["val_loss"]}
ax = plot_curves(curves, ylabel="mean squared error per pixel", title="Eight numbers: learning to draw")
ax.axhline(pca_8["val_mse"][0], color="black", linewidth=0.8)
ax.annotate("PCA, validation", (24, pca_8["val_mse"][0]), ha="right", va="bottom")
ax.set_ylim(0, 0.055)
show(ax, alt="Training and validation error fall below the line of PCA in the second epoch and end near half of it.")

# %% [markdown]
# The network overtakes PCA in the second epoch. (At first the training error is larger, because it is averaged over the
# epoch, and the model was worse when the epoch began.) Later the training error is too optimistic. The number that
# counts is the error on the test images, which played no part in training.
#
# One run may be luck. Let us try two more seeds, and a network without hidden layers, linear except for the final
# sigmoid.

# %%
runs = [(autoencoder, history), make_autoencoder(seed=1), make_autoencoder(seed=2)]
test_mse = [ae.diagnostics.mean_squared_error(data.x_test, model.reconstruct(data.x_test)) for model, _ in runs]
for seed, mse in enumerate(test_mse):
    print(f"seed {seed}: test MSE {mse:.4f}, {100 * (1 - mse / pca_mse):.1f} % less than PCA's {pca_mse:.4f}")

only_sigmoid, _ = make_autoencoder(seed=0, hidden=())
sigmoid_mse = ae.diagnostics.mean_squared_error(data.x_test, only_sigmoid.reconstruct(data.x_test))
print(f"a sigmoid, no hidden layers: {sigmoid_mse:.4f}, {100 * (1 - sigmoid_mse / pca_mse):.1f} % less")

# %% tags=["nbval-check-output"]
print("every seed at least 45 % below PCA:", all(mse < 0.55 * pca_mse for mse in test_mse))
print("spread between seeds under 3 % of the error:", np.ptp(test_mse) < 0.03 * np.mean(test_mse))
print("with a sigmoid alone less than half of that is won:", 1 - sigmoid_mse / pca_mse < 0.22)

# %% [markdown]
# 50 % was closest. Nearly half of PCA's error is gone, and the seeds hardly differ. The sigmoid alone accounts for
# part of that gain; most of it needs the hidden layers: the decoder's above all, since with a linear decoder no
# encoder can beat PCA on the training images (Bourlard and Kamp 1988).
#
# All the drawings that a decoder can make from eight numbers form an eight-dimensional surface among all possible
# pictures. PCA's is flat; the network's can bend to follow the images.

# %% [markdown]
# ## What eight numbers keep, and what they lose
#
# An average over 2,000 images hides a lot. So look.

# %%
pca = PCA(8, random_state=0).fit(data.x_train.reshape(-1, 784))


def reconstructions(images):
    by_pca = pca.inverse_transform(pca.transform(images.reshape(-1, 784))).reshape(images.shape)
    by_network = keras.ops.convert_to_numpy(autoencoder.reconstruct(images))
    return {"original": images, "PCA": by_pca, "autoencoder": by_network}


ax = plot_image_rows(reconstructions(data.x_test[firsts]), titles=names)
show(ax, alt="Ten test images, their blurred PCA reconstructions, and sharper ones by the autoencoder without prints.")

# %% [markdown]
# The T-shirt has lost its print, the pullover its "Lee" and the bag its handle; the coat's collar has dimmed. Trousers,
# dress, sneaker and boot are nearly complete. PCA's drawings are ghosts; the autoencoder's look like *typical* clothes.
# Where it does not know a detail, it draws the average of what might be there, because that is what squared error
# rewards.
#
# **Predict:** which class will be hardest to draw, and which easiest?

# %%
images = reconstructions(data.x_test)["autoencoder"]
error = np.mean((data.x_test - images) ** 2, axis=(1, 2, 3))
by_class = {names[label]: error[data.y_test == label].mean() for label in range(10)}
by_class = dict(sorted(by_class.items(), key=lambda item: item[1]))
ax = plot_bars(
    by_class, xlabel="test mean squared error per pixel", title="Trousers are easiest, sandals and bags hardest"
)
show(ax, alt="Bars of the test error by class: trousers are the easiest, sandals and bags the hardest.")

# %% [markdown]
# Trousers look much alike; bags come in many shapes, and sandals are all fine straps, which may be why. Now the three
# best and the seven worst drawings:

# %%
order = np.argsort(error)
chosen = np.concatenate([order[:3], order[-7:]])
titles = [
    f"{'best' if rank < 3 else 'worst'}\n{names[data.y_test[index]]}\n{error[index]:.3f}"
    for rank, index in enumerate(chosen)
]
ax = plot_image_rows(reconstructions(data.x_test[chosen]), titles=titles)
show(
    ax,
    alt="Two trousers and a nearly black shirt with the smallest errors; seven images whose prints or straps are lost.",
)

# %% [markdown]
# A plain shape is drawn almost perfectly. The failures have strong contrast in fine detail, or an unusual shape: the
# sandal comes back as a boot, the halter top next to it as a kind of bag. Are unusual images really drawn worse? We
# rank the test images by their distance from the training images and compare that with their ranking by error (1: the
# same order, 0: unrelated). Contrast or fine detail might explain everything, so we rank by them too.

# %%
from scipy.stats import spearmanr
from sklearn.neighbors import NearestNeighbors

neighbours = NearestNeighbors(n_neighbors=5).fit(data.x_train.reshape(-1, 784))
distance, _ = neighbours.kneighbors(data.x_test.reshape(-1, 784))
correlation = spearmanr(distance[:, -1], error).statistic  # distance to the fifth nearest training image
contrast = data.x_test.std(axis=(1, 2, 3))
detail = sum(np.mean(np.diff(data.x_test, axis=axis) ** 2, axis=(1, 2, 3)) for axis in (1, 2))  # of neighbours
print(f"rank correlation of the error with the distance from the training images: {correlation:.2f}")
print(f"rank correlation of the error with the contrast of the image: {spearmanr(contrast, error).statistic:.2f}")
print(f"rank correlation of the error with its fine detail: {spearmanr(detail, error).statistic:.2f}")

# %% tags=["nbval-check-output"]
easiest, *_, hardest = by_class.values()
print("the hardest class has more than twice the error of the easiest:", hardest > 2 * easiest)
print("the worst image has more than 30 times the error of the best:", error.max() > 30 * error.min())
print("images far from the training images are drawn worse (rank correlation above 0.8):", correlation > 0.8)

# %% [markdown]
# Fine detail goes with it a little, overall contrast hardly at all; the error follows the distance far more closely.
# (Error and distance both compare pixels, so part of that is arithmetic and not a cause.) So the error might reveal
# the unusual (lesson 13). Does it? Here are four kinds of images that the autoencoder has never seen: noise, clothes
# upside down, plain grey, and clothes dimmed to 30 % of their brightness.
#
# **Predict:** on which of them will its error be larger than on clothes?


# %%
rng = np.random.default_rng(0)
x = data.x_test
strange = {"noise": rng.uniform(size=x.shape).astype("float32"), "upside down": x[:, ::-1]}
strange |= {"plain grey": rng.uniform(size=(len(x), 1, 1, 1)) * np.ones_like(x), "dimmed": 0.3 * x}

# %% [markdown]
# Pair every strange image with every test image. In what share of the pairs does the strange one have the larger error?
# 1 means always, 0.5 is a coin toss, and 0 means that it always looks *better* than real clothes. (This share is known
# as the AUROC.)


# %%
def share_of_pairs(errors, usual):
    """The share of pairs, one of each array, in which the first is larger."""
    return np.mean(errors[:, None] > usual[None])


def errors_of(model, images):
    drawn = keras.ops.convert_to_numpy(model.reconstruct(images.astype("float32")))
    return np.mean((images - drawn) ** 2, axis=(1, 2, 3))


usual = [errors_of(model, x) for model, _ in runs]
shares = {}
for kind, images in strange.items():
    unusual = [errors_of(model, images) for model, _ in runs]
    shares[kind] = [share_of_pairs(*pair) for pair in zip(unusual, usual, strict=True)]
    print(f"{kind:12}", " ".join(f"{share:.2f}" for share in shares[kind]), " (one number per seed)")

# %%
some = np.concatenate([images[[0, 3]] for images in strange.values()])
titles = [kind.replace(" ", "\n") for kind in strange for _ in range(2)]
drawn = keras.ops.convert_to_numpy(autoencoder.reconstruct(some.astype("float32")))
ax = plot_image_rows({"strange": some, "autoencoder": drawn}, titles=titles)
show(ax, alt="Noise, upside-down clothes, plain grey and dimmed clothes, and what the autoencoder draws.")

# %% [markdown]
# Noise is caught every time, and clothes upside down in most pairs. Plain grey, which resembles no garment, has the
# larger error in only 46 to 63 of 100 pairs, depending on the seed. (Dark grey nearly always has the smaller one;
# bright grey mostly the larger.) Dimmed clothes have *smaller* errors than real ones in about 97 of 100 pairs: a
# faint image leaves little to get wrong. (Distance from the training images misses them too. Dividing the error by
# each image's own brightness raises the share to 0.76 for seed 0, as shown below.) So **a large error is a sign that
# an image is unlike most training images. A small one does not say that all is well.**

# %%
dim_distance, _ = neighbours.kneighbors(strange["dimmed"].reshape(-1, 784))
print(f"dimmed, by distance: {share_of_pairs(dim_distance[:, -1], distance[:, -1]):.2f}")
relative = [errors_of(autoencoder, images) / np.mean(images**2, axis=(1, 2, 3)) for images in (strange["dimmed"], x)]
print(f"dimmed, by the error divided by the mean square of the image: {share_of_pairs(*relative):.2f}")

# %% tags=["nbval-check-output"]
print("noise has the larger error in more than 99 % of the pairs:", min(shares["noise"]) > 0.99)
print("dimmed clothes in fewer than 10 %:", max(shares["dimmed"]) < 0.1)

# %% [markdown]
# ## Forgetting to scale
#
# The file on disk holds bytes, 0 to 255; `load` divided them by 255. What if nobody had? The error of each pixel grows
# 255 times, and the loss, its square, $255^2 = 65025$ times. (The decoder here ends without a sigmoid, which could not
# reach 255.) A bias's gradient is the error that comes back to it: 255 times larger. A weight's gradient is that error
# times what came in, and both have grown: 65025 times larger.
#
# **Predict:** what will two epochs of plain gradient descent (SGD) make of the raw pixels, with a learning rate that
# suits the scaled ones? And Adam, which divides each step by the size of recent gradients?


# %%
def make_plain(optimizer):
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), 8, hidden=(128,)),
        ae.networks.dense_decoder(8, (28, 28, 1), hidden=(128,)),
    )
    model.compile(optimizer, "mse")
    return model


# %%
import warnings

warnings.filterwarnings("ignore", "The last loss is NaN")  # one of these runs is meant to diverge


def train_plain(scale, optimizer):
    x = scale * data.x_train
    return np.array(make_plain(optimizer).fit(x, x, epochs=2, batch_size=64, verbose=0).history["loss"])


print("                          loss reported by epoch      the same on the scale of [0, 1]")
for name, scale, optimizer in (
    ("SGD 0.5, scaled", 1, keras.optimizers.SGD(0.5)),
    ("SGD 0.5, raw", 255, keras.optimizers.SGD(0.5)),
    ("SGD 0.5 / 65025, raw", 255, keras.optimizers.SGD(0.5 / 255**2)),
    ("Adam 0.001, scaled", 1, keras.optimizers.Adam(1e-3)),
    ("Adam 0.001, raw", 255, keras.optimizers.Adam(1e-3)),
):
    losses = train_plain(scale, optimizer)
    print(f"{name:25} {losses.round(3)!s:27} {(losses / scale**2).round(3)}")

# %% [markdown]
# SGD gives `nan` at once: the weights ran off to infinity, and nobody can overlook it. Divide the rate by 65025 and SGD
# recovers.
#
# Adam does not mind. It divides each weight's step by the size of *that weight's own* recent gradients, which cancels
# the 65025 of a kernel (a weight matrix) and the 255 of a bias. The kernels take nearly the same steps as before, and
# all they compute is 255 times larger. (The biases' steps should have grown too, which hardly matters here.) Only the
# *size* of the loss gives the mistake away. If $x$ and $\hat x$ lie between 0 and 1, the mean squared error cannot
# exceed 1: a first loss in the thousands means that nobody scaled. The mistake does harm once a second term (as in
# lesson 7) has to compete with a reconstruction term 65025 times too large. **Scale first, and say which range your
# numbers refer to.**

# %% [markdown]
# ## What we saw
#
# - An autoencoder is two networks and a loss whose target is the input. By hand it takes about twenty lines, and
#   `ae.Autoencoder` computes the same numbers.
# - A linear one finds PCA's subspace and PCA's error, but not PCA's axes.
# - With eight numbers, a small nonlinear one has little more than half of PCA's test error, with every seed.
# - It keeps what images share and loses what is rare: prints, straps, unusual shapes. But a small error can also mean
#   that an image is faint.
# - Unscaled inputs multiply the loss by 65025. Plain gradient descent breaks at once; Adam hides the mistake.
#
# **To remember.** Always report PCA's error beside an autoencoder's, and look at the worst cases, not only at the mean.
#
# **Where it breaks.** Nothing here said *why eight*. With more numbers, PCA catches up with a briefly trained network,
# and a very wide model may learn to copy anything, noise included. Both are the subject of lesson 2, "How narrow?". And
# the mean squared error is a narrow-minded judge: it charges more than twice as much for moving every image one pixel
# to the side, which you would hardly notice, as for everything the eight numbers lost.

# %%
shifted = ae.diagnostics.mean_squared_error(data.x_test, np.roll(data.x_test, 1, axis=2))
print(f"test MSE of the original moved by one pixel: {shifted:.4f}; of the autoencoder's drawing: {test_mse[0]:.4f}")

# %% [markdown]
# **Sources.** K. Pearson 1901, *On lines and planes of closest fit to systems of points in space* (PCA). H.
# Bourlard and Y. Kamp 1988, *Auto-association by multilayer perceptrons and singular value decomposition*, and P. Baldi
# and K. Hornik 1989, *Neural networks and principal component analysis: learning from examples without local minima*
# (the linear autoencoder). D. Kunin, J. Bloom, A. Goeva and C. Seed 2019, *Loss landscapes of regularized linear
# autoencoders*, and X. Bao, J. Lucas, S. Sachdeva and R. Grosse 2020, *Regularized linear autoencoders recover the
# principal components, eventually* (with weight decay). I. Goodfellow, Y. Bengio and A. Courville 2016, *Deep
# learning*, section 14.1 (a code of one number). D. Kingma and J. Ba 2015, *Adam: a method for stochastic
# optimization* (the steps do not change when the gradients of some weights are rescaled). H. Xiao, K. Rasul and
# R. Vollgraf 2017, *Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms* (the images).
#
# <!-- Confirmed against the text: Goodfellow et al., section 14.1; from their abstracts, Kunin et al. (all critical
# points, singular vectors), Bao et al. (slow convergence) and Kingma and Ba (diagonal rescaling of the gradients).
# Kunin et al.'s result was also computed on digits: B = A^T and PCA's directions to rounding. The rest is taken on
# trust. -->
