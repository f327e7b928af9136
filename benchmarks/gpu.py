"""Training speed through the JAX backend on a GPU, over batch sizes, as a fraction of what the card can do.

    python benchmarks/gpu.py [--here] [--seconds 270] [--smallest] [--out FOLDER]

Runs in .venv-jax, or with --here in the interpreter that runs this, which needs jax with its GPU plugin, keras,
tfp-nightly, scipy, pandas and scikit-learn, no TensorFlow, and this repository on PYTHONPATH. Under --smallest it also
runs on a CPU, to see that it runs.
"""

import itertools
import sys
from pathlib import Path

import numpy as np

import record
from reporting import aim, listed, markdown, spread

SCRIPT = Path(__file__).parent / "contestants" / "gpu.py"
BATCHES = (128, 512, 2048, 8192, 32768)
# Dense peaks in TFLOP/s (float32 on the ordinary cores, TF32 on the tensor cores without sparsity), from NVIDIA's data
# sheets of each card, which give TF32 with sparsity: half of it stands here. JAX multiplies float32 in TF32 by default.
PEAKS = {
    "H200": (67, 494.5),
    "H100 80GB HBM3": (67, 494.5),
    "H100 PCIe": (51, 378),
    "A100": (19.5, 156),
    "L40S": (91.6, 183),
    "L4": (30.3, 60),
    "A10": (31.2, 62.5),
}
# Multiply-adds of each layer for one image, in order: XLA's own count leaves out what it hands to NVIDIA's libraries.
MULTIPLY_ADDS = {
    "dense": (784 * 400, 400 * 32, 16 * 400, 400 * 784),
    "conv": (
        *(14 * 14 * 9 * 32, 7 * 7 * 9 * 32 * 64, 7 * 7 * 64 * 128, 128 * 32),
        *(16 * 128, 128 * 7 * 7 * 64, 7 * 7 * 9 * 64 * 64, 14 * 14 * 9 * 64 * 32, 28 * 28 * 9 * 32),
    ),
}
NAMES = {"fit": "ours, fit", "fit-16": "ours, steps_per_execution=16", "bare": "bare jax.jit"}
ABOUT = """On one {device}, {date}, JAX {jax}, Keras {keras}: a dense VAE 784-400-16 and a convolutional VAE (28x28x1,
32 and 64 filters, 16 latents), Adam, float32 as JAX multiplies it by default (TF32 where the card has it), random
binary images, shuffled. Each number is the median of {repeats} epochs after a first that compiles, in brackets the
smallest and the largest. *Host*: batches are gathered in the computer's memory and copied to the card, as `fit` does
with numpy arrays. *Device*: the images are a JAX array on the card. The bare loop leaves them there; `fit` does not:
Keras {keras} makes a numpy array of a JAX array before it cuts it into batches (`convert_to_sliceable` in its
array_slicing.py), so that they travel back and forth. The bare loop shuffles, gathers and sums up the same terms; with
data on the host it does so in one thread, and is no upper limit for large batches. Nothing new began after {seconds}
seconds: {missing}."""
PEAK = """Peak of the card, dense: {} TFLOP/s in float32, {} in TF32 (NVIDIA's data sheet, halved where it counts
sparsity). Fractions are of the TF32 peak, with two operations for each multiply-add of the layers, forward and for the
gradients of weights and inputs; {:.2f} million for an image of the dense VAE and {:.1f} million of the convolutional
one. Activations, losses and Adam are not counted."""
PLACES = ("host", "device")
WANTED = set(itertools.product(MULTIPLY_ADDS, BATCHES, PLACES, NAMES))  # each a figure of the tables
AIM = "images/s on a GPU, ours and bare, for batches of 128 to 32768, and the fraction of the card's peak."


def peak(device):
    """(float32, TF32) TFLOP/s of a card, by a part of its name; None for one that is not in the table."""
    found = [peaks for name, peaks in PEAKS.items() if name.lower() in device.lower()]
    return found[0] if found else None


def operations(kind):
    """Floating-point operations that a training step needs for one image: forward once, backward twice, but for the
    images themselves, whose gradient nobody asks for."""
    return 2 * (3 * sum(MULTIPLY_ADDS[kind]) - MULTIPLY_ADDS[kind][0])


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--here", action="store_true", help="use the interpreter that runs this, not .venv-jax")
    parser.add_argument("--seconds", type=int, default=270, help="begin nothing new after that long")
    options = parser.parse_args()
    if options.here:
        record.PYTHONS["jax"] = Path(sys.executable)
    batches, steps = ((8, 16), 0) if options.smallest else (BATCHES, 300)
    joined = ",".join(map(str, batches))
    found = record.in_environment("jax", SCRIPT, joined, steps, options.seconds)
    if found["platform"] == "cpu" and not options.smallest:
        sys.exit(f"JAX found no GPU here, but {found['device']}. See that jax is installed with its CUDA plugin.")
    rows = [{**row, "images_per_s": round(row["images_per_s"])} for row in found["rows"]]
    settings = {"device": found["device"], "batches": batches, "epoch": f"{steps} steps of 128, or 8 of a larger batch"}
    about = {**settings, "repeats": 3, "dtype": "float32", "seed": 0, "seconds": options.seconds}
    table = record.save("gpu", rows, {"jax": ("jax", "jaxlib", "keras", "tfp-nightly")}, about, options.out)
    print(report(table, record.load("gpu", options.out)[1]))


def report(table, about):
    """The section of the report."""
    device, versions = about["settings"]["device"], about["versions"]["jax"]
    peaks = peak(device)
    missing = unmeasured(table)
    left = f"{len(missing)} of {len(WANTED)} figures are missing" if missing else "that was enough for all figures"
    told = {"device": device, "date": about["date"], "missing": left}
    told |= {name: about["settings"][name] for name in ("repeats", "seconds")}
    parts = ["## Training speed on a GPU", ABOUT.format(**told, jax=versions["jax"], keras=versions["keras"])]
    parts += [_table(part, kind, place, peaks) for (kind, place), part in table.groupby(["model", "data"], sort=False)]
    if falls := list(collapses(table)):
        parts.append(f"Less than half as fast as with the batch before, for a reason not looked for: {listed(falls)}.")
    counts = [operations(kind) / 1e6 for kind in MULTIPLY_ADDS]
    unknown = "The card is not in the benchmark's table of peaks: no fractions."
    parts.append(PEAK.format(*peaks, *counts) if peaks else unknown)
    return "\n\n".join([*parts, _aim(table, peaks)]) + "\n"


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
    """Where a larger batch costs more than half of the speed, in words."""
    median = table.groupby(["model", "data", "contestant", "batch"])["images_per_s"].median()
    for (model, data, contestant), speeds in median.groupby(level=[0, 1, 2]):
        fallen = speeds[speeds < speeds.shift() / 2]
        yield from (f"{model}, {data}, {NAMES[contestant]}, batch {index[-1]}" for index in fallen.index)


def _aim(table, peaks):
    """The issue asks here for figures, not for a size of them: met when every figure is there."""
    if missing := unmeasured(table):
        return aim(AIM, False, f"{len(missing)} of {len(WANTED)} figures were not measured, for want of time.")
    return aim(AIM, peaks is not None, "all figures are there." if peaks else "the card's peak is unknown.")


def unmeasured(table):
    """The combinations of model, batch, place of the data and contestant that nobody measured."""
    found = table[np.isfinite(table["images_per_s"])][["model", "batch", "data", "contestant"]]
    return sorted(WANTED - set(found.itertuples(index=False, name=None)))


if __name__ == "__main__":
    main()
