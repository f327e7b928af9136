# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
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
# # Exercises 13. Watching servers
#
# **You practise** predicting what flatters a detector; repairing a watch that was fitted to the wrong rows; the rule by
# which somebody is paged; a report for whoever is on call; and blaming the right metric.
#
# **You need** lesson 13 and NumPy. **Time:** about 45 minutes for five exercises, 12 points in all. Nothing is trained
# but PCA, so the notebook runs in seconds.
#
# **Data** the course's simulated server: 50 metrics, one row per minute, without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it: `check("name")` tells you whether the answer is right, and if not, what it did. Check as often
# as you like: the inputs are new each time. `hint("name")` leads a little further each time, and `solution("name")`
# shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from sklearn.decomposition import PCA

# %% [markdown]
# ## 13.1 What flatters a detector? (1 point, 4 minutes)
#
# **Predict before you compute.** Set `predict_watching` to a dict with these five keys.
#
# - `"false pages"`: an autoencoder was trained on the rows of **one** healthy day, 1440 of them. Its threshold is the 0.99
#   quantile of the scores of these same rows, where those of the days that followed should have been taken. Over the next
#   weeks, are there `"more"` false pages than with the days held out, `"fewer"` or `"as many"`?
# - `"accuracy of silence"`: 2 % of the rows are anomalous, and a detector never pages. Its accuracy, row by row: a number.
# - `"frozen metrics"`: all metrics freeze, each at its mean over the training rows. Is the score of such rows, the
#   autoencoder's mean squared error, `"higher"` or `"lower"` than that of healthy ones?
# - `"random score, adjusted"`: each row gets a random number as its score. 2 % of the rows are anomalous, in incidents of
#   60 rows each. Whoever calls every row anomalous has an F1 of 0.04. After point adjustment, is the F1 of the random score
#   at its best threshold `"near 0.04"` or `"far above it"`?
# - `"network against PCA"`: an autoencoder with a hidden layer and PCA with as many components watch sixteen real
#   servers. By average precision over all of them, is it `"network ahead"`, `"level"` or `"PCA ahead"`?
#
# Each of these has made a detector look good in a report and fail on call.
#
# Stuck? Run `hint("predict_watching")`

# %% nbgrader={"grade": false, "grade_id": "predict_watching", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_watching = {
#     "false pages": ...,
#     "accuracy of silence": ...,
#     "frozen metrics": ...,
#     "random score, adjusted": ...,
#     "network against PCA": ...,
# }
### BEGIN SOLUTION
predict_watching = {
    "false pages": "more",  # other days bring what this one did not have, and larger errors: the threshold is too low
    "accuracy of silence": 0.98,  # it is right on all healthy rows
    "frozen metrics": "lower",  # nothing is easier to reconstruct than the mean
    "random score, adjusted": "far above it",  # one lucky row of 60 is enough
    "network against PCA": "level",  # measured in the lesson
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_watching", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_watching")

# %% [markdown]
# Now measure three of them on three simulated servers. PCA with 8 components, which is a linear autoencoder, is fitted to
# one day and watches a later week that is healthy. For comparison, it is also fitted to every other minute of that day,
# with a threshold from the minutes between. (Run this only after you have predicted.)

# %%
servers = {seed: ae.data.load("server_metrics", train_weeks=1, seed=seed) for seed in (1, 2, 3)}


def pca_of(day):
    scale = ae.anomaly.Scale(day)
    pca = PCA(8).fit(scale(day))
    return scale, pca


def pca_score(rows, scale, pca):
    z = scale(rows)
    return np.mean((z - pca.inverse_transform(pca.transform(z))) ** 2, axis=1)


# %%
for seed, server in servers.items():
    day, later = server.x_train[:1440], server.x_train[1440:4320]  # one day to train on, two to hold out
    pairs = {"training rows": (day, day), "minutes between": (day[::2], day[1::2]), "days held out": (day, later)}
    for name, (x_train, rows) in pairs.items():
        fitted = pca_of(x_train)
        threshold = np.quantile(pca_score(rows, *fitted), 0.99)
        healthy = pca_score(server.x_val, *fitted)
        false = ae.anomaly.find_alerts(healthy, threshold, consecutive=3)
        print(f"server {seed}, threshold from {name:15}: {len(false):2} false pages in a week")
    frozen = pca_score(day.mean(axis=0, keepdims=True), *fitted)[0]
    print(f"server {seed}, median score of healthy rows {np.median(healthy):.3f}, of frozen metrics {frozen:.3f}")

