"""Plots: functions that draw on matplotlib Axes and return them. Only `show` displays anything."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

# Okabe and Ito's colours can be told apart with colour blindness; the line styles and markers, in greyscale.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
STYLES = ("-", "--", "-.", ":", (0, (3, 1, 1, 1, 1, 1)), (0, (5, 1)), "-")
MARKERS = ("o", "s", "^", "D", "v", "P", "x")


def plot_image_rows(rows: Mapping[str, ArrayLike], titles: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """Images in labelled rows, for comparing reconstructions column by column.

    Args:
        rows: dict from a row's label to images (n, height, width) or (n, height, width, channels), with one grey or
            three colour channels and pixels in [0, 1]; n and the size are the same in all rows.
        titles: n short column headings.
        ax: matplotlib Axes; None: a new figure of suitable size.

    Returns:
        The Axes.

    Raises:
        ValueError: when the rows differ in shape.
    """
    images = {name: np.asarray(row).reshape(*np.shape(row)[:3], -1) for name, row in rows.items()}
    shapes = {name: row.shape for name, row in images.items()}
    if len(set(shapes.values())) != 1:
        raise ValueError(f"plot_image_rows expects rows of the same number and size of images. Received: {shapes}.")
    n, height, width, channels = next(iter(images.values())).shape
    if ax is None:
        _, ax = plt.subplots(figsize=(1.6 + 0.85 * n, 0.3 * bool(titles) + 0.85 * len(images) * height / width))
    gap = max(1, width // 14)
    sheet = np.ones((len(images) * (height + gap) - gap, n * (width + gap) - gap, channels))
    for row, pictures in enumerate(images.values()):
        for column, picture in enumerate(pictures):
            top, left = row * (height + gap), column * (width + gap)
            sheet[top : top + height, left : left + width] = np.clip(picture, 0, 1)
    ax.imshow(sheet, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    ax.set_yticks([row * (height + gap) + height / 2 for row in range(len(images))], list(images))
    ax.set_xticks([column * (width + gap) + width / 2 for column in range(n)], titles or [""] * n)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def ink_on_paper(images: ArrayLike) -> np.ndarray:
    """Small white-on-black images as black ink on white paper with a grey frame, so that they can be recognised.

    Args:
        images: (n, height, width) or (n, height, width, 1), with pixels in [0, 1].

    Returns:
        Array (n, height + 4, width + 4).
    """
    images = np.asarray(images)
    edge = ((0, 0), (1, 1), (1, 1))
    paper = np.pad(1 - images.reshape(images.shape[:3]), edge, constant_values=1.0)
    return np.pad(paper, edge, constant_values=0.7)


def plot_curves(
    curves: Mapping[str, Sequence[float]],
    x: ArrayLike | None = None,
    xlabel: str = "epoch",
    ylabel: str = "",
    title: str = "",
    log: bool = False,
    markers: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Lines in different colours and styles, with a legend.

    Args:
        curves: dict from a label to y values, such as the `history` of `fit`.
        x: x values shared by all curves; None: 1, 2, 3, ...
        xlabel, ylabel: axis labels, with units.
        title: title of the plot.
        log: whether the y axis is logarithmic.
        markers: whether points are marked.
        ax: matplotlib Axes; None: a new figure.

    Returns:
        The Axes.
    """
    ax = ax if ax is not None else plt.subplots(figsize=(6, 3.5))[1]
    for index, (name, y) in enumerate(curves.items()):
        style = {"color": COLOURS[index % len(COLOURS)], "linestyle": STYLES[index % len(STYLES)]}
        marker = MARKERS[index % len(MARKERS)] if markers else None
        ax.plot(np.arange(1, len(y) + 1) if x is None else x, y, label=name, marker=marker, **style)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if log:
        ax.set_yscale("log")
    ax.spines[["top", "right"]].set_visible(False)
    if len(curves) > 1:
        ax.legend(frameon=False)
    return ax


def plot_bars(
    values: Mapping[str, float],
    errors: Mapping[str, float] | None = None,
    xlabel: str = "",
    ylabel: str = "",
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Horizontal bars, each with its value to four decimals at the end.

    Args:
        values: dict from a label to a number.
        errors: dict from a label to half the length of its error bar, for instance a standard deviation over seeds.
        xlabel, ylabel, title: axis labels, with units, and title.
        ax: matplotlib Axes; None: a new figure.

    Returns:
        The Axes.
    """
    ax = ax if ax is not None else plt.subplots(figsize=(6, 0.9 + 0.45 * len(values)))[1]
    whiskers = None if errors is None else [errors[name] for name in values]
    bars = ax.barh(list(values), list(values.values()), xerr=whiskers, color=COLOURS[0], height=0.6, capsize=3)
    ax.bar_label(bars, fmt=" %.4f", padding=3)
    ax.invert_yaxis()
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.margins(x=0.15)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def plot_latent_plane(
    decode: Callable[[np.ndarray], ArrayLike], steps: int = 15, limit: float = 2.5, ax: Axes | None = None
) -> Axes:
    """The images that a decoder with two latents produces: one at each point of a grid in the latent plane.

    Args:
        decode: function from codes z (n, 2) to images (n, height, width, channels), pixels in [0, 1], such as a
            model's `decode`.
        steps: number of grid points along each axis.
        limit: the grid runs from -limit to limit, in standard deviations of a prior N(0, I).
        ax: matplotlib Axes; None: a new figure.

    Returns:
        The Axes, in coordinates of z, so that whatever else is drawn on it lands next to the right image.
    """
    ax = ax if ax is not None else plt.subplots(figsize=(6, 6))[1]
    line = np.linspace(-limit, limit, steps)
    z = np.stack(np.meshgrid(line, line[::-1]), axis=-1).reshape(-1, 2)  # the first row of images is the top one
    images = np.clip(np.asarray(decode(z.astype("float32"))), 0, 1)
    _, height, width, channels = images.shape
    sheet = images.reshape(steps, steps, height, width, channels).swapaxes(1, 2)
    edge = limit + limit / (steps - 1)  # half an image beyond the outermost grid points, which are centres of images
    ax.imshow(
        sheet.reshape(steps * height, steps * width, channels),
        cmap="gray",
        vmin=0,
        vmax=1,
        extent=(-edge, edge, -edge, edge),
        interpolation="nearest",
    )
    ax.set(xlabel="$z_1$ (standard deviations of the prior)", ylabel="$z_2$ (standard deviations of the prior)")
    return ax


def show(ax_or_figure: Axes | Figure, alt: str) -> None:
    """Displays a figure in a notebook with a text alternative, and closes it.

    Args:
        ax_or_figure: what a plotting function returned.
        alt: what the figure shows, in a sentence, for those who cannot see it.
    """
    from IPython.core.getipython import get_ipython
    from IPython.display import display
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    if get_ipython():
        set_matplotlib_formats("retina")  # twice as many pixels in the same space: sharp on screens of today
    figure: Any = ax_or_figure.figure
    figure.set_layout_engine("constrained")
    display(figure, metadata={"image/png": {"alt": alt}})
    plt.close(figure)
