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
# state its bound; judge its samples by agreement *and* diversity; find out whether the condition is ignored, or whether
# z still contains it; and complete an image in more than one way.
#
# **You need** lesson 7: the ELBO, the importance-weighted bound, the mean KL as information plus mismatch; and beta
# (lesson 9).
#
# **Time** part one about 40 minutes, part two about 25; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence), scikit-learn's handwritten digits (UCI, CC BY 4.0) and sprites
# drawn here. Nothing is downloaded.

# %% [markdown]
# ## A wish that a VAE cannot hear
#
# A VAE draws a random z and shows you some garment. You wanted a sandal. You could keep drawing until one turns up, but
# it is easier to tell the networks. The **condition** $c$ is whatever we know about an image before we see it: first a
# class, later a few numbers, words, or a quarter of the image itself. A **conditional VAE** (CVAE) assumes that an
# image arises in three steps:
#
# 1. Somebody chooses $c$. The model does not say how probable it is.
# 2. z is drawn from the prior $p(z) = \mathrm{N}(0, I)$, *whatever c is*. So z should hold only what $c$ leaves open.
# 3. The decoder, which sees both, draws x from $p(x|z, c)$.
#
# The bound is that of lesson 7 with every distribution conditioned on $c$. For any $q(z|x, c)$, by Jensen's inequality,
#
# $$ \log p(x|c) = \log \mathrm{E}_{q(z|x,c)} \left[ \frac{p(x|z, c)\, p(z)}{q(z|x, c)} \right]
#    \ge \mathrm{E}_{q(z|x,c)} \bigl[ \log p(x|z, c) \bigr] - \mathrm{KL}\bigl( q(z|x, c) \,\|\, p(z) \bigr)
#    = \mathrm{ELBO}(x|c). $$
#
# Model and bound are those of Kingma et al. 2014 (their M2, for images whose class is known; their bound is on
# $\log p(x, c)$, so it has $\log p(c)$ added) and Sohn et al. 2015, who also let the prior depend on the condition,
# $p(z|c)$. The gap is $\mathrm{KL}(q(z|x,c) \,\|\, p(z|x,c))$.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("10_conditional_vae")

# %%
import inspect

import autoencoders_edu as ae
import completion  # this script and three more lie beside the notebook
import conditions
import controls
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import words
from autoencoders_edu.plotting import COLOURS, ink_on_paper, plot_image_rows, show
from IPython.display import Code
from matplotlib.colors import to_rgb

# %%
numpy_of = keras.ops.convert_to_numpy
digits, x_train, x_new, y_new = conditions.black_and_white()
print(f"{len(x_train)} digits to train on and {len(x_new)} new ones, of 8 x 8 pixels that are 0 or 1")

# %% [markdown]
# ## By hand
#
# As a number, class 8 would be twice class 4. So a class becomes a **one-hot** vector: ten numbers, 1 at the position
# of the class, 0 elsewhere. Both networks get it as ten more inputs (`condition_size=10`). The rest is a VAE. (We use
# the library's draw of z, so that our number and the library's can be compared exactly.)

# %%
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder((8, 8, 1), 2 * 8, hidden=(128,), condition_size=10)
decoder = ae.networks.dense_decoder(8, (8, 8, 1), hidden=(128,), condition_size=10)
x, c = x_train[:100], np.eye(10, dtype="float32")[digits.y_train[:100]]  # rows of the identity matrix are one-hot

mean, log_variance = np.split(numpy_of(encoder([x, c])), 2, axis=1)
kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - 1 - log_variance, axis=1)

model = ae.ConditionalVAE(encoder, decoder, num_classes=10)  # takes class numbers, and makes them one-hot
pair = [x, digits.y_train[:100]]
seed = ae.distributions.next_seed(0)  # what the library makes of seed=0
z = numpy_of(model.posterior(pair).sample(seed=seed))
logits = numpy_of(decoder([z, c]))
by_hand = np.sum(x * logits - np.logaddexp(0, logits), axis=(1, 2, 3)) - kl  # log p(x|z, c) - KL
print(f"ELBO(x|c) of the first digit, before training: {by_hand[0]:.1f} nats")

# %% tags=["nbval-check-output"]
print("ConditionalVAE agrees:", np.allclose(by_hand, model.elbo(pair, seed=0), atol=1e-3))

# %% [markdown]
# Wherever a VAE takes x, this model takes the pair `[x, c]`; instead of z, it takes `[z, c]`. If your classes have
# names, choose an order and keep it. `clothes.class_names` is such an order:

# %% tags=["nbval-check-output"]
clothes, classify = conditions.clothes()  # and a classifier of clothes that was trained apart
wanted = ["Sandal", "Bag"]
numbers = [clothes.class_names.index(name) for name in wanted]
print(dict(zip(wanted, numbers, strict=True)))
print(np.eye(10, dtype=int)[numbers])

# %% [markdown]
# Now we train a CVAE on clothes with `model.fit([x, c])`: 16 latents, one hidden layer of 256 units in each network, 12
# epochs. (Grey pixels are scored as if they were coins, which is customary. These "nats" are not log-densities, so
# wherever we compare nats between models, pixels will be black or white.)
#
# **Predict.** We ask for each class 100 times. What share of the images will be what we asked for?

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
    alt="A row of real garments and four rows of samples. All four trousers look right, and the boots nearly so; most "
    "other columns hold garments of another class as well, such as a pullover among the sneakers.",
)

