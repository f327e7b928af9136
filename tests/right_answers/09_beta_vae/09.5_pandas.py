"""pandas leaves failed runs out, and its stddev divides by n - 1."""

import pandas as pd


def compare_settings(scores):
    frame = pd.DataFrame(scores)
    difference = frame.sub(frame.iloc[0], axis=1)
    return {
        "mean": frame.mean(axis=1),
        "stddev": frame.std(axis=1),
        "failed": frame.isna().sum(axis=1),
        "differs": difference.mean(axis=1).abs() > 2 * difference.sem(axis=1),
    }
