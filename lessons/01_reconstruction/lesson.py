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
# **After this lesson you can** build an autoencoder in plain Keras and say what its parts are for; compare it with
# the strongest simple rival, PCA; read a reconstruction error as a picture; and tell from a loss curve that somebody
# forgot to scale the inputs.
#
# **You need** Python, NumPy, and to have trained one Keras classifier. No lesson comes before this one.
#
# **Time** about 45 minutes to read and try; under two minutes to run on two CPU cores.
#
# **Data** 12,000 images of Fashion-MNIST (Zalando Research, MIT licence), which come with this package. Nothing is
# downloaded.

# %% [markdown]
# ## A picture in eight numbers
#
# A 28 x 28 picture is 784 numbers. Could you describe a shirt so well in *eight* numbers that a friend, who reads
# only those, can draw it?
#
# You would have to agree beforehand: the first number is the length of the sleeves, the second says how dark the
# cloth is, and so on. An **autoencoder** is a pair of networks that come to such an agreement by themselves. One
# describes, the other draws, and all they are told is how far the drawing is from the original.

# %%
import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.plotting import plot_bars, plot_curves, plot_image_rows, show

keras.utils.set_random_seed(0)
data = ae.data.load("fashion_mnist")
data

# %% [markdown]
# Nine thousand images to learn from, a thousand to make choices with, two thousand that we keep for the final
# judgement. Pixels lie between 0 (black) and 1 (white). Here is the first test image of each kind of clothes.

# %%
firsts = [np.flatnonzero(data.y_test == label)[0] for label in range(10)]
names = [name.split("/")[0] for name in data.class_names]
ax = plot_image_rows({"test image": data.x_test[firsts]}, titles=names)
show(ax, alt="One grey 28 by 28 test image of each of the ten classes, from T-shirt to ankle boot.")

# %% [markdown]
# Each picture is small, centred and upright, and its outline alone nearly tells what it is. Hold on to that: data
# with so much in common can be described briefly. Noise could not.

# %% [markdown]
# ## The parts and their names
#
# | symbol | name | here |
# |---|---|---|
# | $x$ | input | one image, 784 numbers |
# | $f$ | **encoder** | the network that describes |
# | $z = f(x)$ | **code**, or latent vector | the eight numbers |
# | $g$ | **decoder** | the network that draws |
# | $x' = g(z)$ | **reconstruction** | the drawing |
#
# Both networks are trained together, by gradient descent on one **reconstruction loss**. We take the mean squared
# error over the $D$ pixels:
#
# $$ L(x) = \frac{1}{D} \sum_{i=1}^{D} \bigl(x_i - x'_i\bigr)^2, \qquad x' = g(f(x)) $$
#
# Look at what is missing: labels. The target of each image is the image itself. That is called
# **self-supervision**. And look at what keeps the task from being trivial: $z$ has fewer numbers than $x$. Such an
# autoencoder is **undercomplete**. It cannot copy everything, so it has to find out what matters.

# %% [markdown]
# ## By hand, in plain Keras
#
# Nothing here is new to you if you have trained a classifier: two stacks of layers, one after the other, and a loss.

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
# The decoder ends in a sigmoid because pixels lie between 0 and 1, and so its drawings do too. The encoder ends in
# *no* activation: nothing is known about the code, so nothing should be forced on it.
#
# Training takes the images twice, once as input and once as target.

# %%
keras.utils.set_random_seed(0)
encoder, decoder = make_networks()
by_hand = keras.Sequential([encoder, decoder])
by_hand.compile("adam", "mse")
history_by_hand = by_hand.fit(data.x_train, data.x_train, epochs=3, batch_size=128, verbose=0).history

# %% [markdown]
# That is a whole autoencoder. The library's version does the same and adds the words of the table: `encode`,
# `decode`, `reconstruct`. From the same seed it must come out with the same loss. Does it?

# %% tags=["nbval-check-output"]
keras.utils.set_random_seed(0)
model = ae.Autoencoder(*make_networks())
model.compile("adam", "mse")
history = model.fit(data.x_train, data.x_train, epochs=3, batch_size=128, verbose=0).history

print("loss by epoch, by hand and with ae.Autoencoder:")
for ours, theirs in zip(history_by_hand["loss"], history["loss"], strict=True):
    print(f"  {ours:.2f}   {theirs:.2f}")
print("equal to six digits:", np.allclose(history_by_hand["loss"], history["loss"], rtol=1e-6))

# %% [markdown]
# From here on we use the library, and you know what is inside.

# %%
z = model.encode(data.x_test[:1])
print("the code of the first test image:", np.round(z, 1))
print("shape of its reconstruction:", model.decode(z).shape)