# %% [markdown]
# That beats chance (0.10), but it is far from perfect: the label is often ignored. Before we look for the reason, we
# need to measure this properly.
#
# ## Two numbers, never one
#
# - **Agreement**: the share of images that a classifier, trained separately on real images, assigns to the class that
#   was asked for.
# - **Within-class diversity**: the squared distance between two images of the same class (squared differences summed
#   over pixels), averaged over all pairs $i \ne j$, then over classes.
#
# No loop over pairs is needed: the mean squared difference of a pixel over all pairs is twice its (unbiased) variance.

# %% tags=["nbval-check-output"]
bags = clothes.x_test[clothes.y_test == 8][:50].reshape(50, -1)
pairs = [np.sum((bags[i] - bags[j]) ** 2) for i in range(50) for j in range(i)]
by_class = conditions.diversity(bags, np.zeros(50))
print(f"over all pairs {np.mean(pairs):.1f}, from the variances {by_class:.1f}")

# %% [markdown]
# Which network has to be told? To keep one in the dark without changing its shape, we give it zeros in place of $c$:

# %%
Code(inspect.getsource(conditions.ignoring), language="python")

# %% [markdown]
# **Predict.** Which of these has the best agreement, and which the best diversity?
#
# - the CVAE above ("both": encoder and decoder are told the class), one in which only the decoder is told, and one in
#   which neither is (a VAE; we label its images as if it had listened);
# - the CVAE trained for 30 epochs instead of 12, or with beta = 4;
# - real test images, for comparison, and three controls: *three* training images per class, repeated; the CVAE with z
#   multiplied by 0.3; the CVAE with noise added to the pixels.

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


def beside(live, stored, columns):
    return pd.DataFrame({"trained now": live, "stored": stored}).loc[columns].astype(float).round(2).T


beside(live, stored, ["agreement", "diversity"])

# %% [markdown]
# - **z times 0.3** raises the agreement from 0.50 to 0.87, as high as that of real images (0.88), with less than a
#   tenth of their diversity: 7 against 81. **Agreement rewards dropped modes.** Beta = 4 does the same more mildly:
#   0.84, and 43 in place of 50.
# - **Three real images** per class, repeated, agree as well as real images and keep two thirds of their diversity,
#   since in one of three pairs an image meets its copy. With $m$ images, $1 - 1/m$ of the diversity is left. So
#   diversity notices when images become alike, but hardly that there are only a few.
# - **Noise** raises diversity to 78, nearly that of real images, and makes the images worse.
# - **The VAE** has more diversity within "classes" than the CVAE, and agreement at chance: it draws anything.
# - **Who is told?** If the encoder is not, agreement is lower, 0.41. Longer training helps: 0.66 (one seed), with more
#   diversity, not less.
#
# So report both, next to the figures of real images. (Our samples are less diverse for another reason, too: they are
# means of $p(x|z, c)$, and so blurred.)
#
# A third measure combines the two: train a classifier on *generated* images and test it on real ones (the
# **classification accuracy score** of Ravuri and Vinyals 2019). It rewards images that are both right and varied. On
# the digits this is cheap; `conditions.py` does it with five seeds. Here pixels are drawn from $p(x|z, c)$, so that
# generated images are black and white like real ones.

# %%
table = pd.read_csv("digits.csv")
later = ["encoder", "number", "permuted", "shuffled", "asked in another order"]  # see "Pitfalls"
mean_and_spread(table[~table.model.isin(later)], "model", ["agreement", "diversity", "real images right"])

# %%
model = conditions.digits_model("both", seed=0)
live = conditions.digits_row(model, "both", seed=0)
stored = table[(table.model == "both") & (table.seed == 0)].iloc[0]
beside(live, stored, ["agreement", "diversity", "real images right"])

# %% [markdown]
# On the digits, the CVAE's agreement is 0.92. Again z times 0.3 has more, 0.99, than even real digits, 0.97. The third
# measure is not fooled: a classifier trained on samples of the CVAE gets 0.91 of real images right; with z times 0.3 it
# is only 0.87, with three images per class 0.74. (Trained on real images, it gets 0.97.) But it does not see
# everything, either: means of $p(x|z, c)$ train it as well as draws do, with less than a third of the diversity.
# Diversity has its own weakness: the VAE, which draws every class whatever we ask for, has more of it than real digits,
# 16 against 11. **Diversity rewards not listening.**
#
# ## What can a label save?
#
# **Predict.** Ten classes, equally frequent. By how many nats, at most, can $\log p(x|c)$ exceed $\log p(x)$?
#
# $p(x) = \sum_c p(c)\, p(x|c)$ is a mixture, and no term is larger than the sum:
#
# $$ p(c)\, p(x|c) \le p(x), \qquad\text{so}\qquad \log p(x|c) - \log p(x) \le -\log p(c) = \log 10 = 2.30. $$
#
# (If x and $c$ come from the model, the mean of the left side is the mutual information $I(x; c)$, at most the entropy
# of $c$.) Now our models:

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
# also holds with bounds in place of $\log p$: the average over $c$ includes exp of the bound for the image's own class,
# divided by ten.) The first line compares two models that were trained *separately*. Their difference has two parts:
#
# $$ \underbrace{\log p_\text{CVAE}(x|c) - \log p_\text{CVAE}(x)}_{\text{one model, at most 2.30}}
#    + \underbrace{\log p_\text{CVAE}(x) - \log p_\text{VAE}(x)}_{\text{two models, no limit}}. $$
#
# The first part is 2.1 nats, the second 0.7 to 0.9: summed over c, the CVAE is simply the better unconditional model,
# with every seed. Why? Perhaps the VAE needs longer training, is too small, or has a looser bound:

# %%
all_controls = pd.read_csv("controls.csv")


def control(question, digits=2):
    rows = all_controls[all_controls.question == question].drop(columns="question")
    wide = rows.pivot(index=["model", "seed"], columns="quantity", values="value").reset_index()
    return mean_and_spread(wide, "model", list(wide.columns[2:]), digits)


control("saving")  # log p(x|c) or log p(x) of new digits; three seeds where a spread is given, else one

# %% [markdown]
# - **Longer training** (240 epochs in place of 60) helps both, and the mixture stays 0.85 to 0.98 nats above the VAE.
# - **A larger VAE** gains 0.4 nats with four times the hidden units, more than half of the difference, and nothing with
#   twice the latents (one seed each).
# - **A tighter bound**, with 1000 samples in place of 100, adds 0.02 nats to either.
# - **Ten more inputs** do not help in themselves: trained with shuffled labels, the CVAE has a bound of −18.4, below
#   the VAE's −18.2 (first table under "Pitfalls").
#
# So the labels have to be right. In training they make the model a mixture of ten parts that share their networks, each
# with an easier task; a wider VAE can make up for some of it. (We have not tried a VAE that must find ten parts without
# labels.)
#
# The last line printed before that table is a bonus: by Bayes' rule, a CVAE classifies with $p(x|c)$, and it gets 0.93
# of the new digits right. (Our classifier, trained for nothing else, gets 0.97.)
#
# ## Same z, every label
#
# If z holds what the class leaves open, one z decoded with every label should give ten garments of one *style*. We show
# the model with beta = 4, which listens better:

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
# Is it the same style, or do we see what we want to see? One part of style can be measured: brightness, the mean pixel.
# For each pair of labels, we correlate it over 300 draws of z: how bright is z under one label and under the other? As
# a control, the second label gets the draws in another order.

# %%
same, shuffled = conditions.style_agreement(calm)
print(f"brightness between two labels: correlation {same:.2f} with the same z, {shuffled:.2f} with another z")
right = conditions.style_agreement(calm, classify=classify)[0]
print(f"the same z, only images that the classifier takes for their label: {right:.2f}")
mean_and_spread(fashion.dropna(subset=["same z"]), "model", ["same z", "agreement"])

# %% [markdown]
# So z carries brightness from label to label. But look at the table before you call a high number good: a decoder that
# ignores the label draws the same garment ten times and gets a perfect 1. Indeed, the models with the *lowest*
# agreement have the highest correlation. That is why the second line counts only images of the right class: in our
# model, the correlation does not come from ignored labels.
#
# Now it is your turn: choose a label and the two latents that the encoder uses most (this needs Jupyter; a still
# picture follows).

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
# Rows: the first style latent. Columns: the label and the second style latent.

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
# To sample, we draw z *without* looking at $c$. That is right only if, in training, the codes of all classes have the
# same distribution. Do they? Lesson 7 split the mean KL into information and mismatch. Let $q(z|c)$ be the mixture of
# the posteriors of all images of class $c$, and $q(z)$ that of all images. Within one class, lesson 7's split reads
#
# $$ \mathrm{E}_{x|c}\, \mathrm{KL}\bigl(q(z|x, c) \| p(z)\bigr)
#    = \mathrm{E}_{x|c}\, \mathrm{KL}\bigl(q(z|x, c) \| q(z|c)\bigr) + \mathrm{KL}\bigl(q(z|c) \| p(z)\bigr). $$
#
# The last term, averaged over classes, splits once more, with classes in the role of images:
#
# $$ \mathrm{E}_c\, \mathrm{KL}\bigl(q(z|c) \| p(z)\bigr)
#    = \mathrm{E}_c\, \mathrm{KL}\bigl(q(z|c) \| q(z)\bigr) + \mathrm{KL}\bigl(q(z) \| p(z)\bigr). $$
#
# Average the first over classes and insert the second. The two means of KL to a mixture are informations:
#
# $$ \mathrm{E}\,\mathrm{KL}\bigl(q(z|x, c) \| p(z)\bigr)
#    = \underbrace{I_q(x; z \mid c)}_{\text{style}} + \underbrace{I_q(z; c)}_{\text{the class again}}
#    + \underbrace{\mathrm{KL}\bigl(q(z) \| p(z)\bigr)}_{\text{mismatch}}. $$
#
# The decoder has $c$ already. What z says about the class costs KL, nat for nat, and tells the decoder nothing new. So
# training should remove this **leak**. **Predict.** Does it?
#
# A **probe** is a classifier that tries to read $c$ from z. We use two, a linear one (logistic regression) and a
# nonlinear one (a support vector machine with a smooth kernel), on the *means* of q and on one *draw* from each q,
# which is what the decoder gets in training. They are trained on some new images and tested on others (five-fold
# cross-validation). With $\hat p(c|z)$ the linear probe's probabilities for draws, there is also a lower bound in nats
# (Barber and Agakov 2003):
#
# $$ I_q(z; c) \ge \log 10 + \mathrm{E} \log \hat p(c|z). $$
#
# The column *nats* shows the right-hand side. At or below 0, it says nothing.

