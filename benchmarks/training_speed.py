"""Training speed beside peers: images per second of a dense and a convolutional VAE, as ratios.

    python benchmarks/training_speed.py [--rounds 5] [--repeats 4] [--smallest] [--out FOLDER]

The contestants take turns, round after round, each in a fresh process, one at a time: a first epoch that includes
compilation, a second that is not counted, then some in the steady state. (On some machines, a process that waits for
another loses its memory to the system, and its first step afterwards is slow.) Ratios are taken within a round. They
hold on any machine; images per second hold on one.
"""

import os
from pathlib import Path

import record
from reporting import Aim, Section, markdown, spread, versions

FOLDER = Path(__file__).parent / "contestants"
BATCH = 128
STEPS = {"dense": 469, "conv": 12}  # per epoch; the dense model sees 60,000 images, as many as MNIST has
WARM_UP = 2  # epochs before the steady state: one that compiles, and one more
# (environment, name on the command line): name in the report.
CONTESTANTS = {
    ("tensorflow", "fit"): "ours, TensorFlow, fit",
    ("tensorflow", "fit, XLA"): "ours, TensorFlow, XLA",
    ("tensorflow", "fit, without XLA"): "ours, TensorFlow, without XLA",
    ("tensorflow", "own train_step"): "keras.io's pattern, TensorFlow",
    ("tensorflow", "bare"): "bare tf.function",
    ("tensorflow", "bare, XLA"): "bare tf.function, XLA",
    ("jax", "fit"): "ours, JAX, fit",
    ("jax", "bare"): "bare jax.jit",
    ("torch", "bare"): "bare PyTorch",
    ("torch", "pythae"): "pythae",
}
BARE = {"TensorFlow": ("bare tf.function", "bare tf.function, XLA"), "JAX": ("bare jax.jit",)}
WITH_XLA = {"dense"}  # where `fit` decides for XLA on TensorFlow by itself, so that the bare loop may use it as well
PYTHAE_AIM = {"TensorFlow": 1.5, "JAX": 2.5}
SURE = 0.75  # share of the epochs that must be on one side of a target, or the measurements do not decide it
KINDS = {"dense": "Dense VAE", "conv": "Convolutional VAE"}
ABOUT = """{date}, {machine}, load {load} at the start and the end of the run. TensorFlow {tensorflow}, JAX {jax},
Keras {keras}, PyTorch {torch}, pythae {pythae}.

*Models.* The dense VAE is 784-400-16. The convolutional VAE takes 28x28x1 through two 3x3 convolutions of stride 2 (32
and 64 filters) and a dense layer of 128 units to 16 latents, and back. All contestants train on the same random binary
images, shuffled, in batches of {batch}, with Adam, and log loss, reconstruction and KL.

*Contestants.* A bare loop is one compiled step over batches of arrays (PyTorch's is eager). pythae runs its own
BaseTrainer, without its progress bar and its printing, which it has no option to switch off; it also copies the model
after each epoch that improved it. "XLA" is jit_compile=True, "without XLA" jit_compile=False. Everything else,
keras.io's pattern included, leaves `compile` at its defaults, with which `fit` takes XLA for the dense model, whose
training is long enough, and not for the convolutional one.

*Timing.* An epoch has {dense} steps (dense) or {conv} steps (convolutional). Steady state: {turns} epochs per
contestant, in {rounds} rounds; within a round the contestants take turns, each in a fresh process, one at a time,
after an epoch that is not counted. Median (smallest to largest). First epoch: seconds from the call of `fit` to the
end of the epoch, with tracing and compilation, without imports; median of {rounds} processes.

*Judging.* Ratios compare epochs of the same round. A target is met if at least three quarters of the epochs reach it,
missed if at most one quarter does, and otherwise not decided. Judged is `fit` with its defaults,
beside a bare loop that uses XLA where it does."""


def measure_round(keys, kind, steps, number, repeats):
    """The rows of one round: for each contestant the warm-up epochs, then `repeats` epochs in the steady state."""
    for environment, name in keys:
        script = FOLDER / f"training_{environment}.py"
        epochs = record.in_environment(environment, script, kind, name, steps, WARM_UP + repeats)
        for turn, seconds in enumerate(epochs):
            yield row((environment, name), kind, number, turn, seconds, steps)


def row(key, kind, number, turn, seconds, steps):
    return {
        "model": kind,
        "contestant": CONTESTANTS[key],
        "round": number,
        "turn": turn,  # 0: the first epoch
        "seconds": round(seconds, 4),
        "images_per_s": round(steps * BATCH / seconds, 1),
    }


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=4, help="epochs in the steady state per round")
    options = parser.parse_args()
    kinds, rounds, repeats = tuple(KINDS), options.rounds, options.repeats
    steps, keys = STEPS, list(CONTESTANTS)
    if options.smallest:
        kinds, rounds, repeats, steps = ("dense",), 1, 1, {"dense": 3, "conv": 3}
        keys = [key for key in keys if record.available(key[0])]
        keys = [key for key in keys if key[1] in ("fit", "bare", "pythae")]
    load, rows = f"{os.getloadavg()[0]:.1f}", []
    packages = {"tensorflow": ("tensorflow", "keras"), "jax": ("jax", "keras"), "torch": ("torch", "pythae")}
    settings = {"batch": BATCH, "steps": steps, "repeats": repeats, "seed": 0}
    for number in range(rounds):
        for kind in kinds:
            for made in measure_round(keys, kind, steps[kind], number, repeats):
                print(f"{kind:5} {made['contestant']:48} turn {made['turn']} {made['images_per_s']:9.0f}/s", flush=True)
                rows.append(made)
        settings |= {"rounds": number + 1, "load": [load, f"{os.getloadavg()[0]:.1f}"]}
        record.save("training_speed", rows, packages, settings, options.out)  # whole rounds, even if it is stopped
    print(report(*record.load("training_speed", options.out)).markdown())


