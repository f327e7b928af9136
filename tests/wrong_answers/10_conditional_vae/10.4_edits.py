"""Wrong answers to 10.4 agreement_and_diversity that are a right answer but for a line or two."""


class all_together:
    """The spread of all samples, whichever class they are of."""

    MESSAGE = "Diversity: you took all samples together"
    EDIT = (
        (
            "np.unique(asked, return_counts=True)",
            "np.unique(0 * asked, return_counts=True)",
        ),
        ("distances[np.ix_(asked == c, asked == c)]", "distances"),
    )


class with_itself:
    """The mean of the whole table of distances, its diagonal too."""

    MESSAGE = "Diversity: you counted the pairs of a sample with itself"
    EDIT = (".sum() / (n * (n - 1))", ".mean()")


class of_the_judged:
    """Grouped by what the classifier says."""

    MESSAGE = "Diversity: you grouped the samples by the judged class"
    EDIT = (
        ("np.unique(asked, return_counts=True)", "np.unique(judged, return_counts=True)"),
        ("np.ix_(asked == c, asked == c)", "np.ix_(judged == c, judged == c)"),
    )


class mean_over_pixels:
    """A mean squared error between two samples."""

    MESSAGE = "Diversity: you averaged over the numbers of an image"
    EDIT = ("np.sum((points", "np.mean((points")


class by_size:
    """Classes weighted by how many samples they have."""

    MESSAGE = "Diversity: you weighted the classes by their numbers of samples"
    EDIT = ("np.mean(within)", "np.average(within, weights=counts[counts > 1])")


class by_pairs:
    """One mean over the pairs of all classes."""

    MESSAGE = "Diversity: you took one mean over the pairs of all classes"
    EDIT = ("np.mean(within)", "np.average(within, weights=(counts * (counts - 1))[counts > 1])")


class variance:
    """The unbiased variance."""

    MESSAGE = "Diversity: you took half of the mean squared distance"
    OF = "variances"
    EDIT = ("2 * members", "members")


class variance_of_n:
    """The variance as NumPy has it by default."""

    MESSAGE = "Diversity: you took the variance, which divides by n"
    OF = "variances"
    EDIT = ("2 * members.var(axis=0, ddof=1)", "members.var(axis=0)")


class twice_the_variance_of_n:
    """Twice the variance, with NumPy's default ddof."""

    MESSAGE = "Diversity: you counted the pairs of a sample with itself"
    OF = "variances"
    EDIT = (", ddof=1", "")


class stddev:
    """The mean variance of a pixel."""

    MESSAGE = "Diversity: two mistakes together. You took half of the mean squared distance"
    OF = "variances"
    EDIT = ("2 * members.var(axis=0, ddof=1).sum()", "members.var(axis=0, ddof=1).mean()")


class roots:
    """Distances, not squared ones."""

    MESSAGE = "Diversity: you took roots. The squared distance"
    EDIT = (
        "np.sum((points[:, None] - points[None]) ** 2, axis=-1)",
        "np.linalg.norm(points[:, None] - points, axis=-1)",
    )


class root_at_the_end:
    """The root of the mean."""

    MESSAGE = "Diversity: you took the root of the mean"
    EDIT = ("np.mean(within)", "np.sqrt(np.mean(within))")


class agreed_alone:
    """Only the samples that are judged right."""

    MESSAGE = "Diversity: you left out the samples that are not judged as asked"
    OF = "variances"
    EDIT = ("images[asked == c]", "images[(asked == c) & (judged == c)]")


class absolute:
    """Absolute differences."""

    MESSAGE = "Diversity: you took absolute differences"
    EDIT = ("(points[:, None] - points[None]) ** 2", "np.abs(points[:, None] - points[None])")


class lonely_as_zero:
    """A class with one sample has diversity 0."""

    MESSAGE = "Diversity: you counted a class with a single sample as 0"
    EDIT = (("(n * (n - 1))", "max(1, n * (n - 1))"), ("        if n > 1\n", ""))


