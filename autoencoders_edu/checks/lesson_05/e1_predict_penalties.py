"""05.1 predict_penalties: which of L1 and KL falls when a code changes, and what neither can see."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import expect, expect_keys, expect_rule, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "05.1",
    "predict_penalties",
    points=1,
    minutes=8,
    why="A penalty is all that training knows of your wish for few active units. Here you see what each of two leaves "
    "open.",
    hints=(
        "Work out two numbers for each change: the sum of the units' mean absolute values, which is L1, and the mean "
        "r_j of each unit, which is all that KL knows.",
        "The code as it was has r_j = 0.2 for each unit. KL falls only if rates come closer to 0.1: is 0.02 as good as "
        "0.1?",
        "Both penalties add up over the units. What does a unit cost that is never active?",
    ),
    on_success="L1 is pleased by small numbers, KL by the right means. Neither asks whether a unit is active now and "
    "then, or always a little.",
)
def check_predict_penalties(probe):
    answer = ask_for(probe, "predict_penalties", "Set it to the dict with its six keys and a word for each.")
    expect_keys(answer, CHANGES, "predict_penalties")
    predicted = {name: _word(answer[name], name) for name in CHANGES}
    codes = draw_codes(probe.rng)
    cases = [(codes[name], codes["as it was"], name) for name in CHANGES]
    expect_rule(
        list(predicted.values()),
        [right(*case) for case in cases],
        cases=cases,
        mistakes=RULES,
        otherwise="\n".join(
            text for case in cases for text in _misreadings(case[2], predicted[case[2]], right(*case)) if text
        ),
    )


CHANGES = ("divided", "halved", "constant", "split", "added", "silenced")
WORDS = {(True, False): "L1", (False, True): "KL", (True, True): "both", (False, False): "neither"}
TARGET, N = 0.1, 400


def _word(value, name):
    expect(value is not None, f'predict_penalties["{name}"] is None. Put one of the four words there.')
    expect_word(value, WORDS.values(), f'predict_penalties["{name}"] should be')
    return value


def draw_codes(rng):
    """The code as it was and after each change: arrays (examples, units)."""
    z = np.stack([rng.permutation(np.repeat([0.8, 0.0], [N // 4, 3 * N // 4])) for _ in range(4)], axis=1)
    return {
        "as it was": z,
        "divided": z / 10,
        "halved": z / 2,
        "constant": np.full_like(z, 0.2),
        "split": np.repeat(z / 2, 2, axis=1),
        "added": np.pad(z, [(0, 0), (0, 1)]),
        "silenced": z * rng.permutation([0, 0, 1, 1]),
    }


def _l1(z):
    return np.abs(z).sum(axis=1).mean()


def _kl_of(rates):
    rates = np.clip(rates, 1e-6, 1 - 1e-6)
    return TARGET * np.log(TARGET / rates) + (1 - TARGET) * np.log((1 - TARGET) / (1 - rates))


def _kl(z):
    return _kl_of(z.mean(axis=0)).sum()


def _which_fall(l1=_l1, kl=_kl):
    """The rule of those who compare these two penalties before and after a change."""

    def rule(z, before, name):
        fallen = [penalty(z) < penalty(before) - 1e-9 for penalty in (l1, kl)]
        return WORDS[fallen[0], fallen[1]]

    return rule


def _which(differs):
    """The rule of those who ask something else about the two penalties than whether they fall."""

    def rule(z, before, name):
        asked = [differs(penalty(z) - penalty(before)) for penalty in (_l1, _kl)]
        return WORDS[bool(asked[0]), bool(asked[1])]

    return rule


right = _which_fall()
EXCHANGED = {"L1": "KL", "KL": "L1"}

# Pairs of a message and what its rule says of (the code after the change, before it, the change's name).
RULES = [
    (
        "You have exchanged the two. L1 adds up absolute values; KL compares the mean of each unit with the target.",
        lambda z, before, name: EXCHANGED.get(right(z, before, name), right(z, before, name)),
    ),
    (
        "By your answers KL falls whenever the units' means do. It does not ask for few active units, but for a rate: "
        "far below the target of 0.1 it grows again.",
        _which_fall(kl=lambda z: z[:, :4].mean()),
    ),
    (
        "By your answers KL falls whenever the code as a whole becomes smaller. It does not ask for a small code, but "
        "for the rate 0.1 of each unit, and grows to either side of it.",
        _which_fall(kl=_l1),
    ),
    (
        "By your answers KL never falls. It does where the means of the units, 0.2 at first, come closer to the target "
        "of 0.1. The mean of a unit changes with its values, not only with how often it is above 0.",
        _which_fall(kl=lambda z: 0.0),
    ),
    (
        "By your answers L1 never falls. It does where the absolute values add up to less.",
        _which_fall(l1=lambda z: 0.0),
    ),
    (
        "By your answers L1 stays as it is where all values shrink. It neither counts active units nor looks at the "
        "decoder: it adds up the absolute values of the code.",
        _which_fall(l1=lambda z: (z > 0).sum(axis=1).mean()),
    ),
    (
        "Your answers fit squared values in place of absolute ones. A square falls when a value is split or spread; "
        "an absolute value is the same in sum.",
        _which_fall(l1=lambda z: (z**2).sum(axis=1).mean()),
    ),
    (
        "Your answers fit an L1 that is averaged over the units. It is summed over them: two halves cost what "
        "one whole costs, and a unit that is 0 changes nothing.",
        _which_fall(l1=lambda z: np.abs(z).mean()),
    ),
    (
        "Your answers are right for which penalties change. Asked is which of them fall: KL also changes where it "
        "grows.",
        _which(lambda change: abs(change) > 1e-9),
    ),
    ("Your answers are right for which penalties grow. Asked is which of them fall.", _which(lambda c: c > 1e-9)),
    (
        "Your answers name the penalties that do not fall. Asked is which of them do.",
        lambda z, before, name: {"L1": "KL", "KL": "L1", "both": "neither", "neither": "both"}[right(z, before, name)],
    ),
    ("You say that no penalty falls, whatever happens.", lambda z, before, name: "neither"),
    ("You say that both penalties fall, whatever happens.", lambda z, before, name: "both"),
    ("You say that L1 falls and KL does not, whatever happens.", lambda z, before, name: "L1"),
    ("You say that KL falls and L1 does not, whatever happens.", lambda z, before, name: "KL"),
]

# What L1 and what KL make of each change, without the verdict.
ABOUT = {
    "divided": (
        "L1 adds up the absolute values of the code. The decoder's weights, ten times as large, are not in it.",
        "the means of the units go from 0.2 to 0.02. The target is 0.1: is the KL 0 or more far below it?",
    ),
    "halved": (
        "L1 adds up the absolute values of the code. The decoder's weights, twice as large, are not in it.",
        "the means of the units go from 0.2 to 0.1, and the target is 0.1.",
    ),
    "constant": (
        "0.2 in each example adds up to as much as 0.8 in a quarter of them. L1 does not ask how a sum is spread over "
        "the examples.",
        "KL knows the mean of a unit over the batch, and nothing else. What is the mean of a unit that is always 0.2?",
    ),
    "split": (
        "two units with half the value each add up to what the one was.",
        "there are twice as many units, but each of them has the mean 0.1, and the target is 0.1.",
    ),
    "added": (
        "a unit that is always 0 adds 0 to a sum. The penalty is summed over the units, not averaged.",
        "a unit that is never active has the rate 0, and the target is 0.1. What does it add to the sum?",
    ),
    "silenced": (
        "two of four units no longer add anything to the sum.",
        "two units have the rate 0 now. The target is 0.1, not 0, and t log(t / r) grows without bound as r goes to 0.",
    ),
}


def _misreadings(name, predicted, measured):
    """What to say of a wrong word: a sentence for each penalty that it gets wrong."""
    said, true = (next(pair for pair, word in WORDS.items() if word == each) for each in (predicted, measured))
    return [
        f'"{name}": you predicted "{predicted}". Look at {penalty} again: {about}'
        for penalty, about, one, other in zip(("L1", "KL"), ABOUT[name], said, true, strict=True)
        if one != other
    ]
