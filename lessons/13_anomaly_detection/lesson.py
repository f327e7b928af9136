# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
#     formats: ipynb,py:percent
#     notebook_metadata_filter: jupytext,kernelspec
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 13. Watching servers
#
# **After this lesson you can** take fifty metrics from a file to alerts; set a threshold that was not flattered by
# training; report what counts for whoever is on call, in pages per week; say which metric is to blame and when that
# answer is wrong; notice that a detector has aged; and tell whether a network is worth having beside PCA.
#
# **You need** lesson 4.
#
# **Time** part one (from metrics to pages) about 30 minutes, part two (what goes wrong) about 40; about a minute to run
# on two CPU cores.
#
# **Data** a simulated server, made by this package. Results on twenty real servers (Application Server Dataset and
# Server Machine Dataset, both MIT licence) are in a table. Nothing is downloaded.

# %% [markdown]
# ## Fifty metrics per minute
#
# Our server reports 50 metrics every minute: load, memory, disk, network, latency. A limit for each alone misses what
# matters most: 80 % CPU is normal at noon and strange at night. An autoencoder learns which values belong together,
# from weeks in which all was well. It reconstructs rows of that kind, and makes large errors on many others.
#
# We have two healthy weeks for training, a third healthy week that is **held out** for the threshold, and four weeks to
# be watched, with 56 incidents of seven kinds. An **incident** is a stretch of rows, [start, stop), that we know of.

# %%
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("13_anomaly_detection")

# %%
import os
import tempfile

import autoencoders_edu as ae
import figures  # the scripts beside this notebook
import numpy as np
import own_file
import pandas as pd
import servers as real_servers
import watch
from autoencoders_edu.plotting import show
from detectors import on_call, spread

data = watch.server(seed=0)
x_train, x_held_out, x_test = data.x_train, data.x_val, data.x_test
print(x_train.shape, x_held_out.shape, x_test.shape, len(data.incidents), "incidents")
print(f"share of anomalous rows: {np.mean(data.y_test > 0):.3f}")

# %% [markdown]
# ## By hand, with PCA
#
# PCA is an autoencoder too (lesson 1), fits into a cell, and stays beside the network throughout this lesson.
#
# - **Scale.** Each metric in standard deviations from its mean, both from the *training* rows. Never use statistics of
#   the rows to be judged: they contain the incident. A constant metric has stddev 0 in training; divide it by 1.
# - **Model.** $P$ holds the first 8 principal directions of the scaled rows, a column each. $\hat x = x P P^T$.
# - **Score.** The mean over metrics of $(x_j - \hat x_j)^2$.
# - **Threshold.** The 0.99 quantile of the scores of held-out healthy rows.

# %%
mean, stddev = x_train.mean(axis=0, dtype=float), x_train.std(axis=0, dtype=float)
stddev[stddev == 0] = 1
scaled = (x_train - mean) / stddev
P = np.linalg.svd(scaled, full_matrices=False)[2][:8].T  # (50 metrics, 8)


def residual(x):
    x = (x - mean) / stddev
    return x - x @ P @ P.T


threshold = np.quantile(np.mean(residual(x_held_out) ** 2, axis=1), 0.99)

# %% [markdown]
# A row is **above** if its score is greater than the threshold. So is one held-out minute in a hundred, by
# construction, and nobody is woken for a single one. The **page** goes out at the row at which the score has been above
# for three consecutive rows: start + 2, if the run begins at start. There is one page per run, however long. A missing
# score (NaN) ends a run. The library refuses NaN, so we replace it by the threshold: a score equal to it is not above.

# %% tags=["nbval-check-output"]
few = np.array([0, 9, 9, 0, 9, 9, 9, 9, 9, 0, 9, 9, np.nan, 9, 9])
filled = np.where(np.isnan(few), threshold, few)
print("pages:", [alert.page for alert in ae.anomaly.find_alerts(filled, threshold, consecutive=3)])

# %% [markdown]
# ## The worked example
#
# Now the network, with code that you can use at work. `AnomalyDetector` is a denoising autoencoder (lesson 4) with
# 50-64-8-64-50 units, mean squared error, and a tenth of its inputs dropped in training, so that it learns to predict
# each metric from the others. We set `smoothing=1` for now; the default is explained below.

