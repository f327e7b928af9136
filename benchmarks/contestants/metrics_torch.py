"""Scores of given arrays by disent, prdc and torchmetrics, and by second implementations of our own.

    python metrics_torch.py ARRAYS.npz SETTINGS.json

disent samples from a data set by its factors. Here each combination of factors is one row of codes, which the
representation function returns unchanged. Runs in PyTorch's environment and prints a JSON list of rows.
"""

import contextlib
import json
import sys

import numpy as np
import torch
from disent.dataset import DisentDataset
from disent.dataset.data import ArrayGroundTruthData
from disent.metrics import metric_dci, metric_factor_vae, metric_mig, metric_sap
from disent.metrics._dci import _compute_dci
from disent.metrics._mig import _compute_mig
from disent.metrics._sap import _compute_sap
from prdc import compute_prdc
from torchmetrics.functional.classification import binary_average_precision
from torchmetrics.image.fid import FrechetInceptionDistance


class Lookup(DisentDataset):
    """Rows of codes for rows of factors, many at once."""

    def dataset_batch_from_indices(self, indices, mode, collate=True):
        return torch.from_numpy(self.data.array[np.asarray(indices)])


def as_dataset(codes, sizes):
    names = [f"factor_{k}" for k in range(len(sizes))]
    return Lookup(ArrayGroundTruthData(codes[:, None, None, :], names, sizes))


def handed_on(x):
    return x.reshape(len(x), -1)


def sap(codes, factors, train, test):
    """SAP of rows chosen beforehand, latents standardised."""
    codes = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    found = _compute_sap(codes[train].T, factors[train].T, codes[test].T, factors[test].T, continuous_factors=False)
    return {"sap": found["sap.score"]}


def dci(codes, factors, train, test):
    """DCI of rows chosen beforehand."""
    return of_dci(_compute_dci(codes[train].T, factors[train].T, codes[test].T, factors[test].T))


def of_dci(dci):
    return {
        "disentanglement": dci["dci.disentanglement"],
        "completeness": dci["dci.completeness"],
        "informativeness": dci["dci.informativeness_test"],
    }


def factor_vae(codes, sizes, settings):
    counts = {"batch_size": settings["size"], "num_train": settings["votes"], "num_eval": settings["votes"]}
    found = metric_factor_vae(as_dataset(codes, sizes), handed_on, num_variance_estimate=len(codes), **counts)
    return {"factor_vae": found["factor_vae.eval_accuracy"]}


def by_itself(codes, sizes, settings):
    """disent's scores on rows that it draws itself, with its default settings except for the sample sizes."""
    data, train, test = as_dataset(codes, sizes), settings["train"], settings["test"]
    batch = min(train, test) // 2  # with a single batch, disent passes tensors where it expects arrays
    dci = of_dci(metric_dci(data, handed_on, num_train=train, num_test=test, batch_size=batch))
    return {
        "mig": metric_mig(data, handed_on, batch_size=1000)["mig.discrete_score"],
        "sap": metric_sap(data, handed_on, batch_size=1000)["sap.score"],
        **dci,
        **factor_vae(codes, sizes, settings),
    }


def beta_vae_score(codes, factors, settings, seed):
    """Algorithm 1 of Higgins et al. 2017 on standardised codes; softmax regression by L-BFGS, with the weight decay
    of scikit-learn's default."""
    rng = np.random.default_rng(seed + 1000)
    codes = (codes - codes.mean(axis=0)) / codes.std(axis=0)
    count, size = settings["votes"], settings["size"]

    def examples():
        target, z_diff = rng.integers(factors.shape[1], size=count), np.empty((count, codes.shape[1]))
        for k, v in enumerate(factors.T):
            first = rng.integers(len(codes), size=(int((target == k).sum()), size))
            second = np.empty_like(first)
            for value in np.unique(v):
                mine = v[first] == value
                second[mine] = rng.choice(np.flatnonzero(v == value), mine.sum())
            z_diff[target == k] = np.abs(codes[first] - codes[second]).mean(axis=1)
        return torch.from_numpy(z_diff), torch.from_numpy(target)

    (x, y), (x_test, y_test) = examples(), examples()
    mean, stddev = x.mean(dim=0), x.std(dim=0)
    weights = torch.zeros(x.shape[1], factors.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(factors.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=500, line_search_fn="strong_wolfe")

    def logits(x):
        return (x - mean) / stddev @ weights + bias

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(logits(x), y, reduction="sum") + weights.square().sum() / 2
        loss.backward()
        return loss

    optimiser.step(closure)
    return {"beta_vae": (logits(x_test).argmax(dim=1) == y_test).double().mean().item()}


class Features(torch.nn.Module):
    """A feature extractor for torchmetrics that takes arrays of features."""

    def __init__(self, num_features):
        super().__init__()
        self.num_features = num_features

    def forward(self, x):
        return x


def frechet(first, second):
    distance = FrechetInceptionDistance(feature=Features(first.shape[1])).set_dtype(torch.float64)
    distance.update(torch.from_numpy(first), real=True)
    distance.update(torch.from_numpy(second), real=False)
    return distance.compute().item()


def main(arrays, settings):
    factors, sizes, rows = arrays["factors"], tuple(settings["sizes"]), []

    def note(setting, name, seed, values, implementation="disent"):
        row = {"setting": setting, "codes": name, "seed": seed, "implementation": implementation}
        rows.extend({**row, "score": score, "value": float(value)} for score, value in values.items())

    for name in settings["codes"]:
        codes = arrays[f"codes {name}"]
        note("alike", name, 0, {"mig": _compute_mig(codes.T, factors.T)["mig.discrete_score"]})
        for seed in settings["seeds"]:
            np.random.seed(seed)  # noqa: NPY002  # disent draws from the global generator
            note("alike", name, seed, factor_vae(codes, sizes, settings))
            note("alike", name, seed, beta_vae_score(codes, factors, settings, seed), "from the paper, PyTorch")
            rows_of = (arrays[f"sap train {seed}"], arrays[f"sap test {seed}"])
            note("alike", name, seed, sap(codes, factors, *rows_of))
        for seed in settings["dci_seeds"]:
            rows_of = (arrays[f"dci train {seed}"], arrays[f"dci test {seed}"])
            note("alike", name, seed, dci(codes, factors, *rows_of))
        note("default", name, 0, by_itself(codes, sizes, settings))
    with_dead = np.hstack([arrays["codes oracle"], np.zeros((len(factors), 1))])
    with np.errstate(invalid="ignore"):
        note("default", "oracle and a dead latent", 0, factor_vae(with_dead, sizes, settings))
    for name in settings["features"]:
        distance = {"frechet": frechet(arrays[f"first {name}"], arrays[f"second {name}"])}
        note("alike", name, 0, distance, "torchmetrics")
        with contextlib.redirect_stdout(sys.stderr):  # it prints what it does
            found = compute_prdc(arrays[f"first {name}"], arrays[f"second {name}"], nearest_k=3)
        shares = {f"improved_{score}": found[score] for score in ("precision", "recall")}
        note("alike", name, 0, shares, "prdc")
    found = binary_average_precision(torch.from_numpy(arrays["scores"]), torch.from_numpy(arrays["labels"]))
    note("alike", "a tenth anomalous, with ties", 0, {"average_precision": found}, "torchmetrics")
    print(json.dumps(rows))


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf8") as file:
        main(np.load(sys.argv[1]), json.load(file))
