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
# # Lesson 10. Asking for what you want
#
# **After this lesson you can** give a VAE a condition (a class, some numbers, a few words, a part of the image) and
# state its bound; judge what comes back by agreement *and* diversity; find out whether the condition is ignored, or
# left over in z; and complete an image in more than one way.
#
# **You need** lesson 8: the ELBO, the importance-weighted bound, the two parts of the mean KL.
#
# **Time** part one about 35 minutes, part two about 25; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence), scikit-learn's handwritten digits (UCI, CC BY 4.0) and
# sprites drawn here. Nothing is downloaded.

# %% [markdown]
# ## A wish that a VAE cannot hear
#
# A VAE draws a random z and shows you some garment. You wanted a sandal. You could draw until one comes, but there is
# a better way: tell the networks. The **condition** $c$ is whatever we know about an image before we see it. Here it
# is first a class, later a few numbers, words, or a quarter of the image itself. A **conditional VAE** (CVAE) tells
# this story of an image:
#
# 1. Somebody names $c$. The model does not say how probable it is.
# 2. z is drawn from the prior $p(z) = \mathrm{N}(0, I)$, *whatever c is*. So z should hold what $c$ leaves open.
# 3. The decoder, which sees both, draws x from $p(x|z, c)$.
#
# The bound is that of lesson 7, with $c$ behind every bar. For any $q(z|x, c)$, by Jensen,
#
# $$ \log p(x|c) = \log \mathrm{E}_{q(z|x,c)} \left[ \frac{p(x|z, c)\, p(z)}{q(z|x, c)} \right]
#    \ge \mathrm{E}_{q(z|x,c)} \bigl[ \log p(x|z, c) \bigr] - \mathrm{KL}\bigl( q(z|x, c) \,\|\, p(z) \bigr)
#    = \mathrm{ELBO}(x|c). $$
#
# Story and bound are those of Kingma et al. 2014 (their model M2, for images whose class is known) and Sohn et al.
# 2015, who let the prior depend on the condition as well, $p(z|c)$. The gap is still
# $\mathrm{KL}(q(z|x,c) \,\|\, p(z|x,c))$.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("10_conditional_vae")

# %%
import inspect

import autoencoders_edu as ae
import completion  # this script and the next two lie beside the notebook
import conditions
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import words
from autoencoders_edu.plotting import COLOURS, ink_on_paper, plot_image_rows, show
from IPython.display import Code

numpy_of = keras.ops.convert_to_numpy
digits, x_train, x_new, y_new = conditions.black_and_white()
print(f"{len(x_train)} digits to train on and {len(x_new)} new ones, of 8 x 8 pixels that are 0 or 1")

# %% [markdown]
# ## By hand
#
# A class number would say that class 8 is twice class 4. So a class becomes a **one-hot** vector: ten numbers, a 1 at
# the place of the class, 0 elsewhere. Both networks get it as ten more inputs (`condition_size=10`). The rest is a
# VAE. (We borrow the library's draw of z, so that both can be compared exactly.)

# %%
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder((8, 8, 1), 2 * 8, hidden=(128,), condition_size=10)
decoder = ae.networks.dense_decoder(8, (8, 8, 1), hidden=(128,), condition_size=10)
x, c = x_train[:100], np.eye(10, dtype="float32")[digits.y_train[:100]]  # rows of the identity matrix are one-hot

mean, log_variance = np.split(numpy_of(encoder([x, c])), 2, axis=1)
kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - 1 - log_variance, axis=1)

model = ae.ConditionalVAE(encoder, decoder, num_classes=10)  # takes class numbers, and makes them one-hot
pair = [x, digits.y_train[:100]]
z = numpy_of(model.posterior(pair).sample(seed=ae.distributions.next_seed(0)))  # the draw that elbo(seed=0) makes
logits = numpy_of(decoder([z, c]))
by_hand = np.sum(x * logits - np.logaddexp(0, logits), axis=(1, 2, 3)) - kl  # log p(x|z, c) - KL
print(f"ELBO(x|c) of the first digit, before training: {by_hand[0]:.1f} nats")

# %% tags=["nbval-check-output"]
print("ConditionalVAE agrees:", np.allclose(by_hand, model.elbo(pair, seed=0), atol=1e-3))

# %% [markdown]
# Wherever a VAE takes x, this model takes the pair `[x, c]`; wherever it takes z, `[z, c]`. If classes come as names,
# fix an order first, and keep it. `clothes.class_names` is such an order:

