"""The row of a mixed table: which of its numbers belong to which column, and its distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autoencoders_edu._backend import ops
from autoencoders_edu._typing import Tensor

NEVER = -1e9  # the logit of what pads categories to one width; not -inf, which times 0 is NaN


@dataclass(frozen=True)
class Layout:
    """Where the columns of a table are in a row of numbers: first all columns, then an indicator for each with gaps.

    Attributes:
        kinds: of each column, "gaussian", "bernoulli" or a number of categories.
        gaps: numbers of the columns that have an indicator.
    """

    kinds: tuple[str | int, ...]
    gaps: tuple[int, ...]

    @classmethod
    def of(cls, kinds: Sequence[str | int], gaps: Sequence[int]) -> "Layout":
        """The layout, once the arguments are found to be good."""
        for kind in kinds:
            categories = isinstance(kind, (int, np.integer)) and not isinstance(kind, bool) and kind >= 2
            if kind not in ("gaussian", "bernoulli") and not categories:
                raise ValueError(
                    "Columns expects kinds to be 'gaussian', 'bernoulli' or a number of categories >= 2. Received: "
                    f"{kind!r}."
                )
        if not len(kinds) or len({*gaps}) != len(gaps) or not {*gaps} <= {*range(len(kinds))}:
            raise ValueError(
                f"Columns expects at least one kind, and gaps to be different numbers of columns, from 0 to "
                f"{len(kinds) - 1}. Received: gaps={list(gaps)!r} for {len(kinds)} columns."
            )
        return cls(tuple(kind if isinstance(kind, str) else int(kind) for kind in kinds), tuple(map(int, gaps)))

    @property
    def starts(self) -> list[int]:
        """The place of each column's first number, then that of the first indicator."""
        return [0, *np.cumsum([1 if isinstance(kind, str) else kind for kind in self.kinds]).tolist()]

    @property
    def width(self) -> int:
        """How many numbers a row has."""
        return self.starts[-1] + len(self.gaps)

    def columns(self, kind: str) -> list[int]:
        """Numbers of the columns of a kind: "gaussian", "bernoulli", "categorical"."""
        return [j for j, own in enumerate(self.kinds) if (own if isinstance(own, str) else "categorical") == kind]

    def places(self, kind: str) -> np.ndarray:
        """Where the numbers of a kind's columns are: (columns,), or for categories (columns, most), -1 where fewer."""
        columns = self.columns(kind)
        if kind != "categorical":
            return np.array([self.starts[j] for j in columns], "int32")
        most = max((int(self.kinds[j]) for j in columns), default=0)
        rows = [[self.starts[j] + i if i < int(self.kinds[j]) else -1 for i in range(most)] for j in columns]
        return np.array(rows, "int32").reshape(len(columns), most)

    def observed(self, x: Any) -> Any:
        """Which entries are observed, (..., columns), booleans, from rows x (..., width): array or tensor."""
        place = {j: self.starts[-1] + i for i, j in enumerate(self.gaps)}
        one = self.width  # of a 1 that is put behind each row
        full = ops.concatenate([x, ops.ones_like(x[..., :1])], axis=-1)
        return ops.take(full, np.array([place.get(j, one) for j in range(len(self.kinds))], "int32"), axis=-1) > 0.5

    def check(self, x: np.ndarray) -> None:
        """Raises ValueError for rows of NumPy numbers that are none of this layout."""
        if x.shape[-1] != self.width:
            raise ValueError(f"The rows have {x.shape[-1]} numbers, but the columns of the likelihood {self.width}.")
        indicators = x[..., self.starts[-1] :]
        if not ((indicators == 0) | (indicators == 1)).all():
            raise ValueError("The indicators at the end of a row are 1 where the entry is observed, and 0 elsewhere.")
        for j, (kind, start, stop) in enumerate(zip(self.kinds, self.starts, self.starts[1:], strict=False)):
            values = x[..., start:stop]
            missing = x[..., self.starts[-1] + self.gaps.index(j)] == 0 if j in self.gaps else np.zeros(x.shape[:-1])
            binary = ((values == 0) | (values == 1)).all()
            one_hot = binary and (values.sum(axis=-1) + missing == 1).all()
            if (kind == "bernoulli" and not binary) or (not isinstance(kind, str) and not one_hot):
                wanted = "0 or 1" if kind == "bernoulli" else f"one-hot over {kind} categories, zeros where missing"
                raise ValueError(
                    f"Column {j} should be {wanted}. Received values from {values.min():.4g} to {values.max():.4g}. "
                    "ae.data.table makes such rows."
                )


