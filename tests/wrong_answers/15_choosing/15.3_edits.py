"""Wrong answers to 15.3 add_noise that are a right answer but for a line or two."""


class one_ahead:
    """betas' product at index t."""

    MESSAGE = "alpha_bar is one step ahead"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[t]")


class one_behind:
    """One factor too few."""

    MESSAGE = "alpha_bar is one step behind"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[np.maximum(t - 1, 0)]",
    )


class wrapped:
    """Index -1 at time 0."""

    MESSAGE = "At time 0 you take alpha_bar_T"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[t - 1]")


class not_clean:
    """Time 0 is taken for time 1."""

    MESSAGE = "At time 0 you take alpha_bar_1"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[np.maximum(t - 1, 0)]")


class ahead_and_cut:
    """An index that is kept within bounds."""

    MESSAGE = "alpha_bar is one step ahead"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[np.minimum(t, len(betas) - 1)]")


class one_step:
    """1 - beta of the step alone."""

    MESSAGE = "You took 1 - b_t of the one step"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.concatenate([[1.0], 1 - betas])[t]")


class betas_themselves:
    """beta for alpha."""

    MESSAGE = "You took b_t itself"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.concatenate([[0.0], betas])[t]")


class product_of_betas:
    """The betas are multiplied."""

    MESSAGE = "You multiplied the betas."
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.concatenate([[1.0], np.cumprod(betas)])[t]")


class sum_of_betas:
    """A sum for the product."""

    MESSAGE = "You subtracted the sum of the betas"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.maximum(0, 1 - np.concatenate([[0.0], np.cumsum(betas)]))[t]",
    )


class summed_alphas:
    """cumsum for cumprod."""

    MESSAGE = "You added up 1 - b_s"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.concatenate([[1.0], np.cumsum(1 - betas)])[t]")


class power:
    """One beta for all steps."""

    MESSAGE = "You took (1 - b_t)^t"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "(1 - np.concatenate([[0.0], betas])[t]) ** t")


class limit:
    """The limit of many small steps."""

    MESSAGE = "You took exp(-sum of the betas)"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.exp(-np.concatenate([[0.0], np.cumsum(betas)]))[t]",
    )


class no_roots:
    """Weights without roots."""

    MESSAGE = "In both arrays: sqrt is missing: you took alpha_bar_t"
    EDIT = ("signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)", "signal, noise = alpha_bar, 1 - alpha_bar")


class no_root_of_noise:
    """One root is missing."""

    MESSAGE = "In both arrays: sqrt is missing once"
    EDIT = (
        "signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)",
        "signal, noise = np.sqrt(alpha_bar), 1 - alpha_bar",
    )


class one_minus_root:
    """1 - sqrt for sqrt(1 - ...)."""

    MESSAGE = "In both arrays: you took 1 - sqrt(alpha_bar_t)"
    EDIT = (
        "signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)",
        ("signal = np.sqrt(alpha_bar)\n    noise = 1 - signal"),
    )


class weights_exchanged:
    """Noise for signal."""

    MESSAGE = "In both arrays: alpha_bar_t and 1 - alpha_bar_t are exchanged"
    EDIT = (
        "signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)",
        "noise, signal = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)",
    )


class first_time_for_all:
    """One time for the batch."""

    MESSAGE = "You took the first image's time"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.full(len(t), np.concatenate([[1.0], np.cumprod(1 - betas)])[t[0]])",
    )


class along_the_last_axis:
    """Without further axes."""

    MESSAGE = "The times run along the last axis of x"
    EDIT = ("    alpha_bar = alpha_bar.reshape(-1, *[1] * (np.ndim(x) - 1))\n", "")


class four_axes:
    """The axes of the notebook's images."""

    MESSAGE = "it needs as many axes as x has"
    EDIT = (
        "    alpha_bar = alpha_bar.reshape(-1, *[1] * (np.ndim(x) - 1))\n",
        "    alpha_bar = alpha_bar[:, None, None, None]\n",
    )


