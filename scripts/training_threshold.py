"""What a threshold from training rows costs: the numbers in the docstring of `AnomalyDetector`.

    python scripts/training_threshold.py [SEEDS]      (default 3; about half a minute per seed on two CPU cores)

Simulated servers without drift: two weeks to train on, a healthy week that is held out, then a week with incidents.
"""

import sys

import numpy as np

import autoencoders_edu as ae
from autoencoders_edu.anomaly.alerts import false_alerts, find_alerts


def main(seeds):
    for seed in range(seeds):
        data = ae.data.load("server_metrics", seed=seed)
        detector = ae.AnomalyDetector(seed=seed).fit(data.x_train)
        trained, held_out, later = (detector.score(x) for x in (data.x_train, data.x_val, data.x_test))
        thresholds = {"training": np.quantile(trained, 0.99), "held-out": np.quantile(held_out, 0.99)}
        print(
            f"seed {seed}: {np.mean(held_out > thresholds['training']):.1%} of the held-out week's rows exceed the",
            end=" ",
        )
        print("0.99 quantile of the training scores; false alerts in the week after it, by threshold:", end=" ")
        rows = detector.smoothing - 1 + detector.consecutive
        print({k: len(false_alerts(find_alerts(later, t, rows), data.incidents)) for k, t in thresholds.items()})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
