"""Row by row, with lists."""


def compare_settings(scores):
    report = {"mean": [], "stddev": [], "failed": [], "differs": []}
    there = ~np.isnan(scores)
    for row, ran in zip(scores, there, strict=True):
        finished = row[ran]
        n = len(finished)
        mean = sum(finished) / n
        report["mean"].append(mean)
        report["stddev"].append((sum((s - mean) ** 2 for s in finished) / (n - 1)) ** 0.5)
        report["failed"].append(len(row) - n)
        both = ran & there[0]
        d = row[both] - scores[0][both]
        report["differs"].append(bool(abs(d.mean()) > 2 * d.std(ddof=1) / both.sum() ** 0.5))
    return report