# %% [markdown]
# ## The rival: principal component analysis
#
# A loss by itself says little. Is 0.03 good? Compared with what? The rival to beat is **PCA**, which has been there
# since 1901: it centres the images and projects them onto the $d$ directions in which they vary most. PCA is an
# autoencoder too. Its encoder and its decoder are one matrix each, and *no pair of linear maps has a smaller squared
# error on the training data*.
#
# **Predict first.** Suppose we train an autoencoder without any activation function, so that both networks are
# linear, with four numbers in the middle. Will it do worse than PCA, as well, or better? Will it find the same
# directions?

# %%
keras.utils.set_random_seed(0)
steps = 20 * len(data.x_train) // 100
rate = keras.optimizers.schedules.CosineDecay(3e-3, steps)
linear = ae.Autoencoder(
    ae.networks.dense_encoder((28, 28, 1), 4, hidden=()),
    ae.networks.dense_decoder(4, (28, 28, 1), hidden=()),
)
linear.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=10)
_ = linear.fit(data.x_train, data.x_train, epochs=20, batch_size=100, verbose=0)

# %% tags=["nbval-check-output"]
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

pca = PCA(4).fit(data.x_train.reshape(-1, 784))
columns = keras.ops.convert_to_numpy(linear.decoder.layers[-2].kernel)  # (4, 784): what each number draws
angles = np.degrees(subspace_angles(columns.T, pca.components_.T))
pca_mse = ae.diagnostics.pca_baseline(data, [4])["test_mse"][0]
linear_mse = ae.diagnostics.mean_squared_error(data.x_test, linear.reconstruct(data.x_test))

print("largest angle between the two subspaces is below 2 degrees:", angles.max() < 2)
print("test errors differ by less than 0.5 %:", abs(linear_mse / pca_mse - 1) < 0.005)
print(f"PCA {pca_mse:.3f}, linear autoencoder {linear_mse:.3f}")

# %% [markdown]
# As well as PCA, and no better. The four images that the linear decoder adds up span the same four-dimensional
# subspace as the first four principal components. (The *principal angles* between two subspaces are all zero when
# the subspaces are one and the same.) Now look at the images themselves.


# %%
def as_images(rows):
    rows = rows / np.abs(rows).max(axis=1, keepdims=True)
    return 0.5 + 0.5 * rows.reshape(-1, 28, 28)  # grey is zero


ax = plot_image_rows({"PCA": as_images(pca.components_), "linear\nautoencoder": as_images(columns)})
ax.set_title("What each of the four numbers draws (grey: nothing)", fontsize=10)
show(ax, alt="Two rows of four grey images: four principal components, and four different mixtures of them.")

# %% [markdown]
# The same subspace, other axes. PCA sorts its directions by variance and keeps them at right angles. Gradient
# descent has no reason to: any four independent mixtures draw the same pictures. That is the first lesson about
# codes, and it stays true for every model of this course: **the loss decides what the code can express, not what a
# single number in it means.**

# %% [markdown]
# ## Eight numbers, and no longer linear
#
# Linear maps can only add pictures up. Now both networks get hidden layers with a smooth nonlinearity, and a
# learning rate that falls along a cosine to zero. The middle has eight numbers. PCA gets eight as well.
#
# **Predict:** by how much will the test error fall below PCA's: 5 %, 20 %, 50 %?


