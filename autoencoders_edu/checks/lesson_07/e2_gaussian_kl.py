"""07.2 gaussian_kl: the KL of a diagonal normal to the prior."""

from autoencoders_edu.checks.shared.normal import if_several, kl_to_prior, mistaken_kl
from autoencoders_edu.exercises.expect import brief, expect_close, expect_finite
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "07.2",
    "gaussian_kl",
    points=2,
    minutes=8,
    why="This formula stands in every VAE, and it is easy to get wrong: in sign, sum or what 'variance' is.",
    hints=(
        "Test yourself on the prior: for mean 0 and log_variance 0 every KL must be zero.",
        "Which of variance, standard deviation and log-variance does each term of the formula want, and which are you "
        "given?",
        "One of the terms is the logarithm of the variance. Do you have to compute it?",
    ),
    on_success="Zero at the prior, never negative, a sum over latents, and one number for each image.",
)
def check_gaussian_kl(probe):
    for batch in (int(probe.rng.integers(2, 6)), 1):
        latents = int(probe.rng.choice([n for n in range(2, 8) if n != batch]))
        mean, log_variance = probe.rng.normal(size=(2, batch, latents)).astype("float32")
        value = probe.call("gaussian_kl", mean, log_variance)
        expect_finite(
            value,
            f"Your result is not finite for negative log-variances: {brief(value)}. Did you take the logarithm of "
            f"log_variance? It is already a logarithm; the variance is exp(log_variance).\n{KL}",
        )
        expect_close(
            value,
            kl_to_prior(mean.astype(float), log_variance.astype(float)).sum(axis=1),
            because=KL,
            what=f"gaussian_kl for arrays of shape {mean.shape}",
            mistakes=if_several(batch, mistaken_kl, mean.astype(float), log_variance.astype(float)),
        )
    _expect_narrow_posteriors(probe)


KL = "KL( q || p ) = 1/2 sum over latents of ( mean^2 + variance - log variance - 1 ), one number for each image."


def _expect_narrow_posteriors(probe):
    """log_variance may be so small that its exponential is zero in float32."""
    mean, log_variance = probe.rng.normal(size=(3, 2)), probe.rng.uniform(-160, -120, (3, 2))
    value = probe.call("gaussian_kl", mean.astype("float32"), log_variance.astype("float32"))
    expect_finite(
        value,
        f"For log_variance about -140 you return {brief(value)}. Do not take the logarithm of exp(log_variance), which "
        f"is 0 in float32: the logarithm of the variance is what you were given.\n{KL}",
    )
    expected = kl_to_prior(mean, log_variance).sum(axis=1)
    because = f"Do not clip log_variance, and add no small number inside the logarithm.\n{KL}"
    expect_close(value, expected, because=because, what="gaussian_kl for log_variance about -140")