class sign_of_v:
    """v with the other sign."""

    MESSAGE = "In v: the sign is wrong"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, noise * x - signal * epsilon",
    )


class v_added:
    """A plus in v."""

    MESSAGE = "In v: the image is added"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, signal * epsilon + noise * x",
    )


class v_weights:
    """The weights of v are exchanged."""

    MESSAGE = "In v: alpha_bar_t and 1 - alpha_bar_t are exchanged"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, noise * epsilon - signal * x",
    )


class v_of_x_t:
    """x_t in place of x."""

    MESSAGE = "In v: x_t stands where x belongs"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        ("x = signal * x + noise * epsilon\n    return x, signal * epsilon - noise * x"),
    )


class epsilon_for_v:
    """The target of DDPM."""

    MESSAGE = "In v: this is the noise alone"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, epsilon",
    )


class flow_matching:
    """The target of flow matching."""

    MESSAGE = "In v: this is epsilon - x"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, epsilon - x",
    )


class subtracted:
    """The noise is subtracted."""

    MESSAGE = "In x_t: the noise is subtracted"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x - noise * epsilon, signal * epsilon - noise * x",
    )


class exchanged:
    """v first."""

    MESSAGE = "The two arrays are exchanged"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * epsilon - noise * x, signal * x + noise * epsilon",
    )


class x_t_alone:
    """v is missing."""

    MESSAGE = "received an array of shape"
    EDIT = ("return signal * x + noise * epsilon, signal * epsilon - noise * x", "return signal * x + noise * epsilon")


class own_noise:
    """Noise of one's own."""

    MESSAGE = "two different results"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        (
            "epsilon = np.random.normal(size=np.shape(x))\n"
            "    return signal * x + noise * epsilon, signal * epsilon - noise * x"
        ),
    )


class wrapped_and_sign:
    """Two mistakes."""

    MESSAGE = (
        "Two things. At time 0 you take alpha_bar_T: the index is -1, which is an array's last "
        "number. At time 0 alpha_bar is 1. In v: the sign is wrong. The noise is positive, the "
        "image is subtracted."
    )
    EDIT = (
        ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[t - 1]"),
        (
            "return signal * x + noise * epsilon, signal * epsilon - noise * x",
            "return signal * x + noise * epsilon, noise * x - signal * epsilon",
        ),
    )


class wrapped_and_no_roots:
    """Two mistakes."""

    MESSAGE = (
        "Two things. At time 0 you take alpha_bar_T: the index is -1, which is an array's last "
        "number. At time 0 alpha_bar is 1. In both arrays: sqrt is missing: you took alpha_bar_t "
        "and 1 - alpha_bar_t themselves."
    )
    EDIT = (
        ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[t - 1]"),
        ("signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)", "signal, noise = alpha_bar, 1 - alpha_bar"),
    )


class ahead_and_sign:
    """Two mistakes, the first of which raises at time T."""

    MESSAGE = (
        "Two things. alpha_bar is one step ahead: at time t your product has t + 1 factors. It has "
        "t, from the first beta to the t-th, and none at time 0. In v: the sign is wrong. The "
        "noise is positive, the image is subtracted."
    )
    EDIT = (
        ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)[t]"),
        (
            "return signal * x + noise * epsilon, signal * epsilon - noise * x",
            "return signal * x + noise * epsilon, noise * x - signal * epsilon",
        ),
    )


class no_roots_in_v:
    """Roots in x_t alone."""

    MESSAGE = "In v: sqrt is missing: you took"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return signal * x + noise * epsilon, alpha_bar * epsilon - (1 - alpha_bar) * x",
    )


class roots_twice:
    """The product of roots, and then a root."""

    MESSAGE = "that is the root of alpha_bar_t already"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.concatenate([[1.0], np.cumprod(np.sqrt(1 - betas))])[t]",
    )


