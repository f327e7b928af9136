"""Wrong answers to 15.4 sample that are a right answer but for a line or two."""


class wrapped:
    """The broken code's schedule."""

    MESSAGE = "At time 0 you take alpha_bar_T"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])",
        "np.concatenate([np.cumprod(1 - betas)[-1:], np.cumprod(1 - betas)])",
    )


class one_ahead:
    """betas' product at index t."""

    MESSAGE = "alpha_bar is one step ahead"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])", "np.cumprod(1 - betas)")


class not_clean:
    """Time 0 is taken for time 1."""

    MESSAGE = "At time 0 you take alpha_bar_1"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])", "np.concatenate([[1 - betas[0]], np.cumprod(1 - betas)])")


class one_step:
    """1 - beta of the step alone."""

    MESSAGE = "You took 1 - b_t of the one step"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])", "np.concatenate([[1.0], 1 - betas])")


class sign_of_x_hat:
    """The broken code's sign."""

    MESSAGE = "x_hat has the wrong sign before v"
    EDIT = (
        "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
        "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
    )


class sign_of_eps_hat:
    """The other sign."""

    MESSAGE = "eps_hat has the wrong sign before v"
    EDIT = (
        "np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted",
        "np.sqrt(1 - alpha_bar[t]) * x - np.sqrt(alpha_bar[t]) * predicted",
    )


class both_signs:
    """The inverse for -v."""

    MESSAGE = "Your steps go the wrong way round"
    EDIT = (
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
        (
            "np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted",
            "np.sqrt(1 - alpha_bar[t]) * x - np.sqrt(alpha_bar[t]) * predicted",
        ),
    )


class hats_exchanged:
    """x_hat for eps_hat."""

    MESSAGE = "x_hat and eps_hat are exchanged"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = np.sqrt(alpha_bar[s]) * eps_hat + np.sqrt(1 - alpha_bar[s]) * x_hat",
    )


class v_for_epsilon:
    """A network that predicts the noise."""

    MESSAGE = "You take what the network predicts for the noise"
    EDIT = (
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "(x - np.sqrt(1 - alpha_bar[t]) * predicted) / np.sqrt(alpha_bar[t])",
        ),
        ("np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted", "predicted"),
    )


class v_for_x:
    """A network that predicts the image."""

    MESSAGE = "You take what the network predicts for the image"
    EDIT = (
        ("np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted", "predicted"),
        (
            "np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted",
            "(x - np.sqrt(alpha_bar[t]) * predicted) / np.sqrt(1 - alpha_bar[t])",
        ),
    )


class told_s:
    """The broken code's time."""

    MESSAGE = "The network is told the time s"
    EDIT = ("v(x, t)", "v(x, s)")


class told_t_minus_1:
    """Times counted from 0."""

    MESSAGE = "The network is told t - 1"
    EDIT = ("v(x, t)", "v(x, t - 1)")


class weights_of_t:
    """As noisy as before."""

    MESSAGE = "You returned x_T as it was given: either"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = np.sqrt(alpha_bar[t]) * x_hat + np.sqrt(1 - alpha_bar[t]) * eps_hat",
    )


class noise_of_t:
    """The noise's weight of time t."""

    MESSAGE = "has the noise's weight of time t"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[t]) * eps_hat",
    )


class no_noise:
    """x_hat again and again."""

    MESSAGE = "is x_hat, without any noise"
    EDIT = ("x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat", "x = x_hat")


class no_roots:
    """Weights without roots."""

    MESSAGE = "sqrt is missing: all four weights"
    EDIT = (
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "alpha_bar[t] * x - (1 - alpha_bar[t]) * predicted",
        ),
        (
            "np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted",
            "(1 - alpha_bar[t]) * x + alpha_bar[t] * predicted",
        ),
        (
            "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
            "x = alpha_bar[s] * x_hat + (1 - alpha_bar[s]) * eps_hat",
        ),
    )


class no_last_step:
    """Stops before 0."""

    MESSAGE = "The last step, to time 0, is missing"
    EDIT = ("pairwise(times)", "pairwise(times[:-1])")


class x_hat_returned:
    """The last x_hat, before time 0."""

    MESSAGE = "Stopping before time 0, you returned the last x_hat"
    EDIT = (
        ("    x = x_T\n", "    x = x_hat = x_T\n"),
        ("pairwise(times)", "pairwise(times[:-1])"),
        ("    return x", "    return x_hat"),
    )


class one_jump:
    """Straight to 0."""

    MESSAGE = "You went straight from the first time to 0"
    EDIT = ("pairwise(times)", "[(times[0], 0)]")


class every_time:
    """Every time down to 0."""

    MESSAGE = "You took each time down to 0"
    EDIT = ("pairwise(times)", "pairwise(range(times[0], -1, -1))")


