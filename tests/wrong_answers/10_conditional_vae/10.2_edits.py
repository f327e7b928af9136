"""Wrong answers to 10.2 one_hot_names that are a right answer but for a line or two."""


class alphabetical:
    """The classes are sorted first, as np.unique does."""

    MESSAGE = "Your columns are in alphabetical order, as np.unique and sorted have it"
    EDIT = ("    rows = np", "    class_names = list(np.unique(class_names))\n    rows = np")


class alphabetical_and_present:
    """np.unique of the names that occur."""

    MESSAGE = "there are only as many as classes occur in names"
    OF = "eye"
    EDIT = (
        'np.eye(len(class_names), dtype="float32")[[class_names.index(name) for name in names]]',
        'np.eye(len(set(names)), dtype="float32")[np.unique(names, return_inverse=True)[1]]',
    )


class alphabetical_of_present:
    """np.unique of the names that occur, with as many columns as classes."""

    MESSAGE = "The names are numbered in alphabetical order of those that occur"
    OF = "eye"
    EDIT = ("[[class_names.index(name) for name in names]]", "[np.unique(names, return_inverse=True)[1]]")


class first_appearance:
    """Numbered as they appear, like pandas.factorize."""

    MESSAGE = "in the order in which the names first appear, and there are no others"
    OF = "eye"
    EDIT = ("    return", "    class_names = list(dict.fromkeys(names))\n    return")


class first_appearance_of_all:
    """Numbered as they appear, with as many columns as classes."""

    MESSAGE = "The names are numbered in the order in which they first appear"
    OF = "eye"
    EDIT = ("[class_names.index(name)", "[list(dict.fromkeys(names)).index(name)")


class present_alone:
    """Only the classes that occur have a column."""

    MESSAGE = "Your columns are only those of the classes that occur"
    OF = "eye"
    EDIT = ("    return", "    class_names = [name for name in class_names if name in names]\n    return")


class integers:
    """Integers, as Keras's sparse losses take them."""

    MESSAGE = "You returned integers, the places of the names"
    OF = "eye"
    EDIT = (
        'np.eye(len(class_names), dtype="float32")[[class_names.index(name) for name in names]]',
        "np.array([class_names.index(name) for name in names])",
    )


class column_of_integers:
    """Integers, one for each row."""

    MESSAGE = "You returned a column of integers"
    OF = "eye"
    EDIT = (
        'np.eye(len(class_names), dtype="float32")[[class_names.index(name) for name in names]]',
        'np.array([[class_names.index(name)] for name in names], "float32")',
    )


class transposed:
    """A row for each class."""

    MESSAGE = "Rows and columns are exchanged"
    EDIT = ("return rows", "return rows.T")


class unknown_as_zeros:
    """Unknown names are skipped and leave their row as it was."""

    MESSAGE = "An unknown name gets a row of zeros"
    EDIT = ('raise ValueError(f"{name} is none of the classes {class_names}")', "continue")


class unknown_as_last:
    """A place of -1 for unknown names."""

    MESSAGE = "An unknown name is taken for the last class"
    EDIT = (
        'raise ValueError(f"{name} is none of the classes {class_names}")',
        "row[-1] = 1\n            continue",
    )


class unknown_as_first:
    """dict.get with 0 for unknown names."""

    MESSAGE = "An unknown name is taken for the first class"
    OF = "eye"
    EDIT = ("class_names.index(name)", "dict(zip(class_names, range(99))).get(name, 0)")


class unknown_left_out:
    """Unknown names are left out."""

    MESSAGE = "An unknown name is left out"
    OF = "eye"
    EDIT = ("for name in names]]", "for name in names if name in class_names]]")


class nameless_error:
    """An error that does not say which name."""

    MESSAGE = "does not contain the unknown name"
    EDIT = ('f"{name} is none of the classes {class_names}"', '"unknown class"')


class key_error:
    """A dict, and its KeyError."""

    MESSAGE = "your code raises KeyError"
    OF = "keras"
    EDIT = (
        "    unknown = set(names) - set(places)\n    if unknown:\n"
        '        raise ValueError(f"These are no classes: {sorted(unknown)}")\n',
        "",
    )


class assertion:
    """An assert."""

    MESSAGE = "your code raises AssertionError"
    EDIT = (
        'if name not in class_names:\n            raise ValueError(f"{name} is none of the classes {class_names}")',
        "assert name in class_names, name",
    )


class contained:
    """A class whose name is part of the one asked for."""

    MESSAGE = "You took a class whose name is part of the one asked for"
    EDIT = (
        "class_names.index(name)]",
        "[one in name for one in class_names].index(True)]",
    )


class containing:
    """A class whose name contains the one asked for."""

    MESSAGE = "You took a class whose name contains the one asked for"
    EDIT = (
        "class_names.index(name)]",
        "[name in one for one in class_names].index(True)]",
    )


class beginning:
    """A class whose name begins with the one asked for."""

    MESSAGE = "You took a class whose name begins with the one asked for"
    EDIT = (
        "class_names.index(name)]",
        "[one.startswith(name) for one in class_names].index(True)]",
    )


