"""Wrong answers to 06.3 precision_at_k that are a right answer but for a line or two."""


class finds_itself:
    """The query stays in the list and is always a hit."""

    MESSAGE = "finds itself first"
    EDIT = ("    np.fill_diagonal(distances, np.inf)\n", "")


class first_dropped:
    """The first of the sorted list is believed to be the query, whatever twins there are."""

    MESSAGE = "drops the first of the sorted neighbours"
    EDIT = (
        ("    np.fill_diagonal(distances, np.inf)\n", ""),
        ("np.argsort(distances, axis=1)[:, :k]", 'np.argsort(distances, axis=1, kind="stable")[:, 1 : k + 1]'),
    )


class zeros_dropped:
    """Everything at distance 0 is believed to be the query."""

    MESSAGE = "leaves out every item at distance 0"
    EDIT = ("np.fill_diagonal(distances, np.inf)", "distances[distances == 0] = np.inf")


class one_more_taken:
    """The query is left in, and one more is taken to make up for it."""

    MESSAGE = "divided by k + 1"
    EDIT = (("    np.fill_diagonal(distances, np.inf)\n", ""), ("[:, :k]", "[:, : k + 1]"))


class one_fewer:
    """The query is no hit, but takes one of the k places."""

    MESSAGE = "it still takes one of the k places"
    EDIT = (
        ("    np.fill_diagonal(distances, np.inf)\n", ""),
        (
            "labels[found] == labels[:, None]",
            "(labels[found] == labels[:, None]) & (found != np.arange(len(codes))[:, None])",
        ),
    )


class recall:
    """Hits are divided by how many there are to find."""

    MESSAGE = "that is recall"
    EDIT = (
        "np.mean(labels[found] == labels[:, None])",
        "np.mean([(labels[f] == l).sum() / max(1, (labels == l).sum() - 1) for f, l in zip(found, labels)])",
    )


class vote:
    """A classifier: the neighbours vote."""

    MESSAGE = "let the neighbours vote"
    EDIT = (
        "np.mean(labels[found] == labels[:, None])",
        "np.mean([max(sorted(set(v)), key=list(v).count) == l for v, l in zip(labels[found], labels)])",
    )


class any_hit:
    """One hit among the k is enough."""

    MESSAGE = "any neighbour fits"
    EDIT = ("np.mean(labels[found] == labels[:, None])", "np.mean((labels[found] == labels[:, None]).any(axis=1))")


class by_class:
    """Each class counts the same."""

    MESSAGE = "averaged within each class"
    EDIT = (
        "return np.mean(labels[found] == labels[:, None])",
        "share = (labels[found] == labels[:, None]).mean(axis=1)\n"
        "    return np.mean([share[labels == label].mean() for label in set(labels.tolist())])",
    )


class farthest:
    """The list is sorted the other way."""

    MESSAGE = "farthest away."
    EDIT = (("np.inf", "-np.inf"), ("np.argsort(distances", "np.argsort(-distances"))


class cosine:
    """Angles in place of distances, as for text embeddings."""

    MESSAGE = "cosine"
    EDIT = (
        "    distances = np.linalg.norm(codes[:, None] - codes[None], axis=2)",
        "    unit = codes / np.linalg.norm(codes, axis=1, keepdims=True)\n    distances = 1 - unit @ unit.T",
    )


class manhattan:
    """Absolute differences are added up."""

    MESSAGE = "Manhattan"
    EDIT = ("np.linalg.norm(codes[:, None] - codes[None], axis=2)", "np.abs(codes[:, None] - codes[None]).sum(axis=2)")


class always_ten:
    """The lesson's ten neighbours."""

    MESSAGE = "always took 10 neighbours"
    EDIT = ("[:, :k]", "[:, :10]")


class kth_alone:
    """Only the k-th neighbour is looked at."""

    MESSAGE = "the k-th neighbour alone"
    EDIT = ("[:, :k]", "[:, k - 1 : k]")


