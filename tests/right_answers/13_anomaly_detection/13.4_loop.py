"""Page by page."""


def on_call_report(pages, incidents, rows):
    first = {}
    false = 0
    for page in pages:
        for number, (start, stop) in enumerate(incidents):
            if start <= page < stop:
                first.setdefault(number, page)
                break
        else:
            false += 1
    mean_delay = float("nan")
    if first:
        mean_delay = sum(page - incidents[number][0] for number, page in first.items()) / len(first)
    weeks = rows / (7 * 24 * 60)
    return {"mean_delay": mean_delay, "found": len(first) / len(incidents), "false_per_week": false / weeks}