# %% tags=["nbval-check-output"]
clothes, classify = conditions.clothes()  # and a classifier of clothes that was trained apart
wanted = ["Sandal", "Bag"]
numbers = [clothes.class_names.index(name) for name in wanted]
print(dict(zip(wanted, numbers, strict=True)))
print(np.eye(10, dtype=int)[numbers])

# %% [markdown]
# Now we train a CVAE on clothes with `model.fit([x, c])`: 16 latents, one hidden layer of 256 units in each network,
# 12 epochs. (Grey pixels are scored as if they were coins, which is customary. Such "nats" are no log-densities, so
# wherever we compare nats, pixels will be black or white.)
#
# **Predict.** We ask for each class 100 times. How many of the images will be what we asked for?

# %%
garments = conditions.fashion_model("both", seed=0)
asked = np.repeat(np.arange(10), 100)
drawn = conditions.samples(garments, asked, seed=0)
print(f"right, says the classifier: {np.mean(classify(drawn) == asked):.2f}")

# %%
short = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"]
of_class = [np.flatnonzero(clothes.y_test == label)[0] for label in range(10)]
rows = {"real": clothes.x_test[of_class]} | {f"asked, {k + 1}": drawn[k::100] for k in range(4)}
show(
    plot_image_rows(rows, short),
    alt="A row of real garments and four rows of samples. Most bags, trousers and boots look right; among the others "
    "some columns hold garments of another class.",
)

# %% [markdown]
# Better than chance, 0.10, and far from perfect. Something does not listen. Before we look for it, we need to measure
# it properly.
#
# ## Two numbers, never one
#
# - **Agreement**: the share of images that a classifier, trained apart on real images, takes for the class asked for.
# - **Within-class diversity**: the mean squared distance between two images of the same class (squared differences
#   summed over pixels), over all pairs of different images, then averaged over classes.
#
# Pairs need no loop: for independent images the squared difference of a pixel is, on average, twice its variance.

# %% tags=["nbval-check-output"]
bags = clothes.x_test[clothes.y_test == 8][:50].reshape(50, -1)
pairs = [np.sum((bags[i] - bags[j]) ** 2) for i in range(50) for j in range(i)]
by_class = conditions.diversity(bags, np.zeros(50))
print(f"over all pairs {np.mean(pairs):.1f}, from the variances {by_class:.1f}")

# %% [markdown]
# Who has to be told? A network can be kept in the dark without changing its shape. It still takes two inputs, but
# gets zeros in place of $c$:

# %%
Code(inspect.getsource(conditions.ignoring), language="python")

# %% [markdown]
# **Predict.** Which of these has the best agreement, and which the best diversity?
#
# - the CVAE above ("both": encoder and decoder are told the class), one whose decoder alone is told, and one where
#   neither is (a VAE, whose images get the labels that we had in mind);
# - the CVAE trained for 30 epochs instead of 12, or with a KL that counts four times (beta = 4, see lesson 9);
# - real test images, the ceiling; and three controls: *three* training images per class over and over; the CVAE with
#   its z multiplied by 0.3; the CVAE with pixel noise added.

# %%
fashion = pd.read_csv("fashion.csv")


def mean_and_spread(table, by, columns, digits=2):
    def text(values):
        spread = f" ± {values.std():.{digits}f}" if values.count() > 1 else ""
        return f"{values.mean():.{digits}f}{spread}" if values.count() else ""

    return table.groupby(by, sort=False)[columns].agg(text)


mean_and_spread(fashion, "model", ["agreement", "diversity"])  # three seeds, mean and standard deviation

# %%
stored = fashion[(fashion.model == "both") & (fashion.seed == 0)].iloc[0]
live = conditions.fashion_row(garments, seed=0)
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(2).T

# %% [markdown]
# - **z times 0.3** raises the agreement from 0.50 to 0.87, as high as that of real images (0.88), with less than a
#   tenth of their diversity: 7 against 81. **Agreement rewards dropped modes.** Beta = 4 does the same more mildly:
#   0.85, and 43 in place of 50.
# - **Three real images** per class, over and over, pass for real images, and keep two thirds of their diversity: in
#   one of three pairs an image meets its copy. With $m$ images, $1 - 1/m$ of the diversity is left. So diversity
#   notices that images grow alike, and hardly that there are only few.
# - **Noise** brings back nearly all of the diversity, and nobody wants it.
# - **The VAE** has more diversity within "classes" than the CVAE, and agreement at chance: it draws anything.
# - **Who is told?** With a deaf encoder the agreement is lower, 0.41. Longer training helps: 0.66 (one seed), with
#   more diversity, not less.
#
# So quote both, with real images beside them. (The means that we show have less diversity than real images for an
# honest reason, too: they are blurred.)
#
# A third judge combines the two: train a classifier on *generated* images and test it on real ones (the
# **classification accuracy score** of Ravuri and Vinyals 2019). It needs images that are right and images that are
# different. On the digits this is cheap; `conditions.py` does it with five seeds, drawing pixels from $p(x|z, c)$, so
# that generated images are black and white like real ones.