# %% [markdown]
# PCA has not seen the minutes between, and a threshold from them is as bad. What it lacks is other days: hold those out.
# With two weeks of training rows, the lesson found hardly a difference.

# %%
labels = np.arange(60000) % 3000 < 60  # twenty incidents of 60 rows: 2 %
for seed in range(3):
    chance = np.random.default_rng(seed).random(len(labels))
    adjusted = ae.anomaly.flattering_point_adjusted_scores(labels, chance)
    best = [ae.anomaly.precision_recall(labels, scores, thresholds=None)["f1"].max() for scores in (chance, adjusted)]
    print(f"random score {seed}: best F1 {best[0]:.3f}, after point adjustment {best[1]:.3f}")

# %% [markdown]
# ## 13.2 Four faults (3 points, 10 minutes)
#
# A colleague's watch uses PCA: what the first principal components of healthy rows cannot reconstruct is anomalous. "It
# slept through a day on which everything was wrong," says the colleague. "Ask it about one row, and it gives nan."


# %%
def fit_watch_broken(x_train, x_held_out, components, quantile):
    centred = x_train - x_train.mean(axis=0)
    P = np.linalg.svd(centred, full_matrices=False)[2][:components].T

    def score(rows):
        z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
        return np.mean((z - z @ P @ P.T) ** 2, axis=1)

    return score, np.quantile(score(x_train), quantile)


# %% [markdown]
# Write `fit_watch(x_train, x_held_out, components, quantile)`, which returns a tuple (score, threshold). `x_train` and
# `x_held_out` are healthy rows, (rows, metrics) each, `components` is an integer and `quantile` a float between 0 and 1.
#
# 1. Rows, these and later ones, are **standardised** with the mean and the standard deviation (`ddof=0`) of each metric in `x_train`:
#    $z_j = (x_j - \text{mean}_j) / \text{stddev}_j$. A metric whose stddev is 0 there is divided by 1. Nothing is clipped.
# 2. $P$, (metrics, components), has the first `components` **principal directions** of the standardised `x_train` as its
#    columns.
# 3. `score` is a function from rows (rows, metrics), new ones or old, to scores (rows,): the **mean** over the metrics of
#    $(z - z P P^\top)^2$. A row's score must not depend on the rows that come with it.
# 4. `threshold` is the `quantile` quantile (`np.quantile`) of the scores of `x_held_out`.
#
# Metrics may be in any unit, and rows whole numbers or in single precision. NumPy or scikit-learn, as you like. Results
# are compared to a thousandth of their size.
#
# None of these faults needs to raise an error, and each makes a watch that sleeps through incidents, or that cries wolf.
#
# Stuck? Run `hint("fit_watch")`


# %% nbgrader={"grade": false, "grade_id": "fit_watch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit_watch(x_train, x_held_out, components, quantile):
    """A score by PCA, a function from rows to (rows,), and a threshold from held-out rows: (score, threshold)."""
    ### BEGIN SOLUTION
    mean, stddev = x_train.mean(axis=0), x_train.std(axis=0)
    stddev = np.where(stddev == 0, 1, stddev)
    P = np.linalg.svd((x_train - mean) / stddev, full_matrices=False)[2][:components].T

    def score(rows):
        z = (rows - mean) / stddev
        return np.mean((z - z @ P @ P.T) ** 2, axis=1)

    return score, np.quantile(score(x_held_out), quantile)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_fit_watch", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("fit_watch")

# %% [markdown]
# Both watches on the first simulated server: rows above the threshold in a healthy week, in a week with incidents (14 % of
# its rows lie in one), and on a bad day, all of its metrics two standard deviations higher than usual.

# %%
data = servers[1]
day, later = data.x_train[:1440], data.x_train[1440:4320]
weeks = {
    "a healthy week": data.x_val,
    "a week with incidents": data.x_test,
    "a bad day": data.x_val[:1440] + 2 * day.std(axis=0),
}
for function in (fit_watch_broken, fit_watch):
    with suppress(NotImplementedError):
        score, threshold = function(day, later, 8, 0.99)
        shares = {name: f"{np.mean(score(rows) > threshold):.1%}" for name, rows in weeks.items()}
        print(f"{function.__name__}:", shares)