class lonely_divided_by_zero:
    """A class with one sample is not thought of."""

    MESSAGE = "Some classes have a single sample, and so no pair"
    EDIT = ("        if n > 1\n", "")


class added_up:
    """The sum over the classes."""

    MESSAGE = "Diversity: you added up over the classes"
    EDIT = ("np.mean(within)", "np.sum(within)")


class pairs_added_up:
    """The sum over the pairs."""

    MESSAGE = "Diversity: you added up over the pairs"
    OF = "pairs"
    EDIT = ("sum(distances) / len(distances)", "sum(distances)")


class neighbours:
    """Each sample is compared with the one behind it."""

    MESSAGE = "Diversity: you compared only samples that follow each other"
    OF = "pairs"
    EDIT = ("combinations(places, 2)", "zip(places, places[1:])")


class bytes:
    """Images are subtracted in the dtype they have."""

    MESSAGE = "Diversity: you subtract in uint8"
    EDIT = (".astype(float)", "")


class exchanged:
    """The diversity comes first."""

    MESSAGE = "Agreement: you returned the diversity"
    EDIT = ("return np.mean(asked == judged), np.mean(within)", "return np.mean(within), np.mean(asked == judged)")


class disagreement:
    """The share that does not agree."""

    MESSAGE = "Agreement: you returned the share of samples that are *not*"
    EDIT = ("np.mean(asked == judged)", "np.mean(asked != judged)")


class counted:
    """How many agree."""

    MESSAGE = "Agreement: you counted the samples that agree"
    EDIT = ("np.mean(asked == judged)", "np.sum(asked == judged)")


class percent:
    """A percentage."""

    MESSAGE = "Agreement: you returned a percentage"
    EDIT = ("np.mean(asked == judged)", "100 * np.mean(asked == judged)")


class mean_over_classes:
    """The mean of the classes' shares."""

    MESSAGE = "Agreement: you averaged the shares of the asked classes"
    EDIT = ("np.mean(asked == judged)", "np.mean([np.mean(judged[asked == c] == c) for c in classes])")


class precision:
    """The mean of the judged classes' shares."""

    MESSAGE = "Agreement: you averaged the shares of the judged classes"
    EDIT = ("np.mean(asked == judged)", "np.mean([np.mean(asked[judged == c] == c) for c in np.unique(judged)])")


class together_and_itself:
    """All samples together, and the whole table."""

    MESSAGE = "You took all samples together. Only pairs within a class count: two classes differ anyway. You "
    "counted the"
    EDIT = ("np.mean(within)", "distances.mean()")


class mean_and_itself:
    """Means everywhere: over pixels, and over the whole table of a class."""

    MESSAGE = "not n^2. You averaged over the numbers"
    EDIT = ((".sum() / (n * (n - 1))", ".mean()"), ("np.sum((points", "np.mean((points"))


class one_number:
    """The diversity alone."""

    MESSAGE = "Return two numbers, agreement and diversity"
    EDIT = ("np.mean(asked == judged), np.mean(within)", "np.mean(within)")


class one_per_class:
    """A diversity for each class."""

    MESSAGE = "The diversity should be one number"
    EDIT = ("np.mean(within)", "np.array([*within, 0.0, 0.0])")


class stddevs:
    """The mean standard deviation of a pixel."""

    MESSAGE = "Diversity: you took standard deviations"
    OF = "variances"
    EDIT = ("2 * members.var(axis=0, ddof=1).sum()", "members.std(axis=0).mean()")


class whole_table:
    """All places of the table in which both samples are of the same class."""

    MESSAGE = "Diversity: you took one mean over all places of the table"
    EDIT = ("np.mean(within)", "distances[asked[:, None] == asked[None]].mean()")


class overwritten:
    """The last class overwrites those before."""

    MESSAGE = "Diversity: it is that of the last class alone"
    EDIT = ("np.mean(within)", "within[-1]")