# %%
table = pd.read_csv("digits.csv")
mean_and_spread(table, "model", ["agreement", "diversity", "real images right"])

# %%
model = conditions.digits_model("both", seed=0)
live = conditions.digits_row(model, "both", seed=0)
stored = table[(table.model == "both") & (table.seed == 0)].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(2).T

# %% [markdown]
# (*number* is told the class as one real number, *permuted* with renamed classes, *shuffled* with wrong labels: see
# the pitfalls at the end.) Here the CVAE is at 0.92. Again z times 0.3 has more agreement, 0.99, than even real
# digits, 0.97. The third judge is not taken in: samples of the CVAE teach it to get 0.91 of real images right, those
# with z times 0.3 only 0.87, three images per class 0.74. (Real images teach it 0.97.) But it does not see
# everything, either. The means of $p(x|z, c)$ teach as well as draws, with less than a third of the diversity, and
# the VAE, which draws all classes whatever we had in mind, has more diversity than real digits: 16 against 11.
# **Diversity rewards not listening.**
#
# ## What can a label save?
#
# **Predict.** Ten classes, equally frequent. By how many nats can knowing the class raise $\log p(x)$ at most?
#
# With $p(x) = \sum_c p(c)\, p(x|c)$ a mixture of the classes, every single term is at most the sum:
#
# $$ p(c)\, p(x|c) \le p(x), \qquad\text{so}\qquad \log p(x|c) - \log p(x) \le -\log p(c) = \log 10 = 2.30. $$
#
# (The mean of the left side is the mutual information $I(x; c)$, which is at most the entropy of $c$.) Now the table:

# %%
nats = table.dropna(subset=["bound"]).pivot(index="seed", columns="model", values="bound")
saved = nats["both"] - nats["VAE"]
print(f"CVAE, told the class, less VAE: {saved.min():.2f} to {saved.max():.2f} nats per new digit, five seeds")
summed = table[table.model == "both"].set_index("seed")["mixture"]
print(f"CVAE summed over c, less VAE: {(summed - nats['VAE']).min():.2f} to {(summed - nats['VAE']).max():.2f} nats")

# %%
log_p = conditions.bound_of_each_class(model)  # (class, image): the bound on log p(x|c) for all ten classes
mixture = conditions.log_mean_exp(log_p)  # on log p(x), with p(c) = 1/10
own = log_p[y_new, np.arange(len(y_new))]
print(f"log p(x|c) {own.mean():.2f}, mixture over c {mixture.mean():.2f}, difference {np.mean(own - mixture):.2f}")
print(f"the unconditional VAE: {nats['VAE'][0]:.2f}; class with the largest p(x|c): right in", end=" ")
print(f"{np.mean(log_p.argmax(axis=0) == y_new):.3f} of new digits")

# %% [markdown]
# More than the 2.30 nats that we have just proved? The proof is about *one* model: there, the difference is 2.1. (It
# holds for these bounds as well: the mixture contains every image's own bound, with weight 1/10.) The table compares
# two models that were trained *apart*. Turned into an unconditional model by summing over c, the CVAE explains new
# digits 0.7 to 0.9 nats better than the VAE does, from every seed. So the label does two things: it names the class,
# and in training it makes the model a mixture of ten parts that share their networks. (Is such a mixture richer, or
# just easier to train? This does not show it. It is not the bound: with 4000 samples in place of 100, either model
# gains 0.03 nats or less.)
#
# The last number is a bonus: a CVAE classifies, by Bayes' rule, with $p(x|c)$.
#
# ## Same z, every label
#
# If z holds what the class leaves open, one z decoded with each label should give ten garments in one *style*.

# %%
calm = conditions.fashion_model("both, beta 4", seed=0)
z = np.random.default_rng(3).normal(size=(4, 16)).astype("float32")
rows = {
    f"z number {k + 1}": numpy_of(calm.decode([np.repeat(z[k : k + 1], 10, axis=0), np.arange(10)])) for k in range(4)
}
show(
    plot_image_rows(rows, short),
    alt="Four rows of ten garments, one z in each row and one class in each column; within a row garments share their "
    "brightness, and from row to row they differ.",
)

# %% [markdown]
# (We show the model with beta = 4, which listens better.) Is it the same style, or do we see what we want to see? One
# measurable piece of style is brightness. Over 300 draws of z, take the mean pixel of the image for each label, and
# correlate the labels with each other, with the same z and, as a control, with z shuffled:

