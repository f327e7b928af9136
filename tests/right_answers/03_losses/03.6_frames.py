"""pandas, whose std divides by n - 1 unless told otherwise."""

import pandas as pd


def standardise(train, x):
    train = pd.DataFrame(train)
    return ((pd.DataFrame(x) - train.mean()) / train.std(ddof=0).replace(0, 1)).to_numpy()
