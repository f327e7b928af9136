"""Makes the tables of lesson 13 about simulated servers: alerts, blind, blame, contaminated, curved, few, year (.csv).

    python watch.py [TABLE ...]      (default: all; about eight minutes on one CPU core, half of them for year.csv)

A seed is a server, `ae.data.load("server_metrics", seed=seed)`, and also the seed of whatever is fitted to it. Two
weeks are healthy and for training, a third is healthy and for the threshold, four more with 56 incidents are watched.

- alerts.csv (5 seeds): pages at thresholds from held-out and from training rows, with and without smoothing.
- blind.csv (5 seeds): can a score tell healthy rows from rows whose metrics are dimmed or frozen?
- blame.csv (5 seeds): one metric of 200 healthy rows is shifted by 5 standard deviations. Is it the one that is blamed?
- contaminated.csv (3 seeds): some training rows, some rows for the threshold, or some of both come from incidents.
- curved.csv (3 seeds): metrics that depend on three causes along a line, a curve, or something between.
- few.csv (3 seeds): thresholds from training and from held-out rows again, with fewer training rows, the last ones
  before the held-out week or as many at random, or with traffic that grows by 3 % of its first value per week. For the
  last ones, also thresholds from the same hours a week earlier, which are not trained on.
- year.csv (2 seeds): 52 weeks in which traffic grows by 1 % of its first value per week, two incidents per week.
  Retrained every four weeks on the two weeks before last, with a threshold from the last one, or never.
"""

import sys
from functools import lru_cache
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.anomaly.rows import Scale
from autoencoders_edu.course.tables import write
from autoencoders_edu.data.simulated_server import WEEK, wander
from detectors import COMPONENTS, CONTESTANTS, QUANTILE, fitted, on_call
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score

SHIFT = 5  # standard deviations


@lru_cache
def server(seed):
    return ae.data.load("server_metrics", test_weeks=4, incidents=56, seed=seed)


@lru_cache
def known(contestant, seed):
    """A contestant that has been fitted to its server, once."""
    return fitted(contestant, server(seed).x_train, seed)


def precision(incidents, scores):
    """Average precision and the best F1 over all thresholds, row by row, without and with point adjustment."""
    labels = np.zeros(len(scores), int)
    for incident in incidents:
        labels[incident.start : incident.stop] = 1
    adjusted = ae.anomaly.flattering_point_adjusted_scores(labels, scores)
    result = {}
    for name, values in {"": scores, ", adjusted": adjusted}.items():
        table = ae.anomaly.precision_recall(labels, values, thresholds=None)
        result |= {f"AP{name}": ae.anomaly.average_precision(labels, values), f"best F1{name}": table.f1.max()}
    return result


def alerts(seeds=5):
    for seed in range(seeds):
        data = server(seed)
        for contestant in (*CONTESTANTS, "PCA (5)", "random"):
            detector = known(contestant, seed)
            training, held_out, scores = (detector.score(x) for x in (data.x_train, data.x_val, data.x_test))
            for smoothing, consecutive in ((1, 3), (5, 3), (5, 7), (1, 7)):
                rules = {"held out": held_out, "training": training}
                for threshold, healthy in rules.items() if smoothing == 1 else [("held out", held_out)]:
                    row = {"contestant": contestant, "seed": seed, "smoothing": smoothing, "consecutive": consecutive}
                    row |= {"threshold": threshold}
                    row |= on_call(healthy, scores, data.incidents, smoothing, consecutive=consecutive)
                    limit = np.quantile(ae.anomaly.smooth(healthy, smoothing), QUANTILE)
                    row |= {"healthy above": np.mean(ae.anomaly.smooth(scores, smoothing)[data.y_test == 0] > limit)}
                    yield row | precision(data.incidents, ae.anomaly.smooth(scores, smoothing))


def dimmed(x, scale, factor):
    """Rows with all metrics nearer to their training means: each deviation times a factor."""
    return (scale.mean + factor * (x - scale.mean)).astype("float32")


def blind(seeds=5):
    for seed in range(seeds):
        data, scale = server(seed), Scale(server(seed).x_train)
        x = data.x_val[::10]
        for contestant in CONTESTANTS:
            healthy = known(contestant, seed).score(x)
            row = {"contestant": contestant, "seed": seed, "healthy": np.median(healthy)}
            for factor in (0.3, 0.0):
                scores = known(contestant, seed).score(dimmed(x, scale, factor))
                labels = np.repeat([0, 1], len(x))
                name = f"dimmed to {factor:g}"
                row |= {name: np.median(scores), f"AUROC, {name}": roc_auc_score(labels, np.append(healthy, scores))}
            yield row


def contributions(x, components):
    """The reconstruction-based contribution of each metric: (C x)_j^2 / C_jj, with C = I - P P^T (Alcala and Qin 2011).

    Args:
        x: (rows, metrics), standardised.
        components: P, (metrics, components), with orthonormal columns.
    """
    C = np.eye(len(components)) - components @ components.T
    diagonal = np.diag(C)
    return np.where(diagonal > 1e-9, (x @ C) ** 2 / np.maximum(diagonal, 1e-9), 0)