# %%
same, shuffled = conditions.style_agreement(calm)
print(f"brightness between two labels: correlation {same:.2f} with the same z, {shuffled:.2f} with another z")

# %% [markdown]
# Now ask for yourself: a label, and the two latents that the encoder uses most (this needs Jupyter; below it is a
# still picture):

# %%
q = calm.posterior([clothes.x_test, clothes.y_test])
kl_per_latent = numpy_of(calm.kl_per_latent(q)).mean(axis=0)
first, second = np.argsort(kl_per_latent)[::-1][:2]


def wish(label, along_first=0.0, along_second=0.0):
    z = np.zeros((1, 16), "float32")
    z[0, [first, second]] = along_first, along_second
    return numpy_of(calm.decode([z, np.array([label])]))[0]


# %%
from ipywidgets import FloatSlider, interact


def ask(garment="bag", style_1=0.0, style_2=0.0):
    _, ax = plt.subplots(figsize=(1.8, 1.8))
    ax.imshow(wish(short.index(garment), style_1, style_2)[..., 0], cmap="gray", vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[])
    show(ax, alt=f"A {garment} with the two style latents at {style_1:.1f} and {style_2:.1f}.")


slider = {"min": -3, "max": 3, "step": 0.5, "continuous_update": False}
_ = interact(ask, garment=short, style_1=FloatSlider(0.0, **slider), style_2=FloatSlider(0.0, **slider))

# %% [markdown]
# (Rows: the first style latent. Columns: label and second style latent.)

# %%
steps = (-2.0, 0.0, 2.0)
rows = {f"style 1 at {a:+.0f}": [wish(label, a, b) for label in (0, 5, 8) for b in steps] for a in steps}
titles = [f"{short[label]}, {b:+.0f}" for label in (0, 5, 8) for b in steps]
show(
    plot_image_rows(rows, titles),
    alt="T-shirts, sandals and bags for three values each of two style latents; the look changes, and mostly the class "
    "stays.",
)

# %% [markdown]
# Top row, third column: with +2 the T-shirt is nearly a bag. So z is not about style alone.
#
# ## What is left of the class in z
#
# To sample, we draw z *without* looking at $c$. That is right only if, in training, codes of all classes lie in the
# same place. Do they? Split the mean KL once more. Lesson 7 had
# $\mathrm{KL} = I_q(x; z) + \mathrm{KL}(q(z) \| p(z))$. For images of one class that holds with $q(z|c)$, the mixture
# of that class's codes, in place of $q(z)$. The mean over classes of $\mathrm{KL}(q(z|c) \| p(z))$ splits in the same
# way, with $c$ for $x$. Together:
#
# $$ \mathrm{E}\,\mathrm{KL}\bigl(q(z|x, c) \| p(z)\bigr)
#    = \underbrace{I_q(x; z \mid c)}_{\text{style}} + \underbrace{I_q(z; c)}_{\text{the class again}}
#    + \underbrace{\mathrm{KL}\bigl(q(z) \| p(z)\bigr)}_{\text{misfit}}. $$
#
# The decoder has $c$ already. What z says of the class is paid for, nat for nat, and is of no use. So it should
# disappear. **Predict.** Does it?
#
# A **probe** is a classifier that tries to read $c$ from z. We try two, a linear one (logistic regression) and a
# nonlinear one (a support vector machine with a smooth kernel), on the *means* of q and on one *draw* each, which is
# what the decoder gets. They learn on some new images and are tested on others (five-fold cross-validation). The
# linear probe's probabilities also give a floor in nats: $I_q(z; c) \ge \log 10 + \mathrm{E} \log \hat p(c|z)$.

# %%
probes = ["linear, mean", "nonlinear, mean", "linear, draw", "nonlinear, draw", "nats"]
used = table[table.model.isin(["VAE", "both", "decoder"])].assign(images="digits")
used = pd.concat([used, fashion.dropna(subset=["nats"]).assign(images="clothes")])
mean_and_spread(used, ["images", "model"], probes)

