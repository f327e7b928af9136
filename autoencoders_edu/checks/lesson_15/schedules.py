"""alpha_bar at some time, from betas, as lesson 15 defines it and as mistakes make it."""

import numpy as np


def _padded(values, first=1.0):
    return np.concatenate([[first], values])


def alpha_bar(betas, t):
    return _padded(np.cumprod(1 - betas))[t]


EARLY = (
    "alpha_bar is one step behind: at time t your product has t - 1 factors. It has t, from the first beta to the "
    "t-th, and none at time 0."
)
LATE = (
    "alpha_bar is one step ahead: at time t your product has t + 1 factors. It has t, from the first beta to the t-th, "
    "and none at time 0."
)
WRAPPED = "At time 0 you take alpha_bar_T: the index is -1, which is an array's last number. At time 0 alpha_bar is 1."
NOT_CLEAN = "At time 0 you take alpha_bar_1. At time 0 alpha_bar is 1: the image is clean."
NOTHING_LEFT = "At time 0 alpha_bar is 0 in your code: only noise. It is 1: the image is clean."
_TABLES = (
    (WRAPPED, lambda betas, t: np.cumprod(1 - betas)[t - 1]),
    (NOT_CLEAN, lambda betas, t: np.cumprod(1 - betas)[np.maximum(t - 1, 0)]),
    (LATE, lambda betas, t: np.cumprod(1 - betas)[t]),
    (LATE, lambda betas, t: np.cumprod(1 - betas)[np.minimum(t, len(betas) - 1)]),
    (LATE, lambda betas, t: np.append(np.cumprod(1 - betas), 0)[t]),
    (EARLY, lambda betas, t: _padded(np.cumprod(1 - betas))[t - 1]),
    (EARLY, lambda betas, t: _padded(np.cumprod(1 - betas))[np.maximum(t - 1, 0)]),
    (EARLY, lambda betas, t: np.cumprod(1 - betas)[t - 2]),
    (
        NOTHING_LEFT,
        lambda betas, t: _padded(np.cumprod(1 - betas), 0.0)[t],
    ),
    *(
        ("The first beta is missing from your product.", table)
        for table in (
            lambda betas, t: _padded(_padded(np.cumprod(1 - betas[1:])))[t],
            lambda betas, t: _padded(np.cumprod(1 - betas[1:]))[np.minimum(t, len(betas) - 1)],
        )
    ),
    *(
        (
            "You took 1 - b_t of the one step for alpha_bar_t, which is the product of all steps from 1 to t.",
            table,
        )
        for table in (
            lambda betas, t: _padded(1 - betas)[t],
            lambda betas, t: (1 - betas)[t - 1],
            lambda betas, t: (1 - betas)[t],
        )
    ),
    *(
        ("You took b_t itself for alpha_bar_t. It is the product of 1 - b_s, for s from 1 to t.", table)
        for table in (
            lambda betas, t: _padded(betas)[t],
            lambda betas, t: _padded(betas, 0.0)[t],
            lambda betas, t: betas[t - 1],
            lambda betas, t: betas[t],
        )
    ),
    *(
        ("You multiplied the betas. alpha_bar_t is the product of 1 - b_s.", table)
        for table in (
            lambda betas, t: _padded(np.cumprod(betas))[t],
            lambda betas, t: np.cumprod(betas)[t - 1],
        )
    ),
    *(
        ("You took 1 minus the product of the betas. alpha_bar_t is the product of 1 - b_s.", table)
        for table in (
            lambda betas, t: _padded(1 - np.cumprod(betas))[t],
            lambda betas, t: 1 - _padded(np.cumprod(betas))[t],
            lambda betas, t: (1 - np.cumprod(betas))[t - 1],
        )
    ),
    *(
        ("You subtracted the sum of the betas from 1. alpha_bar_t is a product, of 1 - b_s.", table)
        for table in (
            lambda betas, t: 1 - _padded(np.cumsum(betas), 0.0)[t],
            lambda betas, t: np.maximum(0, 1 - _padded(np.cumsum(betas), 0.0)[t]),
        )
    ),
    *(
        ("You added up 1 - b_s. alpha_bar_t is their product.", table)
        for table in (
            lambda betas, t: _padded(np.cumsum(1 - betas))[t],
            lambda betas, t: _padded(np.cumsum(1 - betas), 0.0)[t],
            lambda betas, t: np.cumsum(1 - betas)[t - 1],
        )
    ),
    (
        "You took exp(-sum of the betas) for alpha_bar_t. That is the limit of many small steps; here it is the "
        "product of 1 - b_s.",
        lambda betas, t: np.exp(-_padded(np.cumsum(betas), 0.0)[t]),
    ),
    (
        "You took (1 - b_t)^t for alpha_bar_t. Each step has a beta of its own: multiply 1 - b_s for s from 1 to t.",
        lambda betas, t: _padded(1 - betas)[t] ** t,
    ),
    (
        "You took 1 - t / T for alpha_bar_t. It is computed from the betas.",
        lambda betas, t: 1 - t / len(betas),
    ),
    (
        "You multiplied sqrt(1 - b_s): that is the root of alpha_bar_t already, and you took the root once more.",
        lambda betas, t: np.sqrt(alpha_bar(betas, t)),
    ),
    (
        "You multiplied the betas of the last t steps. alpha_bar_t has those of the first t.",
        lambda betas, t: _padded(np.cumprod(1 - betas[::-1]))[t],
    ),
    (
        "You sorted the betas. They are taken in their order.",
        lambda betas, t: _padded(np.cumprod(1 - np.sort(betas)))[t],
    ),
    (
        "You took alpha_bar of time T - t. At time 0 the image is clean, at time T it is noise.",
        lambda betas, t: _padded(np.cumprod(1 - betas))[len(betas) - t],
    ),
)
IN_TABLE = [(message, {"table": table}) for message, table in _TABLES]
LIKELY_IN_TABLE = list(IN_TABLE[:14])
