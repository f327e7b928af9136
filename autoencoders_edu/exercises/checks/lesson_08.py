"""Checks of lesson 8, Gradients through randomness."""

from autoencoders_edu.exercises.checks import _choices, _predictions, _samples, _scores
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.1",
    "predict_gradients",
    points=1,
    minutes=6,
    why="Which estimator to take, and what to be afraid of, is decided before any code is run. A wrong gradient "
    "looks like a right one.",
    hints=(
        "An average of n independent draws: what becomes of its variance when n grows? Does it matter of what?",
        "Write both estimators down for the cost f(z) + 10. In which of them does the 10 survive?",
        "Who learns in a VAE whose encoder hears nothing from the decoder? Lesson 8 trained one.",
    ),
    on_success="The ratio of two estimators does not depend on the number of draws, a constant matters to the score "
    "function alone, and a detached sample gives neither error nor warning.",
)
def check_predict_gradients(probe):
    _predictions.expect_predictions(probe.get("predict_gradients"), probe.rng)


@exercise(
    "08.2",
    "reparameterize",
    points=2,
    minutes=8,
    why="This line stands in every VAE. Written wrongly it still runs, and the loss still falls.",
    hints=(
        "A variance is a squared standard deviation, and a log-variance its logarithm. Which function turns one into "
        "the other?",
        "log(stddev^2) = 2 log(stddev). Solve it for stddev.",
        "The values are right, and no gradient comes through? Everything between the arguments and the result has to "
        "be keras.ops: NumPy and stop_gradient both forget where a number came from.",
    ),
    on_success="Right draws, and a path back to the mean and to the log-variance: the encoder hears what becomes of z.",
)
def check_reparameterize(probe):
    for batch in (1, int(probe.rng.integers(2, 7))):
        case = _samples.draw_case(probe.rng, batch)
        z = probe.call("reparameterize", *case.inputs)
        again = probe.call("reparameterize", *case.inputs)
        _samples.expect_same_noise(z, again)
        _samples.expect_sample(z, case)
        slopes = probe.call("gradients_through", "reparameterize", list(case.inputs), case.weights)
        _samples.expect_gradients(slopes, case)


@exercise(
    "08.3",
    "score_gradient",
    points=3,
    minutes=15,
    why="Where a cost has no slope, because it has jumps or because nobody can see inside, the score function "
    "still gives an unbiased gradient, where the path gives 0 or does not exist.",
    hints=(
        "log q(z) = -(z - mean)^2 / (2 stddev^2) - log(stddev) - constant. Differentiate it for the mean, then for the "
        "stddev, with z held fixed.",
        "Put z - mean = stddev * epsilon into both derivatives. What is left of them?",
        "The baseline is taken off the cost of each draw before anything is multiplied.",
    ),
    on_success="You differentiated the expectation of a staircase, and nobody told you its slope: it has none.",
)
def check_score_gradient(probe):
    for with_baseline in (False, True):
        case = _scores.draw_case(probe.rng, with_baseline)
        options = {"baseline": case.baseline} if with_baseline else {}
        found = probe.call("score_gradient", case.cost, case.mean, case.stddev, case.epsilon, **options)
        _scores.expect_gradient(found, case)


@exercise(
    "08.4",
    "repaired_vae",
    points=4,
    minutes=25,
    why="None of these faults raises an error, and under all of them the loss falls. You have to know what to ask.",
    hints=(
        "Ask draw for a batch of two equal images. Are the two samples equal? Should they be?",
        "Compare the spread of many draws for one image with the exp(log_variance / 2) that draw returns beside them.",
        "Take one step of training with the KL term left out. Which weights have moved? And what should encode do with "
        "an image that it is asked for twice?",
    ),
    on_success="Four faults, no error message. Sampling needs its own noise for each number, the right size, a path "
    "back, and silence when the code is used.",
)
def check_repaired_vae(probe):
    pixels, latent_dim = 11, 3  # so that no two weights have the same shape
    model = probe.make("RepairedVAE", pixels, latent_dim)
    bench = _samples.Bench(model, pixels, latent_dim, probe.rng)
    bench.expect_draws()
    bench.expect_encode()
    bench.expect_dice_in_call()
    bench.expect_step()
    bench.expect_fit()


@exercise(
    "08.5",
    "straight_through",
    points=3,
    minutes=15,
    why="Discrete codes are trained with gradients that are made up. Whoever makes them up should know which value and "
    "which gradient they have.",
    hints=(
        "You need two things, a one-hot vector and a softmax. Which of them is the value, which lends its gradient?",
        "ops.stop_gradient(y) has the value of y and the gradient of a constant. How can a sum have the value of one "
        "thing and the gradient of another?",
        "Both come from logits + noise, over the last axis; the temperature divides before the softmax.",
    ),
    on_success="A choice going forward, a mixture coming back. The gradient is not that of the expectation, as lesson "
    "8 measured; it may train well all the same.",
)
def check_straight_through(probe):
    for batch in (12, 1):
        case = _choices.draw_case(probe.rng, batch)
        inputs = [case.logits, case.noise, case.temperature]

        def slopes(inputs=inputs, weights=case.weights):
            return probe.call("gradients_through", "straight_through", inputs, weights)[0]

        _choices.expect_choice(probe.call("straight_through", *inputs), case, slopes)
        _choices.expect_gradient(slopes(), case)
