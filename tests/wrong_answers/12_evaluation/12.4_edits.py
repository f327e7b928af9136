"""Wrong answers to 12.4 fair_distances that are a right answer but for a line or two."""


class all_rows:
    """Nothing is cut."""

    MESSAGE = "Nothing is cut"
    EDIT = ("frechet_distance(features[:n], test[:n])", "frechet_distance(features, test)")


class against_training:
    """One fault is left."""

    MESSAGE = "The models are compared with the training images"
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "return {name: frechet_distance(features[:n], (test if name == 'floor' else train)[:n]) for "
        "name, features in sets.items()}",
    )


class no_floor:
    """The floor is missing."""

    MESSAGE = 'The key "floor" is missing'
    EDIT = ("name, features in sets.items()}", "name, features in models.items()}")


class unchanged:
    """The broken code with the name of the right one."""

    MESSAGE = (
        "Nothing is cut: each set has as many rows as it came with. A small set then looks worse "
        "than a large one; cut them all to one n.\n"
        "Also: The models are compared with the training images. A model that hands those out "
        "wins. Compare with the test images.\n"
        'Also: The key "floor" is missing: the distance between validation and test images.'
    )
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "return {name: frechet_distance(features, train) for name, features in models.items()}",
    )


class all_rows_and_training:
    """Only the floor is added."""

    MESSAGE = (
        "Nothing is cut: each set has as many rows as it came with. A small set then looks worse "
        "than a large one; cut them all to one n.\n"
        "Also: The models are compared with the training images. A model that hands those out "
        "wins. Compare with the test images."
    )
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "return {name: frechet_distance(features, test if name == 'floor' else train) for name, features "
        "in sets.items()}",
    )


class all_rows_and_no_floor:
    """Only the reference is repaired."""

    MESSAGE = (
        "Nothing is cut: each set has as many rows as it came with. A small set then looks worse "
        "than a large one; cut them all to one n.\n"
        'Also: The key "floor" is missing: the distance between validation and test images.'
    )
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "return {name: frechet_distance(features, test) for name, features in models.items()}",
    )


class training_and_no_floor:
    """Only n is repaired."""

    MESSAGE = (
        "The models are compared with the training images. A model that hands those out wins. "
        "Compare with the test images.\n"
        'Also: The key "floor" is missing: the distance between validation and test images.'
    )
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "return {name: frechet_distance(features[:n], train[:n]) for name, features in models.items()}",
    )


class pair_by_pair:
    """Each distance has an n of its own."""

    MESSAGE = "Each distance has an n of its own"
    EDIT = (
        "frechet_distance(features[:n], test[:n])",
        "frechet_distance(features[: min(len(features), len(test))], test[: min(len(features), len(test))])",
    )


class smallest_model:
    """Only the models are counted."""

    MESSAGE = "Your n is that of the smallest model"
    EDIT = (
        "n = min(len(test), *(len(features) for features in sets.values()))",
        "n = min(len(f) for f in models.values())",
    )


class without_validation:
    """Validation images are not counted."""

    MESSAGE = "Validation images are left out of your n"
    EDIT = ("in sets.values()))", "in models.values()))")


class without_test:
    """Test images are not counted."""

    MESSAGE = "Test images are left out of your n"
    EDIT = ("min(len(test), *(len(features) for features in sets.values()))", "min(len(f) for f in sets.values())")


class real_images_only:
    """Models are not counted."""

    MESSAGE = "The models are left out of your n"
    EDIT = ("min(len(test), *(len(features) for features in sets.values()))", "min(len(test), len(validation))")


class training_counted:
    """Training images are counted."""

    MESSAGE = "Training images play no part, not even in n"
    EDIT = ("min(len(test),", "min(len(test), len(train),")


class last_rows:
    """The last rows."""

    MESSAGE = "You took the last n rows"
    EDIT = ("frechet_distance(features[:n], test[:n])", "frechet_distance(features[-n:], test[-n:])")


class random_rows:
    """Rows drawn at random."""

    MESSAGE = "two different results. Take the first n rows"
    EDIT = (
        "frechet_distance(features[:n], test[:n])",
        "frechet_distance(np.random.permutation(features)[:n], np.random.permutation(test)[:n])",
    )


class against_validation:
    """Validation images are the reference, and the floor."""

    MESSAGE = "The models are compared with the validation images"
    EDIT = (
        "frechet_distance(features[:n], test[:n])",
        "frechet_distance(features[:n], (test if name == 'floor' else validation)[:n])",
    )