def principal_directions(x, components):
    """P (metrics, components) of standardised rows."""
    return PCA(components, svd_solver="full").fit(x).components_.T


class Within:
    """Hotelling's T2 of standardised rows: how far from the mean a row lies within the plane of the components.

    T2 = sum over k of t_k^2 / variance of t_k in training,     t = x P
    """

    def __init__(self, x_train, components):
        self.components = components
        self.variance = np.var(x_train @ components, axis=0)

    def __call__(self, x):
        return np.sum((x @ self.components) ** 2 / self.variance, axis=1)


def shifted(x, metric, scale):
    """Rows with one metric 5 standard deviations higher."""
    x = x.copy()
    x[:, metric] += SHIFT * scale.stddev[metric]
    return x


def follows(detector, healthy, x, metric, scale):
    """Of a shift of one metric, which share does its reconstruction follow? (Under PCA: the metric's leverage.)"""
    before, after = (np.asarray(detector.model.reconstruct(scale(rows))) for rows in (healthy, x))
    return np.mean((after - before)[:, metric]) / SHIFT


def blame(seeds=5, rows=200):
    for seed in range(seeds):
        data, scale = server(seed), Scale(server(seed).x_train)
        directions = {name: principal_directions(scale(data.x_train), COMPONENTS[name]) for name in ("PCA", "PCA (5)")}
        healthy = data.x_val[:: len(data.x_val) // rows][:rows]
        network = known("network", seed)
        limits = {name: known(name, seed).set_threshold(data.x_val) for name in ("network", "PCA", "PCA (5)")}
        within = {pca: Within(scale(data.x_train), P) for pca, P in directions.items()}
        limits_within = {pca: np.quantile(of(scale(data.x_val)), QUANTILE) for pca, of in within.items()}
        usual = network.errors(data.x_val).mean(axis=0)
        for metric, name in enumerate(data.feature_names):
            x = shifted(healthy, metric, scale)
            row, scores = {"seed": seed, "metric": name}, {}
            for pca, P in directions.items():
                row[f"leverage, {pca}"] = np.sum(P[metric] ** 2)
                scores[f"{pca}, error"] = known(pca, seed).errors(x)
                scores[f"{pca}, contribution"] = contributions(scale(x), P)
            for contestant in ("network", "network without dropout"):
                row[f"{contestant} follows"] = follows(known(contestant, seed), healthy, x, metric, scale)
            scores["network, error"] = network.errors(x)
            scores["network, causes"] = network.errors(x) - usual
            for contestant, limit in limits.items():
                row[f"{contestant}, above"] = np.mean(known(contestant, seed).score(x) > limit)
            for pca, limit in limits_within.items():
                row[f"{pca}, T2 above"] = np.mean(within[pca](scale(x)) > limit)
            yield row | {key: np.mean(values.argmax(axis=1) == metric) for key, values in scores.items()}


def spoilt(x, share, seed):
    """Rows of which some, at random places, are overwritten by rows of incidents on a server of the same kind."""
    other = ae.data.load("server_metrics", train_weeks=1, test_weeks=4, incidents=84, seed=1000 + seed)
    rng = np.random.default_rng(seed)
    of_incidents = rng.permutation(other.x_test[other.y_test > 0])
    places = rng.permutation(len(x))[: round(share * len(x))]
    x = x.copy()
    x[places] = of_incidents[: len(places)]
    return x


def contaminated(seeds=3):
    for seed in range(seeds):
        data = server(seed)
        for share, contestant in product((0, 0.01, 0.05, 0.1), CONTESTANTS):
            clean, weeks = known(contestant, seed), {"no": data.x_val, "yes": spoilt(data.x_val, share, 500 + seed)}
            detectors = {"no": clean}
            if share:
                detectors["yes"] = fitted(contestant, spoilt(data.x_train, share, seed), seed)
            for (training, detector), (held_out, rows) in product(detectors.items(), weeks.items()):
                if share == 0 and held_out == "yes":
                    continue
                scores = detector.score(data.x_test)
                row = {"contestant": contestant, "seed": seed, "share": share}
                row |= {"in training": training, "in held-out week": held_out}
                row |= {"AP": precision(data.incidents, scores)["AP"]}
                yield row | on_call(detector.score(rows), scores, data.incidents)


def curved_server(curvature, seed, metrics=30):
    """(training, held-out, test rows, labels): metrics that follow three hidden causes, along a line or a sine.

    Each metric is (1 - curvature) of a linear mixture of the causes and `curvature` of a sine of another. For an hour
    in each four of the test week, five metrics at random are one unit higher than they should be.
    """
    rng = np.random.default_rng(seed)
    causes = np.stack([wander(3 * WEEK, 1, 240, rng) for _ in range(3)], axis=1)
    line, inside = (causes @ (w / np.linalg.norm(w, axis=0)) for w in rng.normal(size=(2, 3, metrics)))
    x = (1 - curvature) * line + curvature * np.sqrt(2) * np.sin(2 * inside + rng.uniform(0, 2 * np.pi, metrics))
    x += rng.normal(0, 0.2, x.shape)
    labels = (np.arange(WEEK) % 240 < 60).astype(int)
    for start in range(0, WEEK, 240):
        x[2 * WEEK + start : 2 * WEEK + start + 60, rng.permutation(metrics)[:5]] += 1
    return *np.split(x.astype("float32"), [WEEK, 2 * WEEK]), labels


def curved(seeds=3):
    for seed in range(seeds):
        for curvature in (0, 0.25, 0.5, 0.75, 1):
            x_train, x_val, x_test, labels = curved_server(curvature, seed)
            wide = ("network (16)",) if curvature in (0.5, 1) and seed < 2 else ()
            for contestant in (*CONTESTANTS, "PCA (16)", *wide):
                detector = fitted(contestant, x_train, seed)
                ap = ae.anomaly.average_precision(labels, detector.score(x_test))
                error = np.median(detector.score(x_val))
                yield {
                    "contestant": contestant,
                    "seed": seed,
                    "curvature": curvature,
                    "AP": ap,
                    "held-out error": error,
                }


def few(seeds=3):
    for seed in range(seeds):
        data, rng = server(seed), np.random.default_rng(seed)
        growing = ae.data.load("server_metrics", test_weeks=4, incidents=56, drift=0.03, seed=seed)
        for contestant in ("network", "PCA"):
            for hours in (6, 24, 72):
                places = {"last": np.arange(-60 * hours, 0), "random": rng.permutation(2 * WEEK)[: 60 * hours]}
                earlier = data.x_train[-60 * hours - WEEK : -WEEK]  # the same hours of the week before
                for chosen, rows in places.items():
                    x = data.x_train[np.sort(rows)]
                    healthy = {"training": x, "held out": data.x_val}
                    healthy |= {"a week earlier": earlier} if chosen == "last" else {}
                    row = {"contestant": contestant, "seed": seed, "hours": hours, "rows": chosen}
                    yield from thresholds(row, fitted(contestant, x, seed), data, healthy)
            for chosen, every in {"all": data, "all, traffic grows": growing}.items():
                row = {"contestant": contestant, "seed": seed, "hours": 336, "rows": chosen}
                healthy = {"training": every.x_train, "held out": every.x_val}  # it grows from the held-out week on
                yield from thresholds(row, known(contestant, seed), every, healthy)


def thresholds(row, detector, data, healthy):
    """One line of the table for each kind of healthy rows from which the threshold is taken."""
    scores = detector.score(data.x_test)
    for name, rows in healthy.items():
        of_healthy = detector.score(rows)
        result = on_call(of_healthy, scores, data.incidents)
        result["healthy above"] = np.mean(scores[data.y_test == 0] > np.quantile(of_healthy, QUANTILE))
        yield row | {"threshold": name} | {key: result[key] for key in ("false per week", "found", "healthy above")}


def year_of(seed, drift=0.01):
    return ae.data.load("server_metrics", test_weeks=52, incidents=104, drift=drift, seed=seed)


def weeks_of(data, contestant, plan, seed):
    """One line of the table per week, for a detector that is never fitted again or every four weeks."""
    detector = fitted(contestant, data.x_train, seed)
    held_out = detector.score(data.x_val)
    monitor = ae.anomaly.DriftMonitor(held_out) if plan == "never" else None
    for week in range(52):
        rows = slice(week * WEEK, (week + 1) * WEEK)
        if plan != "never" and week and week % 4 == 0:
            kept = slice((week - 3) * WEEK, week * WEEK)
            past, healthy = data.x_test[kept], (data.y_test[kept] == 0) | (plan == "monthly, all rows")
            before = np.arange(3 * WEEK) < 2 * WEEK
            detector = fitted(contestant, past[healthy & before], seed)
            held_out = detector.score(past[healthy & ~before])
        scores = detector.score(data.x_test[rows])
        result = on_call(held_out, scores, data.y_test[rows])
        due = monitor.check(scores).due if monitor else None
        yield {"contestant": contestant, "retrained": plan, "seed": seed, "week": week + 1, **result, "due": due}


def year(seeds=2):
    for seed in range(seeds):
        data = year_of(seed)
        plans = {"network": ("never", "monthly"), "PCA": ("never", "monthly", "monthly, all rows")}
        for contestant, names in plans.items():
            for plan in names:
                yield from weeks_of(data, contestant, plan, seed)


TABLES = {table.__name__: table for table in (alerts, blind, blame, contaminated, curved, few, year)}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        write(Path(__file__).with_name(f"{name}.csv"), TABLES[name]())
