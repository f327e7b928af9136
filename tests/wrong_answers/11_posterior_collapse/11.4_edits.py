"""Wrong answers to 11.4 read_report that are a right answer but for a line or two."""


class any_cost:
    """Any cost at all is taken for a decoder that listens."""

    MESSAGE = "whether another z costs anything at all"
    EDIT = ("reconstruction_shuffled - reconstruction < 0.1", "reconstruction_shuffled <= reconstruction")


class counted_by_kl:
    """Active latents are counted by their KL."""

    MESSAGE = "You counted active latents by their KL"
    EDIT = ("    if active_units == 0", "    active_units = np.sum(kl_per_latent > 0.01)\n    if active_units == 0")


class deaf_is_collapsed:
    """Whatever decoder ignores z, the posterior is said to have collapsed."""

    MESSAGE = "You called every model collapsed whose decoder"
    EDIT = ('return "unheard"', 'return "collapsed"')


class idle_is_collapsed:
    """One idle latent is taken for a collapse."""

    MESSAGE = "because some of its latents are idle"
    EDIT = ('else "partial"', 'else "collapsed"')


class kl_averaged:
    """The KL is averaged over the latents."""

    MESSAGE = "You averaged the KL"
    EDIT = ("active_units == 0", "np.mean(kl_per_latent) < 0.1")


class never_partial:
    """A model is believed to work when any latent does."""

    MESSAGE = "You never said"
    EDIT = ('"healthy" if active_units == len(kl_per_latent) else "partial"', '"healthy"')


class never_shuffled:
    """Active latents are taken for proof that the decoder listens."""

    MESSAGE = "You never looked at what shuffling z does"
    EDIT = ('    if reconstruction_shuffled - reconstruction < 0.1:\n        return "unheard"\n', "")


class share_of_the_loss:
    """What shuffling costs is judged as a share of the reconstruction."""

    MESSAGE = "as a share of the reconstruction"
    EDIT = ("< 0.1", "< 0.01 * abs(reconstruction)")


class size_of_the_cost:
    """The size of the difference is taken, whatever its sign."""

    MESSAGE = "the absolute value of the difference"
    EDIT = ("reconstruction_shuffled - reconstruction", "abs(reconstruction_shuffled - reconstruction)")


class small_is_healthy:
    """A small reconstruction term is taken for a healthy model."""

    MESSAGE = "a small reconstruction term for a sign of health"
    EDIT = (
        "    if active_units == 0",
        '    if reconstruction < 10:\n        return "healthy"\n    if active_units == 0',
    )


class wrong_way_round:
    """The cost of shuffling is computed with the wrong sign."""

    MESSAGE = "You subtracted the other way round"
    EDIT = ("reconstruction_shuffled - reconstruction", "reconstruction - reconstruction_shuffled")


class one_nat:
    """A whole nat for the threshold."""

    MESSAGE = "for the cost of another z lies above 0.1 nats"
    EDIT = ("< 0.1", "< 1")


class share_of_kl:
    """The cost is compared with the KL."""

    MESSAGE = "with a share of the KL"
    EDIT = ("< 0.1", "< 0.1 * np.sum(kl_per_latent)")


class idle_before_deaf:
    """Idle latents are asked for before the decoder."""

    MESSAGE = "Ask the decoder before you count idle latents"
    EDIT = (
        "    if reconstruction_shuffled",
        '    if active_units < len(kl_per_latent):\n        return "partial"\n    if reconstruction_shuffled',
    )


class deaf_before_silent:
    """The decoder is asked first."""

    MESSAGE = "You asked about the decoder first"
    EDIT = (
        ("active_units == 0", "reconstruction_shuffled - reconstruction < 0.1 "),
        ("if reconstruction_shuffled - reconstruction < 0.1:", "if active_units == 0:"),
        ('return "collapsed"', 'return "unheard"  # first'),
        ('return "unheard"\n    return', 'return "collapsed"\n    return'),
    )


class collapsed_if_one:
    """One active latent is taken for none."""

    MESSAGE = "You called a model collapsed that has one active latent"
    EDIT = ("active_units == 0", "active_units <= 1")


class one_idle_is_healthy:
    """One idle latent does not count."""

    MESSAGE = "You let one idle latent pass"
    EDIT = ("active_units == len(kl_per_latent)", "active_units >= len(kl_per_latent) - 1")


class sizes:
    """A loss is believed to be positive."""

    MESSAGE = "You took the absolute values of the two"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "abs(reconstruction_shuffled) - abs(reconstruction) < 0.1",
    )


class kl_above_a_hundredth:
    """The encoder is silent when the KL is below 0.01 nats."""

    MESSAGE = "You judged by the sum of the KL"
    EDIT = ("active_units == 0", "kl_per_latent.sum() < 0.01")


class most_in_use:
    """A model is healthy if most latents are in use."""

    MESSAGE = "more than half of its latents"
    EDIT = ("active_units == len(kl_per_latent)", "active_units > len(kl_per_latent) / 2")