# %% [markdown]
# ## 13.3 Who wakes up when? (2 points, 9 minutes)
#
# Write `pages(scores, threshold, minutes)`: the rows at which somebody is paged. `scores` is an array (rows,), one score
# per minute in time order, `threshold` a number and `minutes` an integer from 1.
#
# - A row is **above** when its score > threshold; a score equal to the threshold is not above. A **missing score** (nan)
#   is not above either.
# - A **run** is a stretch of consecutive rows that are above, as long as it can be.
# - A run of at least `minutes` rows gets **one page**, at the first row at which the score has been above for `minutes`
#   consecutive rows: for a run that starts at row `start`, the page is row `start + minutes - 1`. Shorter runs get none.
#
# Return the numbers of these rows in ascending order, as a list or an array; it may be empty. Rows count from 0. Scores
# may be negative; apart from nan they are finite.
#
# For `minutes = 3`, threshold 1 and scores `[0, 5, 5, 5, 5, 0, 5, 5]`, it is `[3]`.
#
# Whoever is on call lives with this rule: a page too many at three in the morning, or one too late.
#
# Stuck? Run `hint("pages")`


# %% nbgrader={"grade": false, "grade_id": "pages", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pages(scores, threshold, minutes):
    """The rows at which somebody is paged: scores (rows,) -> list of row numbers."""
    ### BEGIN SOLUTION
    paged, above = [], 0  # how many consecutive rows have been above
    for row, score in enumerate(scores):
        above = above + 1 if score > threshold else 0  # nan > threshold is False
        if above == minutes:
            paged.append(row)
    return paged
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_pages", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("pages")

# %% [markdown]
# Your pages in a healthy week and in one with incidents, by PCA and a threshold from held-out rows. What do you gain with
# each further minute, and what might you lose?

# %%
fitted = pca_of(day)
threshold = np.quantile(pca_score(later, *fitted), 0.99)
with suppress(NotImplementedError):
    for minutes in (1, 3, 7, 15):
        counts = [len(pages(pca_score(rows, *fitted), threshold, minutes)) for rows in (data.x_val, data.x_test)]
        print(f"{minutes:2} minutes: {counts[0]} pages in a healthy week, {counts[1]:2} in one with 14 incidents")

# %% [markdown]
# ## 13.4 A report for whoever is on call (3 points, 11 minutes)
#
# Write `on_call_report(pages, incidents, rows)`. `pages` is an array of row numbers in ascending order, which may be
# empty; `incidents` is a list of at least one tuple (start, stop); `rows` is the number of rows that were watched, one per
# minute. An incident covers the rows start <= row < stop, and incidents do not overlap. Return a dict with three numbers:
#
# - `"found"`: the share of the incidents that were found, from 0 to 1. An incident is found if at least one page lies in
#   it.
# - `"false_per_week"`: the number of pages that lie in no incident, per week of 10080 minutes: divided by `rows` and
#   multiplied by 10080.
# - `"mean_delay"`: the delay of an incident is the first page in it minus its start, in minutes. Return the mean over the
#   incidents that were found, and nan if none was.
#
# Count incidents and pages, not rows, and do not adjust anything: a page one row too early is a false page. Results are
# compared to a hundred-thousandth of their size.
#
# A team decides by these three numbers whether a detector stays on. Scores per row, and point-adjusted ones all the more,
# say little about them.
#
# Stuck? Run `hint("on_call_report")`


# %% nbgrader={"grade": false, "grade_id": "on_call_report", "locked": false, "schema_version": 3, "solution": true, "task": false}
def on_call_report(pages, incidents, rows):
    """Incidents found, false pages per week and mean delay in minutes: (pages,), list of pairs, number -> dict."""
    ### BEGIN SOLUTION
    within = [[page for page in pages if start <= page < stop] for start, stop in incidents]
    delays = [paged[0] - start for (start, _), paged in zip(incidents, within, strict=True) if paged]
    false = len(pages) - sum(map(len, within))
    return {
        "found": len(delays) / len(incidents),
        "false_per_week": false / rows * 10080,
        "mean_delay": np.mean(delays) if delays else np.nan,
    }
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_on_call_report", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("on_call_report")

