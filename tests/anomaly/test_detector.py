"""The detector, on models whose errors are known beforehand, and whole on a generated server."""

import numpy as np
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
    with pytest.raises(ValueError, match=r"0.99 quantile needs at least 500 .* Received: 400; .* at most 0.988"):
        detector().set_threshold(rows(400, 1))
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
    excess = np.clip(smooth(watch.errors(x), 7)[45:60].mean(axis=0) - watch.errors(rows(3000)).mean(axis=0), 0, None)
    shares = watch.causes(x, Alert(45, 60, 47, 1.0))
    np.testing.assert_allclose(shares.sort_index(), excess / excess.sum(), rtol=1e-6)


def stuck(n, seed=0, value=3.0):
    x = rows(n, seed)
    x[:, 3] = value
    return x


def test_a_metric_that_stays_stuck_as_in_training_changes_nothing():
    watch = ae.AnomalyDetector(Plane()).fitted_on(stuck(3000))
    assert (watch.errors(stuck(100, 1))[:, 3] == 0).all()
    watch.set_threshold(stuck(1000, 1))
    assert watch.alerts(stuck(2000, 2)) == [] or (watch.score(stuck(2000, 2)) > watch.threshold).mean() < 0.03


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
    watch = ae.AnomalyDetector(Plane()).fitted_on(rows(3000))
    with pytest.raises(ValueError, match="has no fit"):
        watch.fit(rows(100))
    with pytest.raises(ValueError, match="comes after training"):
        watch.score(rows(10))


def test_rows_as_they_are_reach_the_model_unscaled_and_score_alike():
    plain = ae.AnomalyDetector(Plane(), standardise=False).fitted_on(rows(3000, metrics=2))
    x = rows(10, 1, metrics=2)
    np.testing.assert_array_equal(plain._scaled(x), x)
    assert np.isfinite(plain.score(x)).all()


def test_a_score_function_will_do_without_causes():
    watch = ae.AnomalyDetector(lambda x: np.abs(x).max(axis=1), smoothing=1).fitted_on(rows(3000))
    watch.set_threshold(rows(1000, 1))
    x = rows(100, 2)
    x[50:60, 2] += 5000
    assert [alert.causes for alert in watch.alerts(x) if alert.start == 50] == [()]
    with pytest.raises(ValueError, match="one score a row, in which the metrics cannot be told apart"):
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
    watch = ae.AnomalyDetector(model).fit(rows(1000), epochs=2)
    watch.set_threshold(rows(600, 1))
    x = rows(100, 2)
    x[50:60] += 1e5
    assert watch.score(x)[54:60].min() > watch.threshold


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
    assert len(ae.anomaly.false_alerts(alerts, server.incidents)) < 10
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
    for global_seed in (1, 2):
        keras.utils.set_random_seed(global_seed)
        watch = ae.AnomalyDetector(seed=3).fit(server.x_train[:1000], epochs=2)
        scores.append(watch.score(server.x_test[:200]))
    np.testing.assert_allclose(*scores, rtol=1e-3)


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
        (lambda: ae.AnomalyDetector(quantile=-0.1), "quantile to be a number above 0, below 1.* Received: -0.1"),
        (lambda: ae.AnomalyDetector(quantile=1), "Received: 1"),
        (lambda: ae.AnomalyDetector(smoothing=0), "smoothing to be a positive integer of rows. Received: 0"),
        (lambda: ae.AnomalyDetector(consecutive=2.5), "consecutive to be a positive integer of rows. Received: 2.5"),
        (lambda: ae.AnomalyDetector().fitted_on(rows(10)), r"no model that could have been trained: call fit\(x\)"),
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