# %% [markdown]
# Chance is 0.1. In the unconditional VAE the class can be read from z nearly as well as from pixels. In the
# conditional ones:
#
# - **Training gets rid of some of it.** On the digits, 60 epochs leave next to nothing in a draw. The means still
#   show the class to the nonlinear probe, by shifts that are small beside the noise of q. On the clothes, 12 epochs
#   leave at least 1 nat of 2.3.
# - **Telling the encoder, too, leaves less,** on both. (An encoder that is not told has to recognise the class before
#   it can leave it out.)
# - **More epochs and a larger beta** leave less in a draw of the clothes' z. With beta = 4 the *means* still tell the
#   class; there is only more noise on top.
# - **A linear probe alone would have misled us:** from the digits' means it reads 0.19, the nonlinear one 0.50.
#
# What lowers it? `leaks.csv` varies beta, the length of training and the number of images, for models that tell both
# networks or only the decoder. And we ask what a leak does when the model is *used*. **Transfer**: take a new digit's
# z (the mean), decode it with another label, and see whether the classifier finds the new class. Two more versions
# tell what the decoder goes by: the same label, but z moved from the mean code of its class to that of the other
# class; and both.
#
# **Predict.** With which beta will the label be ignored, 0.1, 1 or 4?

# %%
leaks = pd.read_csv("leaks.csv")
leaks["change"] = "beta " + leaks.beta.astype(str)
leaks.loc[(leaks.beta == 1) & (leaks.epochs == 60), "change"] = "as before"
leaks.loc[leaks.epochs == 240, "change"] = "240 epochs"
leaks.loc[leaks.n == 270, "change"] = "270 images, 240 epochs"
columns = ["kl", "nonlinear, mean", "nonlinear, draw", "nats", "agreement"]
mean_and_spread(leaks, ["kind", "change"], columns)  # three seeds; 1078 images and 60 epochs unless said otherwise

# %%
moves = ["transfer, label", "transfer, z", "transfer, both"]
mean_and_spread(leaks, ["kind", "change"], moves)

# %%
mean_and_spread(fashion.dropna(subset=moves), "model", moves)  # the same for the clothes

# %%
live = conditions.leaks_row({"kind": "decoder", "beta": 0.1}, seed=0)
stored = leaks[(leaks.kind == "decoder") & (leaks.beta == 0.1) & (leaks.seed == 0)].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).drop("kind").astype(float).round(2).T

# %%
groups = {f"digits, told: {kind}": rows for kind, rows in leaks.groupby("kind")} | {
    "clothes": fashion.dropna(subset=moves)
}
_, ax = plt.subplots(figsize=(6.5, 3.6))
for (name, rows), colour, marker in zip(groups.items(), COLOURS, "osD", strict=False):
    ax.plot(rows["nonlinear, draw"], rows["transfer, label"], marker, color=colour, alpha=0.6, label=name)
ax.axvline(0.1, color="grey", linewidth=0.8, linestyle=":")
ax.set(xlabel="share of classes read from one draw of z (dotted: chance)", ylabel="share that follows the new label")
ax.set_title("The more of the class is in z, the less the label counts")
ax.legend(frameon=False)
show(
    ax,
    alt="One dot per model. Up to a probe's accuracy of 0.3, nearly all images follow the new label; from there their "
    "share falls, to about a half at 0.56 and less than 0.3 from 0.6 on.",
)

# %% [markdown]
# - **A small beta leaves much.** With beta = 0.1 a draw of z tells at least 1.2 nats of the class, or 1.5 where the
#   encoder is not told. Then the label is nearly ignored: 0.26 and 0.15 of the digits follow it. Move *z* from class
#   to class and keep the label, and more of them follow z, 0.30 and 0.48. With both, nearly all do. So the decoder
#   did learn what the classes look like. In training, z and the label always agreed, and where they do not, it goes
#   by either.
# - **With beta = 1** the digits' draws say little of the class, and the label alone decides.
# - **With beta = 4** they say nothing, since they say nothing at all: the KL is 0.00. An agreement of 1.00 and a z
#   free of the class, from a model that draws one image per class.
# - **Longer training and more images** lower the leak, too. Where the encoder is not told, four times the epochs take
#   the nonlinear probe on draws from 0.25 to 0.20, and a quarter of the images, for as many steps, to 0.29. Where it
#   is told, less is left to lose: 0.21 becomes 0.20 and 0.25.
# - **The clothes** fill the gap in the figure. After 12 epochs at beta = 1 they behave like the digits at 0.1. So
#   most likely this is what was wrong with our first samples: a z from the prior names a class of its own, and the
#   label is outvoted.
#
# Telling the encoder, training longer and a larger beta all lower the leak. None is free: beta costs diversity.
# Others add a penalty for what z says of $c$ (Louizos et al. 2016; Klys et al. 2018).