# %%
detector = ae.AnomalyDetector(smoothing=1, consecutive=3, quantile=0.99, names=data.feature_names, seed=0)
detector.fit(x_train)
detector.set_threshold(x_held_out)
alerts = detector.alerts(x_test)
for alert in alerts[:6]:
    print(f"rows {alert.start} to {alert.stop}, page at {alert.page}: {', '.join(alert.causes)}")

# %%
# The same rule around PCA and around an isolation forest: only the score differs. PCA agrees with ours.
rivals = {"network": detector} | {name: watch.known(name, seed=0) for name in ("PCA", "isolation forest")}
for rival in rivals.values():
    rival.set_threshold(x_held_out)
print(f"threshold of PCA: by hand {threshold:.4f}, by the library {rivals['PCA'].threshold:.4f}")

# %% [markdown]
# An **isolation forest**, a common rival, cuts the space at random, one metric at a time, and asks how few cuts isolate
# a row. Below, an incident.

# %%
ax = figures.plot_incident(data, data.incidents[1], {name: rivals[name] for name in ("network", "PCA")})
show(ax, alt="One metric falls, another rises, and both scores are far above the threshold during the incident only.")

# %% [markdown]
# ## A report for whoever is on call
#
# Rows wake nobody; pages do. We count *pages* and *incidents*:
#
# - An incident is **found** if at least one page lies in it. Its **delay** is the first page in it minus its start.
# - A **false page** lies in no incident's rows [start, stop).
# - Pages per week = pages / rows * 10080.
#
# The delay is a mean over the incidents found: a detector that finds only the loud ones looks fast.


# %%
def report(detector, x, incidents):
    alerts = detector.alerts(x)
    table = ae.anomaly.detection_delays(alerts, incidents)
    false = ae.anomaly.false_alerts(alerts, incidents)
    return {
        "false pages per week": ae.anomaly.alerts_per_week(false, len(x)),
        "found": table.detected.sum(),
        "mean delay (min)": table.delay_minutes.mean(),
    }


pd.DataFrame({name: report(rival, x_test, data.incidents) for name, rival in rivals.items()}).T.round(2)

# %% [markdown]
# One server says little, so `watch.py` simulates five, each with its own seed. AP is the average precision row by row,
# explained below; PCA (5) has 5 components; "random" is a random score. Then we give a forest the errors of PCA.

# %%
pd.set_option("display.width", 130)
stored = pd.read_csv("alerts.csv")
columns = ["false per week", "found", "delay", "AP"]
worked = stored.query("smoothing == 1 and consecutive == 3 and threshold == 'held out'")
spread(worked, columns, digits=2)

# %%
from sklearn.ensemble import IsolationForest

forest = IsolationForest(random_state=0).fit(residual(x_train))
of_held_out, of_test = (-forest.score_samples(residual(x)) for x in (x_held_out, x_test))
found = on_call(of_held_out, of_test, data.incidents)["found"]
print(f"forest of PCA's errors: {found} found, AP {ae.anomaly.average_precision(data.y_test, of_test):.2f}")

# %% [markdown]
# Network and PCA are level in what they find: about 50 of 56 incidents, with an AP of 0.85 and 0.86. PCA has fewer
# false pages, 4.6 per week against 10.3 (fewer on four of the five servers). The forest finds 9: a row whose metrics
# are each in their usual range is not isolated quickly. Given the errors $x - \hat x$ of PCA in place of the metrics,
# it finds 49 here, with an AP of 0.88. What it lacked is the knowledge of which values belong together.
#
# Where do false pages come from? One healthy minute in a hundred is above the threshold. If these minutes were
# independent, three in a row would occur once in a million, and indeed the random score pages nobody. But noise lasts
# for minutes, and so do the stretches above. **A quantile promises a share of minutes, not a number of pages.**
#
# ## A threshold from training rows
#
# **Predict.** You have no healthy week to spare and take the 0.99 quantile of the *training* scores, of two weeks. More
# false pages, fewer, or as many as before? What if you had trained on one day?