class steps_of_one:
    """Each step goes to t - 1."""

    MESSAGE = "Each step goes to t - 1"
    EDIT = ("pairwise(times)", "[(t, t - 1) for t in times[:-1]]")


class fresh_noise:
    """New noise in each step."""

    MESSAGE = "two different results. The noise of each step is"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * np.random.normal(size=x.shape)",
    )


class clipped:
    """x_hat is clipped."""

    MESSAGE = "x_hat is clipped to [-1, 1]"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        (
            "x_hat = np.clip(x_hat, -1, 1)\n"
            "        x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat"
        ),
    )


class first_step:
    """The return is in the loop."""

    MESSAGE = "You made the first step alone"
    EDIT = ("    return x", "        return x")


class arguments_exchanged:
    """v(t, x)."""

    MESSAGE = "the arguments are exchanged"
    EDIT = ("v(x, t)", "v(t, x)")


class time_as_share:
    """t / T."""

    MESSAGE = "received t = 0.9"
    EDIT = ("v(x, t)", "v(x, t / len(betas))")


class in_place:
    """x_T is changed."""

    MESSAGE = "changes its argument"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x[...] = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
    )


class all_states:
    """The whole path."""

    MESSAGE = "should return one array of the shape of x_T"
    EDIT = (
        ("    x = x_T\n", "    x, path = x_T, []\n"),
        (
            "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
            ("x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat\n        path.append(x)"),
        ),
        ("    return x", "    return np.array(path)"),
    )


class wrapped_and_sign:
    """Two of the broken code's three."""

    MESSAGE = (
        "Two things. At time 0 you take alpha_bar_T: the index is -1, which is an array's last "
        "number. At time 0 alpha_bar is 1. x_hat has the wrong sign before v: v holds minus the "
        "image, so it is subtracted."
    )
    EDIT = (
        (
            "np.concatenate([[1.0], np.cumprod(1 - betas)])",
            "np.concatenate([np.cumprod(1 - betas)[-1:], np.cumprod(1 - betas)])",
        ),
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
    )


class wrapped_and_told_s:
    """Two of the broken code's three."""

    MESSAGE = (
        "Two things. At time 0 you take alpha_bar_T: the index is -1, which is an array's last "
        "number. At time 0 alpha_bar is 1. The network is told the time s of the image that is to "
        "come. It gets x_t, so it is told t."
    )
    EDIT = (
        (
            "np.concatenate([[1.0], np.cumprod(1 - betas)])",
            "np.concatenate([np.cumprod(1 - betas)[-1:], np.cumprod(1 - betas)])",
        ),
        ("v(x, t)", "v(x, s)"),
    )


class sign_and_told_s:
    """Two of the broken code's three."""

    MESSAGE = (
        "Two things. x_hat has the wrong sign before v: v holds minus the image, so it is "
        "subtracted. The network is told the time s of the image that is to come. It gets x_t, so "
        "it is told t."
    )
    EDIT = (
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
        ("v(x, t)", "v(x, s)"),
    )


class ahead_and_sign:
    """Another schedule that is wrong, and the sign."""

    MESSAGE = (
        "Two things. alpha_bar is one step ahead: at time t your product has t + 1 factors. It has "
        "t, from the first beta to the t-th, and none at time 0. x_hat has the wrong sign before "
        "v: v holds minus the image, so it is subtracted."
    )
    EDIT = (
        ("np.concatenate([[1.0], np.cumprod(1 - betas)])", "np.cumprod(1 - betas)"),
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
    )


