"""The detector, on models whose errors are known beforehand, and whole on a generated server."""

import pickle

import numpy as np
import pandas as pd
import pytest

import autoencoders_edu as ae
from autoencoders_edu._backend import keras
from autoencoders_edu.anomaly import Alert, Scale, smooth
from autoencoders_edu.anomaly.network import default_model


class Plane:
    """Knows that the first two of its metrics are equal and that the others are 0, in whatever scale they come."""

    def reconstruct(self, x):
        x = np.asarray(x)
        out = np.zeros_like(x)
        out[:, :2] = x[:, :2].mean(axis=1, keepdims=True)
        return out


def rows(n, seed=0, metrics=4):
    """Two metrics that go together, in units of their own, and noise."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, metrics))
    x[:, 1] = x[:, 0] + 0.1 * x[:, 1]
    return (x * 10.0 ** np.arange(metrics) + 5).astype("float32")


def detector(**options):
    return ae.AnomalyDetector(Plane(), **options).fitted_on(rows(3000))


def test_errors_are_those_of_the_equation():
    x = rows(50, 1)
    scaled = Scale(rows(3000))(x)
    errors = detector().errors(x)
    np.testing.assert_allclose(errors, (scaled - Plane().reconstruct(scaled)) ** 2, rtol=1e-6)
    np.testing.assert_allclose(detector().score(x, smoothing=1), errors.mean(axis=1))
    np.testing.assert_allclose(detector().score(x), smooth(errors.mean(axis=1), 5))


def test_units_make_no_difference():
    units = np.array([1e-3, 1, 1e5, 7])
    a = ae.AnomalyDetector(Plane()).fitted_on(rows(3000)).score(rows(100, 1))
    b = ae.AnomalyDetector(Plane()).fitted_on(rows(3000) * units).score(rows(100, 1) * units)
    np.testing.assert_allclose(a, b, rtol=1e-3)


def test_the_threshold_is_the_quantile_of_the_held_out_scores():
    watch = detector(quantile=0.9)
    threshold = watch.set_threshold(rows(1000, 1))
    assert threshold == watch.threshold == np.quantile(watch.score(rows(1000, 1)), 0.9)
    assert (watch.score(rows(20_000, 2)) > threshold).mean() == pytest.approx(0.1, abs=0.05)


@pytest.mark.parametrize("leaked", [1.0, 0.5, 0.02])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_threshold_on_training_rows_is_refused(leaked, dtype):
    n = int(1000 * leaked)
    healthy = np.concatenate([rows(1000 - n, 1), rows(3000)[700 : 700 + n]]).astype(dtype)
    watch = detector()
    with pytest.raises(
        ValueError, match=rf"{n} of the 1000 rows for the threshold are rows that the model was trained"
    ):
        watch.set_threshold(healthy)
    assert watch.threshold is None


def test_a_quantile_that_the_rows_cannot_tell_is_refused():
    with pytest.raises(ValueError, match=r"0.99 quantile needs at least 500 .* Received: 400; .* at most 0.987\.$"):
        detector().set_threshold(rows(400, 1))
    detector(quantile=0.987).set_threshold(rows(400, 1))
    with pytest.raises(ValueError, match=r"The 0.9 quantile needs at least 50 .* Received: 3; give more rows\.$"):
        detector(quantile=0.9).set_threshold(rows(3, 1))
    detector().set_threshold(rows(500, 1))


def test_an_alert_comes_after_consecutive_rows_and_names_its_cause():
    watch = detector(smoothing=1, names=["a", "b", "c", "d"])
    watch.set_threshold(rows(2000, 1))
    x = rows(200, 2)
    x[50:60, 2] += 5000
    x[120:122, 2] += 5000
    (alert,) = watch.alerts(x)
    assert (alert.start, alert.stop, alert.page) == (50, 60, 52)
    assert alert.causes[0] == "c"
    shares = watch.causes(x, alert)
    assert shares.index[0] == "c"
    assert shares["c"] > 0.9
    assert shares.sum() == pytest.approx(1)
    assert list(shares.index) == sorted(shares.index, key=lambda name: -shares[name])


def test_one_wild_row_pages_nobody_and_trouble_that_lasts_does():
    """With the defaults: a row is smoothed over 5, so that it alone keeps the score up for 5 rows."""
    watch = detector()
    watch.set_threshold(rows(2000, 1))
    x = rows(200, 2)
    x[50, 2:] += 1e9
    assert watch.alerts(x) == []
    x[120:140, 2:] += 1e9
    (alert,) = watch.alerts(x)
    assert (alert.start, alert.page, alert.stop) == (120, 126, 144)


def test_metrics_below_their_usual_errors_are_no_causes():
    watch = detector(smoothing=1)
    watch.set_threshold(rows(2000, 1))
    x = np.repeat(rows(3000).mean(axis=0, keepdims=True), 100, axis=0)
    x[50:60, 2] += 5000
    (alert,) = watch.alerts(x)
    assert alert.causes == (2,)
    assert watch.causes(x, Alert(10, 20, 12, 1.0)).tolist() == [0, 0, 0, 0]


def test_a_broken_tie_between_two_metrics_is_the_fault_of_both():
    watch = detector(smoothing=1)
    watch.set_threshold(rows(2000, 1))
    x = rows(100, 2)
    x[50:60, 0] += 10
    (alert,) = watch.alerts(x)
    assert set(alert.causes[:2]) == {0, 1}


def test_the_shares_of_a_smoothed_score_are_its_parts():
    watch = detector(smoothing=7)
    x = rows(100, 2)
    x[40:60, 2:] += [2000, 20_000]
    for usual in (rows(3000), rows(1000, 1)):  # the training rows, until there is a threshold
        parts = smooth(watch.errors(x), 7)[45:60].mean(axis=0)
        excess = np.clip(parts - watch.errors(usual).mean(axis=0), 0, None)
        shares = watch.causes(x, Alert(45, 60, 47, 1.0))
        np.testing.assert_allclose(shares.sort_index(), excess / excess.sum(), rtol=1e-6)
        watch.set_threshold(rows(1000, 1))


NAMES = ["cpu", "load", "disk", "ram"]
SHUFFLED = ["ram", "disk", "cpu", "load"]


def table(n, seed=0, names=NAMES):
    """The same rows with names: a table whose columns stand in the order of `names`."""
    return pd.DataFrame(rows(n, seed), columns=NAMES)[names]


def troubled(names=NAMES):
    x = table(200, 2)
    x.loc[50:60, "disk"] += 5000
    return x[names]


def fitted_on_a_table():
    watch = ae.AnomalyDetector(Plane(), smoothing=1).fitted_on(table(3000))
    watch.set_threshold(table(1000, 1, SHUFFLED))
    return watch


@pytest.mark.parametrize("order", [NAMES, SHUFFLED])
def test_the_columns_of_a_table_are_known_by_their_names(order):
    watch = fitted_on_a_table()
    assert watch.names == tuple(NAMES)
    (alert,) = watch.alerts(troubled(order))
    assert alert.causes[0] == "disk"
    assert watch.causes(troubled(order), alert).index[0] == "disk"
    np.testing.assert_array_equal(watch.score(troubled(order)), watch.score(troubled().to_numpy()))
    np.testing.assert_array_equal(watch.errors(troubled(order)), watch.errors(troubled()))


@pytest.mark.parametrize("method", ["score", "errors", "alerts", "set_threshold"])
def test_a_table_of_other_metrics_is_refused_by_name(method):
    watch = fitted_on_a_table()
    said = r"AnomalyDetector expects a table of the metrics 'cpu', .*It lacks 'cpu'. It also has .*: 'gpu'"
    with pytest.raises(ValueError, match=said):
        getattr(watch, method)(table(1000, 1).rename(columns={"cpu": "gpu"}))
    with pytest.raises(ValueError, match=r"was fitted on 4 metrics. Received rows of 3"):
        getattr(watch, method)(rows(1000, 1)[:, :3])


def test_names_that_are_given_are_looked_up_in_the_table():
    watch = ae.AnomalyDetector(Plane(), names=SHUFFLED).fitted_on(table(3000))
    np.testing.assert_array_equal(watch.errors(table(9, 1)), watch.errors(table(9, 1)[SHUFFLED].to_numpy()))
    with pytest.raises(ValueError, match=r"expects a table of the metrics 'a', .*It lacks 'a', 'b', 'c', 'd'"):
        ae.AnomalyDetector(Plane(), names="abcd").fitted_on(table(3000))


def test_another_training_takes_the_names_of_its_own_table_and_a_failed_one_does_not():
    watch = ae.AnomalyDetector().fit(table(600), epochs=1)
    with pytest.raises(ValueError, match="NaN or infinity"):
        watch.fit(table(600, 1, SHUFFLED) * np.nan)
    with pytest.raises(ValueError, match="None of the 4 metrics moves"):
        watch.fit(table(600, 1, SHUFFLED) * 0)
    assert watch.names == tuple(NAMES)
    assert watch.score(table(20, 2, SHUFFLED)).tolist() == watch.score(table(20, 2)).tolist()
    watch.fit(table(600, 1, SHUFFLED)[["disk", "ram"]], epochs=1)
    assert watch.names == ("disk", "ram")
    watch.fit(rows(600), epochs=1)
    assert watch.names is None


def test_a_pickled_detector_knows_its_columns():
    watch = fitted_on_a_table()
    again = pickle.loads(pickle.dumps(watch))
    assert again.names == tuple(NAMES)
    assert again.threshold == watch.threshold
    assert again.alerts(troubled(SHUFFLED)) == watch.alerts(troubled())


def test_a_series_is_asked_whether_it_is_a_metric_or_a_row():
    series = table(3000)["cpu"]
    said = (
        r"Received: \(3000,\)\. A Series may be one metric or one row: make it x\.to_frame\(\), or x\.to_frame\(\)\.T"
    )
    with pytest.raises(ValueError, match=said):
        ae.AnomalyDetector(Plane()).fitted_on(series)
    assert ae.AnomalyDetector(lambda x: np.abs(x[:, 0])).fitted_on(series.to_frame()).names == ("cpu",)


def stuck(n, seed=0, value=3.0):
    x = rows(n, seed)
    x[:, 3] = value
    return x


def test_a_metric_that_stays_stuck_as_in_training_changes_nothing():
    watch = ae.AnomalyDetector(Plane()).fitted_on(stuck(3000))
    assert (watch.errors(stuck(100, 1))[:, 3] == 0).all()
    watch.set_threshold(stuck(1000, 1))
    assert (watch.score(stuck(2000, 2)) > watch.threshold).mean() < 0.03


def test_a_metric_stuck_in_training_that_moves_counts_for_ten_standard_deviations():
    watch = ae.AnomalyDetector(Plane()).fitted_on(stuck(3000))
    moved = stuck(100, 1)
    moved[50:, 3] = 4
    np.testing.assert_allclose(watch.errors(moved)[:, 3], [0] * 50 + [100] * 50)


def test_the_model_never_sees_a_stuck_metric_move():
    seen = []

    class Witness(Plane):
        def reconstruct(self, x):
            seen.append(np.asarray(x))
            return super().reconstruct(x)

    watch = ae.AnomalyDetector(Witness()).fitted_on(stuck(3000))
    moved = stuck(10, 1)
    moved[:, 3] = 99
    watch.score(moved)
    assert (seen[-1][:, 3] == 0).all()


def test_a_score_function_sees_a_stuck_metric_move():
    watch = ae.AnomalyDetector(lambda x: np.abs(x[:, 3]), smoothing=1).fitted_on(stuck(3000))
    assert (watch.score(stuck(10, 1, value=4.0)) == 10).all()


def test_a_training_that_failed_leaves_no_half_fitted_detector():
    watch = ae.AnomalyDetector(Plane())
    with pytest.raises(ValueError, match="has no fit"):
        watch.fit(rows(100))
    with pytest.raises(ValueError, match="comes after training"):
        watch.score(rows(10))


def test_options_that_are_refused_leave_the_last_training_as_it_was():
    watch = ae.AnomalyDetector().fit(rows(600), epochs=1)
    threshold = watch.set_threshold(rows(600, 1))
    for options in ({"epochs": 0}, {"batch_size": 8}):
        with pytest.raises(ValueError, match=r"AnomalyDetector.fit expects epochs|takes epochs alone"):
            watch.fit(rows(600, 2), **options)
    assert watch.threshold == threshold


def test_training_rows_are_never_forgotten():
    """A model keeps what it learnt: a second fit of it would hide the first rows from the refusal."""
    watch = detector()
    with pytest.raises(ValueError, match=r"already knows on which rows.*make a new one: AnomalyDetector\(model\)"):
        watch.fitted_on(rows(3000, 1))
    with pytest.raises(ValueError, match="are rows that the model was trained on"):
        watch.set_threshold(rows(3000)[:1000])
    default = ae.AnomalyDetector().fit(rows(600), epochs=1)
    with pytest.raises(ValueError, match="no model of yours"):
        default.fitted_on(rows(600, 1))


class Constant:
    """Reconstructs each row as the same one."""

    def __init__(self, row):
        self.row = row

    def reconstruct(self, x):
        return np.broadcast_to(self.row, np.shape(x))


def test_rows_as_they_are_reach_the_model_unscaled_and_score_alike():
    train, x, seen = rows(3000), rows(10, 1), []

    class Witness(Constant):
        def reconstruct(self, x):
            seen.append(x)
            return super().reconstruct(x)

    plain = ae.AnomalyDetector(Witness(train.mean(axis=0, dtype="float64")), standardise=False).fitted_on(train)
    plain.errors(x)
    np.testing.assert_array_equal(seen[-1], x)
    np.testing.assert_allclose(plain.errors(x), Scale(train)(x) ** 2, rtol=1e-3, atol=1e-3)


def test_a_model_that_diverged_is_named_as_such():
    said = "reconstruction holds NaN or infinity: the training has diverged. Standardise the data or lower the learning"
    with pytest.raises(ValueError, match=said):
        ae.AnomalyDetector(Constant(np.nan)).fitted_on(rows(100))
    watch = ae.AnomalyDetector(Plane())
    watch.model.reconstruct = lambda x: x[:, :2]
    with pytest.raises(ValueError, match=r"must have the shape \(100, 4\). Received: \(100, 2\)"):
        watch.fitted_on(rows(100))


def test_a_score_function_will_do_without_causes():
    watch = ae.AnomalyDetector(lambda x: np.abs(x).max(axis=1), smoothing=1).fitted_on(rows(3000))
    watch.set_threshold(rows(1000, 1))
    x = rows(100, 2)
    x[50:60, 2] += 5000
    assert [alert.causes for alert in watch.alerts(x) if alert.start == 50] == [()]
    with pytest.raises(ValueError, match="one score per row, in which metrics cannot be told apart"):
        watch.errors(x)


def test_a_score_function_by_metric_gives_causes():
    watch = ae.AnomalyDetector(np.abs, smoothing=1).fitted_on(rows(3000))
    watch.set_threshold(rows(1000, 1))
    x = rows(100, 2)
    x[50:60, 2] += 5000
    assert next(alert for alert in watch.alerts(x) if alert.start == 50).causes[0] == 2


@pytest.mark.parametrize("make", ["autoencoder", "vae"])
def test_the_librarys_models_are_trained_and_watched(make):
    keras.utils.set_random_seed(0)
    encoder = ae.networks.dense_encoder((4,), 2 if make == "autoencoder" else 4, hidden=(8,))
    decoder = ae.networks.dense_decoder(2, (4,), hidden=(8,))
    if make == "autoencoder":
        model = ae.Autoencoder(encoder, decoder)
        model.compile("adam", "mse")
    else:
        model = ae.VAE(encoder, decoder, likelihood="gaussian")
        model.compile("adam")
    healthy = rows(600, 1)
    untrained = ae.AnomalyDetector(model).fitted_on(rows(1000)).score(healthy).mean()
    watch = ae.AnomalyDetector(model).fit(rows(1000), epochs=20)
    assert watch.score(healthy).mean() < 0.9 * untrained
    watch.set_threshold(healthy)
    x = rows(100, 2)
    x[50:60] += 1e5
    assert watch.score(x)[54:60].min() > watch.threshold


def linear():
    return ae.Autoencoder(ae.networks.dense_encoder((4,), 2, ()), ae.networks.dense_decoder(2, (4,), ()))


@pytest.fixture(scope="module")
def server():
    return ae.data.load("server_metrics", train_weeks=1, seed=5)


@pytest.fixture(scope="module")
def whole(server):
    watch = ae.AnomalyDetector(names=server.feature_names).fit(server.x_train, epochs=4)
    watch.set_threshold(server.x_val)
    return watch


def test_defaults_find_most_incidents_of_a_server_and_their_metrics(server, whole):
    alerts = whole.alerts(server.x_test)
    found = ae.anomaly.detection_delays(alerts, server.incidents)
    assert found["detected"].mean() > 0.6
    assert len(ae.anomaly.false_alerts(alerts, server.incidents)) < 7
    assert ae.anomaly.average_precision(server.y_test, whole.score(server.x_test)) > 0.6
    named = [
        bool(set(alert.causes) & set(incident.metrics))
        for alert in alerts
        for incident in server.incidents
        if incident.start <= alert.page < incident.stop
    ]
    assert np.mean(named) > 0.8


def test_the_same_seed_gives_the_same_detector_whatever_was_drawn_before(server):
    scores = []
    for global_seed, seed in ((1, 3), (2, 3), (1, 4)):
        keras.utils.set_random_seed(global_seed)
        watch = ae.AnomalyDetector(seed=seed).fit(server.x_train[:1000], epochs=2)
        scores.append(watch.score(server.x_test[:200]))
    np.testing.assert_allclose(scores[0], scores[1], rtol=1e-3)
    assert not np.allclose(scores[0], scores[2], rtol=1e-3)


def test_detector_and_drift_monitor_call_for_training_when_the_traffic_grows():
    """The chain: trained on two weeks, a held-out fortnight as reference, and then a month."""
    due = []
    for drift in (0.0, 0.15):
        data = ae.data.load("server_metrics", val_weeks=2, test_weeks=4, incidents=0, drift=drift, seed=1)
        watch = ae.AnomalyDetector().fit(data.x_train, epochs=4)
        due.append(ae.DriftMonitor(watch.score(data.x_val)).watch(watch.score(data.x_test))["due"].tolist())
    assert due[0] == [False] * 4
    assert due[1][-1]


@pytest.mark.parametrize(("metrics", "code"), [(50, 8), (16, 8), (9, 4), (3, 1), (1, 1)])
def test_the_default_models_code_is_half_the_metrics_and_eight_at_most(metrics, code):
    model = default_model(metrics)
    assert [layer.units for layer in model.encoder.layers if hasattr(layer, "units")] == [64, code]
    assert model.decoder.output_shape == (None, metrics)
    assert model.corruption.rate == 0.1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ae.AnomalyDetector(7), "to have a method reconstruct.* or to be a function.* Received: 7"),
        (lambda: ae.AnomalyDetector(ae.Autoencoder), "to have a method reconstruct.*Received: <class"),
        (
            lambda: ae.AnomalyDetector(keras.Sequential()),
            "cannot tell what .* predicts.*lambda x: .x - model.pre",
        ),
        (lambda: ae.AnomalyDetector(standardise=False), "default model needs rows on one scale"),
        (lambda: ae.AnomalyDetector(seed=-1), r"seed to be an integer from 0 to 2\^32 - 1. Received: -1"),
        (lambda: ae.AnomalyDetector(seed=1.5), "seed to be an integer.* Received: 1.5"),
        (lambda: ae.AnomalyDetector().fit(rows(10), epochs=0), "epochs to be a positive integer. Received: 0"),
        (
            lambda: ae.AnomalyDetector().fit(rows(10), batch_size=8, epochs=1),
            "epochs alone. Received: batch_size",
        ),
        (lambda: ae.AnomalyDetector(linear()).fit(rows(10), validation_data=rows(5)), "validation_split=0.1"),
        (lambda: ae.AnomalyDetector(quantile=-0.1), "quantile to be a number above 0, below 1.* Received: -0.1"),
        (lambda: ae.AnomalyDetector(quantile=1), "Received: 1"),
        (lambda: ae.AnomalyDetector(smoothing=0), "smoothing to be a positive integer of rows. Received: 0"),
        (lambda: ae.AnomalyDetector(consecutive=2.5), "consecutive to be a positive integer of rows. Received: 2.5"),
        (lambda: ae.AnomalyDetector().fitted_on(rows(10)), r"no model of yours that could.*: call fit\(x\)"),
        (lambda: ae.AnomalyDetector(Plane()).fit(rows(10)), "has no fit. Train it yourself, then say on which rows"),
        (lambda: ae.AnomalyDetector(Plane()).score(rows(10)), r"score comes after training: call fit\(x\)"),
        (lambda: ae.AnomalyDetector(Plane()).set_threshold(rows(10)), "set_threshold comes after training"),
        (lambda: ae.AnomalyDetector(Plane(), names="abc").fitted_on(rows(10)), "3 names for 4 metrics"),
        (lambda: ae.AnomalyDetector(Plane()).fitted_on(np.ones((9, 4))), "None of the 4 metrics moves in these 9 rows"),
        (lambda: ae.AnomalyDetector(Plane()).fitted_on([[np.nan]]), "AnomalyDetector found NaN or infinity in 1 of 1"),
        (lambda: detector().score(rows(5)[:, :3]), "was fitted on 4 metrics. Received rows of 3"),
        (lambda: detector().score(rows(5) * np.nan), "found NaN or infinity in 5 of 5 rows"),
        (lambda: detector().alerts(rows(5)), "no threshold yet: call set_threshold"),
        (
            lambda: detector().causes(rows(5), Alert(3, 9, 5, 1.0)),
            r"no stretch of these 5 rows. Received: Alert\(start=3",
        ),
        (
            lambda: ae.AnomalyDetector(lambda x: x[:-1]).fitted_on(rows(10)),
            r"finite numbers \(10,\) or \(10, 4\). Received: shape \(9, 4\)",
        ),
        (lambda: ae.AnomalyDetector(lambda x: x[:, 0] / 0).fitted_on(rows(10)), "with NaN or infinity"),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")  # the last but one asks for it
def test_what_cannot_be_done_is_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()