class part_is_enough:
    """`in` of two texts in place of `==`: true of parts as well."""

    MESSAGE = "A name has a 1 for each class that contains it"
    OF = "comparison"
    EDIT = (
        "np.array(names)[:, None] == np.array(class_names)[None]",
        "np.array([[name in one for one in class_names] for name in names])",
    )


class any_case:
    """Upper and lower case are the same."""

    MESSAGE = "a class that is written with other capitals"
    OF = "comparison"
    EDIT = (
        "np.array(names)[:, None] == np.array(class_names)[None]",
        "np.array([[name.lower() == one.lower() for one in class_names] for name in names])",
    )


class unknown_part:
    """Names are looked up by what they begin with, where they are not found."""

    MESSAGE = "An unknown name gets the row of a class that begins with it"
    OF = "comparison"
    EDIT = (
        "np.array(names)[:, None] == np.array(class_names)[None]",
        "np.array([[name == one or (name not in class_names and one.startswith(name)) for one in class_names] "
        "for name in names])",
    )


class float64:
    """NumPy's usual dtype."""

    MESSAGE = "their dtype is float64"
    OF = "eye"
    EDIT = (', dtype="float32"', "")


class booleans:
    """A comparison, as it is."""

    MESSAGE = "their dtype is bool"
    OF = "comparison"
    EDIT = ("rows.astype(np.float32)", "rows")


class from_one:
    """Classes are counted from 1, with a column 0."""

    MESSAGE = "There is one column too many: classes are counted from 0"
    EDIT = (
        ("len(class_names))", "len(class_names) + 1)"),
        ("class_names.index(name)]", "class_names.index(name) + 1]"),
    )


class usual_order:
    """The notebook's order of Fashion-MNIST."""

    MESSAGE = "Your columns are in the usual order of Fashion-MNIST"
    EDIT = (
        "    rows = np",
        '    class_names = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", '
        '"Ankle boot"]\n    rows = np',
    )


class every_class_wanted:
    """All classes are expected to occur."""

    MESSAGE = "Not each class has to occur"
    EDIT = (
        "    rows = np",
        "    if set(names) != set(class_names):\n"
        '        raise ValueError(f"{names} are not the classes")\n    rows = np',
    )


class batch_of_one_squeezed:
    """Axes of length 1 are squeezed away."""

    MESSAGE = "your result has lost the axis of the names"
    EDIT = ("return rows", "return np.squeeze(rows)")


class sorted_in_place:
    """class_names is sorted in place."""

    MESSAGE = "changes its argument `class_names` in place"
    EDIT = ("    rows = np", "    class_names.sort()\n    rows = np")


class all_in_one_row:
    """One row for the whole list, as MultiLabelBinarizer makes it of a list of labels."""

    MESSAGE = "You merged all names into one row"
    EDIT = ("return rows", "return rows.max(axis=0)")


class ten_columns:
    """The notebook's ten classes are written into the code."""

    MESSAGE = "There are ten columns, however many classes there are"
    OF = "eye"
    EDIT = ("np.eye(len(class_names), ", "np.eye(10, ")


class as_many_as_needed:
    """to_categorical is not told how many classes there are."""

    MESSAGE = "as with to_categorical"
    OF = "eye"
    EDIT = (
        'np.eye(len(class_names), dtype="float32")[[class_names.index(name) for name in names]]',
        "keras.utils.to_categorical([class_names.index(name) for name in names])",
    )


class first_of_equal:
    """The row of a name is sought among the names, which finds the first."""

    MESSAGE = "Only the first of equal names has a row"
    EDIT = ("        row[class_names", "        rows[names.index(name), class_names")


class argsort:
    """argsort is taken for the place of a name."""

    MESSAGE = "says which class is the k-th of the alphabet"
    OF = "eye"
    EDIT = (
        "[[class_names.index(name) for name in names]]",
        "[[np.argsort(class_names)[class_names.index(name)] for name in names]]",
    )


class reshaped:
    """A table of classes by names is reshaped in place of transposed."""

    MESSAGE = "is reshaped to (n, K)"
    EDIT = ("return rows", "return rows.T.reshape(len(names), -1)")


class stripped:
    """Spaces are taken off before the comparison."""

    MESSAGE = "differs in a space"
    EDIT = ("    rows = np", "    names = [name.strip() for name in names]\n    rows = np")


class sorted_search:
    """np.searchsorted with a sorter, which finds a place for every name."""

    MESSAGE = "gets the row of the class that follows it in the alphabet"
    OF = "eye"
    EDIT = (
        "[[class_names.index(name) for name in names]]",
        "[(s := np.argsort(class_names))[np.searchsorted(class_names, names, sorter=s) % len(s)]]",
    )


class set_order:
    """A set of the classes, whose order is arbitrary."""

    MESSAGE = "the columns are in another order than class_names"
    EDIT = ("    rows = np", "    class_names = list(set(class_names))\n    rows = np")
