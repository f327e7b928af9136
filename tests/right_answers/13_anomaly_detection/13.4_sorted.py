"""Pages are in order: searched, not compared."""


def on_call_report(pages, incidents, rows):
    starts, stops = np.transpose(incidents)
    low, high = np.searchsorted(pages, starts), np.searchsorted(pages, stops)
    hit = high > low
    delay = np.mean(np.asarray(pages)[low[hit]] - starts[hit]) if np.any(hit) else np.nan
    false = len(pages) - np.sum(high - low)
    return {"found": np.mean(hit), "false_per_week": false * 10080 / rows, "mean_delay": delay}