# %%
both = stored.query("smoothing == 1 and consecutive == 3 and contestant in ['network', 'PCA']")
spread(both, ["false per week", "found", "healthy above"], by=["contestant", "threshold"], digits=3)

# %% [markdown]
# With two weeks it makes little difference: 11.4 false pages per week in place of 10.3 for the network and 4.2 in place
# of 4.6 for PCA, both within the spread over servers. These are 20,160 rows, many compared with what eight components
# can adapt to, and later weeks resemble them. What if there are fewer rows, or if traffic grows by 3 % per week?

# %%
few = pd.read_csv("few.csv")
by = ["contestant", "rows", "threshold"]
few.groupby([*by, "hours"], sort=False)["false per week"].mean().round(1).unstack("hours")

# %% [markdown]
# A threshold from training rows costs false pages **when these are few**. Trained on the last 24 hours, the network
# then has 87 per week in place of 8, and PCA 80 in place of 5 (means of three seeds). There are two causes. A threshold
# from the same hours a week earlier, which are not trained on either, tells them apart:
#
# - The network has 19 with it. Most of its 87 come from learning the day by heart, as successive minutes are alike.
# - PCA has 43 with it. About half of its 80 come from the choice of day: a Sunday does not show what the week brings.
#
# As many rows drawn at random from two weeks do show it: 12 in place of 5 for the network, 7 in place of 6 for PCA.
# **Drift** makes every threshold stale: with growing traffic, a held-out week that is one week fresher gains the
# network little, 13 in place of 16, and PCA nothing.

# %%
servers = real_servers.grouped(pd.read_csv("servers.csv"))
unseen = servers[~servers.seen & (servers.contestant != "random")]
each = unseen[unseen.smoothing == 1].groupby(["contestant", "server"], sort=False).mean(numeric_only=True)
pairs = each[["false per week", "false per week, training threshold"]]
change = pairs.diff(axis=1).iloc[:, 1].groupby("contestant", sort=False)
medians = pairs.groupby("contestant", sort=False).median().round(1)
medians.assign(more=change.apply(lambda d: (d > 0).sum()), fewer=change.apply(lambda d: (d < 0).sum()))

# %% [markdown]
# These are medians over sixteen real servers (more on them at the end), and the numbers of servers with more or fewer
# false pages when the threshold comes from training. For the network it is more on ten and fewer on five; without
# dropped inputs, ten and three. (Ten heads and three tails, or anything as lopsided, come up in 1 of 10 such series of
# tosses.) For PCA and the forest there is no direction. **Hold out a healthy week, above all for a network**, and make
# it the latest one.
#
# ## Three minutes or seven
#
# The library's default is `smoothing=5`: the score becomes its mean over the last 5 rows, which is calmer. But then one
# wild row keeps it up for 5 rows, enough for a page by the three-minute rule. So the library requires 4 more rows above
# the threshold and pages at the seventh.
#
# **Predict.** What does smoothing gain, and what does it cost? Could waiting for seven rows do it alone?

# %%
scores, healthy_scores = detector.score(x_test), detector.score(x_held_out)
ax = figures.plot_smoothing(scores, healthy_scores, data.incidents[3].start)
show(ax, alt="The smoothed score rises and falls later than the raw one; its page comes six minutes later.")

# %%
rules = stored.query("threshold == 'held out' and contestant in ['network', 'PCA']")
spread(rules, columns, by=["contestant", "smoothing", "consecutive"], digits=2)

# %% [markdown]
# The library's default (mean over 5 rows, page at the 7th) has fewer false pages than the three-minute rule, 4.1 per
# week against 10.3 for the network and 1.4 against 4.6 for PCA. It finds about as many incidents, some five minutes
# later. But on these servers **waiting is what helps**. Seven rows without smoothing give fewer false pages still, 2.5
# and 0.15, and no longer a delay (PCA finds 47 incidents in place of 49). Smoothing under the three-minute rule gains
# the network nothing, and gives PCA 16.6 false pages. A mean removes noise that differs from row to row. Here noise
# lasts for minutes, and AP does not rise; on the real servers at the end of the lesson, it does.
#
# ## Many thresholds
#
# The 0.99 quantile is one choice among many. **Precision** is the share of the rows above the threshold that are
# anomalous; **recall** is the share of the anomalous rows that are above. **F1** is their harmonic mean. The **average
# precision** (AP) is the mean precision over all recalls; a random score gets about the share of anomalous rows.