class per_query:
    """One share per query, no mean over them."""

    MESSAGE = "one number for each of the"
    EDIT = ("np.mean(labels[found] == labels[:, None])", "np.mean(labels[found] == labels[:, None], axis=1)")


class hits:
    """Hits per query, not their share."""

    MESSAGE = "hits per query"
    EDIT = ("np.mean(labels[found] == labels[:, None])", "np.mean(np.sum(labels[found] == labels[:, None], axis=1))")


class per_cent:
    """In per cent."""

    MESSAGE = "a percentage"
    EDIT = ("return np.mean", "return 100 * np.mean")


class standardised:
    """Codes are standardised first."""

    MESSAGE = "You standardised the codes"
    EDIT = ("    distances =", "    codes = (codes - codes.mean(axis=0)) / codes.std(axis=0)\n    distances =")


class notebooks_codes:
    """The notebook's 359 codes are written into the code."""

    MESSAGE = "359 codes of 8 numbers"
    EDIT = ("codes[None], axis=2)", "codes[None], axis=2).reshape(359, 359)")


class ten_classes:
    """Votes are counted in a table of ten classes."""

    MESSAGE = "whole numbers of any size"
    EDIT = (
        "np.mean(labels[found] == labels[:, None])",
        "np.mean([np.bincount(labels[f], minlength=10)[y] / k for f, y in zip(found, labels)])",
    )


class no_new_axis:
    """Labels of shape (n,) beside (n, k)."""

    MESSAGE = "one label beside each row of k"
    EDIT = ("labels[:, None]", "labels")


class one_too_few:
    """The query is dropped, and one neighbour with it."""

    MESSAGE = "only k - 1 others"
    EDIT = (("    np.fill_diagonal(distances, np.inf)\n", ""), ("[:, :k]", "[:, 1:k]"))


class left_out_twice:
    """Infinity on the diagonal, and the first dropped as well."""

    MESSAGE = "The query is left out twice"
    EDIT = ("[:, :k]", "[:, 1 : k + 1]")


class last_k:
    """The end of the list is taken."""

    MESSAGE = "the query itself, at infinity"
    EDIT = ("[:, :k]", "[:, -k:]")


class products:
    """Inner products in place of distances."""

    MESSAGE = "largest products of two codes"
    EDIT = ("np.linalg.norm(codes[:, None] - codes[None], axis=2)", "-(codes @ codes.T)")


class columns_sorted:
    """Columns are sorted, and columns taken."""

    MESSAGE = "Each column was sorted"
    EDIT = ("np.argsort(distances, axis=1)", "np.argsort(distances, axis=0)")


class all_others:
    """argpartition looks for one more than there is."""

    MESSAGE = "but not for k="
    EDIT = ("np.argsort(distances, axis=1)[:, :k]", "np.argpartition(distances, k + 1, axis=1)[:, :k]")


class large_not_infinite:
    """A number that is larger than the notebook's distances."""

    MESSAGE = "distance of each query to itself to some number"
    EDIT = ("np.fill_diagonal(distances, np.inf)", "np.fill_diagonal(distances, 1e3)")


class all_fit:
    """A query counts if all neighbours fit."""

    MESSAGE = "for which all k neighbours fit"
    EDIT = ("np.mean(labels[found] == labels[:, None])", "np.mean(np.all(labels[found] == labels[:, None], axis=1))")


class places_for_labels:
    """The labels of those found are not looked up."""

    MESSAGE = "You compared places in the array with labels"
    EDIT = ("labels[found] ==", "found ==")


class running_precision:
    """The precision at every place up to k."""

    MESSAGE = "You averaged the precision at 1"
    EDIT = (
        "return np.mean(labels[found] == labels[:, None])",
        "return np.mean(np.cumsum(labels[found] == labels[:, None], axis=1) / np.arange(1, k + 1))",
    )


class smallest_products:
    """Products, sorted like distances."""

    MESSAGE = "You took the smallest products"
    EDIT = ("np.linalg.norm(codes[:, None] - codes[None], axis=2)", "1.0 * codes @ codes.T")