class in_place:
    """The image is changed."""

    MESSAGE = "changes its argument"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        ("x *= signal\n    x += noise * epsilon\n    return x, signal * epsilon - noise * x"),
    )


class of_the_notebook:
    """A schedule of one's own."""

    MESSAGE = "Your code does not get through"
    EDIT = ("np.concatenate([[1.0], np.cumprod(1 - betas)])[t]", "np.cumprod(1 - np.linspace(1e-4, 0.02, 5))[t]")


class first_beta_missing:
    """The product starts at the second beta."""

    MESSAGE = "The first beta is missing"
    EDIT = (
        "np.concatenate([[1.0], np.cumprod(1 - betas)])[t]",
        "np.concatenate([[1.0, 1.0], np.cumprod(1 - betas[1:])])[t]",
    )


class squeezed:
    """Axes of length 1 are dropped."""

    MESSAGE = "An axis of length 1 is lost"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return np.squeeze(signal * x + noise * epsilon), np.squeeze(signal * epsilon - noise * x)",
    )


class as_given:
    """Nothing is mixed."""

    MESSAGE = "You returned x and epsilon as they were given"
    EDIT = ("return signal * x + noise * epsilon, signal * epsilon - noise * x", "return x, epsilon")


class clipped:
    """Pixels are kept within bounds."""

    MESSAGE = "In x_t: the result is clipped to [-1, 1]"
    EDIT = (
        "return signal * x + noise * epsilon, signal * epsilon - noise * x",
        "return np.clip(signal * x + noise * epsilon, -1, 1), signal * epsilon - noise * x",
    )


class clipped_before:
    """The image is kept within bounds."""

    MESSAGE = "x is clipped to [-1, 1]"
    EDIT = (
        "return signal * x + noise * epsilon",
        "x = np.clip(x, -1, 1)\n    return signal * x + noise * epsilon",
    )


class sorted_betas:
    """Small betas first."""

    MESSAGE = "You sorted the betas"
    EDIT = ("np.cumprod(1 - betas)", "np.cumprod(1 - np.sort(betas))")


class time_from_the_other_end:
    """Time runs backwards."""

    MESSAGE = "You took alpha_bar of time T - t"
    EDIT = ("np.cumprod(1 - betas)])[t]", "np.cumprod(1 - betas)])[len(betas) - t]")


class noise_of_one_step:
    """The noise of the last step alone."""

    MESSAGE = "The weight of the noise is sqrt(b_t)"
    EDIT = (
        "signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)",
        "signal = np.sqrt(alpha_bar)\n    noise = np.sqrt(np.concatenate([[0.0], betas])[t]).reshape(signal.shape)",
    )


class noise_with_a_seed:
    """The same noise of one's own each time."""

    MESSAGE = "If `epsilon` changes, your result does not"
    EDIT = (
        "signal, noise =",
        "epsilon = np.random.default_rng(0).normal(size=np.shape(x))\n    signal, noise =",
    )


class linear_schedule:
    """The betas of the notebook, as many as there are."""

    MESSAGE = "If `betas` changes, your result does not"
    EDIT = ("np.cumprod(1 - betas)", "np.cumprod(1 - np.linspace(1e-4, 0.02, len(betas)))")


class reshaped_for_a_transpose:
    """Times along the last axis of the transposed images."""

    MESSAGE = "reshape does not undo a transpose"
    EDIT = (
        (
            "return signal * x + noise * epsilon, signal * epsilon - noise * x",
            "x_t, v = signal * x.T + noise * epsilon.T, signal * epsilon.T - noise * x.T\n"
            "    return x_t.reshape(x.shape), v.reshape(x.shape)",
        ),
        ("alpha_bar = alpha_bar.reshape(-1, *[1] * (np.ndim(x) - 1))", "alpha_bar = alpha_bar.reshape(-1)"),
    )