# %%
ax = figures.plot_precision_recall(data, rivals)
show(ax, alt="Network and PCA have nearly the same curve, far above the forest's, itself above the random one.")

# %% [markdown]
# Accuracy is no measure here: a detector that never pages is right about every healthy row. If 2 % of the rows are
# anomalous, its accuracy is 0.98. Which threshold should it be? It depends on how many pages a team can put up with:

# %%
for quantile in (0.95, 0.98, 0.99, 0.999):
    pages = ae.anomaly.find_alerts(scores, np.quantile(healthy_scores, quantile), 3)
    found = ae.anomaly.detection_delays(pages, data.incidents)
    false, delay = len(ae.anomaly.false_alerts(pages, data.incidents)) / 4, found.delay_minutes.mean()
    print(f"{quantile}: {false:.2f} false pages per week, {found.detected.sum()} found, delay {delay:.0f} minutes")

# %% [markdown]
# On this server 0.999 finds as many incidents as 0.95, with a seventh of the false pages, eight minutes later. But it
# rests on ten of the 10,080 held-out rows, and the next week may differ.
#
# ## A score that flatters
#
# Many papers use **point adjustment**: if one row of an incident is above the threshold, all of its rows count as
# found. **Predict.** What AP does a *random* score get after adjustment: near the share of anomalous rows, or far above
# it?

# %% tags=["nbval-check-output"]
random_score = np.random.default_rng(0).random(len(x_test))
adjusted = ae.anomaly.flattering_point_adjusted_scores(data.y_test, random_score)
for name, values in {"as it is": random_score, "adjusted": adjusted}.items():
    best = ae.anomaly.precision_recall(data.y_test, values, thresholds=None).f1.max()
    print(f"random score, {name}: AP {ae.anomaly.average_precision(data.y_test, values):.2f}, best F1 {best:.2f}")

# %%
spread(worked, ["AP", "AP, adjusted", "best F1", "best F1, adjusted"], digits=2)

# %% [markdown]
# **A random score with point adjustment beats the network without it**, 0.94 against 0.85, and the forest with it. An
# incident lasts 15 to 420 minutes, and among so many draws, one is high (Kim et al. 2022). By our rule the random score
# never pages and finds nothing. Count incidents and pages instead.
#
# # Part two begins here
#
# A good place to stop. To resume here, choose *Run*, *Run All Above Selected Cell* first. So far:
#
# - Scale by training rows; fit a model; take a threshold from a held-out healthy week; page at the third minute above.
# - Report false pages per week, incidents found and their delay. Rows, accuracy and point adjustment flatter.
# - PCA under the same rule is as good as the network on these servers.
#
# ## What a small error does not say
#
# **Predict.** A large error says that a row is unlike the training rows. Does a small error say that all is well? All
# 50 metrics freeze at their means. Is the score higher or lower than that of healthy rows?

# %%
pd.read_csv("blind.csv").groupby("contestant", sort=False).mean().drop(columns="seed").round(4)

# %% [markdown]
# **A small error is no sign of health.** Rows frozen at the mean ("dimmed to 0") have a smaller error than any healthy
# row. With all metrics dimmed to 0.3 of their deviation from the mean, the **AUROC**, the probability that such a row
# scores higher than a healthy one, is 0.00 (tossing a coin: 0.5). PCA's error is then 0.09 of what it was; the
# network's is 0.012 even at the mean, a third of the usual one. (Metrics that all freeze at their *last* values keep
# the score of that row. Bouman and Heskes 2025 show that even rows far from all training rows can be reconstructed
# well.)
#
# So watch for silence separately, by a rule that needs no network. Below, it is the number of metrics that have not
# moved for five minutes; the limit is the largest number in the held-out week.