# %% [markdown]
# # Part two begins here: other conditions
#
# A good place for a break. So far:
#
# - ELBO(x|c) is the ELBO with $c$ behind every bar; both networks, or at least the decoder, get $c$.
# - Agreement without diversity rewards dropped modes; real images are the ceiling.
# - Training leaves some of the class in z. Where z says the class, the label is not needed, and not heard.
#
# ## Numbers as a condition
#
# Nothing above needs classes. With `num_classes=None` the condition is any vector. Our sprites (lesson 9's kind: a
# square, ellipse or heart of 16 x 16 pixels) have five known factors: shape, scale, orientation, x and y. We tell the
# model some of them as numbers, the shape one-hot, the others from −1 to 1.
#
# **Predict.** A sprite is drawn from its five factors, nothing else. What is left for z to say if we tell it all
# five? And how many nats can the position save? (It has 64 equally frequent values.)

# %%
told = pd.read_csv("factors.csv")
mean_and_spread(told, "told", ["kl", "bound", "as asked", "distance"])  # three seeds

# %% [markdown]
# - **What z says.** Told the position, the model needs 4.2 nats of KL in place of 8.4. Told all five factors, z has
#   nothing left to say, and still says 1.3 nats.
# - **What is saved.** The position saves 4.6 nats, where log 64 is 4.2; again, these are models trained apart. Told
#   everything, a perfect decoder would be certain, with 0 nats. Ours pays 10.3: the test sprites are combinations of
#   values that were not in training, and their edges are drawn a few pixels off (`distance`, in pixels, to the
#   nearest of all sprites).
# - **Is the wish granted?** The nearest sprite is at exactly the position asked for (one of 64) in 0.60 of the
#   samples, and has all five values (one of 6144) in 0.11.
#
# ## Words as a condition
#
# The smallest honest form of text: a **bag of words**. The vocabulary has nine words in four groups: *square,
# ellipse, heart*; *small, big*; *left, right*; *top, bottom*. A text becomes nine numbers, 1 where it has the word.
# Word order is lost, and a word outside the vocabulary cannot be said. In training each word is left out one time in
# four, so that *no word* comes to mean "as you like".

# %% tags=["nbval-check-output"]
print(words.WORDS)
print("big heart left:", words.bag("big heart left").astype(int))
print("the same vector for another order:", np.array_equal(words.bag("big heart left"), words.bag("left heart big")))

# %% [markdown]
# Three combinations (*big heart left*, *small square right*, *big ellipse bottom*) are held out: no such sprite is in
# training, with or without words. Every word of them is. The judge is the nearest of all 6144 sprites, whose factors
# we know. The control is the same model trained with all sprites.
#
# **Predict.** Asked for *big heart left*, what will the model draw that has never met one?

# %%
reader = words.train(words.HELD_OUT, seed=0)
rows = {
    text: words.ask(reader, text, n=10)
    for text in ("small ellipse bottom", "big heart right", "left", "big heart left")
}
show(
    plot_image_rows({name: ink_on_paper(images) for name, images in rows.items()}),
    alt="Ten images for each of four texts; the last, held out of training, gives shapes on the left, few of them big "
    "hearts.",
)

# %%
for text in ("big heart left", "left"):
    factors, _ = words.recognise(words.ask(reader, text))
    drawn = {word: round(float(np.mean(words.fits(word, factors))), 2) for word in words.WORDS}
    print(f"asked for {text!r}: {drawn}")

# %%
asked_for = pd.read_csv("words.csv")
mean_and_spread(
    asked_for.groupby(["kind", "trained", "seed"], as_index=False).mean(numeric_only=True),
    ["kind", "trained"],
    ["all words", "one word", "distance"],
)

# %% [markdown]
# "All words" is the share of images of which every word of the text is true ("short" texts have one or two words, the
# others three), "one word" the mean over its words. Of all sprites, 1 in 12 fits a text of three words.
#
# - **Never met together.** From the model that has not met them, 0.18 of the images fit the held-out texts; from the
#   model that has, 0.40. That is more than 1 in 12, so the words do carry over, but less than half of what is
#   possible.
# - **The control.** On the other texts the two models hardly differ, 0.44 and 0.46, though one had a quarter fewer
#   images. So it is the combination that was missing, not the number of images.
# - **Words left out.** Asked for *left* alone, the model puts nearly all sprites on the left, and draws the three
#   shapes equally often. But three quarters of them are small, not half: "as you like" has its own taste (or our
#   judge has, who takes blurred sprites for small ones).
#
# Even with everything met, fewer than half of the images fit three words. The model is obedient word by word (0.78),
# and mistakes in single words add up.
#
# ## A part of the image as a condition
#
# Hide some quadrants of a garment and ask for the rest. The condition is a vector with one number per pixel: 1 for a
# visible white pixel, −1 for a visible black one, 0 for a hidden one. So it holds both the visible pixels and the
# **mask**, which says where they are. We use *silhouettes*, 1 where a pixel is brighter than a fifth of white, to
# have true log-likelihoods. As in Sohn et al. 2015, the encoder sees x and $c$, the decoder z and $c$.
#
# We do not want to score the pixels that were given. So the decoder copies them with logits of ±20, which adds
# nothing to $\log p(x|z, c)$. What `ConditionalVAE` then calls $\log p(x|c)$ is that of the hidden pixels alone:

# %%
parts = (completion.condition, completion.keep_visible, completion.make_cvae)
Code("\n\n".join(map(inspect.getsource, parts)), language="python")

# %% [markdown]
# The rivals:
#
# - **The mean predictor**: a network with two hidden layers from $c$ to one probability per pixel, trained on the
#   same images with the same loss and as long. Its best answer is the mean of x given $c$. (One is twice as wide.)
# - **The nearest neighbour**: the hidden pixels of the training image whose visible pixels agree best.
#
# **Predict.** Who has the smallest squared error? And who gives the hidden pixels the highest probability?

# %%
x_some, x_test = completion.silhouettes()
cvae = completion.train(completion.make_cvae, x_some, seed=0)
predictor = completion.train(completion.make_predictor, x_some, seed=0)

# %%
mask = completion.masks(len(x_test), 1, seed=1001)
c = completion.condition(x_test, mask)
chosen = [0, 3, 5, 8, 11, 13, 17, 20]
z = np.random.default_rng(0).normal(size=(3, len(chosen), 16)).astype("float32")
rows = {"image": x_test[chosen], "visible": np.where(mask == 1, x_test, 0.5)[chosen]}
rows |= {f"CVAE, draw {k + 1}": numpy_of(cvae.decode([z[k], c[chosen]])) for k in range(3)}
rows["mean predictor"] = numpy_of(keras.ops.sigmoid(predictor.predict(c[chosen], verbose=0)))
rows["neighbour"] = completion.nearest(x_some, x_test[chosen], mask[chosen])
show(
    plot_image_rows(rows),
    alt="Eight silhouettes of which one quadrant is visible; three completions of each by the CVAE, soft, and "
    "different at sleeves and hems; the grey mean; and a sharp neighbour that does not always fit.",
)

# %%
done = pd.read_csv("completion.csv")
errors = ["error, one draw", "error, mean of 100", "error, z from q"]
done.groupby(["visible", "model"], sort=False)[errors].mean().round(3)  # mean over hidden pixels; three seeds

# %%
nats = ["log p, pixels apart", "log p, 100 from prior", "log p, bound"]
mean_and_spread(done.dropna(subset=nats[:1]), ["visible", "model"], nats, digits=1)  # nats per image, hidden pixels

# %%
live = {
    "CVAE": completion.cvae_row(cvae, x_test, mask),
    "mean predictor": completion.predictor_row(predictor, x_test, mask),
}
stored = done[(done.visible == 1) & (done.seed == 0)].set_index("model").loc[list(live)]
now = pd.DataFrame(live).T
pd.concat({"trained now": now, "stored": stored[now.columns]}).round(3)

# %% [markdown]
# - **Squared error: the mean predictor wins**, however much is visible. One completion by the CVAE is always worse,
#   and no wonder: no guess has a smaller expected squared error than the mean. Averaging 100 completions estimates
#   that mean, too, and closes part of the gap. The neighbour loses.
# - **Log-likelihood: the CVAE wins**, by 40 nats with one visible quadrant, 19 with two, 5 with three. (The mean
#   predictor's number is exact; the CVAE's bound can only be too low.) The wider predictor, trained from one seed,
#   gains at most 2 nats; but with three quadrants that is more than a third of the CVAE's lead.
# - **Why?** Score the CVAE's average probabilities as independent coins ("pixels apart"), and it loses to the mean
#   predictor. Its single pixels are predicted worse. What it gains comes from z, which decides about many pixels
#   *together*: either there is a sleeve, or there is none. The mean predictor can only make the sleeve grey.
#
# ## Training draws from q, completion from the prior
#
# There is no x to encode when you complete: z comes from the prior. In training it came from $q(z|x, c)$, which had
# seen the answer. **Predict.** How much better does the model look with z from q?

# %%
gap = done[done.model == "CVAE"].groupby("visible")
gap[["log p(x|z), z from q", "kl", "log p, bound", "log p, 100 from prior", "log p(x|z), z from prior"]].mean().round(1)

