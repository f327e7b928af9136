"""Figures of lesson 13."""

import autoencoders_edu as ae
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, MARKERS, STYLES, plot_curves


def style(index):
    return {"color": COLOURS[index], "linestyle": STYLES[index]}


def plot_incident(data, incident, rivals, around=240):
    """Above, three metrics before, during and after an incident; below, the scores in units of the threshold."""
    rows = np.arange(incident.start - around, incident.stop + around)
    deviations = (data.x_test[rows] - data.x_train.mean(axis=0)) / data.x_train.std(axis=0)
    table = pd.DataFrame(deviations, columns=list(data.feature_names))
    shown = {name: table[name] for name in (*incident.metrics[:2], "cpu_user_percent")}
    _, axes = plt.subplots(2, sharex=True, figsize=(7, 4.6))
    title = f"An incident: {incident.kind.replace('_', ' ')}"
    plot_curves(shown, rows, xlabel="", ylabel="standard deviations", title=title, ax=axes[0])
    ratios = {name: rival.score(data.x_test)[rows] / rival.threshold for name, rival in rivals.items()}
    plot_curves(ratios, rows, xlabel="minute", ylabel="score / threshold", ax=axes[1])
    axes[1].axhline(1, color="grey", linewidth=0.8)
    axes[1].axvspan(incident.start, incident.stop, color="grey", alpha=0.2)
    return axes[0]


def plot_smoothing(scores, healthy_scores, start):
    """Scores around the start of an incident, with the pages of the three-minute rule and of the library's default."""
    rows = np.arange(start - 15, start + 25)
    ax = plt.subplots(figsize=(6.5, 3.4))[1]
    rules = {1: "no smoothing, page at the 3rd row", 5: "mean over 5, page at the 7th row"}
    for index, (smoothing, label) in enumerate(rules.items()):
        ratio = ae.anomaly.smooth(scores, smoothing) / np.quantile(ae.anomaly.smooth(healthy_scores, smoothing), 0.99)
        pages = [alert.page for alert in ae.anomaly.find_alerts(ratio, 1, smoothing + 2) if alert.page in rows]
        ax.plot(rows - start, ratio[rows], label=label, **style(index))
        ax.plot(np.array(pages) - start, ratio[pages], MARKERS[index], color=COLOURS[index], markersize=9)
    ax.axhline(1, color="grey", linewidth=0.8)
    ax.set(xlabel="minutes since the start of an incident", ylabel="score / threshold", yscale="log")
    ax.set_yticks([0.5, 1, 2, 5, 10, 20], labels=["0.5", "1", "2", "5", "10", "20"])
    ax.minorticks_off()
    ax.set_title("Pages (markers) with and without smoothing")
    ax.legend(frameon=False)
    return ax


def plot_precision_recall(data, rivals):
    """Precision against recall, row by row; markers at each detector's threshold."""
    ax = plt.subplots(figsize=(6, 3.8))[1]
    for index, (name, rival) in enumerate(rivals.items()):
        scores = rival.score(data.x_test)
        table = ae.anomaly.precision_recall(data.y_test, scores).query("recall > 0")
        ax.plot(table.recall, table.precision, label=name, **style(index))
        at = ae.anomaly.at_threshold(data.y_test, scores, rival.threshold)
        ax.plot(at["recall"], at["precision"], MARKERS[index], color=COLOURS[index], markersize=8)
    ax.axhline(np.mean(data.y_test > 0), color="grey", linestyle=":", label="random score")
    ax.set(xlabel="recall, share of anomalous rows", ylabel="precision, share of rows above", ylim=(0, 1.03))
    ax.set_title("200 thresholds; markers: the 0.99 quantile")
    ax.legend(frameon=False, loc=(0.25, 0.5))
    return ax


def plot_servers(raw):
    """Average precision per real server, from a table with columns server, group and one per contestant."""
    ax = plt.subplots(figsize=(7, 3.8))[1]
    for index, name in enumerate(("network", "PCA", "isolation forest")):
        beside = raw.index + 0.2 * (index - 1)  # so that no marker hides another
        ax.plot(beside, raw[name], MARKERS[index], color=COLOURS[index], label=name)
    ax.set_xticks(raw.index, raw.server + np.where(raw.group == "used in development", " *", ""), rotation=90)
    ax.set(xlabel="", ylabel="average precision", title="Real servers, without smoothing (* used in development)")
    ax.legend(frameon=False)
    return ax


def plot_year(year):
    """False pages per week, means over servers and over four weeks, from the table of the year."""
    weekly = year.groupby(["contestant", "retrained", "week"])["false per week"].mean()
    ax = plt.subplots(figsize=(6, 3.5))[1]
    for index, name in enumerate(("network", "PCA")):
        for plan, line in {"never": "-", "monthly": "--"}.items():
            curve = weekly[name, plan].rolling(4, min_periods=1).mean()
            ax.plot(curve.index, curve, line, color=COLOURS[index], label=f"{name}, retrained {plan}")
    ax.set(xlabel="week", ylabel="false pages per week", title="A year with and without retraining", ylim=(0, None))
    ax.legend(frameon=False)
    return ax