# %%
table = pd.DataFrame(x_test, columns=data.feature_names)
still = (table.diff().abs().rolling(5).max() == 0).sum(axis=1)  # metrics that have not moved for five minutes
healthy_still = (pd.DataFrame(x_held_out).diff().abs().rolling(5).max() == 0).sum(axis=1)
quiet = ae.anomaly.find_alerts(still, healthy_still.max(), 3)
kinds = ae.anomaly.detection_delays(quiet, data.incidents).groupby("kind").detected.agg(["sum", "size"])
by_error = ae.anomaly.detection_delays(alerts, data.incidents).groupby("kind").detected.sum()
print(f"false pages of the second watch: {len(ae.anomaly.false_alerts(quiet, data.incidents))}")
kinds.assign(network=by_error).rename(columns={"sum": "second watch", "size": "incidents"})

# %% [markdown]
# The second watch finds all eight frozen sensors and pages for nothing else. The network finds six of them, since the
# frozen metrics contradict the others, which move on. For metrics that are merely dimmed, compare each one's spread
# over a day with what it used to be.
#
# ## Which metric is to blame?
#
# The tempting answer is the one with the largest error. But the error is spread: a metric that is off pulls the
# reconstructions of all others with it. Let $x$ be a standardised row, $P$ (metrics x components) have orthonormal
# columns, and
#
# $$ C = I - P P^T, \qquad x - \hat x = C x . $$
#
# The **leverage** of metric $j$, $(P P^T)_{jj} = 1 - C_{jj}$, says how much of its own reconstruction comes from
# itself. If metric $j$ alone is off by $f$, its error is $C_{jj} f$, small if the leverage is high. Alcala and Qin
# (2009) correct for that with the **reconstruction-based contribution**
#
# $$ \mathrm{RBC}_j = (C x)_j^2 \,/\, C_{jj} . $$
#
# If $x$ is nothing but a shift, $x = f e_j$, no metric $i$ is blamed more than $j$:
#
# $$ \mathrm{RBC}_i = f^2 C_{ij}^2 / C_{ii}, \qquad \mathrm{RBC}_j = f^2 C_{jj}, \qquad
# C_{ij}^2 = \langle C e_i, C e_j \rangle^2 \le C_{ii}\, C_{jj} . $$
#
# The last step is the inequality of Cauchy and Schwarz with $C = C^T C$. The largest error $f^2 C_{ij}^2$ is sure to be
# that of $j$ only up to a leverage of 1/2, since $\sum_i C_{ij}^2 = C_{jj}$. (A metric with $C_{jj} = 0$ is always
# reconstructed perfectly: it cannot be blamed for anything.)

# %% tags=["nbval-check-output"]
C = np.eye(50) - P @ P.T
pure = 5 * np.eye(50)[np.diag(C) > 1e-9]  # each metric alone is off by 5 standard deviations
blamed = watch.contributions(pure, P).argmax(axis=1)
print("RBC blames the right metric for a pure shift:", np.all(pure[np.arange(len(pure)), blamed] == 5))

# %% [markdown]
# Real rows are never a shift alone: healthy noise comes on top. `watch.py` shifts one metric at a time of 200 healthy
# rows by 5 standard deviations, for all 50 metrics and five servers.
#
# **Predict.** For which third of the metrics is the largest error wrong: low, middle or high leverage?

# %%
blame = pd.read_csv("blame.csv")
leverage = blame.groupby("seed")["leverage, PCA"]
blame["third"] = leverage.transform(lambda h: pd.qcut(h, 3, labels=["low", "middle", "high"]))
ways = ["PCA, error", "PCA, contribution", "PCA (5), contribution", "network, error", "network, causes"]
blame.groupby("third")[["leverage, PCA", "network follows", *ways]].mean().round(2).T

# %%
columns = ["PCA, contribution", "PCA, above", "PCA (5), contribution", "PCA (5), above", "PCA, T2 above"]
blame.groupby("metric")[["leverage, PCA", *columns]].mean().nlargest(4, "leverage, PCA").round(2)

