"""Wrong answers to 06.2 map_scores that are a right answer but for a line or two."""


class sorted_once:
    """The first fault is left: argsort is taken for the ranks."""

    MESSAGE = "`np.argsort` says which point stands at each place"
    EDIT = ("[places.argsort(axis=1) for places in order]", "order")


class itself_counted:
    """The second fault is left: rank 0, the point itself, is one of the k."""

    MESSAGE = "counted among its own k neighbours"
    EDIT = (
        ("(on_map <= k) & (in_data > k)", "(on_map < k) & (in_data >= k)"),
        ("(in_data <= k) & (on_map > k)", "(in_data < k) & (on_map >= k)"),
    )


class negative_penalty:
    """The third fault is left: a lost neighbour is punished by its rank in the data."""

    MESSAGE = "the penalty is negative"
    EDIT = ("np.sum((on_map - k)[lost_neighbours])", "np.sum((in_data - k)[lost_neighbours])")


class one_fault_found:
    """Only the fault that shows, a score above 1, is mended."""

    MESSAGE = "Who is among a point's own neighbours?"
    EDIT = (
        ("[places.argsort(axis=1) for places in order]", "order"),
        ("(on_map <= k) & (in_data > k)", "(on_map < k) & (in_data >= k)"),
        ("(in_data <= k) & (on_map > k)", "(in_data < k) & (on_map >= k)"),
    )


class sign_turned:
    """The negative penalty is made positive by an absolute value."""

    MESSAGE = "an absolute value does not change"
    EDIT = ("np.sum((on_map - k)[lost_neighbours])", "np.sum(np.abs(in_data - k)[lost_neighbours])")


class exchanged:
    """The two are returned in the wrong order."""

    MESSAGE = "The two scores are exchanged"
    EDIT = ("return trustworthiness, continuity", "return continuity, trustworthiness")


class rank_not_excess:
    """Each stranger costs its rank."""

    MESSAGE = "not by how far that rank lies beyond k"
    EDIT = (("(in_data - k)[false", "in_data[false"), ("(on_map - k)[lost", "on_map[lost"))


class counted:
    """Strangers are counted."""

    MESSAGE = "each as 1"
    EDIT = (
        ("np.sum((in_data - k)[false_neighbours])", "np.sum(false_neighbours)"),
        ("np.sum((on_map - k)[lost_neighbours])", "np.sum(lost_neighbours)"),
    )


class share_kept:
    """The share of neighbours that are kept, in place of both."""

    MESSAGE = "the share of the k neighbours that are the same"
    EDIT = (
        ("1 - factor * np.sum((in_data - k)[false_neighbours])", "1 - false_neighbours.sum() / (len(x) * k)"),
        ("1 - factor * np.sum((on_map - k)[lost_neighbours])", "1 - lost_neighbours.sum() / (len(x) * k)"),
    )


class ranks_from_zero:
    """The nearest other point gets rank 0."""

    MESSAGE = "Your ranks begin at 0"
    EDIT = ("places.argsort(axis=1) for", "places.argsort(axis=1) - 1 for")


class both_the_same:
    """Continuity is computed like trustworthiness, with its own names only."""

    MESSAGE = "trustworthiness twice"
    EDIT = ("return trustworthiness, continuity", "return trustworthiness, trustworthiness")


class penalties:
    """The 1 in front is forgotten."""

    MESSAGE = "You left out the 1 -"
    EDIT = (
        ("1 - factor * np.sum((in_data", "factor * np.sum((in_data"),
        ("1 - factor * np.sum((on_map", "factor * np.sum((on_map"),
    )


class without_the_two:
    """The factor's 2 is lost."""

    MESSAGE = "has a 2 above the line"
    EDIT = ("factor = 2 /", "factor = 1 /")


class mean_penalty:
    """The penalties are averaged over the neighbours."""

    MESSAGE = "over the n k neighbours"
    EDIT = ("2 / (len(x) * k * (2 * len(x) - 3 * k - 1))", "1 / (len(x) * k)")


class not_by_n:
    """The number of points is left out of the factor."""

    MESSAGE = "not divided by n"
    EDIT = ("2 / (len(x) * k *", "2 / (k *")


class manhattan:
    """Absolute differences are added up."""

    MESSAGE = "Manhattan"
    EDIT = (
        "np.linalg.norm(points[:, None] - points[None], axis=2)",
        "np.abs(points[:, None] - points[None]).sum(axis=2)",
    )


