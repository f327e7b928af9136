"""Makes gaps.csv, a table of lesson 3: four ways with missing ages, over several splits of the Titanic's passengers.

    python gaps.py [SEEDS]      (default 8; about a CPU minute)

In the test rows whose age is known, it is hidden, and then guessed: by the mean of the training rows, by two imputers
of scikit-learn, and by VAEs that treat the training rows' own gaps in two ways: left out of the loss, or filled with
the mean and counted as if observed.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from sklearn.experimental import enable_iterative_imputer  # switches IterativeImputer on
from sklearn.impute import IterativeImputer, KNNImputer

SKEWED = ("fare", "sibsp", "parch")


def load(seed=0, filled=False):
    """The table of the Titanic's passengers; filled: with the training rows' mean age in its gaps, as if known."""
    rows = ae.data.frame("titanic")
    table = ae.data.table(rows, categorical=["pclass"], skewed=SKEWED, seed=seed)
    if not filled:
        return table
    return ae.data.table(
        rows.fillna({"age": table.train["age"].mean()}), categorical=["pclass"], skewed=SKEWED, seed=seed
    )


def train(table, seed=0, epochs=40, code=4):
    """A VAE of a table, after training."""
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(table.shape, 2 * code, hidden=(64,))
    vae = ae.VAE(encoder, ae.networks.dense_decoder(code, table.shape, hidden=(64,)), table.likelihood, seed=seed)
    vae.compile(keras.optimizers.Adam(3e-3))
    vae.fit(table.x_train, batch_size=64, epochs=epochs, verbose=0)
    return vae


def stddev_of_age(table, vae):
    """The learned stddev of the age given z, in years."""
    numbers = [column.name for column in table.columns if column.likelihood == "gaussian"]
    log_stddev = keras.ops.convert_to_numpy(vae.likelihood_family.log_stddev)[numbers.index("age")]
    (age,) = (column for column in table.columns if column.name == "age")
    return float(np.exp(log_stddev) * age.transformer.scale_[0])


def guesses(table, filled, seed):
    """Ages guessed by each way for test rows, known ones hidden; from the two VAEs, stddevs and ages that they saw."""
    hidden = table.test.assign(age=np.nan)
    made, stddevs, seen = {"mean": np.full(len(hidden), table.train["age"].mean())}, {}, {}
    for name, own, rows in (
        ("VAE, gaps left out", table, hidden),
        ("VAE, gaps filled", filled, filled.test.assign(age=table.train["age"].mean())),
    ):
        vae = train(own, seed)
        made[name] = own.inverse(vae.reconstruct(own.transform(rows)))["age"].to_numpy()
        stddevs[name] = stddev_of_age(own, vae)
        seen[name] = own.inverse(vae.reconstruct(own.x_test))["age"].to_numpy()
    place = table.feature_names.index("age")
    columns = [i for i, name in enumerate(table.feature_names) if not name.endswith("observed")]
    train_rows, test_rows = table.x_train.copy(), table.transform(hidden)
    for rows in (train_rows, test_rows):
        rows[rows[:, table.feature_names.index("age observed")] == 0, place] = np.nan
    for name, imputer in {
        "10 nearest neighbours": KNNImputer(n_neighbors=10),
        "linear regression": IterativeImputer(random_state=0),
    }.items():
        imputer.fit(train_rows[:, columns])
        rows = test_rows.copy()
        rows[:, columns] = imputer.transform(test_rows[:, columns])
        made[name] = table.inverse(rows, fill=rows)["age"].to_numpy()
    return made, stddevs, seen


def main(seeds):
    rows = []
    for seed in range(seeds):
        table, filled = load(seed), load(seed, filled=True)
        age, (made, stddevs, seen) = table.test["age"].to_numpy(), guesses(table, filled, seed)
        known = ~np.isnan(age)
        for name, guessed in made.items():
            error = (guessed - age)[known]
            found = {"mean absolute error": np.abs(error).mean(), "root mean squared error": np.sqrt(np.mean(error**2))}
            if name in seen:
                found |= {"stddev": stddevs[name], "rms if seen": np.sqrt(np.mean((seen[name] - age)[known] ** 2))}
            rows.append({"way": name, "seed": seed, **found})
            print(rows[-1], flush=True)
        keras.backend.clear_session(free_memory=True)
    pd.DataFrame(rows).round(3).to_csv(Path(__file__).parent / "gaps.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