# %% [markdown]
# The rows named "error", "contribution" (RBC) and "causes" hold the share of cases in which the right metric is blamed.
# In the two lower thirds, it always is. In the third with the highest leverage, PCA's largest error is right in 0.76 of
# the cases and RBC in 0.90. The second table shows why, for the four metrics with the highest leverage; "above" is the
# share of shifted rows above the threshold. PCA spends components on single metrics that follow the five causes least
# and copies these from input to output, so that a shift hardly shows: of `packets_dropped_per_second` in a quarter of
# the rows, of `cpu_steal_percent` in a hundredth, as without it. **No formula can blame what no error shows.** With 5
# components the first is always blamed correctly, but a shift of `cache_hit_percent` shows in 0.48 of the rows in place
# of 0.84. No number of components is best for every metric.
#
# A metric that is copied still moves the row within the plane. **Hotelling's T2** measures how far: with $t = x P$, it
# is the sum over components of $t_k^2$ / (variance of $t_k$ in training). It is above its own 0.99 quantile in all rows
# with shifted `packets_dropped_per_second` and half of those with shifted `cpu_steal_percent`. So watch T2 as well as
# the error.
#
# There is no $C$ for a network. In the high third, its reconstruction of the shifted metric moves by 0.26 of the shift,
# less than PCA's ("network follows", to compare with leverage). The library's `causes` subtracts from each metric's
# error its mean in the held-out week, and turns what is left above 0 into shares. The largest is right in 0.94 of the
# cases here, as are the plain error and RBC with 5 components. No proof stands behind it: treat causes as hints.
#
# ## Incidents among the training rows
#
# Who knows that two weeks were healthy? We overwrite 1, 5 or 10 % of the training rows with rows of incidents of the
# same kinds, or of the held-out week, or of both. **Predict.** Which does most harm?

# %%
dirty = pd.read_csv("contaminated.csv").query("contestant != 'isolation forest'")
by = ["contestant", "in training", "in held-out week", "share"]
dirty.groupby(by, sort=False)[["AP", "false per week", "found"]].mean().round(2).unstack("share")

# %% [markdown]
# These are means of three servers. With 1 % in training, AP falls from 0.86 and 0.87 to 0.79, yet as many incidents are
# found. With 5 and 10 %, both miss some: the network finds 48 and 42, PCA 43 and 43.
#
# **Contamination does most harm in the week for the threshold**, even if the training rows are clean. With 1 % there,
# false pages fall from 9.3 to 3.5 per week for the network and from 4.4 to 0.8 for PCA, which looks like progress. With
# 5 %, the 0.99 quantile lies among the incidents: no false pages at all, and fewer than half of the incidents found, 25
# and 24 (27 and 32 with 5 % in both). Look through the highest scores of the held-out week before you trust the
# silence.
#
# ## A year
#
# In `year.csv`, traffic grows by 1 % of its first value per week for 52 weeks, with two incidents per week. One
# detector is never trained again. The other is trained every four weeks on the two weeks before the last one, which
# gives its threshold; rows of known incidents are left out.
#
# When is retraining due? `ae.anomaly.DriftMonitor` compares the scores of each week with those of the held-out one. It
# requires two things: the daily medians are higher by a rank test, which looks only at the order of the values (p <
# 0.01), and the distribution of all scores has moved far.

# %%
year = pd.read_csv("year.csv")
year["quarter"] = (year.week - 1) // 13 + 1
by = ["contestant", "retrained", "quarter"]
of_year = year.groupby(by, sort=False)[["false per week", "found", "incidents"]].mean()
of_year["found"] /= of_year.pop("incidents")
of_year.round(2).unstack("quarter")

# %%
ax = figures.plot_year(year)
show(ax, alt="Without retraining, false pages per week rise several-fold over the year; with it, they stay level.")
due = year[year.due.eq(True)].groupby(["contestant", "seed"]).week.min()
print("first week in which the monitor says that retraining is due:", due.to_dict())