# %%
probes = ["linear, mean", "nonlinear, mean", "linear, draw", "nonlinear, draw", "nats"]
used = table[table.model.isin(["VAE", "both", "decoder"])].assign(images="digits")
used = pd.concat([used, fashion.dropna(subset=["nats"]).assign(images="clothes")])
mean_and_spread(used, ["images", "model"], probes)

# %% [markdown]
# Chance is 0.1. In the unconditional VAE the class can be read from z nearly as well as from pixels. In the conditional
# ones:
#
# - **Training removes some of it.** On the digits, little is left in a draw after 60 epochs: the linear probe's
#   probabilities say nothing, and the nonlinear probe is right for 0.22 of the images. The means reveal more, through
#   shifts that are small compared with the noise of q. On the clothes, at least 1 nat of 2.3 is left after 12 epochs.
# - **Less is left if the encoder is told, too,** on both data sets. (Perhaps because an encoder that is not told has to
#   recognise the class before it can leave it out.)
# - **More epochs and a larger beta** leave less in a draw of the clothes' z. With beta = 4 the *means* still reveal the
#   class; there is only more noise on top.
# - **A linear probe alone would have misled us:** it reads 0.19 from the digits' means, the nonlinear one 0.50.
#
# A probe can only give a lower bound: a better one may find more. Here is a better one for draws. $q(z|c)$ is
# approximately a mixture of one known Gaussian per training image of the class. Bayes' rule does the rest:

# %%
accuracy, nats_of_class = controls.read_from_codes(model, x_train, digits.y_train, x_new, y_new)
print(f"digits, told both, seed 0, one draw: {accuracy:.2f} right, at least {nats_of_class:.2f} nats")
control("codes")  # three seeds

# %% [markdown]
# On the digits it finds 0.28 nats where both networks are told (the linear probe found none), and 0.34 where only the
# decoder is. In a VAE it finds 1.67. So "little" is right, and "nothing" would be wrong.
#
# What lowers the leak? `leaks.csv` varies beta, the length of training and the number of images; *kind* says whether
# both networks are told the class or only the decoder.
#
# **Predict.** With which beta will most be left in z, 0.1, 1 or 4? With which will the decoder ignore the label?

# %%
leaks = pd.read_csv("leaks.csv").sort_values("kind", kind="stable")
leaks["change"] = "beta " + leaks.beta.astype(str)
leaks.loc[(leaks.beta == 1) & (leaks.epochs == 60), "change"] = "as before"
leaks.loc[leaks.epochs == 240, "change"] = "240 epochs"
leaks.loc[leaks.n == 270, "change"] = "270 images, 240 epochs"
columns = ["kl", "nonlinear, mean", "nonlinear, draw", "nats"]
mean_and_spread(leaks, ["kind", "change"], columns)  # three seeds; 1078 images and 60 epochs unless said otherwise

# %% [markdown]
# Now the effect of a leak when the model is *used*. **Transfer**: take the mean of q for a new image as z, change one
# of three things, decode, and see how often the classifier finds the new class.
#
# - *label*: another label, the same z;
# - *z*: the same label, but z moved from the mean code of its class to that of the other class;
# - *both*.
#
# If the decoder goes by the label, the first works; if it goes by z, the second. (Agreement is higher here than in the
# first table of digits, 0.99 against 0.92, since here we judge means of $p(x|z, c)$ and there draws.)

# %%
moves = ["transfer, label", "transfer, z", "transfer, both"]
mean_and_spread(leaks, ["kind", "change"], ["agreement", *moves])

# %% [markdown]
# The same for the clothes, then one model trained now, and everything in one figure:

# %%
clothes_moved = fashion.dropna(subset=moves)
mean_and_spread(clothes_moved, "model", ["agreement", *moves])  # three seeds, or one

# %%
live = conditions.leaks_row({"kind": "decoder", "beta": 0.1}, seed=0)
stored = leaks[(leaks.kind == "decoder") & (leaks.beta == 0.1) & (leaks.seed == 0)].iloc[0]
beside(live, stored, ["nonlinear, draw", "nats", "agreement", *moves])

# %%
clothes_beta = np.where(clothes_moved.model == "both, beta 4", 4.0, 1.0)
points = pd.concat([leaks.assign(images="digits"), clothes_moved.assign(images="clothes", beta=clothes_beta)])

# %%
_, ax = plt.subplots(figsize=(6.5, 3.6))
for (images, beta), rows in points.groupby(["images", "beta"]):
    style = {"color": COLOURS[int(images == "clothes")], "marker": {0.1: "s", 1.0: "o", 4.0: "^"}[beta]}
    style |= {"markerfacecolor": "none", "linestyle": ""}
    ax.plot(rows["nonlinear, draw"], rows["transfer, label"], label=f"{images}, beta {beta:g}", **style)
ax.axvline(0.1, color="grey", linewidth=0.8, linestyle=":")
ax.set(xlabel="share whose class is read from one draw of z (dotted: chance)", ylabel="share that follows the label")
ax.set_title("The more of the class is in z, the less the label counts")
ax.legend(frameon=False)
show(
    ax,
    alt="One mark per model. Up to a probe's accuracy of 0.3, all digits and more than 0.8 of the clothes follow the "
    "new label. From there on fewer do: about a half at 0.56, less than 0.3 from 0.6 on. Digits at beta 0.1 lie at the "
    "lower right, at beta 1 and 4 at the upper left; clothes at beta 4 are well above those at beta 1.",
)

