"""Standardised columns, and what single mistakes make of them (03.6)."""

import warnings

import numpy as np


def scaled(
    train,
    x,
    mean_of="train",
    spread_of="train",
    mean_per="column",
    spread_per="column",
    centre="mean",
    spread="stddev",
    gaps="left out",
    in_x="kept",
    constant="centred",
    form="as it is",
    end="as it is",
):
    """x, standardised column by column with the statistics of train; each option puts one mistake in."""
    kind = np.asarray(x).dtype
    train, x = np.asarray(train, float), np.asarray(x, float)
    sources = {"train": train, "x": x, "both": np.concatenate([train, x])}
    shown = np.nan_to_num(x) if in_x == "zeros before" else x
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # the mean of nothing
        middle = _reduced(CENTRES[centre], sources[mean_of], mean_per, gaps)
        width = _reduced(SPREADS[spread], sources[spread_of], spread_per, gaps)
        width = AT_ZERO.get(constant, _kept)(np.asarray(width, float))
        width = (
            np.where(width == 0, OTHER_WIDTHS[constant](middle, width), width) if constant in OTHER_WIDTHS else width
        )
        result = FORMS[form](shown, middle, width)
        result = (
            np.where(width == 0, OF_CONSTANT[constant](shown, result), result) if constant in OF_CONSTANT else result
        )
        result = np.where(np.nanstd(x, axis=0) == 0, shown - middle, result) if constant == "of x" else result
        result = np.where(np.isnan(x), 0, result) if in_x == "zeros after" else result
        return result.astype(kind) if end == "type of x" else ENDS[end](result)


def _reduced(statistic, table, per, gaps):
    """The statistic of each column (columns,), of the table (), or of each row (rows, 1)."""
    if gaps == "zeros":
        table = np.nan_to_num(table)
    if gaps == "complete rows":
        table = table[~np.isnan(table).any(axis=1)]
    if gaps == "means":
        table = np.where(np.isnan(table), np.nanmean(table, axis=0), table)
    value = statistic(table, {"column": 0, "table": None, "row": 1}[per])
    if gaps == "counted":
        n, there = len(table), np.sum(~np.isnan(table), axis=0)
        shift = (np.nansum(table, axis=0) / n - np.nanmean(table, axis=0)) ** 2
        value = value * there / n if statistic is np.nanmean else np.sqrt((value**2 + shift) * there / n)
    if gaps == "spreading":
        axis = {"column": 0, "table": None, "row": 1}[per]
        value = np.where(np.isnan(table).any(axis=axis), np.nan, value)
    return value[:, None] if per == "row" else value


def _kept(width):
    return np.where(width == 0, 1, width)


def _deviation(table, axis):
    return np.nanmean(np.abs(table - np.nanmean(table, axis=axis, keepdims=True)), axis=axis)


def _quartiles(table, axis):
    return np.nanquantile(table, 0.75, axis=axis) - np.nanquantile(table, 0.25, axis=axis)


CENTRES = {
    "mean": np.nanmean,
    "median": np.nanmedian,
    "min": np.nanmin,
    "none": lambda table, axis: np.zeros(np.nanmean(table, axis=axis).shape),
}
FORMS = {
    "as it is": lambda x, mean, width: (x - mean) / width,
    "mean last": lambda x, mean, width: x / width - mean,
    "no brackets": lambda x, mean, width: x - mean / width,
    "turned": lambda x, mean, width: (mean - x) / width,
    "plus": lambda x, mean, width: (x + mean) / width,
}
SPREADS = {
    "stddev": np.nanstd,
    "at least 1": lambda table, axis: np.maximum(np.nanstd(table, axis=axis), 1),
    "root of sum": lambda table, axis: np.nanstd(table, axis=axis) * np.sqrt(np.sum(~np.isnan(table), axis=axis)),
    **{
        ("more", eps): lambda table, axis, eps=eps: np.nanstd(table, axis=axis) + eps
        for eps in (1, 0.1, 0.01, 1e-3, 1e-4)
    },
    **{
        ("more in the root", eps): lambda table, axis, eps=eps: np.sqrt(np.nanvar(table, axis=axis) + eps)
        for eps in (1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6)
    },
    "n - 1": lambda table, axis: np.nanstd(table, axis=axis, ddof=1),
    "variance": np.nanvar,
    "n - 1, variance": lambda table, axis: np.nanvar(table, axis=axis, ddof=1),
    "root of stddev": lambda table, axis: np.sqrt(np.nanstd(table, axis=axis)),
    "none": lambda table, axis: np.ones(np.nanmean(table, axis=axis).shape),
    "inverse": lambda table, axis: 1 / np.nanstd(table, axis=axis),
    "range": lambda table, axis: np.nanmax(table, axis=axis) - np.nanmin(table, axis=axis),
    "largest": np.nanmax,
    "largest size": lambda table, axis: np.nanmax(np.abs(table), axis=axis),
    "from zero": lambda table, axis: np.sqrt(np.nanmean(table**2, axis=axis)),
    "mean": np.nanmean,
    "deviation": _deviation,
    "quartiles": _quartiles,
}
SMALL = [10.0**-n for n in range(3, 17)]
AT_ZERO = {  # what becomes of the widths
    "divided": lambda width: width,
    "by the mean": lambda width: width,
    "by the largest": lambda width: width,
    "none divided": lambda width: np.ones(width.shape) if np.any(width == 0) else width,
    **{("small", eps): lambda width, eps=eps: np.where(width < eps, 1, width) for eps in (0.1, 0.01, 1e-3, 1e-4)},
    "all zeros": lambda width: width,
    "infinities replaced": lambda width: width,
    "unchanged": lambda width: width,
    **{eps: lambda width, eps=eps: np.where(width == 0, eps, width) for eps in SMALL},
    **{("added", eps): lambda width, eps=eps: width + eps for eps in SMALL},
    **{("at least", eps): lambda width, eps=eps: np.maximum(width, eps) for eps in SMALL},
}
OTHER_WIDTHS = {"by the mean": lambda middle, width: middle, "by the largest": lambda middle, width: width.max()}
OF_CONSTANT = {  # what becomes of a column without spread
    "infinities replaced": lambda shown, result: np.nan_to_num(result),
    "all zeros": lambda shown, result: np.zeros(shown.shape),
    "unchanged": lambda shown, result: shown,
}
ENDS = {
    "as it is": lambda result: result,
    **{("clipped", n): lambda result, n=n: np.clip(result, -n, n) for n in (1, 2, 3, 4, 5, 10)},
    **{("rounded", n): lambda result, n=n: np.round(result, n) for n in (0, 1, 2, 3, 4)},
}