# %% [markdown]
# These are means of only two servers, and the curves also of four weeks. Without retraining, false pages rise from 14
# per week in the first quarter to 35 in the last for the network, and from 7 to 45 for PCA. Retrained every month, they
# stay at about 13 to 16 and 5. In the last quarter, the network finds 0.65 of the incidents in place of 0.88.
#
# The rows of incidents must be left out. (Here we know all of them; on call, one knows those that were noticed.)
# Retrained on *all* rows, PCA has half a false page per week in the last quarter and finds 0.67 of the incidents:
# silence again. And the monitor is late: it first says that retraining is due in week 38 or later, when false pages
# have long since doubled. Whoever counts the pages marked as false sees the rise earlier.
#
# ## Lines or curves
#
# Our simulated metrics are sums of five causes, which suits PCA. When is a network worth having? In `curved.csv`,
# thirty metrics depend on three causes by straight lines (curvature 0), by sines (1), or by something in between.

# %%
bent = pd.read_csv("curved.csv")
spread(bent, ["AP"], by=["contestant", "curvature"], digits=2).unstack("curvature")

# %% [markdown]
# On lines, network and PCA are both perfect. With a little curvature, the network is behind PCA with 8 components, 0.95
# to 0.99; from 0.5 on it is ahead, 0.72 to 0.68 and later 0.46 to 0.41. But PCA with 16 components has 0.78 at 0.5, and
# beyond that is level with the network or slightly ahead: a curved surface of three dimensions fits well into a flat
# space of 16. A network of 16 code units, trained four times as long, is better again: 0.81 and 0.58, where PCA (16)
# has 0.77 and 0.47 on the same two servers. So **compare with equal width**, and before a network, try PCA with more
# components.
#
# ## Your own file
#
# `ae.data.load("server_metrics", source="csv", ...)` reads a CSV and complains about what usually goes wrong. This file
# has local times in Berlin, a missing hour, three repeated rows, and a counter of requests.

# %%
folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, own_file.NAME)
incidents = own_file.write_example(path)
for options in ({}, {"time_zone": "Europe/Berlin"}):
    print(options, *own_file.complaints(path, time_column="time", **options), sep="\n- ")

# %% [markdown]
# First it refuses the file: on 27 October, clocks in Berlin went back. Once it knows the zone, it warns of the gap and
# of repeated rows, but mends nothing. (It also warns of metrics that only ever rise, as counters do. Ours fell once,
# when the server was restarted, and went unnoticed.) `own_file.py` is one page that you can use at work. It mends, in
# this order, the times (zone, offsets or seconds since 1970), repeated rows, intervals (gaps become rows of NaN), and
# counters, which become steps. It refuses a file whose times go back, and a metric with more than 5 % of gaps, since a
# row with a gap cannot be judged: one metric exported every fifth minute would silence the whole watch.

# %%
table = own_file.mended(path, time_zone="Europe/Berlin", counters=["requests_total"])
own_alerts, pages = own_file.alerts_of(table, healthy="7D", held_out="7D")
found = ae.anomaly.detection_delays(own_alerts, incidents)
false = len(ae.anomaly.false_alerts(own_alerts, incidents))
print(f"{len(own_alerts)} pages, {false} false, {found.detected.sum()} of {len(found)} incidents found")
pages.head()

# %% [markdown]
# Ten false pages in one week, and 12 of 14 incidents found: this is a first version. Before it wakes anyone, look
# through the false pages (`pages` has their times and causes), the highest scores of the held-out week, and metrics
# with high leverage.
#
# ## Servers that nobody here has seen
#
# So far, we made most of the servers ourselves. Of twenty real ones, four were used to choose the library's default
# detector, and flatter it. Nothing was tuned on the other sixteen: eight application servers (19 metrics every 5
# minutes) and eight machines of the Server Machine Dataset (38 metrics every minute). Before we ran them, we wrote into
# `servers.py` how they would be judged, with one setting for all, and what we expected. (An earlier trial had shown
# network and PCA level on sixteen of these servers.)
#
# **Predict.** Who is ahead on servers that nobody has looked at: the network, PCA, or neither?

# %%
real = servers.groupby(["server", "group", "contestant", "smoothing"], sort=False)["AP"].mean().unstack("contestant")
shown = ["network", "network without dropout", "PCA", "isolation forest", "random"]
real = real[shown].reset_index()
real.groupby(["smoothing", "group"])[shown].mean().round(2)