# %%
def make_autoencoder(seed, epochs=24, batch_size=128):
    keras.utils.set_random_seed(seed)
    options = {"activation": "silu"}
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), 8, hidden=(512, 256), **options),
        ae.networks.dense_decoder(8, (28, 28, 1), hidden=(256, 512), output_activation="sigmoid", **options),
    )
    steps = epochs * -(-len(data.x_train) // batch_size)
    rate = keras.optimizers.schedules.CosineDecay(4e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=8)
    fit = {"epochs": epochs, "batch_size": batch_size, "verbose": 0}
    history = model.fit(data.x_train, data.x_train, validation_data=(data.x_val, data.x_val), **fit)
    return model, history.history


# %%
autoencoder, history = make_autoencoder(seed=0)

# %%
pca_8 = ae.diagnostics.pca_baseline(data, [8])
curves = {"training": history["loss"], "validation": history["val_loss"]}
ax = plot_curves(curves, ylabel="mean squared error a pixel", title="Eight numbers: learning to draw")
ax.axhline(pca_8["val_mse"][0], color="black", linewidth=0.8)
ax.annotate("PCA, validation", (24, pca_8["val_mse"][0]), ha="right", va="bottom")
ax.set_ylim(0.01, 0.04)
show(ax, alt="Training and validation error fall below the line of PCA in the second epoch and end near half of it.")

# %% [markdown]
# The network overtakes PCA in the second epoch. At first the validation error is the *smaller* one: the training
# error is an average over the epoch, and the model was worse when the epoch began. Later the curves cross and part a
# little: nine thousand images are few, and the training error flatters. So the number that counts comes from the test
# images, which neither the training nor our choices have seen.
#
# One run is an anecdote. How much of it is luck? Two more seeds tell.

# %%
runs = [(autoencoder, history), make_autoencoder(seed=1), make_autoencoder(seed=2)]
test_mse = [ae.diagnostics.mean_squared_error(data.x_test, model.predict(data.x_test, verbose=0)) for model, _ in runs]
pca_mse = pca_8["test_mse"][0]
for seed, mse in enumerate(test_mse):
    print(f"seed {seed}: test MSE {mse:.4f}, {100 * (1 - mse / pca_mse):.1f} % less than PCA's {pca_mse:.4f}")

# %%
values = {"PCA": pca_mse, "autoencoder,\nmean of 3 seeds": np.mean(test_mse)}
ax = plot_bars(
    values,
    errors=dict(zip(values, [0, np.std(test_mse, ddof=1)], strict=True)),
    xlabel="test mean squared error a pixel",
    title="Eight numbers an image (whisker: standard deviation over seeds)",
)
show(ax, alt="Two bars: the test error of PCA with eight components, and the autoencoder's at little more than half.")

# %% tags=["nbval-check-output"]
print("every seed at least 45 % below PCA:", all(mse < 0.55 * pca_mse for mse in test_mse))
print("spread between seeds under 3 % of the error:", np.ptp(test_mse) < 0.03 * np.mean(test_mse))

# %% [markdown]
# Nearly half of PCA's error is gone, with every seed. The eight numbers are as few as before; what is new is how
# they are turned into a picture. A curved surface bends along the data where a flat one can only cut through it.

# %% [markdown]
# ## What eight numbers keep, and what they lose
#
# An average over two thousand images hides everything one would like to know. So look.


# %%
def reconstructions(images):
    flat = images.reshape(len(images), -1)
    pca = PCA(8, random_state=0).fit(data.x_train.reshape(-1, 784))
    by_pca = pca.inverse_transform(pca.transform(flat)).reshape(images.shape)
    return {
        "original": images,
        "PCA": by_pca,
        "autoencoder": autoencoder.predict(images, verbose=0),
    }


ax = plot_image_rows(reconstructions(data.x_test[firsts]), titles=names)
show(ax, alt="Ten test images, their blurred PCA reconstructions, and sharper ones by the autoencoder without prints.")

# %% [markdown]
# **Kept:** what kind of thing it is, its outline, how bright it is. **Lost:** prints, stripes, buckles, the texture
# of cloth. PCA's drawings are ghosts that still carry the average of all clothes; the autoencoder's look like
# clothes, but like *typical* ones. Where it does not know a detail it draws the average of what might be there, since
# that is what squared error rewards. (Lesson 9 comes back to this blur.)
#
# **Predict:** which class will be hardest to draw, and which easiest?

# %%
images = autoencoder.predict(data.x_test, verbose=0)
error = np.mean((data.x_test - images) ** 2, axis=(1, 2, 3))
by_class = {names[label]: error[data.y_test == label].mean() for label in range(10)}
by_class = dict(sorted(by_class.items(), key=lambda item: item[1]))
ax = plot_bars(by_class, xlabel="test mean squared error a pixel", title="Some clothes are easier to draw than others")
show(
    ax,
    alt="Bars of the test error by class, from trousers and sneakers, the easiest, to sandals and bags, the hardest.",
)

# %% [markdown]
# An easy class is one whose members resemble each other, whatever they look like. A hard one is varied, or has much
# texture, or both. Now single images: the three best and the seven worst drawings of all.

# %%
order = np.argsort(error)
chosen = np.concatenate([order[:3], order[-7:]])
titles = [f"{names[data.y_test[index]]}\n{error[index]:.3f}" for index in chosen]
ax = plot_image_rows(reconstructions(data.x_test[chosen]), titles=titles)
show(ax, alt="Three plain garments drawn almost perfectly, and seven with strong prints or stripes that are lost.")

# %% [markdown]
# The failures are of one kind: strong contrast in fine detail (a print, stripes, straps) or a shape of which there
# are few. Hardly any training image has that detail, so no number of the eight was worth spending on it. Remember
# this picture: an autoencoder is good at what is *frequent*. In lesson 13 exactly this failure
# becomes a detector of the unusual.

# %% tags=["nbval-check-output"]
easiest, *_, hardest = by_class.values()
print("the hardest class has more than three times the error of the easiest:", hardest > 3 * easiest)
print("the worst image has more than 50 times the error of the best:", error.max() > 50 * error.min())

# %% [markdown]
# ## Forgetting to scale
#
# The file on disk holds bytes, 0 to 255; `load` divided them by 255. What if nobody had? Squared error grows by
# $255^2 = 65025$. And the gradients? With plain gradient descent and a learning rate of 1, one step moves each
# weight by exactly its gradient. So we take one step and look how far the weights went.


# %%
def make_plain(optimizer):
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), 8, hidden=(128,)),
        ae.networks.dense_decoder(8, (28, 28, 1), hidden=(128,)),
    )
    model.compile(optimizer, "mse", steps_per_execution=8)
    return model


