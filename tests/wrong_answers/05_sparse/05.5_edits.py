"""Wrong answers to 05.5 recover_directions that are a right answer but for a line or two."""


class untrained:
    """The weights as they start."""

    MESSAGE = "Your directions are hardly better than random"
    EDIT = ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)")


class encoder_kernel:
    """The encoder's kernel, which has one column per unit."""

    MESSAGE = "There is one column per unit, as in an encoder"
    EDIT = (
        ("epochs=25", "epochs=2"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(encoder.weights[0])"),
    )


class encoder_transposed:
    """The encoder's kernel, turned; it was trained for longer than this."""

    MESSAGE = "Your directions are hardly better than random"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(encoder.weights[0]).T"),
    )


class codes:
    """The codes of the examples."""

    MESSAGE = "You returned one row per example, with one number per unit"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(model.encode(x))"),
    )


class reconstructions:
    """What the model draws."""

    MESSAGE = "You returned one row per example, of the size of x"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(model.reconstruct(x))"),
    )


class all_weights:
    """Kernel and bias."""

    MESSAGE = "such as all weights of a layer"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return decoder.get_weights()"),
    )


class bias:
    """The decoder's bias."""

    MESSAGE = "You returned one number per dimension"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(decoder.weights[1])"),
    )


class encoder_bias:
    """The encoder's bias."""

    MESSAGE = "You returned one number per unit"
    EDIT = (
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
        ("return np.asarray(decoder.weights[0])", "return np.asarray(encoder.weights[1])"),
    )


class half_the_units:
    """Fewer units than asked for."""

    MESSAGE = "are asked for. recover_directions"
    EDIT = (
        ("encoder =", "units = units // 2 if units % 4 == 0 else 30\n    encoder ="),
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
    )


class units_of_the_notebook:
    """Sixty units, as in the notebook."""

    MESSAGE = "are asked for. recover_directions"
    EDIT = (
        ("encoder =", "units = 60\n    encoder ="),
        ("model.fit(x, x, epochs=25, batch_size=256, verbose=0)", "model.build(x.shape)"),
    )


class two_epochs:
    """Two epochs with Adam's default steps."""

    MESSAGE = "Your directions are hardly better than random"
    EDIT = (
        ("epochs=25, batch_size=256", "epochs=2, batch_size=256"),
        ("keras.optimizers.Adam(1e-2)", '"adam"'),
    )


class l1:
    """L1 in place of TopK, trained for three epochs."""

    MESSAGE = "Your directions are hardly better than random"
    EDIT = (
        ("ae.sparsity.TopK(k)", "ae.sparsity.L1(0.01)"),
        ("epochs=25", "epochs=3"),
    )


class columns:
    """The right directions, in columns."""

    OF = "by_hand"
    MESSAGE = "The directions are right, but they stand in the columns"
    EDIT = ("return weights[2]", "return weights[2].T")


class opposite:
    """The right directions, turned round."""

    OF = "by_hand"
    MESSAGE = "but they point the opposite way"
    EDIT = ("return weights[2]", "return -weights[2]")


class no_sparsity:
    """All units are kept."""

    OF = "by_hand"
    MESSAGE = "Your directions are hardly better than random"
    EDIT = ("z >= np.partition(z, -k, axis=1)[:, -k, None]", "z >= -np.inf")


class one_unit:
    """One unit per example."""

    OF = "by_hand"
    MESSAGE = "Your directions are better than random ones, and not"
    EDIT = ("z >= np.partition(z, -k, axis=1)[:, -k, None]", "z >= z.max(axis=1, keepdims=True)")


class too_many_units:
    """Four times as many units per example."""

    OF = "by_hand"
    MESSAGE = "Your directions are better than random ones, and not"
    EDIT = ("z >= np.partition(z, -k, axis=1)[:, -k, None]", "z >= np.partition(z, -4 * k, axis=1)[:, -4 * k, None]")


class mostly_dead:
    """Most rows are lost."""

    OF = "by_hand"
    MESSAGE = "directions are not all zeros"
    EDIT = (
        ("return weights[2]", "return weights[2] * (np.arange(units) < units // 4)[:, None]"),
        ("steps=400", "steps=1"),
    )