class unchanged:
    """The broken code with the name of the right one."""

    MESSAGE = (
        "Three things. At time 0 you take alpha_bar_T: the index is -1, which is an array's last "
        "number. At time 0 alpha_bar is 1. x_hat has the wrong sign before v: v holds minus the "
        "image, so it is subtracted. The network is told the time s of the image that is to come. "
        "It gets x_t, so it is told t."
    )
    EDIT = (
        (
            "np.concatenate([[1.0], np.cumprod(1 - betas)])",
            "np.concatenate([np.cumprod(1 - betas)[-1:], np.cumprod(1 - betas)])",
        ),
        (
            "np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "np.sqrt(alpha_bar[t]) * x + np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
        ("v(x, t)", "v(x, s)"),
    )


class nothing:
    """x_T as it is."""

    MESSAGE = "You returned x_T as it was given: either"
    EDIT = ("    return x", "    return x_T")


class overwritten:
    """x is overwritten before it is used again."""

    MESSAGE = "has x been overwritten?"
    EDIT = (
        (
            "x_hat = np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
            "x = np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted",
        ),
        (
            "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
            "x = np.sqrt(alpha_bar[s]) * x + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        ),
    )


class noise_of_start:
    """x_T is taken for the noise."""

    MESSAGE = "Each step adds x_T as its noise"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * x_T",
    )


class number_of_the_step:
    """The steps are counted from 0."""

    MESSAGE = "The network is told the number of the step"
    EDIT = (("for t, s in pairwise(times):", "for i, (t, s) in enumerate(pairwise(times)):"), ("v(x, t)", "v(x, i)"))


class no_roots_in_step:
    """The new x without roots."""

    MESSAGE = "sqrt is missing where the new x is made"
    EDIT = (
        "x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "x = alpha_bar[s] * x_hat + (1 - alpha_bar[s]) * eps_hat",
    )


class start_shown:
    """The network gets x_T again and again."""

    MESSAGE = "The network gets x_T in every step"
    EDIT = ("v(x, t)", "v(x_T, t)")


class noise_with_a_seed:
    """The same noise of one's own each time."""

    MESSAGE = "If x_T and all that v returns are 0, your result is not"
    EDIT = (
        "np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "np.sqrt(1 - alpha_bar[s]) * np.random.default_rng(0).normal(size=x.shape)",
    )


class linear_schedule:
    """The betas of the notebook, as many as there are."""

    MESSAGE = "If `betas` changes, your result does not"
    EDIT = ("np.cumprod(1 - betas)", "np.cumprod(1 - np.linspace(1e-4, 0.02, len(betas)))")


class asked_once:
    """The network is called before the loop."""

    MESSAGE = "The network is asked once"
    EDIT = (
        ("        predicted = v(x, t)\n", ""),
        ("    for t, s in", "    predicted = v(x, times[0])\n    for t, s in"),
    )


class began_at_T:
    """The list is taken to begin at T."""

    MESSAGE = "You began at time T"
    EDIT = ("pairwise(times)", "pairwise([len(betas), *times[1:]])")


class all_times_from_T:
    """The list is not looked at."""

    MESSAGE = "You took each time from T"
    EDIT = ("pairwise(times)", "pairwise(range(len(betas), -1, -1))")


class a_time_for_each_image:
    """An array of times."""

    MESSAGE = "received t = an array"
    EDIT = ("v(x, t)", "v(x, np.full(len(x), t))")


class noise_of_ddpm:
    """The root of the posterior's variance."""

    MESSAGE = "of a random step of DDPM"
    EDIT = (
        "np.sqrt(1 - alpha_bar[s]) * eps_hat",
        "np.sqrt((1 - alpha_bar[s]) / (1 - alpha_bar[t]) * (1 - alpha_bar[t] / alpha_bar[s])) * eps_hat",
    )


class eps_hat_returned:
    """The other of the two hats."""

    MESSAGE = "Your result is the last eps_hat: either it is what you return, or alpha_bar is 0 at time 0"
    EDIT = ("    return x", "    return eps_hat")


class nothing_left_at_0:
    """The schedule begins with 0."""

    MESSAGE = "Your result is the last eps_hat: either it is what you return, or alpha_bar is 0 at time 0"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])", "np.concatenate([[0.0], np.cumprod(1 - betas)])")


class x_hat_of_start:
    """The image is always computed from the start."""

    MESSAGE = "x_hat is computed from x_T in every step."
    EDIT = ("x_hat = np.sqrt(alpha_bar[t]) * x -", "x_hat = np.sqrt(alpha_bar[t]) * x_T -")


class eps_hat_of_start:
    """The noise is always computed from the start."""

    MESSAGE = "eps_hat is computed from x_T in every step."
    EDIT = ("eps_hat = np.sqrt(1 - alpha_bar[t]) * x +", "eps_hat = np.sqrt(1 - alpha_bar[t]) * x_T +")


class v_of_start_in_x_hat:
    """The network sees the start in one of the two lines."""

    MESSAGE = "x_hat is computed from v(x_T, t) in every step."
    EDIT = ("np.sqrt(1 - alpha_bar[t]) * predicted", "np.sqrt(1 - alpha_bar[t]) * v(x_T, t)")


class one_step_from_T:
    """A step from T comes before the list."""

    MESSAGE = "You made one step too many, from T"
    EDIT = ("pairwise(times)", "pairwise([len(betas), *times])")


class evenly_spaced:
    """Times of one's own."""

    MESSAGE = "You took evenly spaced times from T"
    EDIT = ("pairwise(times)", "pairwise(np.linspace(len(betas), 0, len(times)).astype(int).tolist())")


class notebook_schedule:
    """The schedule of the notebook's example."""

    MESSAGE = "If `betas` changes, your result does not"
    EDIT = ("np.cumprod(1 - betas)", "np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))")


class a_list_of_times:
    """The same time for each image, as a list."""

    MESSAGE = "received t = a list"
    EDIT = ("v(x, t)", "v(x, [t] * len(x))")
