"""Training speed on a GPU through the JAX backend, over batch sizes, also as a fraction of the card's peak.

    python benchmarks/gpu.py [--here] [--seconds 270] [--smallest] [--out FOLDER]

Runs in .venv-jax, or with --here in the interpreter that runs this script, which needs jax with its GPU plugin, keras,
tfp-nightly, scipy, pandas and scikit-learn, no TensorFlow, and this repository on PYTHONPATH. With --smallest it also
runs on a CPU, as a smoke test.
"""

import itertools
import sys
from pathlib import Path

import numpy as np

import record
from reporting import Aim, Section, listed, markdown, spread

SCRIPT = Path(__file__).parent / "contestants" / "gpu.py"
BATCHES = (128, 512, 2048, 8192, 32768)
# Dense peaks in TFLOP/s: float32 on the ordinary cores, TF32 on the tensor cores. NVIDIA's data sheets give TF32 with
# sparsity; half of that stands here. JAX multiplies float32 in TF32 by default.
PEAKS = {
    "H200": (67, 494.5),
    "H100 80GB HBM3": (67, 494.5),
    "H100 PCIe": (51, 378),
    "A100": (19.5, 156),
    "L40S": (91.6, 183),
    "L4": (30.3, 60),
    "A10": (31.2, 62.5),
}
# Multiply-adds per layer and image, in order. XLA's own count omits what it hands to NVIDIA's libraries.
MULTIPLY_ADDS = {
    "dense": (784 * 400, 400 * 32, 16 * 400, 400 * 784),
    "conv": (
        *(14 * 14 * 9 * 32, 7 * 7 * 9 * 32 * 64, 7 * 7 * 64 * 128, 128 * 32),
        *(16 * 128, 128 * 7 * 7 * 64, 7 * 7 * 9 * 64 * 64, 14 * 14 * 9 * 64 * 32, 28 * 28 * 9 * 32),
    ),
}
NAMES = {"fit": "ours, fit", "fit-16": "ours, steps_per_execution=16", "bare": "bare jax.jit"}
ABOUT = """{date}, one {device}; JAX {jax}, Keras {keras}.

A dense VAE 784-400-16 and a convolutional VAE (28x28x1, 32 and 64 filters, 16 latents), Adam, float32 as JAX
multiplies it by default (TF32 where the card has it), random binary images, shuffled. Each number is the median of
{repeats} epochs after a first that compiles (smallest to largest). *Host*: batches are gathered in the computer's
memory and copied to the card, as `fit` does with NumPy arrays. *Device*: the images are a JAX array on the card. The
bare loop leaves them there; `fit` [copies them back and forth](NOTES.md#keras-copies-device-arrays-to-the-host). The
bare loop shuffles, gathers and logs the same terms; with data on the host it does so in one thread, and is not an
upper limit for large batches. No measurement was started after {seconds} seconds: {missing}."""
PEAK = """Dense peak of the card: {} TFLOP/s in float32, {} in TF32 (NVIDIA's data sheet, halved where it counts
sparsity). Fractions are of the TF32 peak, with two operations per multiply-add of the layers, forward and for the
gradients of weights and inputs: {:.2f} million per image for the dense VAE and {:.1f} million for the convolutional
one. Activations, losses and Adam are not counted."""
PLACES = ("host", "device")
WANTED = set(itertools.product(MULTIPLY_ADDS, BATCHES, PLACES, NAMES))  # the figures of the tables


def peak(device):
    """(float32, TF32) TFLOP/s of a card, found by a part of its name; None for a card that is not in the table."""
    found = [peaks for name, peaks in PEAKS.items() if name.lower() in device.lower()]
    return found[0] if found else None