# %% [markdown]
# - **A small beta leaves much.** With beta = 0.1 a draw of z tells at least 1.2 nats about the class, or 1.5 where the
#   encoder is not told. Then the label is mostly ignored: 0.26 and 0.15 of the digits follow it. Move *z* from class to
#   class and keep the label, and more of them follow z, 0.30 and 0.48. With both, about 0.9 do. So the decoder did
#   learn what the classes look like. In training, z and the label always agreed; where they do not, it may follow
#   either.
# - **With beta = 1** the digits' draws say little about the class, and the label alone decides.
# - **With beta = 4** the KL is 0.01: a draw is nearly all noise, and says almost nothing about the image or its class.
#   (The means still differ, by shifts far smaller than the noise.) Agreement is 1.00, because the model draws one image
#   per class.
# - **More images** lower the leak: with a quarter of them and as many steps, the nonlinear probe on draws reads 0.25 in
#   place of 0.21, or 0.29 in place of 0.25 where the encoder is not told. **Longer training** takes that last 0.25 to
#   0.20; where the encoder is told, there is less to lose (0.20 after 0.21).
# - **The clothes** fill the gap in the figure. After 12 epochs at beta = 1 they behave like the digits at 0.1. Is this
#   what was wrong with our first samples: does a z from the prior suggest a class of its own, and outvote the label?
#
# There is a second suspect, the mismatch: the prior may put z where no codes are. To tell the two apart, we draw z from
# elsewhere: from the codes of training images of *any* class (no mismatch, but the leak), from one Gaussian fitted to
# all codes, and from a Gaussian fitted to the codes of the class that we ask for.
#
# **Predict.** Which of these help if the mismatch is to blame? Which if the leak is?

# %%
control("source")  # three seeds

# %%
z = controls.sources_of_z(garments, clothes.x_train, clothes.y_train, seed=0)["a Gaussian for each class"]
drawn = numpy_of(garments.decode([z, asked]))
print(f"clothes, now: agreement {np.mean(classify(drawn) == asked):.2f}", end=", ")
print(f"diversity {conditions.diversity(drawn, asked):.0f}")

# %% [markdown]
# If mismatch were to blame, real codes would help. They make it worse, 0.34 instead of 0.50: each suggests its own
# class even more clearly than a draw from the prior. If z fits the class that we ask for, the *same* model reaches the
# agreement of real images, 0.90, at the cost of a little diversity, 44 instead of 50. So it is the leak.
#
# This is also a remedy that needs no further training: a prior that knows the class, $p(z|c)$, as in Sohn et al. 2015
# (who train it with the rest). It makes z and label agree. It does not remove the class from z, so it does not help if
# you want the same z with every label.
#
# Telling the encoder and a larger beta lower the leak itself; so does longer training of the clothes (one seed), and of
# the digits where the encoder is not told. A larger beta costs diversity. Others add a penalty for what z says about
# $c$ (Louizos et al. 2016; Klys et al. 2018).

# %% [markdown]
# # Part two begins here: other conditions
#
# A good place for a break. So far:
#
# - ELBO(x|c) is the ELBO with everything conditioned on $c$; both networks, or at least the decoder, get $c$.
# - Agreement alone rewards dropped modes, diversity alone rewards not listening; compare both with real images.
# - Training leaves some of the class in z. Where z says the class, the label is not needed, and may be ignored.
#
# ## Numbers as a condition
#
# Nothing in the model needs classes. With `num_classes=None` the condition can be any vector. Our sprites (lesson 9's
# kind: a square, ellipse or heart of 16 x 16 pixels) have five known factors: shape, scale, orientation, x and y. We
# tell the model some of them as numbers, the shape one-hot, the others from −1 to 1.
#
# **Predict.** A sprite is drawn from its five factors and nothing else. What is left for z to say if we tell the model
# all five? And how many nats can the position save? (It has 64 equally frequent values.)

# %%
told = pd.read_csv("factors.csv")
mean_and_spread(told, "told", ["kl", "bound", "as asked", "distance"])  # three seeds

# %%
control("sprites")  # told all five; one seed; "the judge" is shown real test sprites

# %% [markdown]
# - **What z says.** Told the position, the model needs 4.2 nats of KL instead of 8.4. Told all five factors, z should
#   have nothing left to say, and the KL is still 1.3 nats.
# - **What is saved.** The position saves 4.6 nats, where log 64 is 4.2; again, these models were trained separately. A
#   perfect decoder that is told everything would be certain, at 0 nats. Ours pays 10.3. Is that because the test
#   sprites combine values in ways that training did not show? Hardly: training sprites cost 9.7. Three times the
#   training brings new sprites to 7.05 and the KL to 0.55. So most of it is a decoder that has not finished learning
#   what the numbers mean, and until it has, z helps to draw the edges.
# - **Do we get what we ask for?** Told the position, 0.60 of the samples are at exactly the right one, to judge by the
#   most similar of all sprites. Another model, told all five factors, gets all five right in 0.11 (0.32 after longer
#   training). Real sprites reach 0.91, since at 16 x 16 pixels some with different factors look alike. About three
#   pixels differ from the nearest sprite (*distance*).
#
# ## Words as a condition
#
# The simplest way to use text is a **bag of words**. The vocabulary has nine words in four groups: *square, ellipse,
# heart*; *small, big*; *left, right*; *top, bottom*. A text becomes nine numbers, 1 for each word that it contains.
# Word order is lost, and a word outside the vocabulary cannot be used. In training each word is left out one time in
# four, so that a missing word comes to mean "as you like".

