"""digitize, and pandas to group."""

import pandas as pd


def reliability(p, y, bins):
    which = np.digitize(p, np.linspace(0, 1, bins + 1)[1:-1])
    groups = pd.DataFrame({"p": p, "y": y}).groupby(which)
    means = groups.mean().reindex(range(bins))
    return means["p"].to_numpy(), means["y"].to_numpy(), groups.size().reindex(range(bins), fill_value=0).to_numpy()