# %%
ax = figures.plot_servers(real[real.smoothing == 1].sort_values("PCA").reset_index())
show(ax, alt="Per server, network and PCA are close, now one ahead and now the other; the forest is mostly below.")
lead = real[(real.smoothing == 1) & (real.group != "used in development")].eval("network - PCA")
print(f"network ahead by {lead.mean():.3f} ± {lead.sem():.3f} (standard error), on {(lead > 0).sum()} of {len(lead)}")

# %%
of_seeds = unseen.groupby(["smoothing", "contestant", "server"], sort=False).mean(numeric_only=True)
over = of_seeds.groupby(["smoothing", "contestant"], sort=False)
of_servers = over[["found", "incidents", "shorter than 7 rows"]].sum()
of_servers.assign(**over[["false per week", "healthy above"]].median()).round(2)

# %% [markdown]
# Were our expectations right? `servers.py` has them in full, and judges them by the table:

# %% tags=["nbval-check-output"]
for expectation, right in real_servers.verdicts(servers).items():
    print(f"{expectation}: {'yes' if right else 'no'}")

# %% [markdown]
# **The two are level.** On the sixteen unseen servers, the network's AP is 0.42 and PCA's 0.40 without smoothing (0.46
# and 0.45 with), the forest's 0.28. The network leads by 0.013, with a standard error over servers of 0.016, and is
# ahead on nine. Its lead of 0.04 on the four used in development said little about the others. Without dropped inputs
# it is as good (0.42, one seed). All this holds for the default network and 8 components.
#
# The second table is sobering. Network, PCA and forest find 55, 53 and 51 of 175 incidents, less than a third, with
# about three false pages per week each. **In pages, even the forest is level**, although it ranks rows worse. With
# smoothing and a page at the seventh row, all find fewer, about 30: 69 of the incidents last for fewer than seven rows.
#
# We were wrong twice. The third expectation was about means over servers, and `machine-1-6` alone decides the
# network's: 112 false pages per week, 21 with a training threshold. (We chose the medians further up after the fact.)
# The sixth was that the network is ahead where it reconstructs healthy rows well compared with PCA. The two hardly go
# together.
#
# So **begin with PCA**, and keep a network only if it does better on incidents of your own.

# %% [markdown]
# ## What we saw
#
# - Network and PCA are level: on simulated servers they find 50 and 49 of 56 incidents, on sixteen unseen real ones
#   their AP is 0.42 and 0.40. A random score, point-adjusted, has 0.94.
# - Waiting for seven minutes in place of three cut false pages to a quarter or less.
# - Where leverage is high, the largest error blamed the right metric in 0.76 of the cases, RBC in 0.90.
# - With a threshold from the one day they were trained on, network and PCA paged falsely 80 to 90 times per week. With
#   5 % of incidents in the week for the threshold alone, they missed more than half, without one false page.
#
# **To remember.** Scale by training rows. Threshold from the latest healthy week, held out and looked through. Count
# pages, incidents and minutes, never adjusted points. Keep PCA beside the network. Watch separately for silence, for
# gaps, and for metrics that no other metric explains. Retrain when the scores drift.
#
# **Where it breaks.** Every score here judges one row at a time: a backup at noon in place of night is made of rows
# that are all normal. Our incidents are of seven simple kinds, and our drift is smooth growth. Where the labels of real
# servers start and stop decides delays. We tuned nothing per server, which an engineer would do.
#
# **Sources.** M. Sakurada and T. Yairi 2014, *Anomaly detection using autoencoders with nonlinear dimensionality
# reduction*. F. T. Liu, K. M. Ting and Z.-H. Zhou 2008, *Isolation forest*. C. Alcala and S. J. Qin 2009,
# *Reconstruction-based contribution for process monitoring*, and 2011, *Analysis and generalization of fault diagnosis
# methods for process monitoring*. S. Kim and others 2022, *Towards a rigorous evaluation of time-series anomaly
# detection*. R. Bouman and T. Heskes 2025, *Autoencoders for anomaly detection are unreliable*. Data: Z. Li and others
# 2021 (InterFusion; application servers); Y. Su and others 2019 (OmniAnomaly; server machines).
