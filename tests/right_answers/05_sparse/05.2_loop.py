"""Counted one by one, in plain Python."""


def activity_report(z, threshold):
    n, units = len(z), len(z[0])
    times = [0] * units
    for example in z.tolist():
        for unit, value in enumerate(example):
            if value > threshold:
                times[unit] += 1
    return sum(times) / n, sum(t == 0 for t in times), sum(t == n for t in times)