class RowDistribution:
    """p(x|z) of rows of a mixed table, whose columns are independent given z. Used like a tfd distribution.

    It is none, since its `log_prob` looks at x to see which entries are missing. Shapes: batch shape (batch,), event
    shape (width,).

    Args:
        layout: a `Layout`.
        outputs: (batch, width), means and logits; those of indicators are not used.
        stddev: of the Gaussian columns: a number, or a tensor (columns,).
        tfd: TensorFlow Probability's distributions.
    """

    def __init__(self, layout: Layout, outputs: Tensor, stddev: Any, tfd: Any):
        self.layout, self.outputs, self._tfd = layout, outputs, tfd
        take = {kind: outputs_at(outputs, layout.places(kind)) for kind in ("gaussian", "bernoulli", "categorical")}
        parts = {
            "gaussian": lambda means: tfd.Normal(means, stddev),
            "bernoulli": lambda logits: tfd.Bernoulli(logits=logits, dtype="float32"),
            "categorical": lambda logits: tfd.OneHotCategorical(logits=logits, dtype="float32"),
        }
        self._parts = {kind: make(take[kind]) for kind, make in parts.items() if layout.columns(kind)}

    @property
    def batch_shape(self) -> Any:
        return self.outputs.shape[:-1]

    @property
    def event_shape(self) -> Any:
        return self.outputs.shape[-1:]

    def log_prob_per_column(self, x: Tensor) -> Tensor:
        """log p(x_j|z) of each column, (..., columns), 0 where the entry is missing."""
        x = ops.cast(x, "float32")
        parts = [part.log_prob(at(x, self.layout.places(kind))) for kind, part in self._parts.items()]
        order = np.argsort([j for kind in self._parts for j in self.layout.columns(kind)]).astype("int32")
        log_probs = ops.take(ops.concatenate(parts, axis=-1), order, axis=-1)
        return ops.where(self.layout.observed(x), log_probs, 0.0)

    def log_prob(self, x: Tensor) -> Tensor:
        """log p of each row's observed entries, (...,), in nats per row; x (..., width)."""
        return ops.sum(self.log_prob_per_column(x), axis=-1)

    def mean(self) -> Tensor:
        """Means of numbers, probabilities of categories and of 1, and 1 for indicators: (batch, width)."""
        return self._as_rows([part.mean() for part in self._parts.values()])

    def sample(self, sample_shape: Any = (), seed: Any = None) -> Tensor:
        """Complete rows, (*sample_shape, batch, width); categories are one-hot."""
        tfd, parts = self._tfd, dict(self._parts)
        if "categorical" in parts:  # numbers of categories: drawn one-hot on JAX, TFP asks for int64, which warns
            parts["categorical"] = tfd.Categorical(logits=parts["categorical"].logits)
        independent = [tfd.Independent(part, reinterpreted_batch_ndims=1) for part in parts.values()]
        drawn = list(tfd.JointDistributionSequential(independent).sample(sample_shape, seed=seed))
        if "categorical" in parts:  # the last of the three
            drawn[-1] = ops.one_hot(drawn[-1], self.layout.places("categorical").shape[1], dtype="float32")
        return self._as_rows(drawn)

    def _as_rows(self, values):
        """Rows from the values of each kind's columns."""
        flat, places = [], []
        for kind, part in zip(self._parts, values, strict=True):
            place = self.layout.places(kind)
            flat.append(ops.reshape(part, (*ops.shape(part)[: len(ops.shape(part)) - place.ndim], place.size)))
            places.append(place.ravel())
        flat.append(ops.ones_like(flat[0][..., :1]))
        place = np.concatenate(places)
        order = [int(np.flatnonzero(place == i)[0]) for i in range(self.layout.starts[-1])]
        order += [len(place)] * len(self.layout.gaps)  # the 1 behind all others
        return ops.take(ops.concatenate(flat, axis=-1), np.array(order, "int32"), axis=-1)


def at(x: Tensor, places: np.ndarray) -> Tensor:
    """The numbers of rows x (..., width) at some places (columns,) or (columns, most); 0 at place -1."""
    values = ops.take(x, np.maximum(places, 0), axis=-1)
    return ops.where(places >= 0, values, 0.0) if (places < 0).any() else values


def outputs_at(outputs: Tensor, places: np.ndarray) -> Tensor:
    """The same of a decoder's outputs: a logit that makes it impossible at place -1."""
    values = ops.take(outputs, np.maximum(places, 0), axis=-1)
    return ops.where(places >= 0, values, NEVER) if (places < 0).any() else values