# %% [markdown]
# With one visible quadrant, z from q gives the hidden pixels −106 nats, z from the prior −180 on average, worse than
# the mean predictor (−146). The squared errors above show the same: 0.055 with z from q, 0.095 from the prior. **A
# good reconstruction says little about completion**, as q has seen the answer, at the price of the KL. Both gaps
# close as more becomes visible. (Sohn et al. therefore train, in part, with z from the prior.)
#
# But the mean of $\log p$ over draws is not what the CVAE promises: it promises $\log$ of the mean of $p$. A sleeve
# is one of several answers, and most draws give another. In the mean of logs each miss counts in full, in the log of
# the mean only the hits count.
#
# How many draws does an estimate from the prior need? The **log-mean-exp** over K draws,
# $\log \frac1K \sum_k \exp \log p(x|z_k, c)$, is on average too low, and rises with K:

# %%
few = slice(0, 50)  # fifty images
scores, _ = completion.from_prior(cvae, x_test[few], c[few], 300)
for k in (1, 10, 100, 300):
    print(f"K = {k:3} draws from the prior: {conditions.log_mean_exp(scores[:k]).mean():.1f} nats per image")
bound = numpy_of(cvae.log_likelihood([x_test[few], c[few]], samples=100, seed=0)).mean()
print(f"the bound, 100 draws from q: {bound:.1f}")

# %% [markdown]
# Even 300 draws from the prior do not reach what 100 draws from q do. Few draws from the prior make a CVAE look worse
# than it is; they cannot, on average, make it look better.

# %% [markdown]
# ## Pitfalls, with a number each

# %%
pitfalls = ["both", "encoder", "shuffled", "number", "permuted", "asked in another order"]
columns = ["agreement", "real images right", "wrong label costs", "bound", "nonlinear, mean"]
mean_and_spread(table[table.model.isin(pitfalls)], "model", columns).loc[pitfalls]

# %% [markdown]
# - **Encoder only.** An encoder that knows the class helps nothing if the decoder never hears it: agreement at
#   chance, a bound like the VAE's (−18.2), and a wrong label costs 0.1 nats. The loss falls as usual. The repair is
#   to give $c$ to the decoder. **Always measure what a wrong label costs:** 16 nats where it is heard.
# - **Labels that say nothing** (shuffled among the training images) look the same: a wrong label costs nothing.
# - **A number in place of one-hot.** Told "3.0", the decoder puts class 3 between 2 and 4. A network *could* take the
#   number apart; in 60 epochs ours did not: agreement 0.22.
# - **Order of the labels.** Renaming all classes changes nothing if you ask by the new names ("permuted"). Asking in
#   another order than the one in training is wrong nearly every time, and no error is raised. So store the list of
#   names with the model.
# - **The condition left in z**, and therefore not heard: see the end of part one.
# - **Words or numbers never met together**: see above.

# %% [markdown]
# ## What we saw
#
# - A conditional VAE is a VAE whose networks get $c$, and its bound is the ELBO with $c$ behind every bar. Within one
#   model, a class that is one of ten adds at most log 10 nats; between models trained apart it can look like more.
# - Agreement rewards dropped modes, diversity rewards not listening. Both, with real images beside them, tell more.
# - z keeps part of the class after finite training, and where it keeps most of it, the label is not heard. Telling
#   the encoder, more training, more images and a larger beta lower the leak; the last at the cost of diversity.
# - Completing images, the conditional mean had the smallest squared error, and the CVAE the best likelihood, since
#   its z decides about many pixels together. Reconstruction from q flatters.
# - A condition that is not heard raises no error. The loss falls as usual.
#
# **To remember.** Measure what a wrong label costs. Quote agreement with diversity. Probe z for the condition, on
# draws as well as means. Judge what you will use: samples from the prior. Store the list of class names.
#
# **Where it breaks.** Small dense networks, little training, one judge per data set, whose own mistakes set the
# ceiling. Brightness is one piece of style among many. A bag of nine words is a long way from language.
#
# **Sources.** D. Kingma, D. Rezende, S. Mohamed and M. Welling 2014, *Semi-supervised learning with deep generative
# models* (M2). K. Sohn, H. Lee and X. Yan 2015, *Learning structured output representation using deep conditional
# generative models* (the CVAE, completion by quadrants, the gap between q and the prior). M. Mirza and S. Osindero
# 2014, *Conditional generative adversarial nets* (the same wish to another kind of model). S. Ravuri and O. Vinyals
# 2019, *Classification accuracy score for conditional generative models*. C. Louizos and others 2016, *The
# variational fair autoencoder*, and J. Klys, J. Snell and R. Zemel 2018, *Learning latent subspaces in variational
# autoencoders* (keeping c out of z). E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits*
# (UCI; the images).