class ten_latents:
    """Ten latents, as in the notebook."""

    MESSAGE = "You compared active_units with a number"
    EDIT = ("len(kl_per_latent)", "10")


class idle_pays:
    """A model is believed to be healthy when each latent has a KL."""

    MESSAGE = "You told partial from healthy by the KL"
    EDIT = ("active_units == len(kl_per_latent)", "np.all(kl_per_latent > 0.01)")


class total_kl:
    """The sum of the KL tells whether the encoder speaks."""

    MESSAGE = "You judged by the sum of the KL"
    EDIT = ("active_units == 0", "np.sum(kl_per_latent) < 0.1")


class charged_latents:
    """Latents that cost something are taken for all latents."""

    MESSAGE = "the number of latents whose KL is above 0"
    EDIT = ("active_units == len(kl_per_latent)", "active_units >= np.sum(kl_per_latent > 0)")


class sixteen_latents:
    """Sixteen latents, as in the lesson."""

    MESSAGE = "You compared active_units with a number"
    EDIT = ("active_units == len(kl_per_latent)", "active_units >= 16")


class four_or_more:
    """Four active latents are believed to be enough."""

    MESSAGE = "You compared active_units with a number"
    EDIT = ("active_units == len(kl_per_latent)", "active_units >= 4")


class four_fifths:
    """Four fifths of the latents are believed to be enough."""

    MESSAGE = "that has idle latents"
    EDIT = ("active_units == len(kl_per_latent)", "active_units >= 0.8 * len(kl_per_latent)")


class quiet_is_collapsed:
    """A model with little KL is taken for a collapsed one."""

    MESSAGE = "whose KL is small, though a latent is active"
    EDIT = ("active_units == 0", "active_units == 0 or kl_per_latent.sum() < 0.1")


class fifth_of_a_nat:
    """A fifth of a nat for the threshold."""

    MESSAGE = "for the cost of another z lies above 0.1 nats"
    EDIT = ("< 0.1", "< 0.2")


class hundredth_of_a_nat:
    """A hundredth of a nat for the threshold."""

    MESSAGE = "whether another z costs anything at all"
    EDIT = ("< 0.1", "< 0.01")


class collapsed_if_free:
    """A model with no active latent is collapsed only where shuffling costs nothing."""

    MESSAGE = "You called a model collapsed only where shuffling"
    EDIT = ("if active_units == 0", "if active_units == 0 and not reconstruction_shuffled - reconstruction >= 0.1")


class always_healthy:
    """The same word for each model."""

    MESSAGE = "You called every model healthy"
    EDIT = ("    if active_units == 0", '    return "healthy"\n    if active_units == 0')


class listening_exchanged:
    """A large cost is taken for a deaf decoder."""

    MESSAGE = "You exchanged a decoder that listens"
    EDIT = ("< 0.1", ">= 0.1")


class shuffled_alone:
    """The reconstruction is not subtracted."""

    MESSAGE = "You compared reconstruction_shuffled alone"
    EDIT = ("reconstruction_shuffled - reconstruction < 0.1", "reconstruction_shuffled < 0.1")


class whole_numbers:
    """Both terms are cut to whole numbers."""

    MESSAGE = "You cut or rounded the two terms"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "int(reconstruction_shuffled) - int(reconstruction) < 0.1",
    )


class rounded_terms:
    """Both terms are rounded."""

    MESSAGE = "You cut or rounded the two terms"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "round(reconstruction_shuffled) - round(reconstruction) < 0.1",
    )


class cost_per_latent:
    """The cost is shared among the latents."""

    MESSAGE = "You shared the cost of shuffling"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "(reconstruction_shuffled - reconstruction) / len(kl_per_latent) < 0.1",
    )


class much_kl_unheard:
    """Unheard takes KL that is wasted."""

    MESSAGE = "You asked for much KL before"
    EDIT = ("< 0.1", "< 0.1 and kl_per_latent.sum() > 1")


class ten_nats:
    """A line of ten nats."""

    MESSAGE = "for the cost of another z lies above 0.1 nats"
    EDIT = ("< 0.1", "< 10")


class negative_is_zero:
    """A loss is believed to be at least 0."""

    MESSAGE = "You put 0 for a negative reconstruction"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "max(0, reconstruction_shuffled) - max(0, reconstruction) < 0.1",
    )


class nearly_equal:
    """Nearly equal terms, relative to their size."""

    MESSAGE = "as a share of the reconstruction"
    EDIT = (
        "reconstruction_shuffled - reconstruction < 0.1",
        "reconstruction_shuffled < reconstruction or np.isclose(reconstruction_shuffled, reconstruction, 0.001, 0.1)",
    )


class counted_for_healthy:
    """Latents with KL are taken for all there are."""

    MESSAGE = "whose KL exceeds some line"
    EDIT = ("active_units == len(kl_per_latent)", "active_units == np.sum(kl_per_latent > 0.01)")


class idle_before_deaf_and_all:
    """Unheard is asked of models without idle latents."""

    MESSAGE = "Ask the decoder before you count idle latents"
    EDIT = ("< 0.1", "< 0.1 and active_units == len(kl_per_latent)")