# %% [markdown]
# PCA on the week with incidents, with the library's pages, beside as many pages at random minutes.

# %%
incidents = [(incident.start, incident.stop) for incident in data.incidents]
scores = pca_score(data.x_test, *fitted)
with suppress(NotImplementedError):
    for minutes in (1, 3, 7, 15):
        paged = [alert.page for alert in ae.anomaly.find_alerts(scores, threshold, minutes)]
        lucky = np.sort(np.random.default_rng(minutes).choice(len(scores), len(paged), replace=False))
        for name, rows in {"PCA": np.array(paged), "random": lucky}.items():
            report = on_call_report(rows, incidents, len(scores))
            print(f"{minutes:2} minutes, {name:6}:", {key: round(float(value), 2) for key, value in report.items()})

# %% [markdown]
# Counted like this, chance looks like chance. And do not read the delay alone: from 3 minutes to 7 it falls, because an
# incident that was found late is no longer found at all.

# %% [markdown]
# ## 13.5 Which metric broke? (3 points, 11 minutes)
#
# The metric with the largest error is not always the one that broke: PCA spreads the error of one metric over others. The **reconstruction-based contribution** of metric j says how much smaller the squared error of the row
# gets if metric j alone may be corrected (Alcala and Qin 2009):
#
# $$ \text{RBC}_j = \frac{(C x)_j^2}{C_{jj}}, \qquad C = I - P P^\top, \qquad C_{jj} = 1 - \sum_k P_{jk}^2 $$
#
# Write `blame(x, components)`. `x` is (rows, metrics), standardised already; `components` is the matrix $P$, (metrics, k),
# with orthonormal columns and k below the number of metrics. Return an array (rows,): for each row the number of the
# metric with the largest contribution, counted from 0.
#
# A metric with $C_{jj}$ below 1e-9 lies in the plane of the components. Its residual is 0 whatever it does, so it can't
# be blamed. There is always a metric that can. The two largest contributions in a row differ by at least 1 %, and x may
# hold whole numbers or single precision.
#
# The page says where to look first. If a metric broke that the components follow closely, the largest error is that of
# another one.
#
# Stuck? Run `hint("blame")`


# %% nbgrader={"grade": false, "grade_id": "blame", "locked": false, "schema_version": 3, "solution": true, "task": false}
def blame(x, components):
    """The metric with the largest reconstruction-based contribution: (rows, metrics), (metrics, k) -> (rows,)."""
    ### BEGIN SOLUTION
    residual = x - x @ components @ components.T
    diagonal = 1 - np.sum(components**2, axis=1)
    can_be = diagonal >= 1e-9
    contribution = np.where(can_be, residual**2 / np.where(can_be, diagonal, 1), -1)
    return np.argmax(contribution, axis=1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_blame", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("blame")

# %% [markdown]
# Shift one metric alone by five standard deviations in healthy rows, each of the 50 in turn, and count how often it is
# blamed. The metrics are sorted by leverage, $1 - C_{jj}$: how closely the components follow a metric.

# %%
scale, pca = fitted
x, P = scale(data.x_val[::40]), pca.components_.T
leverage = np.sum(P**2, axis=1)
order = np.argsort(leverage)


def largest_error(x, P):
    return np.argmax((x - x @ P @ P.T) ** 2, axis=1)


def shares_right(metrics):
    moved = {j: x + 5 * np.eye(50)[j] for j in metrics}
    return [np.mean([np.mean(function(moved[j], P) == j) for j in metrics]) for function in (largest_error, blame)]


# %%
with suppress(NotImplementedError):
    for name, third in zip(("low", "middle", "high"), np.array_split(order, 3), strict=True):
        error, rbc = shares_right(third)
        print(f"{name:6} leverage, up to {leverage[third].max():.3f}: largest error {error:.2f}, RBC {rbc:.2f} right")
    for j in order[-5:]:
        error, rbc = shares_right([j])
        print(f"{data.feature_names[j]:26} {leverage[j]:.3f}: largest error {error:.2f}, RBC {rbc:.2f} right")

# %% [markdown]
# Up to a leverage of 0.5 both are always right. At 0.94 the largest error is always another metric's, and RBC is nearly
# always right. At 0.997 neither is: what is left of the shift, RBC = 25 $C_{jj}$, is less than the ordinary noise of the
# other metrics.