# %% tags=["nbval-check-output"]
print(words.WORDS)
print("big heart left:", words.bag("big heart left").astype(int))
print("the same vector for another order:", np.array_equal(words.bag("big heart left"), words.bag("left heart big")))

# %% [markdown]
# Three combinations (*big heart left*, *small square right*, *big ellipse bottom*) are held out: training contains no
# such sprite, whatever words go with it, but it contains each of the words. The judge is again the most similar of all
# 6144 sprites, whose factors we know. The control is the same model trained with all sprites.
#
# **Predict.** What will a model that has never met a *big heart left* draw when asked for one?
#
# In each column of the figure, the samples have the same z; the last row is real.

# %%
reader = words.train(words.HELD_OUT, seed=0)
sprites, truth = words.all_sprites()
real = np.random.default_rng(0).permutation(np.flatnonzero(words.fits("big heart left", truth)))[:10]
texts = ("small ellipse bottom", "big heart right", "left", "big heart left")
rows = {text: words.ask(reader, text, n=10) for text in texts} | {"real, big heart left": sprites[real]}
show(
    plot_image_rows({name: ink_on_paper(images) for name, images in rows.items()}),
    alt="Ten images for each of four texts, and ten real big hearts on the left. The samples are blurred: hearts can "
    "hardly be told from ellipses, and two of the small ellipses are nearly blank. Asked for big heart left, which was "
    "held out of training, the model draws blobs on the left, most of them big.",
)

# %%
for text in ("big heart left", "left"):
    factors, _ = words.recognise(words.ask(reader, text))
    drawn = {word: round(float(np.mean(words.fits(word, factors))), 2) for word in words.WORDS}
    print(f"asked for {text!r}: {drawn}")

said = words.described(truth).astype("float32")
factors, _ = words.recognise(numpy_of(reader.reconstruct([sprites, said])))
print(f"all sprites, half of them small, reconstructed: {np.mean(words.fits('small', factors)):.2f} pass for small")

# %%
asked_for = pd.read_csv("words.csv")
mean_and_spread(
    asked_for.groupby(["kind", "trained", "seed"], as_index=False).mean(numeric_only=True),
    ["kind", "trained"],
    ["all words", "one word"],
)

# %%
held_out = asked_for[asked_for.kind == "held out"]
mean_and_spread(held_out, ["text", "trained"], ["all words", "one word"])  # the three texts apart

# %% [markdown]
# At 16 x 16 pixels even real hearts are hard to recognise; the samples are blurred, and some are blank. The judge can
# only say which sprite is nearest. "All words" is the share of images that fit every word of the text ("short" texts
# have one or two words, the others three); "one word" is the mean over its words. Of all sprites, 1 in 12 fits a text
# of three words.
#
# - **Never met together.** From the model that has not met them, 0.18 of the images fit the held-out texts; from the
#   other, 0.40. The mean hides a difference: *big heart left* is at 0.24 and *small square right* at 0.20, well above 1
#   in 12 (0.08); *big ellipse bottom*, at 0.10, is hardly above it. So words carry over to some combinations, at half
#   or three quarters of what the other model reaches, and to others hardly at all.
# - **The control.** On the other texts the two models hardly differ, 0.44 and 0.46, though one had a quarter fewer
#   images. So it is the combination that was missing, not the number of images.
# - **Words left out.** Asked for *left* alone, the model puts nearly all sprites on the left and draws the three shapes
#   about equally often. But three quarters of them are small, where half should be. The judge explains only part of
#   that: it takes 0.56 of reconstructed sprites for small ones.
#
# Even with everything met, fewer than half of the images fit three words. Each word alone is right more often (0.78),
# and mistakes in single words add up.
#
# ## A part of the image as a condition
#
# Hide some quadrants of a garment and ask for the rest. The condition is a vector with one number per pixel: 1 for a
# visible white pixel, −1 for a visible black one, 0 for a hidden one. So it holds both the visible pixels and the
# **mask**, which says where they are. We use *silhouettes* (1 where a pixel is brighter than a fifth of white), so that
# log-likelihoods are true ones. As in Sohn et al. 2015, the encoder sees x and $c$, the decoder z and $c$.
#
# We do not want to score the pixels that were given. So the decoder copies them, with logits of ±20, which adds
# practically nothing to $\log p(x|z, c)$. Then $\log p(x|c)$ is that of the hidden pixels alone:

# %%
parts = (completion.condition, completion.keep_visible, completion.make_cvae)
Code("\n\n".join(map(inspect.getsource, parts)), language="python")

# %% [markdown]
# The rivals:
#
# - **The mean predictor**: a network with two hidden layers from $c$ to one probability per pixel, trained on the same
#   images with the same loss and for as long. Its best answer is the mean of x given $c$. We also train one that is
#   twice as wide.
# - **The nearest neighbour**: the hidden pixels of the training image that agrees best on the visible ones.
# - **The mean image**: the mean of all training images, whatever is visible.
#
# **Predict.** Which has the smallest squared error? And which gives the hidden pixels the highest probability? (In the
# figure, hidden pixels are blue; grey means an uncertain one.)

