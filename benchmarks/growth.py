"""How time and memory grow with the data, the latents and the samples of `log_likelihood`, on both backends.

    python benchmarks/growth.py [--smallest] [--out FOLDER] [--repeats 3]

Each measurement is a fresh process, so that its peak memory is its own. Exponents are slopes of log(time) against
log(size) between the two largest sizes: 1 is linear. They hold on any machine; seconds hold on one.
"""

from pathlib import Path

import numpy as np

import record
from reporting import Aim, Section, exponent, listed, markdown, packages, spread

SCRIPT = Path(__file__).parent / "contestants" / "growth.py"
SHOWN = {"tensorflow": "TensorFlow", "jax": "JAX"}
BACKENDS = tuple(SHOWN)
IMAGES, LATENTS, SAMPLES, EPOCHS = (10_000, 40_000, 160_000), (8, 32, 128, 512), (10, 100, 1000, 5000), 3
CONV_SAMPLES = (10, 100, 1000)
FEW_LATENTS, IMAGES_OF_LATENTS = 16, 30_000
EXAMPLES, PIXELS = 100, 784  # of log_likelihood; see the script
CONV = "convolutional samples"
# How the data reach the model: as an array, in batches, and, for comparison, as an array given to a bare keras.Model.
WAYS = {"fit": "VAE, `fit(x)`", "fit_batches": "VAE, batches from a `PyDataset`", "fit_keras": "bare `keras.Model`"}
# A smaller difference than this is no growth: two runs differ by a few per cent, and allocators round up.
LINEAR, COPIES, HELD = 1.1, 0.15, 0.1
MASK = 0.25 + COPIES  # while `fit` looks for NaN it holds one byte per number


def measure(part, backend, task, size, arguments, repeat):
    """One row: one task at one size in a process of its own; `seconds` is the median of its epochs."""
    result = record.in_environment(backend, SCRIPT, task, *arguments, KERAS_BACKEND=backend)
    print(f"{part:21} {backend:10} {task:19} {size:6} {np.median(result['seconds']):8.3f} s", flush=True)
    return {
        "part": part,
        "backend": backend,
        "task": task,
        "size": size,
        "repeat": repeat,
        "seconds": round(float(np.median(result["seconds"])), 4),
        **{name: round(result[name], 1) for name in ("imported_mib", "data_mib", "peak_mib")},
    }


def plan(settings):
    """(part, task, size, arguments of the script) of every measurement on one backend."""
    few, epochs = settings["few_latents"], settings["epochs"]
    for size in settings["images"]:
        for way in settings["ways"]:
            yield "data", way, size, (size, few, epochs)
    for size in settings["latents"]:
        yield "latents", "fit", size, (settings["images_of_latents"], size, epochs)
    for size in settings["samples"]:
        yield "samples", "log_likelihood", size, (size,)
    for size in settings["conv_samples"]:
        yield CONV, "log_likelihood_conv", size, (size,)


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    backends = [backend for backend in BACKENDS if record.available(backend) or not options.smallest]
    settings = {
        "images": IMAGES,
        "images_of_latents": IMAGES_OF_LATENTS,
        "latents": LATENTS,
        "few_latents": FEW_LATENTS,
        "samples": SAMPLES,
        "conv_samples": CONV_SAMPLES,
        "examples": EXAMPLES,
        "ways": list(WAYS),
        "epochs": EPOCHS,
        "repeats": options.repeats,
    }
    if options.smallest:
        backends = backends[:1]
        settings |= {"images": (256, 512), "images_of_latents": 256, "latents": (8,), "ways": ["fit"]}
        settings |= {"samples": (10,), "conv_samples": (), "epochs": 1, "repeats": 1}
    rows = [
        measure(part, backend, task, size, arguments, repeat)
        for repeat in range(settings["repeats"])
        for part, task, size, arguments in plan(settings)
        for backend in backends
    ]
    packages = {"tensorflow": ["tensorflow", "keras", "tensorflow-probability"], "jax": ["jax", "keras", "tfp-nightly"]}
    packages = {backend: packages[backend] for backend in backends}
    table = record.save("growth", rows, packages, settings, options.out)
    print(report(table, record.load("growth", options.out)[1]).markdown())


ABOUT = """{date}, {machine}; {versions}.

A dense VAE 784-400-{few_latents}, batch 128, on random binary images (float32); {repeats} fresh processes per point,
each with {epochs} epochs after a first that compiles, of which the median counts. Peak memory is the highest resident
set of the process, libraries included. Median (smallest to largest)."""
BY_DATA = """**With the data.** Memory is what the process holds beyond its libraries; the last column says how many
MiB each further MiB of data adds, of which the data themselves are 1:"""


def report(table, about):
    """The section of the report."""
    settings = about["settings"]
    parts = dict(list(table.groupby("part", sort=False)))
    images, samples = "{images_of_latents} images:", "{examples} images, {few_latents} latents:"
    texts = [
        ABOUT.format(**settings, date=about["date"], machine=about["machine"], versions=packages(about)),
        BY_DATA,
        _data_table(parts["data"]),
        f"**With the latents**, {images}".format(**settings),
        _size_table(parts["latents"], "latents", "s per epoch"),
        f"**With the samples of `log_likelihood`**, {samples}".format(**settings),
        _size_table(parts["samples"], "samples", "s per call"),
    ]
    if CONV in parts:
        texts += ["The same with convolutional networks of the default sizes:"]
        texts += [_size_table(parts[CONV], "samples", "s per call")]
    aims = (*_time_aim(parts), *_data_aims(parts["data"]), *_samples_aims(parts, settings["examples"]))
    return Section("Growth", "\n\n".join(texts), aims)