def gradient_size(scale):
    model, x = make_plain(keras.optimizers.SGD(1.0)), scale * data.x_train[:1000]
    before = model.get_weights()
    loss = model.train_on_batch(x, x)
    moved = [new - old for new, old in zip(model.get_weights(), before, strict=True)]
    return float(loss), float(np.sqrt(sum((step**2).sum() for step in moved)))


# %%
scaled, raw = gradient_size(1), gradient_size(255)
print(f"pixels 0 to 1:    loss {scaled[0]:10.3f}   gradient {scaled[1]:10.3f}")
print(f"pixels 0 to 255:  loss {raw[0]:10.0f}   gradient {raw[1]:10.0f}")
print(f"ratio:            loss {raw[0] / scaled[0]:10.0f}   gradient {raw[1] / scaled[1]:10.0f}")

# %% [markdown]
# Both are tens of thousands of times larger: a step length that suits one cannot suit the other.
#
# **Predict:** what will two epochs of plain gradient descent make of the raw pixels? And Adam, the optimiser that you
# probably use, which divides each step by the size of recent gradients?


# %%
def train_plain(scale, optimizer):
    x = scale * data.x_train
    losses = make_plain(optimizer).fit(x, x, epochs=2, batch_size=64, verbose=0).history["loss"]
    return np.array(losses) / scale**2  # on the scale of [0, 1] again, so that all can be compared


for name, optimizer, rate in (("SGD", keras.optimizers.SGD, 0.5), ("Adam", keras.optimizers.Adam, 1e-3)):
    for scale in (1, 255):
        losses = train_plain(scale, optimizer(rate))
        print(f"{name:4} rate {rate}, pixels 0 to {scale:3}: loss by epoch {losses.round(3)}")

# %% [markdown]
# With plain gradient descent the raw pixels give `nan` at once: the steps were so long that the weights ran off to
# infinity. That is the lucky case, for nobody can overlook it.
#
# Textbooks would have Adam suffer too. Here it does not: scaled back, its losses are almost the same. The mistake is
# there all the same, and silent. The reported loss is 65025 times what anybody else reports; a decoder that ends in a
# sigmoid could never reach 255; and weight decay, or the KL term of lesson 7, would be set against a reconstruction
# term of an absurd size. So: **scale first, and say which range your numbers refer to.** What to do with data that
# are not pixels is the subject of lesson 3.

# %% [markdown]
# ## What we saw
#
# - An autoencoder is two networks and a loss whose target is the input. By hand it takes about twenty lines, and
#   `ae.Autoencoder` computes the same numbers.
# - A linear one finds PCA's subspace and PCA's error, but not PCA's axes.
# - With eight numbers, a small nonlinear one leaves little more than half of PCA's test error, with every seed.
# - It keeps what images share and loses what is rare: prints, stripes, texture.
# - Unscaled inputs multiply the loss by 65025. Plain gradient descent breaks at once; Adam hides the mistake.
#
# **To remember.** Always print PCA beside an autoencoder. Judge on data that neither training nor choices have seen.
# Give the spread over seeds. Look at the worst cases, not only at the mean.
#
# **Where it breaks.** Nothing in this lesson said *why eight*. With 64 numbers this very network is no better than
# PCA, and a very wide one may learn to copy anything, noise included. Both are the subject of lesson 2, "How
# narrow?", which comes next. And the mean squared error that we minimised is blind to some differences and harsh
# about others: a shirt shifted by one pixel counts as a bad copy.
#
# **Sources.** K. Pearson 1901, *On lines and planes of closest fit to systems of points in space* (PCA).
# H. Bourlard and Y. Kamp 1988, *Auto-association by multilayer perceptrons and singular value decomposition*, and
# P. Baldi and K. Hornik 1989, *Neural networks and principal component analysis* (the linear autoencoder).
# G. Hinton and R. Salakhutdinov 2006, *Reducing the dimensionality of data with neural networks* (deep ones against
# PCA). H. Xiao, K. Rasul and R. Vollgraf 2017, *Fashion-MNIST*, arXiv:1708.07747 (the images).