# %%
x_some, x_test = completion.silhouettes()
cvae = completion.train(completion.make_cvae, x_some, seed=0)
predictor = completion.train(completion.make_predictor, x_some, seed=0)

# %%
mask = completion.masks(len(x_test), 1, seed=1001)
c = completion.condition(x_test, mask)
chosen = [0, 3, 5, 8, 11, 13, 17, 20]
z = np.random.default_rng(0).normal(size=(3, len(chosen), 16)).astype("float32")
rows = {"image": x_test[chosen], "visible": np.where(mask == 1, x_test, to_rgb(COLOURS[5]))[chosen]}  # hidden: blue
rows |= {f"CVAE, draw {k + 1}": numpy_of(cvae.decode([z[k], c[chosen]])) for k in range(3)}
rows["mean predictor"] = numpy_of(keras.ops.sigmoid(predictor.predict(c[chosen], verbose=0)))
rows["nearest"] = completion.nearest(x_some, x_test[chosen], mask[chosen])
show(
    plot_image_rows({name: images * np.ones(3) for name, images in rows.items()}, list("12345678")),
    alt="Eight silhouettes, each with one quadrant visible; three soft completions by the CVAE, the mean predictor's, "
    "and the sharp nearest neighbour. The shirt in column 1 gets short sleeves in two draws and none in the third. In "
    "most other columns the draws differ little; neighbours do not always fit.",
)

# %%
done = pd.read_csv("completion.csv")
errors = done[done.model == "CVAE"].groupby("visible")[["error, one draw", "error, mean of 100"]].mean()
rivals = done[done.model != "CVAE"].pivot_table("error, one draw", index="visible", columns="model", sort=False)
pd.concat([errors.add_prefix("CVAE, "), rivals], axis=1).round(3).T  # mean over hidden pixels

# %% [markdown]
# And the log-likelihood. *Pixels apart* scores each hidden pixel as an independent coin, with the predictor's
# probability or with the mean of the CVAE's over 100 draws of z from the prior. For the predictor that *is* its
# $\log p(x|c)$. For the CVAE, *bound* is the importance-weighted bound with 100 samples.

# %%
nats = ["log p, pixels apart", "log p, bound"]
mean_and_spread(done.dropna(subset=nats[:1]), ["visible", "model"], nats, digits=1)  # nats per image, hidden pixels

# %%
live = {
    "CVAE": completion.cvae_row(cvae, x_test, mask),
    "mean predictor": completion.predictor_row(predictor, x_test, mask),
}
stored = done[(done.visible == 1) & (done.seed == 0)].set_index("model").loc[list(live)]
now = pd.DataFrame(live).T
pd.concat({"trained now": now, "stored": stored})[["error, one draw", *nats]].round(3)

# %%
control("completion", digits=4)  # both trained three times as long; one seed

# %% [markdown]
# - **Squared error: the mean predictor wins**, however much is visible. A single completion by the CVAE is always
#   worse, as no guess has a smaller expected squared error than the mean. Averaging 100 completions estimates that
#   mean, too, and closes most of the gap; with two quadrants the difference is no larger than between seeds. The
#   nearest neighbour does worse, but it beats the mean image.
# - **Log-likelihood: the CVAE wins**, by 40 nats with one visible quadrant, 19 with two, 5 with three. (The mean
#   predictor's number is exact; the CVAE's bound can only be too low.) The wider predictor, trained from one seed,
#   gains at most 2 nats; but with three quadrants that is more than a third of the CVAE's lead.
# - **Why?** With its average probabilities scored as independent coins ("pixels apart"), the CVAE loses to the mean
#   predictor: it predicts single pixels worse. Its gain comes from z, which decides about many pixels *together*:
#   either there is a sleeve, or there is none (column 1). The mean predictor can only make the sleeve grey.
# - **Is it the training?** Both trained three times as long (one seed), the mean predictor still has the smallest
#   squared error, by a hair where two or three quadrants are visible, and the CVAE's lead grows to 52, 25 and 6 nats.
#
# ## Training draws from q, completion from the prior
#
# When you complete an image, there is no x to encode, so z comes from the prior. In training it came from $q(z|x, c)$,
# which had seen the answer. **Predict.** How much better does the model look with z from q?

# %%
gap = done[done.model == "CVAE"].groupby("visible").mean(numeric_only=True)
columns = ["error, z from q", "error, one draw", "log p(x|z), z from q", "log p(x|z), z from prior", "kl"]
gap[[*columns, "log p, bound"]].map("{:.3g}".format).T  # errors per pixel; nats per image

# %% [markdown]
# With one visible quadrant, z from q gives the hidden pixels −106 nats, z from the prior −180 on average, worse than
# the mean predictor (−146). The squared errors show the same: 0.055 with z from q, 0.095 from the prior. **A good
# reconstruction says little about completion**, as q has seen the answer, at the price of the KL. Both gaps shrink as
# more becomes visible. (Sohn et al. therefore train, in part, with z from the prior.) With two quadrants the bound,
# −63.0, is above $\log p(x|z)$ with z from q, −65.4, though it includes the KL: it is the bound with 100 samples. The
# ELBO, with one sample, is −65.4 − 3.7 = −69.1.
#
# But the mean of $\log p(x|z, c)$ over draws of z is not the CVAE's $\log p(x|c)$, which is the log of the mean of $p$.
# A sleeve is one of several answers, and most draws give another. In the mean of logs each miss counts in full; in the
# log of the mean almost only the hits count.
#
# How many draws does an estimate from the prior need? The **log-mean-exp** over K draws,
# $\log \frac1K \sum_k p(x|z_k, c)$, is too low on average, and its mean rises with K:

# %%
few = slice(0, 50)  # fifty images
scores, _ = completion.from_prior(cvae, x_test[few], c[few], 300)
for k in (1, 10, 100, 300):
    print(f"K = {k:3} draws from the prior: {conditions.log_mean_exp(scores[:k]).mean():.1f} nats per image")
bound = numpy_of(cvae.log_likelihood([x_test[few], c[few]], samples=100, seed=0)).mean()
print(f"the bound, 100 draws from q: {bound:.1f}")

# %% [markdown]
# Even 300 draws from the prior do not reach what 100 draws from q do. A few draws from the prior make a CVAE look worse
# than it is; on average, they cannot make it look better.
#
# ## Pitfalls, with a number each
#
# *Encoder*: only the encoder is told. *Shuffled*: trained with shuffled labels. *Number*: told the class as one number.
# *Permuted*: trained with renumbered classes, and asked by their new numbers. *Asked in another order*: the CVAE
# "both", asked with the class numbers in the wrong order. **What a wrong label costs** is the ELBO with the right label
# less that with a wrong one.

# %%
pitfalls = ["both", "VAE", "encoder", "shuffled", "number", "permuted", "asked in another order"]
costs = ["agreement", "wrong label costs"]
mean_and_spread(table[table.model.isin(pitfalls)], "model", [*costs, "bound"]).loc[pitfalls]  # digits

# %%
mean_and_spread(clothes_moved, "model", costs)  # clothes, which have twelve times the pixels

# %%
control("number")  # one seed

# %% [markdown]
# - **Encoder only.** Telling the encoder does not help if the decoder is not told: agreement at chance, a bound like
#   the VAE's, and a wrong label costs 0.1 nats. The loss falls as usual. The repair is to give $c$ to the decoder.
#   **Always measure what a wrong label costs.** A cost near 0 means that the label is ignored; in "both" it is 16 nats.
# - **Shuffled labels** look the same: a wrong label costs nothing.
# - **A cost above 0 is not enough.** For the clothes, a wrong label costs 18 nats even though only 0.27 follow the new
#   label in transfer, 22 where the encoder is not told and agreement is lower still, and 97 with beta = 4. So measure
#   agreement as well.
# - **A number in place of one-hot.** Told "3.0", the decoder puts class 3 between 2 and 4. A network *could* tell the
#   ten values apart; in 60 epochs ours did not: agreement 0.22. Neither the scale nor short training explains it: with
#   the number standardised and four times the epochs, it is 0.22 again (one seed).
# - **Order of the labels.** Renumbering all classes changes nothing if you ask by the new numbers ("permuted"). Asking
#   in an order other than that of training is wrong nearly every time, and raises no error. So store the list of names
#   with the model.
# - **The condition left in z**, and therefore ignored: see part one.

# %% [markdown]
# ## What we saw
#
# - A conditional VAE is a VAE whose networks get $c$; its bound is the ELBO with everything conditioned on $c$. Within
#   one model, knowing which of ten equally frequent classes it is adds at most log 10 nats; between models trained
#   separately the difference can be larger, since one may be the better model altogether.
# - Agreement rewards dropped modes, diversity rewards not listening. Report both, next to those of real images.
# - z keeps part of the class after finite training, and where it keeps most of it, the label is mostly ignored. Telling
#   the encoder, more images and a larger beta lower the leak, beta at the cost of diversity; more training lowers it
#   where much is left. With a prior fitted to each class, even a model that leaks gives good samples.
# - In completion, the mean predictor had the smallest squared error and the CVAE the best likelihood, since its z
#   decides about many pixels together. Reconstructions, with z from q, look better than completions.
# - A condition that is ignored raises no error. The loss falls as usual.
#
# **To remember.** Measure what a wrong label costs. Quote agreement with diversity. Probe z for the condition, on draws
# as well as means. Judge what you will use: samples from the prior. Store the list of class names.
#
# **Where it breaks.** We used small dense networks, little training, and one judge per data set, whose own mistakes set
# the ceiling. Brightness is one part of style among many. A bag of nine words is a long way from language.
#
# **Sources.** D. Kingma, D. Rezende, S. Mohamed and M. Welling 2014, *Semi-supervised learning with deep generative
# models* (M2, section 2). K. Sohn, H. Lee and X. Yan 2015, *Learning structured output representation using deep
# conditional generative models* (section 4: the CVAE, and training in part with z from the prior; section 5: completion
# by quadrants). M. Mirza and S. Osindero 2014, *Conditional generative adversarial nets* (the same idea for another
# kind of model). S. Ravuri and O. Vinyals 2019, *Classification accuracy score for conditional generative models*. C.
# Louizos and others 2016, *The variational fair autoencoder*, and J. Klys, J. Snell and R. Zemel 2018, *Learning latent
# subspaces in variational autoencoders* (keeping c out of z). D. Barber and F. Agakov 2003, *The IM algorithm* (the
# lower bound in nats). E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
