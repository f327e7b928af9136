"""The library's functions, for alerts that have just a page."""

from collections import namedtuple


def on_call_report(pages, incidents, rows):
    alerts = [ae.anomaly.Alert(int(page), int(page) + 1, int(page), 1.0) for page in pages]
    given = [namedtuple("Incident", "start stop")(*incident) for incident in incidents]
    table = ae.anomaly.detection_delays(alerts, given)
    false = ae.anomaly.false_alerts(alerts, given)
    return {
        "found": table["detected"].mean(),
        "false_per_week": ae.anomaly.alerts_per_week(false, rows),
        "mean_delay": table["delay_minutes"].mean(),
        "incidents": len(incidents),
    }
