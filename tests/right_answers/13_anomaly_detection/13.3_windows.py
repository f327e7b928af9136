"""Windows of `minutes` rows that are all above, where the row before is not."""

import pandas as pd


def pages(scores, threshold, minutes):
    above = pd.Series(np.asarray(scores, dtype=float)).gt(threshold).astype(int)
    full = above.rolling(minutes).sum().eq(minutes)
    return np.flatnonzero(full & ~full.shift(1, fill_value=False)).astype(float)