def _data_table(data):
    rows = []
    for (backend, way), own in data.groupby(["backend", "task"], sort=False):
        slope, added = _time_exponent(own), _added(own)
        for size, point in own.groupby("size"):
            beyond = point.peak_mib - point.imported_mib
            first = size == own["size"].min()
            last = [f"{slope:.2f}", f"{added:.2f}"] if first else ["", ""]
            seconds = spread(point.seconds, 2)
            rows.append([backend, WAYS[way], size, f"{point.data_mib.median():.0f}", seconds, spread(beyond, 0), *last])
    heads = ["backend", "way", "images", "data, MiB", "s per epoch", "memory, MiB", "exponent of time", "MiB per MiB"]
    return markdown(heads, rows)


def _size_table(part, what, unit):
    rows = []
    for backend, own in part.groupby("backend", sort=False):
        first = own[own["size"] == own["size"].min()].seconds.median()
        for size, point in own.groupby("size"):
            ratio = f"{point.seconds.median() / first:.1f}"
            rows.append([backend, size, spread(point.seconds, 3), ratio, spread(point.peak_mib, 0)])
    return markdown(["backend", what, unit, "first = 1", "peak memory, MiB"], rows)


def _medians(own, column):
    """(sizes, median of a column at each)."""
    found = own.groupby("size")[column].median()
    return found.index.to_numpy(float), found.to_numpy(float)


def _time_exponent(own):
    sizes, seconds = _medians(own, "seconds")
    return exponent(sizes, seconds) if len(sizes) > 1 else float("nan")


def _added(own):
    """MiB of peak memory per further MiB of data: the slope of a straight line."""
    (_, data), (_, peak) = _medians(own, "data_mib"), _medians(own, "peak_mib")
    return float(np.polyfit(data, peak, 1)[0])


def _time_aim(parts):
    exponents = {}
    for what, part in parts.items():
        for backend, own in part[~part.task.isin(["fit_keras", "fit_batches"])].groupby("backend", sort=False):
            if own["size"].nunique() > 1:
                exponents[f"{what}, {backend}"] = _time_exponent(own)
    if exponents:
        text = listed([f"{slope:.2f} ({name})" for name, slope in exponents.items()])
        met = max(exponents.values()) <= LINEAR
        yield Aim(f"Time at most linear (exponent at most {LINEAR})", met, f"exponents {text}")


def _data_aims(data):
    """Copies of the data: in all, and beyond those that Keras makes."""
    added = {key: _added(own) for key, own in data.groupby(["task", "backend"], sort=False)}
    for backend in data.backend.unique():
        ours, usual = added["fit", backend], backend == BACKENDS[0]
        note = ""
        if ("fit_batches", backend) in added:
            note = f"Given in batches, the data add {added['fit_batches', backend]:.2f} MiB per MiB."
        text = f"`fit(x)`, {SHOWN[backend]}: holds the data once, in at most {1 + COPIES} MiB per MiB"
        yield Aim(text, ours <= 1 + COPIES, _beside(ours, added, backend), note, usual)
        if ("fit_keras", backend) in added:
            text = f"`fit(x)`, {SHOWN[backend]}: at most {MASK} MiB per MiB more than a bare `keras.Model`"
            yield Aim(text, ours <= added["fit_keras", backend] + MASK, _beside(ours, added, backend), usual=usual)


def _beside(ours, added, backend):
    keras = added.get(("fit_keras", backend))
    return f"{ours:.2f} MiB" + ("" if keras is None else f"; a bare `keras.Model` {keras:.2f} MiB")


def _samples_aims(parts, examples):
    for part, networks in (("samples", "dense"), (CONV, "convolutional")):
        for backend, own in parts[part].groupby("backend", sort=False) if part in parts else ():
            yield _samples_aim(backend, networks, own, examples)


def _samples_aim(backend, networks, own, examples):
    """Memory between 100 samples, above which the work is done in parts, and the largest number."""
    sizes, peaks = _medians(own, "peak_mib")
    begin = np.searchsorted(sizes, min(100, sizes.max()))
    more = peaks[-1] - peaks[begin]
    all_at_once = (sizes[-1] - sizes[begin]) * examples * PIXELS * 4 / 2**20
    text = f"`log_likelihood`, {SHOWN[backend]}, {networks}: bounded memory (at most {HELD:.0%} of all outputs at once)"
    reason = (
        f"{more:+.0f} MiB from {sizes[begin]:.0f} to {sizes[-1]:.0f} samples; "
        f"the decoder's outputs for these, all at once, would take {all_at_once:.0f} MiB"
    )
    usual = (backend, networks) == (BACKENDS[0], "dense")
    return Aim(text, more <= HELD * all_at_once or begin == len(sizes) - 1, reason, usual=usual)


if __name__ == "__main__":
    main()
