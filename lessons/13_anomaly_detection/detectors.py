"""The contestants of lesson 13, behind one rule, and what whoever is on call gets from them.

All are an `ae.AnomalyDetector`: the same scaling, the same threshold, the same rule for a page. They differ only in the
score of a row. "network" is the library's default: metrics-64-8-64-metrics, a tenth of its inputs dropped in training,
15 epochs. "network (16)" has 16 code units and is trained for 60 epochs.
"""

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu import networks
from autoencoders_edu.anomaly.network import default_model, train_default
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest

QUANTILE, MINUTES = 0.99, 3
COMPONENTS = {"PCA": 8, "PCA (5)": 5, "PCA (16)": 16}
CONTESTANTS = ("network", "PCA", "isolation forest")


def fitted(contestant, x, seed=0, smoothing=1):
    """A detector that knows the healthy rows x, without a threshold yet."""
    options = {"smoothing": smoothing, "quantile": QUANTILE, "consecutive": MINUTES, "seed": seed}
    if contestant == "network":
        return ae.AnomalyDetector(**options).fit(x)
    scaled = ae.anomaly.Scale(x)(x)
    if contestant == "network without dropout":
        model = default_model(x.shape[1], seed)
        model.corruption.rate = 0.0
        train_default(model, scaled, seed=seed)
    elif contestant == "network (16)":
        model = wide_model(x.shape[1], seed)
        train_default(model, scaled, epochs=60, seed=seed)
    elif contestant in COMPONENTS:
        pca = PCA(COMPONENTS[contestant], svd_solver="full").fit(scaled)

        def model(rows):
            return (rows - pca.inverse_transform(pca.transform(rows))) ** 2
    elif contestant == "isolation forest":
        forest = IsolationForest(random_state=seed).fit(scaled)

        def model(rows):
            return -forest.score_samples(rows)
    else:
        rng = np.random.default_rng(seed)

        def model(rows):
            return rng.random(len(rows))

    return ae.AnomalyDetector(model, **options).fitted_on(x)


def wide_model(metrics, seed):
    keras.utils.set_random_seed(seed)
    encoder = networks.dense_encoder((metrics,), 16, hidden=(64,))
    decoder = networks.dense_decoder(16, (metrics,), hidden=(64,))
    return ae.DenoisingAutoencoder(encoder, decoder, ae.corruption.PixelDropout(0.1, seed=seed))


def on_call(held_out, scores, incidents, smoothing=1, minutes_per_row=1, consecutive=None):
    """A threshold from held-out scores, and the pages that it gives: what counts for whoever is on call.

    Args:
        held_out, scores: scores (rows,), not smoothed, of healthy rows and of those to be watched.
        incidents: as for `ae.anomaly.detection_delays`: incidents, or labels of rows.
        consecutive: rows above the threshold until the page. None: the library's rule, smoothing - 1 + 3.
    """
    held_out, scores = (ae.anomaly.smooth(part, smoothing) for part in (held_out, scores))
    threshold = np.quantile(held_out, QUANTILE)
    alerts = ae.anomaly.find_alerts(scores, threshold, consecutive or smoothing - 1 + MINUTES)
    false = ae.anomaly.false_alerts(alerts, incidents)
    found = ae.anomaly.detection_delays(alerts, incidents, minutes_per_row)
    return {
        "false per week": ae.anomaly.alerts_per_week(false, len(scores), minutes_per_row),
        "pages per week": ae.anomaly.alerts_per_week(alerts, len(scores), minutes_per_row),
        "incidents": len(found),
        "found": found.detected.sum(),
        "delay": found.delay_minutes.mean(),
    }


def spread(rows, columns, by="contestant", digits=1):
    """Mean ± standard deviation over seeds, in words."""

    def in_words(values):
        return f"{values.mean():.{digits}f} ± {values.std():.{digits}f}".replace(" ± nan", "").replace("nan", "")

    return rows.groupby(by, sort=False)[columns].agg(in_words)
