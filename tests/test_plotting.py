"""Figures hold what they were given, on the Axes they were given."""

import base64
import struct

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest

from autoencoders_edu import plotting
from autoencoders_edu.course.running import run_notebook

IMAGES = np.linspace(0, 1, 3 * 4 * 5).reshape(3, 4, 5)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_image_rows_show_every_pixel_in_its_place():
    ax = plotting.plot_image_rows({"first": IMAGES, "second": 1 - IMAGES[..., None]}, titles=["a", "b", "c"])
    sheet = np.squeeze(ax.images[0].get_array())
    assert sheet.shape == (2 * 4 + 1, 3 * 5 + 2)
    np.testing.assert_allclose(sheet[:4, 6:11], IMAGES[1])
    np.testing.assert_allclose(sheet[5:, 12:], 1 - IMAGES[2])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["first", "second"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b", "c"]


def test_image_rows_keep_colours():
    green = np.zeros((2, 4, 5, 3))
    green[..., 1] = 1
    sheet = plotting.plot_image_rows({"green": green}).images[0].get_array()
    np.testing.assert_array_equal(sheet[:4, :5], green[0])


def test_image_rows_of_different_sizes_are_refused():
    with pytest.raises(ValueError, match="same number and size of images"):
        plotting.plot_image_rows({"first": IMAGES, "second": IMAGES[:2]})


@pytest.mark.parametrize("shape", [(2, 4, 5), (2, 4, 5, 1)])
def test_ink_on_paper_inverts_and_frames(shape):
    framed = plotting.ink_on_paper(IMAGES[:2].reshape(shape))
    np.testing.assert_allclose(framed[:, 2:-2, 2:-2], 1 - IMAGES[:2])
    assert (framed[:, [0, -1]] == 0.7).all()  # the frame
    assert (framed[:, :, [0, -1]] == 0.7).all()
    assert (framed[:, 1, 1:-1] == 1).all()  # and the paper inside it


def test_curves_differ_in_colour_and_in_style():
    names = "abcdef"
    ax = plotting.plot_curves({name: [1, 2] for name in names}, ylabel="loss (nats)")
    assert len({line.get_color() for line in ax.lines}) == len(names)
    assert len({str(line._unscaled_dash_pattern) for line in ax.lines}) == len(names)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("epoch", "loss (nats)")
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [1, 2])


def test_bars_carry_their_numbers():
    ax = plotting.plot_bars({"PCA": 0.026, "autoencoder": 0.013}, errors={"PCA": 0.0, "autoencoder": 0.001})
    assert [text.get_text().strip() for text in ax.texts] == ["0.0260", "0.0130"]


def decode(z):
    """Images of 2 x 3 pixels that hold z1 in the left column, z2 in the middle one, both as shares of the plane."""
    images = np.zeros((len(z), 2, 3, 1))
    images[:, :, :2, 0] = 0.5 + z[:, None] / 4
    return images


def test_latent_plane_puts_each_image_where_its_code_is():
    ax = plotting.plot_latent_plane(decode, steps=5, limit=2)
    sheet = np.squeeze(ax.images[0].get_array())
    assert sheet.shape == (5 * 2, 5 * 3)
    np.testing.assert_allclose(sheet[0, 0::3], [0, 0.25, 0.5, 0.75, 1])  # z1 grows to the right
    np.testing.assert_allclose(sheet[0::2, 1], [1, 0.75, 0.5, 0.25, 0])  # z2 grows upwards
    assert ax.images[0].get_extent() == [-2.5, 2.5, -2.5, 2.5]  # five images, one unit wide, the middle one at zero


@pytest.mark.parametrize(
    "plot",
    [
        lambda ax: plotting.plot_image_rows({"a": IMAGES}, ax=ax),
        lambda ax: plotting.plot_curves({"a": [1]}, ax=ax),
        lambda ax: plotting.plot_latent_plane(decode, ax=ax),
    ],
)
def test_a_given_axes_is_drawn_on_and_returned(plot):
    _, ax = plt.subplots()
    assert plot(ax) is ax


def test_show_hands_over_the_text_for_those_who_cannot_see(monkeypatch):
    import IPython.display

    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda figure, metadata: shown.append((figure, metadata)))
    ax = plotting.plot_curves({"a": [1, 2]})
    plotting.show(ax, alt="a rising line")
    assert shown == [(ax.figure, {"image/png": {"alt": "a rising line"}})]
    assert not plt.fignum_exists(ax.figure.number)


def test_show_stores_twice_the_resolution(tmp_path):
    source = "import matplotlib.pyplot as plt\nfrom autoencoders_edu.plotting import show\n"
    cell = nbformat.v4.new_code_cell(source + "show(plt.subplots(figsize=(2, 1))[1], alt='an empty frame')")
    path = tmp_path / "lesson.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    run_notebook(path, say=lambda line: None, save=True)
    (output,) = nbformat.read(path, as_version=4).cells[0].outputs
    width, height = struct.unpack(">II", base64.b64decode(output.data["image/png"])[16:24])  # of the header of a PNG
    shown = output.metadata["image/png"]
    assert (width // 2, height // 2) == (shown["width"], shown["height"])
    assert shown["alt"] == "an empty frame"