class floor_of_training_and_test:
    """Training images in the floor."""

    MESSAGE = 'The "floor" is the distance between training and test images'
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "found = {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}\n"
        "    return found | {'floor': frechet_distance(train[:n], test[:n])}",
    )


class floor_of_nothing:
    """The floor of test images with themselves."""

    MESSAGE = 'Your "floor" is 0, as is the distance'
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "found = {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}\n"
        "    return found | {'floor': frechet_distance(test[:n], test[:n])}",
    )


class floor_of_halves:
    """Two halves of the test images."""

    MESSAGE = "two halves of the test images"
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "found = {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}\n"
        "    return found | {'floor': frechet_distance(test[: n // 2], test[n // 2 : n])}",
    )


class floor_uncut:
    """The floor of all rows."""

    MESSAGE = 'The "floor" has all rows of its sets'
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "found = {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}\n"
        "    return found | {'floor': frechet_distance(validation, test)}",
    )


class floor_of_its_own:
    """The floor has an n of its own."""

    MESSAGE = 'The "floor" has an n of its own'
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "m = min(len(test), len(validation))\n"
        "    found = {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}\n"
        "    return found | {'floor': frechet_distance(validation[:m], test[:m])}",
    )


class test_uncut:
    """One side is cut."""

    MESSAGE = "You cut the first set of each distance and not the second"
    EDIT = ("features[:n], test[:n]", "features[:n], test")


class roots:
    """The root of the distance."""

    MESSAGE = "You took the root of the distance"
    EDIT = ("frechet_distance(features[:n], test[:n])", "np.sqrt(frechet_distance(features[:n], test[:n]))")


class one_too_few:
    """A row is lost."""

    MESSAGE = "Your n is one too small"
    EDIT = ("min(len(test),", "-1 + min(len(test),")


class a_list:
    """The numbers without names."""

    MESSAGE = "should return a dict"
    EDIT = (
        "{name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "[frechet_distance(features[:n], test[:n]) for features in sets.values()]",
    )


class n_returned:
    """The n is returned as well."""

    MESSAGE = "It also has 'n'"
    EDIT = ("    return {name:", '    return {"n": n} | {name:')


class training_for_validation:
    """Training images in the place of validation images, everywhere."""

    MESSAGE = (
        "Your n counts training images, which play no part, and leaves out validation images.\n"
        'Also: The "floor" is the distance between training and test images. The models were '
        "trained on the former: take validation and test images."
    )
    EDIT = ('"floor": validation}', '"floor": train}')


class test_for_validation:
    """Test images in the place of validation images, everywhere."""

    MESSAGE = (
        "Validation images are left out of your n, and they may be the smallest set.\n"
        'Also: Your "floor" is 0, as is the distance from the test images to themselves. '
        "Two sets of real images differ by chance: take validation and test images."
    )
    EDIT = ('"floor": validation}', '"floor": test}')


class two_sizes:
    """One n for the models, another for the floor."""

    MESSAGE = "You have two n, one for the models"
    EDIT = (
        "    n = min(len(test), *(len(features) for features in sets.values()))\n    return {name: frechet_distance("
        "features[:n], test[:n]) for name, features in sets.items()}",
        "    n, m = min(len(features) for features in models.values()), min(len(test), len(validation))\n"
        "    found = {name: frechet_distance(features[:n], test[:n]) for name, features in models.items()}\n"
        "    return found | {'floor': frechet_distance(validation[:m], test[:m])}",
    )


class floor_taken_off:
    """Distances above the floor."""

    MESSAGE = "You subtracted the floor"
    EDIT = (
        "return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}",
        "floor = frechet_distance(validation[:n], test[:n])\n"
        "    found = {name: frechet_distance(features[:n], test[:n]) - floor for name, features in models.items()}\n"
        "    return found | {'floor': floor}",
    )


class one_size_with_training_images:
    """One n, but everything else as in the broken code."""

    MESSAGE = (
        "Your n counts training images, which play no part, and leaves out validation and test images, which may be "
        "fewer.\n"
        "Also: The models are compared with the training images. A model that hands those out wins. Compare with the "
        "test images.\n"
        'Also: The key "floor" is missing: the distance between validation and test images.'
    )
    EDIT = (
        ('{**models, "floor": validation}', "models"),
        ("min(len(test),", "min(len(train),"),
        ("test[:n]", "train[:n]"),
    )