def operations(kind):
    """Floating-point operations of a training step per image: once forward, twice backward, less the gradient with
    respect to the images, which nobody asks for."""
    return 2 * (3 * sum(MULTIPLY_ADDS[kind]) - MULTIPLY_ADDS[kind][0])


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--here", action="store_true", help="use the interpreter that runs this script, not .venv-jax")
    parser.add_argument("--seconds", type=int, default=270, help="start no measurement after this time")
    options = parser.parse_args()
    if options.here:
        record.PYTHONS["jax"] = Path(sys.executable)
    batches, steps = ((8,), 0) if options.smallest else (BATCHES, 300)
    joined = ",".join(map(str, batches))
    found = record.in_environment("jax", SCRIPT, joined, steps, options.seconds)
    if found["platform"] == "cpu" and not options.smallest:
        sys.exit(f"JAX found no GPU, only {found['device']}. Install jax with its CUDA plugin: jax[cuda12].")
    rows = [{**row, "images_per_s": round(row["images_per_s"])} for row in found["rows"]]
    settings = {"device": found["device"], "batches": batches, "epoch": f"{steps} steps of 128, or 8 of a larger batch"}
    about = {**settings, "repeats": 3, "dtype": "float32", "seed": 0, "seconds": options.seconds}
    table = record.save("gpu", rows, {"jax": ("jax", "jaxlib", "keras", "tfp-nightly")}, about, options.out)
    print(report(table, record.load("gpu", options.out)[1]).markdown())


def report(table, about):
    """The section of the report."""
    found, peaks, missing = about["versions"]["jax"], peak(about["settings"]["device"]), unmeasured(table)
    told = {name: about["settings"][name] for name in ("device", "repeats", "seconds")}
    told |= {"date": about["date"], "jax": found["jax"], "keras": found["keras"]}
    told["missing"] = f"{len(missing)} of {len(WANTED)} figures are missing" if missing else "all figures are there"
    parts = [ABOUT.format(**told)]
    parts += [_table(part, kind, place, peaks) for (kind, place), part in table.groupby(["model", "data"], sort=False)]
    if falls := list(collapses(table)):
        parts.append(f"Less than half as fast as with the batch before, cause not investigated: {listed(falls)}.")
    counts = [operations(kind) / 1e6 for kind in MULTIPLY_ADDS]
    parts.append(PEAK.format(*peaks, *counts) if peaks else "The card is not in the table of peaks: no fractions.")
    return Section("Training speed on a GPU", "\n\n".join(parts), (_aim(missing, peaks),))


def _table(part, kind, place, peaks):
    contestants = [name for name in NAMES if name in set(part["contestant"])]
    heads = [f"{NAMES[name]}, images/s" for name in contestants]
    rows, first = [], None
    for batch in sorted(set(part["batch"])):
        speeds = dict(list(part[part["batch"] == batch].groupby("contestant")["images_per_s"]))
        of = {name: speed.median() for name, speed in speeds.items()}
        cells = [spread(speeds[name], 0) if name in speeds else "" for name in contestants]
        ratio = growth = ""
        if "bare" in of:
            first = first or of["bare"]
            growth = f"{of['bare'] / first:.1f}"
            ratio = f"{of['fit'] / of['bare']:.2f}" if "fit" in of else ""
        ours = max((speed for name, speed in of.items() if name != "bare"), default=0)
        fractions = [
            f"{speed * operations(kind) / (peaks[1] * 1e12):.1%}" if peaks and speed else ""
            for speed in (ours, of.get("bare"))
        ]
        rows.append([batch, *cells, ratio, growth, *fractions])
    heads = ["batch", *heads, "fit / bare", "bare, growth with batch", "of peak, ours at best", "of peak, bare"]
    return f"**{'Dense' if kind == 'dense' else 'Convolutional'} VAE, data on the {place}**\n\n{markdown(heads, rows)}"


def collapses(table):
    """Where the next larger batch costs more than half of the speed, as text."""
    median = table.groupby(["model", "data", "contestant", "batch"])["images_per_s"].median()
    for (model, data, contestant), speeds in median.groupby(level=[0, 1, 2]):
        fallen = speeds[speeds < speeds.shift() / 2]
        yield from (f"{model}, {data}, {NAMES[contestant]}, batch {index[-1]}" for index in fallen.index)


def _aim(missing, peaks):
    """The target is to have the figures, whatever they are."""
    text = "All figures measured: images/s, ours and bare, batches of 128 to 32768, and fractions of the card's peak"
    if missing:
        return Aim(text, False, f"{len(missing)} of {len(WANTED)} figures are missing, for want of time")
    return Aim(text, peaks is not None, "all figures are there" if peaks else "the card's peak is unknown")


def unmeasured(table):
    """The combinations of model, batch, place of the data and contestant that were not measured."""
    found = table[np.isfinite(table["images_per_s"])][["model", "batch", "data", "contestant"]]
    return sorted(WANTED - set(found.itertuples(index=False, name=None)))


if __name__ == "__main__":
    main()
