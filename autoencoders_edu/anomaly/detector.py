"""The anomaly detector: scores from a model's errors, a threshold, and alerts with their causes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu.anomaly.alerts import Alert, find_alerts, smooth
from autoencoders_edu.anomaly.errors import Errors
from autoencoders_edu.anomaly.network import DefaultModel, GivenModel
from autoencoders_edu.anomaly.rows import Columns, Fingerprints, Scale

ABOVE = 5  # number of held-out rows that must lie above the threshold: with fewer, the quantile is a guess


class AnomalyDetector:
    """Watches rows of metrics with a model of healthy ones: what the model cannot reconstruct is anomalous.

    The converse does not hold: metrics that freeze or fade score lower than healthy ones. Watch for those separately.

        e_j     = (x_j - x'_j)^2      the error of metric j, x in standard deviations of training, see `Scale`
        score   = mean over metrics and the last `smoothing` rows of e_j

    One wild row alone keeps the score up for `smoothing` rows. Somebody is therefore paged when it has been above the
    threshold for longer than that:

        page    = the (smoothing - 1 + consecutive)-th consecutive row above the threshold

    The threshold is a quantile of the scores of healthy rows that the model was not trained on, and best of a later
    time: training rows are reconstructed better than those to come, so they are refused. (On the simulated server with
    seeds 0 to 2, 1.8, 2.0 and 1.5 % of the rows of the next healthy week exceeded the 0.99 quantile of the training
    scores. In the week after that, it raised 9, 6 and 2 false alerts; the quantile of the held-out scores, 5, 4 and 0.)

    Args:
        model: the model of healthy rows. None: a small denoising autoencoder, see `network.default_model`; an object
            with `reconstruct`, such as `ae.Autoencoder` or `ae.VAE`; or a function from rows to scores (rows,) or,
            with causes, (rows, metrics), higher for stranger ones.
        standardise: True: the model sees rows scaled by `Scale` and must be trained on such rows, as `fit` does. False:
            your model sees unscaled rows.
        smoothing: positive integer, the number of rows in the moving mean over the current and past rows; 1 for none.
        quantile: number above 0, below 1: which quantile of the healthy scores the threshold is.
        consecutive: positive integer, in rows: minutes, at one row per minute. With smoothing=1 somebody is paged at
            the `consecutive`-th consecutive row above the threshold.
        names: names of the metrics for the causes, such as a `Dataset`'s feature_names. None: those of the columns of
            the table it is trained on; column numbers if that is an array.
        seed: integer, for the default model's weights, the order of its rows and its dropped inputs.

    Attributes:
        threshold: number, or None before `set_threshold`.
        names: as above; after training on a table, the names of its columns.

    Rows (rows, metrics) are arrays or tables. The columns of a table are brought into the order of those in training.

    Raises:
        ValueError: for other arguments, and from each method for rows that are not finite numbers, or of other metrics
            than in training.

    Example:

    >>> data = ae.data.load("server_metrics", train_weeks=1, seed=1)
    >>> detector = ae.AnomalyDetector(names=data.feature_names).fit(data.x_train, epochs=2)
    >>> detector.set_threshold(data.x_val) > 0
    True
    >>> alerts = detector.alerts(data.x_test)
    >>> alerts[0].page - alerts[0].start
    6

    Reference: Sakurada and Yairi 2014, "Anomaly detection using autoencoders with nonlinear dimensionality reduction".
    """

    def __init__(
        self,
        model: Any = None,
        standardise: bool = True,
        smoothing: int = 5,
        quantile: float = 0.99,
        consecutive: int = 3,
        names: Sequence[str] | None = None,
        seed: int = 0,
    ):
        if model is None and not standardise:
            raise ValueError(
                "The default model needs rows on one scale. Received: standardise=False; give a model, or leave it out."
            )
        self.model = model
        self.standardise = standardise
        self.smoothing = positive_integer("AnomalyDetector", "smoothing", smoothing, " of rows")
        expected = "a number above 0, below 1, such as 0.99"
        self.quantile = real("AnomalyDetector", "quantile", quantile, expected, lambda value: 0 < value < 1)
        self.consecutive = positive_integer("AnomalyDetector", "consecutive", consecutive, " of rows")
        self._columns = Columns("AnomalyDetector", names)
        whole = "an integer from 0 to 2^32 - 1"
        self.seed = int(
            real("AnomalyDetector", "seed", seed, whole, lambda value: value.is_integer() and 0 <= value < 2**32)
        )
        self.threshold = None
        self._source = DefaultModel(self.seed) if model is None else GivenModel(model)
        self._errors = self._training_rows = self._usual = None

    @property
    def names(self) -> tuple[str, ...] | None:
        return self._columns.names

    def fit(self, x: ArrayLike, **fit_options) -> Self:
        """Trains the model on healthy rows, and remembers these.

        Args:
            x: (rows, metrics), in time order.
            fit_options: options of the model's `fit`, such as epochs, except for validation_data, which would not be
                scaled. The default model has only epochs (15 by default).

        Returns:
            The detector itself.

        Raises:
            ValueError: also for a second training of your own model: make a new detector instead. The default model
                can be trained again, and starts afresh.
        """
        self._source.check_options(fit_options)
        x, columns, scale = self._new_rows(x)
        errors = Errors(self._source.model_for(x.shape[1]), scale, self.standardise)
        self._source.train(errors.model, errors.seen(x), **fit_options)
        return self._trained(errors, x, columns)

    def fitted_on(self, x: ArrayLike) -> Self:
        """Takes over a model that is already trained, and remembers on which rows.

        Args:
            x: (rows, metrics), unscaled: with `standardise`, the model was trained on `Scale(x)(x)`.

        Returns:
            The detector itself.
        """
        if self._source.starts_anew:
            raise ValueError(
                "There is no model of yours that could have been trained: call fit(x), or give AnomalyDetector one."
            )
        x, columns, scale = self._new_rows(x)
        return self._trained(Errors(self.model, scale, self.standardise), x, columns)

    def set_threshold(self, x_healthy: ArrayLike) -> float:
        """Sets the threshold to the quantile of the scores of held-out healthy rows.

        Args:
            x_healthy: (rows, metrics), in time order; rows that the model was not trained on.

        Returns:
            The threshold.

        Raises:
            ValueError: if some are training rows (see `Fingerprints` for what chance allows), or if there are so few
                that fewer than 5 would lie above the quantile.
        """
        errors_of, training_rows, x = self._after_training("set_threshold", x_healthy)
        matches, allowed = training_rows.repeated(x)
        if matches:
            raise ValueError(
                f"{matches} of the {len(x)} rows for the threshold are rows that the model was trained on"
                f"{f' (chance would explain up to {allowed})' if allowed else ''}. It reconstructs those better than "
                "others, so the threshold would be too low. Give healthy rows that were held out of training, such as "
                "the last week: x[:-n] to fit, x[-n:] for the threshold."
            )
        needed = int(np.ceil(round(ABOVE / (1 - self.quantile), 6)))
        if len(x) < needed:
            enough = np.floor(1000 * (1 - ABOVE / len(x))) / 1000
            remedy = f", or choose a quantile of at most {enough}" if enough > 0 else ""
            raise ValueError(
                f"The {self.quantile} quantile needs at least {needed} held-out rows, so that {ABOVE} lie above it. "
                f"Received: {len(x)}; give more rows{remedy}."
            )
        errors = errors_of(x)
        self._usual = errors.mean(axis=0)
        self.threshold = float(np.quantile(self._smoothed(errors), self.quantile))
        return self.threshold

    def errors(self, x: ArrayLike) -> np.ndarray:
        """The error of each metric in each row: e_j, (rows, metrics), before smoothing, in the order of `names`.

        Raises:
            ValueError: also when the model is a function that gives one score per row.
        """
        errors = self._errors_in("errors", x)
        if errors.ndim == 1:
            raise ValueError(
                "This detector's model gives one score per row, in which metrics cannot be told apart. For causes, "
                "let it return (rows, metrics)."
            )
        return errors

    def score(self, x: ArrayLike, smoothing: int | None = None) -> np.ndarray:
        """The anomaly score of each row, (rows,): the higher, the stranger.

        Args:
            x: (rows, metrics), in time order.
            smoothing: number of rows instead of the detector's; 1 for none.
        """
        return self._smoothed(self._errors_in("score", x), smoothing)

    def _smoothed(self, errors, smoothing=None):
        scores = errors if errors.ndim == 1 else errors.mean(axis=1)
        return smooth(scores, self.smoothing if smoothing is None else smoothing)

    def alerts(self, x: ArrayLike) -> list[Alert]:
        """The alerts in rows x (rows, metrics), in time order: a list of `Alert`, each with up to three causes, metrics
        whose errors are above their usual ones."""
        errors = self._errors_in("alerts", x)
        if self.threshold is None:
            raise ValueError("There is no threshold yet: call set_threshold with healthy rows held out of training.")
        alerts = find_alerts(self._smoothed(errors), self.threshold, self.smoothing - 1 + self.consecutive)
        if errors.ndim == 1:
            return alerts
        parts = smooth(errors, self.smoothing)
        return [
            replace(alert, causes=tuple(self._shares(parts, alert).loc[lambda share: share > 0].index[:3]))
            for alert in alerts
        ]

    def causes(self, x: ArrayLike, alert: Alert) -> pd.Series:
        """Which metrics raised the score in an alert, worst first.

        Args:
            x: the rows in which the alert was found.
            alert: an `Alert` in these rows, or anything with start and stop.

        Returns:
            A pandas Series with each metric's share of the amount by which the smoothed errors exceed their usual
            means: those of the rows for the threshold, or of the training rows before there is a threshold. A metric
            below its mean has none. The shares sum to 1, or are all 0 if no metric is above its mean.
        """
        errors = self.errors(x)
        if not 0 <= alert.start < alert.stop <= len(errors):
            raise ValueError(f"The alert is no stretch of these {len(errors)} rows. Received: {alert!r}.")
        return self._shares(smooth(errors, self.smoothing), alert)

    def _shares(self, parts, alert):
        excess = np.clip(parts[alert.start : alert.stop].mean(axis=0) - self._usual, 0, None)
        total = excess.sum()
        shares = excess / total if total > 0 else excess
        names = self.names or range(len(shares))
        return pd.Series(shares, index=list(names), name="share").sort_values(ascending=False, kind="stable")

    def _new_rows(self, x):
        """Validated training rows, their `Columns` and their scale."""
        if self._training_rows is not None and not self._source.starts_anew:
            raise ValueError(
                "This detector already knows on which rows its model was trained, and has their scale. For others make "
                "a new one: AnomalyDetector(model)."
            )
        columns = Columns("AnomalyDetector", self._columns.given)
        x = columns.fit(x)
        scale = Scale(x)
        if scale.constant.all():
            raise ValueError(
                f"None of the {x.shape[1]} metrics moves in these {len(x)} rows: there is nothing to learn."
            )
        return x, columns, scale

    def _trained(self, errors, x, columns):
        """Takes over a model trained on rows x, all at once: a training that fails leaves the detector as it was."""
        usual = errors(x).mean(axis=0)
        self.model, self._errors, self._usual = errors.model, errors, usual
        self._training_rows, self._columns, self.threshold = Fingerprints(x), columns, None
        return self

    def _errors_in(self, method, x):
        errors_of, _, x = self._after_training(method, x)
        return errors_of(x)

    def _after_training(self, method, x):
        """What training has left, the `Errors` and the `Fingerprints` of the training rows, and x, validated."""
        if self._errors is None or self._training_rows is None:
            raise ValueError(
                f"{method} comes after training: call fit(x), or fitted_on(x) if the model is trained already."
            )
        return self._errors, self._training_rows, self._columns(x)