def report(table, about):
    """The section of the report."""
    settings = about["settings"]
    told = {
        **versions(about, "tensorflow", "jax", "keras", "torch", "pythae"),
        **{"date": about["date"], "machine": about["machine"], "batch": settings["batch"], **settings["steps"]},
        "load": " and ".join(settings["load"]),
        "turns": settings["rounds"] * settings["repeats"],
        "rounds": settings["rounds"],
    }
    speeds = {kind: steady(part) for kind, part in table.groupby("model", sort=False)}
    tables = [figures(table[table["model"] == kind], speed, kind) for kind, speed in speeds.items()]
    aims = [aim for kind, speed in speeds.items() for backend in BARE for aim in judge(speed, kind, backend)]
    return Section("Training speed", "\n\n".join([ABOUT.format(**told), *tables]), tuple(aims))


def steady(part):
    """images/s in the steady state: one row per turn, one column per contestant."""
    later = part[part["turn"] >= WARM_UP]
    return later.pivot(index=["round", "turn"], columns="contestant", values="images_per_s")


def figures(part, speed, kind):
    """The table of one model."""
    first = part[part["turn"] == 0].groupby("contestant")["seconds"]
    rows = [
        [
            name,
            spread(speed[name], 0),
            ratio(speed, name, bare_of(name, kind)),
            ratio(speed, name, "pythae"),
            spread(first.get_group(name)),
        ]
        for name in CONTESTANTS.values()
        if name in speed
    ]
    heads = ["contestant", "images/s, steady state", "ratio to its bare loop", "ratio to pythae", "first epoch, s"]
    return f"**{KINDS[kind]}**\n\n{markdown(heads, rows)}"


def bare_of(name, kind):
    """The bare loop with which a contestant shares its backend and its compiler."""
    if "TensorFlow" in name or "tf.function" in name:
        chosen = name == "ours, TensorFlow, fit" and kind in WITH_XLA
        return BARE["TensorFlow"][chosen or name.endswith(", XLA")]
    return BARE["JAX"][0] if "JAX" in name or "jax" in name else "bare PyTorch"


def ratio(speed, name, other):
    """The ratio within each turn, as text; empty without a counterpart."""
    return spread(speed[name] / speed[other], 2) if other in speed and name != other else ""


def judge(speed, kind, backend):
    """The targets of one model on one backend."""
    ours = f"ours, {backend}, fit"
    if ours in speed and (bare := bare_of(ours, kind)) in speed:
        yield compare(speed, kind, ours, bare, 1.0)
        if "pythae" in speed:
            yield compare(speed, kind, ours, "pythae", PYTHAE_AIM[backend])


def compare(speed, kind, ours, other, wanted):
    """The target against one other contestant."""
    ratios = speed[ours] / speed[other]
    share = (ratios >= wanted).mean()
    met = True if share >= SURE else False if share <= 1 - SURE else None
    configuration = ours.removeprefix("ours, ")
    target = "at least as fast as" if wanted == 1 else f"at least {wanted} times as fast as"
    return Aim(
        f"{KINDS[kind]}, {configuration}: {target} {other}",
        met,
        f"{ratios.median():.2f} times as fast (median)",
        " ".join([f"{share:.0%} of the epochs reach the target.", *remarks(speed, kind, ours, other, met)]),
        usual=kind == "dense" and configuration == "TensorFlow, fit",
    )


def remarks(speed, kind, ours, other, met):
    """What helps to judge a result: the bare loop beside pythae, and the profile that explains a miss."""
    if other == "pythae" and not met:
        bare = (speed[bare_of(ours, kind)] / speed[other]).median()
        yield f"The bare loop ({bare_of(ours, kind)}) is {bare:.2f} times as fast as pythae."
    if other != "pythae" and (speed[ours] / speed[other]).median() > 1.05:
        yield "So this bare loop is not an upper limit."
    if not met and (found := PROFILES.get((kind, ours.split(", ")[1], other))):
        yield f"[Why]({found})."


# Findings that explain a miss, by model, backend and rival.
PROFILES = {
    ("dense", "JAX", "bare jax.jit"): "NOTES.md#dense-vae-on-jax",
    ("dense", "TensorFlow", "bare tf.function, XLA"): "NOTES.md#dense-vae-on-tensorflow-with-xla",
    ("conv", "JAX", "pythae"): "NOTES.md#convolutional-vae-on-jax-on-a-cpu",
}


if __name__ == "__main__":
    main()