class numbered_anew:
    """Both kinds of classes are numbered from 0 before they are compared."""

    MESSAGE = "you numbered the classes anew"
    EDIT = (
        "np.mean(asked == judged)",
        "np.mean(np.unique(asked, return_inverse=True)[1] == np.unique(judged, return_inverse=True)[1])",
    )


class twice_the_mean:
    """The whole table is divided by the number of unordered pairs."""

    MESSAGE = "each pair stands twice"
    EDIT = ("(n * (n - 1))", "(n * (n - 1) / 2)")


class per_partner:
    """The sum is divided by n - 1."""

    MESSAGE = "you divided the sum over the pairs by n - 1"
    EDIT = ("(n * (n - 1))", "(n - 1)")


class per_sample:
    """The sum is divided by n."""

    MESSAGE = "you divided the sum over the pairs by n."
    EDIT = ("(n * (n - 1))", "n")


class equal_images_dropped:
    """Pairs of equal images do not seem to be pairs of different samples."""

    MESSAGE = "you left out images that equal another, or their pairs"
    EDIT = (
        "distances[np.ix_(asked == c, asked == c)].sum() / (n * (n - 1))",
        "(d := distances[np.ix_(asked == c, asked == c)]).sum() / max(1, np.count_nonzero(d))",
    )


class unique_images:
    """np.unique drops equal images."""

    MESSAGE = "you left out images that equal another, or their pairs"
    OF = "variances"
    EDIT = (
        (
            '        members = images[asked == c].astype("float64")',
            '        members = np.unique(images[asked == c].reshape(np.sum(asked == c), -1).astype("float64"), axis=0)',
        ),
        ("float(np.mean(found))", "float(np.mean(found or [0]))"),
    )


class three_samples:
    """A variance is thought to need three samples."""

    MESSAGE = "you left out classes with two samples"
    EDIT = ("if n > 1", "if n > 2")


class true_classes:
    """Class 0 counts as False."""

    MESSAGE = "you left out class 0"
    EDIT = ("if n > 1", "if c and n > 1")


class up_to_the_largest:
    """Classes are counted from 0 to the largest."""

    MESSAGE = "you left out classes below 0"
    OF = "variances"
    EDIT = ("for c in np.unique(asked):", "for c in range(np.max(asked) + 1):")


class ten_classes:
    """Classes are 0 to 9."""

    MESSAGE = "You took the classes to be 0 to 9"
    OF = "variances"
    EDIT = ("for c in np.unique(asked):", "for c in range(10):")


class numbered_classes:
    """Classes are numbered from 0."""

    MESSAGE = "You took the classes to be 0, 1, 2"
    OF = "variances"
    EDIT = ("for c in np.unique(asked):", "for c in range(len(np.unique(asked))):")


class one_variance:
    """One variance over all pixels."""

    MESSAGE = "you took one variance over all numbers of a class"
    OF = "variances"
    EDIT = ("members.var(axis=0, ddof=1).sum()", "members.var(ddof=1)")


class scaled:
    """Images are scaled from 255 to 1."""

    MESSAGE = "you divided the images by 255"
    EDIT = (".astype(float)", ".astype(float) / 255")


class whole_numbers:
    """Images are converted to integers."""

    MESSAGE = "you converted the images to integers"
    EDIT = (".astype(float)", ".astype(int)")


class divided_by_ten:
    """The sum over classes is divided by ten."""

    MESSAGE = "How many classes there are is up to asked"
    EDIT = ("np.mean(within)", "np.sum(within) / 10")


class ten_classes_reshaped:
    """Classes are 0 to 9, and the images of one that does not occur cannot be reshaped."""

    MESSAGE = "Your code runs where each of the classes 0 to 9 is asked for"
    EDIT = (
        ("zip(classes, counts, strict=True)", "((c, np.sum(asked == c)) for c in range(10))"),
        ("        if n > 1", "        if np.reshape(points[asked == c], (n, -1)).shape[0] > 1"),
    )