class one_score_per_point:
    """A sum over the neighbours of each point, none over the points."""

    MESSAGE = "one for each of the"
    EDIT = (
        ("np.sum((in_data - k)[false_neighbours])", "np.sum((in_data - k) * false_neighbours, axis=1)"),
        ("np.sum((on_map - k)[lost_neighbours])", "np.sum((on_map - k) * lost_neighbours, axis=1)"),
    )


class one_score:
    """Only one of the two is returned."""

    MESSAGE = "Received one: "
    EDIT = ("return trustworthiness, continuity", "return continuity")


class standardised:
    """The data are standardised first, out of habit."""

    MESSAGE = "You standardised the data first"
    EDIT = ("    order =", "    x = (x - x.mean(axis=0)) / x.std(axis=0)\n    order =")


class all_far_points:
    """All far points are punished, shown as neighbours or not."""

    MESSAGE = "whether the map shows them as neighbours or not"
    EDIT = (("(on_map <= k) & (in_data > k)", "in_data > k"), ("(in_data <= k) & (on_map > k)", "on_map > k"))


class library_and_sorted_once:
    """Trustworthiness by the library; the first fault is left in continuity."""

    MESSAGE = "`np.argsort` says which point stands at each place"
    EDIT = (
        (
            "    return trustworthiness, continuity",
            "    import sklearn.manifold as m\n\n    return m.trustworthiness(x, plane, n_neighbors=k), continuity",
        ),
        ("[places.argsort(axis=1) for places in order]", "order"),
    )


class itself_counted_in_trust:
    """The second fault is mended in continuity alone."""

    MESSAGE = "counted among its own k neighbours"
    EDIT = ("(on_map <= k) & (in_data > k)", "(on_map < k) & (in_data >= k)")


class cut_off:
    """What is larger than 1 is cut off."""

    MESSAGE = "You cut the scores off"
    EDIT = (
        ("np.sum((on_map - k)[lost_neighbours])", "np.sum((in_data - k)[lost_neighbours])"),
        ("return trustworthiness, continuity", "return min(trustworthiness, 1), min(continuity, 1)"),
    )


class plane_of_two:
    """A map is believed to have two dimensions."""

    MESSAGE = "first two numbers of each point on the map"
    EDIT = ("    order =", "    plane = plane[:, :2]\n    order =")


class always_ten:
    """Always ten neighbours."""

    MESSAGE = "always took 10 neighbours"
    EDIT = ("    order =", "    k = 10\n    order =")


class columns_sorted:
    """The second sort runs along the other axis."""

    MESSAGE = "A sort runs along the wrong axis"
    EDIT = ("places.argsort(axis=1)", "places.argsort(axis=0)")


class trust_by_the_map:
    """False neighbours are punished by their ranks on the map."""

    MESSAGE = "by their ranks on the map, where they are near"
    EDIT = ("(in_data - k)[false", "(on_map - k)[false")


class mean_over_false:
    """The penalties are averaged."""

    MESSAGE = "mean over the points that get a penalty"
    EDIT = (("np.sum((in_data", "np.mean((in_data"), ("np.sum((on_map", "np.mean((on_map"))


class itself_first:
    """Ranks by SciPy, which gives the point itself the rank 1."""

    OF = "rankdata"
    MESSAGE = "begin at 1 for the point itself"
    EDIT = (", axis=1) - 1 for", ", axis=1) for")


class moved_places:
    """A penalty is how far the rank has moved."""

    MESSAGE = "how many places it has moved"
    EDIT = (("(in_data - k)[false", "(in_data - on_map)[false"), ("(on_map - k)[lost", "(on_map - in_data)[lost"))


class brackets_missing:
    """Division, then multiplication by what should stand below the line."""

    MESSAGE = "In the factor, a bracket is missing"
    EDIT = ("2 / (len(x) * k * (2 * len(x) - 3 * k - 1))", "2 / (len(x) * k) * (2 * len(x) - 3 * k - 1)")


class mean_of_both:
    """One quality for both."""

    MESSAGE = "the mean of the two scores twice"
    EDIT = ("return trustworthiness, continuity", "return 2 * ((trustworthiness + continuity) / 2,)")


class percentages:
    """Out of a hundred."""

    MESSAGE = "You returned percentages"
    EDIT = ("return trustworthiness, continuity", "return 100 * trustworthiness, 100 * continuity")
