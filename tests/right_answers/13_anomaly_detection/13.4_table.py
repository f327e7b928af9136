"""A table of pages against incidents."""


def on_call_report(pages, incidents, rows):
    pages = np.asarray(pages, int)[:, None]
    start, stop = np.array(incidents).T
    within = (pages >= start) & (pages < stop)
    found = within.any(axis=0)
    first = np.where(within, pages, rows).min(axis=0, initial=rows)
    delays = np.where(found, first - start, np.nan)
    return {
        "found": found.mean(),
        "false_per_week": np.sum(~within.any(axis=1)) * 10080 / rows,
        "mean_delay": np.nanmean(delays) if found.any() else np.nan,
    }
