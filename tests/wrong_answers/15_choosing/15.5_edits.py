"""Wrong answers to 15.5 fair_table that are a right answer but for a line or two."""


class unchanged:
    """The broken code with the name of the right one."""

    MESSAGE = (
        "Four things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class choice_left:
    """Only the choice is left as it was."""

    MESSAGE = (
        "You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, "
        "the luckier is the best. Choose by the first run of each setting."
    )
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
    )


class mean_left:
    """Only the mean is left as it was."""

    MESSAGE = "with the tuning run among them"
    EDIT = ("np.mean(final)", "min(distance(x, test) for x in settings[best])")


class stddev_left:
    """Only the stddev is left as it was."""

    MESSAGE = (
        "The runs of other settings count in your stddev. It is that of the final runs of the "
        "chosen setting. And it has ddof=0."
    )
    EDIT = ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])")


class floor_left:
    """Only the floor is left as it was."""

    MESSAGE = 'Your "floor" is 0'
    EDIT = ('"floor": distance(validation, test)}', '"floor": distance(test, test)}')


class choice_and_mean_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
    )


class choice_and_stddev_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
    )


class choice_and_floor_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class mean_and_stddev_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0."
    )
    EDIT = (
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
    )


class mean_and_floor_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class stddev_and_floor_left:
    """Two are left."""

    MESSAGE = (
        "Two things.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class choice_repaired:
    """Three are left."""

    MESSAGE = (
        "Three things.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class mean_repaired:
    """Three are left."""

    MESSAGE = (
        "Three things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class stddev_repaired:
    """Three are left."""

    MESSAGE = (
        "Three things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        '- Your "floor" is 0, as is the distance of a set from itself. Real images differ by chance: '
        "take the validation and the test images."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class floor_repaired:
    """Three are left."""

    MESSAGE = (
        "Three things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images. You chose the setting of the single best run: the more runs there are, the "
        "luckier is the best. Choose by the first run of each setting.\n"
        "- You report the best run of the setting, with the tuning run among them, in place of the mean.\n"
        "- The runs of other settings count in your stddev. It is that of the final runs of the chosen "
        "setting. And it has ddof=0."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, test) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "min(distance(x, test) for x in settings[best])"),
        ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of])"),
    )


class by_test:
    """Tuning runs, judged by the test images."""

    MESSAGE = "which are there to judge it. Choose by the validation images.\nFor"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        "{name: distance(of_setting[0], test) for name, of_setting in settings.items()}",
    )


class by_mean_of_test:
    """The mean over all runs, on the test images."""

    MESSAGE = "Choose by the validation images. You let the final runs have a say"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: np.mean([distance(x, test) for x in of_setting]) for name, of_setting in settings.items()}"),
    )


class by_final_on_test:
    """What is reported decides."""

    MESSAGE = "Choose by the validation images. You let the final runs have a say"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: np.mean([distance(x, test) for x in of_setting[1:]]) for name, of_setting in settings.items()}"),
    )


class by_mean_of_all:
    """All runs decide, on validation images."""

    MESSAGE = "You let the final runs have a say"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: np.mean([distance(x, validation) for x in of_setting]) for name, of_setting in settings.items()}"),
    )


class by_best_of_all:
    """The best run decides, on validation images."""

    MESSAGE = "You chose the setting of the single best run"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: min(distance(x, validation) for x in of_setting) for name, of_setting in settings.items()}"),
    )


class by_final:
    """The final runs decide, on validation images."""

    MESSAGE = "You let the final runs have a say"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: np.mean([distance(x, validation) for x in of_setting[1:]]) for name, of_setting in settings.items()}"),
    )


class largest:
    """The largest distance."""

    MESSAGE = "You chose the setting with the largest distance"
    EDIT = ("best = min(tuning, key=tuning.get)", "best = max(tuning, key=tuning.get)")


class first_setting:
    """No choice."""

    MESSAGE = "You took each model's first setting"
    EDIT = ("best = min(tuning, key=tuning.get)", "best = next(iter(tuning))")


class tuning_counted:
    """All runs are reported."""

    MESSAGE = "The tuning run is counted among the final runs"
    EDIT = (
        "[distance(samples, test) for samples in settings[best][1:]]",
        "[distance(samples, test) for samples in settings[best]]",
    )


class tuning_alone:
    """The tuning run is reported."""

    MESSAGE = "You report the tuning run alone"
    EDIT = (
        ("np.mean(final)", "tuning[best] * 0 + distance(settings[best][0], test)"),
        ("np.std(final, ddof=1)", "np.nan"),
    )


class validation_reported:
    """Distances to validation images."""

    MESSAGE = "You report distances to the validation images"
    EDIT = (
        "[distance(samples, test) for samples in settings[best][1:]]",
        "[distance(samples, validation) for samples in settings[best][1:]]",
    )


class best_reported:
    """The best final run."""

    MESSAGE = "You report the best run of the setting in place of the mean."
    EDIT = ("np.mean(final)", "min(final)")


class median:
    """The median."""

    MESSAGE = "You report the median"
    EDIT = ("np.mean(final)", "np.median(final)")


class ddof_0:
    """NumPy's default."""

    MESSAGE = "Your stddev has ddof=0"
    EDIT = ("np.std(final, ddof=1)", "np.std(final)")


class standard_error:
    """The standard error."""

    MESSAGE = "Your stddev is the standard error"
    EDIT = ("np.std(final, ddof=1)", "np.std(final, ddof=1) / np.sqrt(len(final))")


class variance:
    """The variance."""

    MESSAGE = "Your stddev is the variance, with ddof=1"
    EDIT = ("np.std(final, ddof=1)", "np.var(final, ddof=1)")


class all_in_spread:
    """Spread over all settings."""

    MESSAGE = "of the final runs of the chosen setting.\nFor"
    EDIT = ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of], ddof=1)")


class spread_with_tuning:
    """The tuning run counts in the spread."""

    MESSAGE = "The tuning run counts in your stddev"
    EDIT = ("np.std(final, ddof=1)", "np.std([distance(x, test) for x in settings[best]], ddof=1)")


class no_floor:
    """The floor is missing."""

    MESSAGE = 'The key "floor" is missing'
    EDIT = ('{"floor": distance(validation, test)}', "{}")


class place:
    """The number of the setting."""

    MESSAGE = 'The "setting" of'
    EDIT = ('"setting": best', '"setting": list(settings).index(best)')


class numbers_alone:
    """One number per model."""

    MESSAGE = "should be a dict with"
    EDIT = ('{"setting": best, "mean": np.mean(final), "stddev": np.std(final, ddof=1)}', "np.mean(final)")


class rounded:
    """Rounded for the table."""

    MESSAGE = "You rounded your numbers to 2 decimals"
    EDIT = (
        (
            'np.mean(final), "stddev": np.std(final, ddof=1)',
            'round(float(np.mean(final)), 2), "stddev": round(float(np.std(final, ddof=1)), 2)',
        ),
        ('"floor": distance(validation, test)}', '"floor": round(float(distance(validation, test)), 2)}'),
    )


class by_test_and_tuning_counted:
    """Two mistakes."""

    MESSAGE = (
        "Two things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images.\n"
        "- The tuning run is counted among the final runs. It was picked for its luck: report the "
        "others."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: distance(of_setting[0], test) for name, of_setting in settings.items()}",
        ),
        (
            "[distance(samples, test) for samples in settings[best][1:]]",
            "[distance(samples, test) for samples in settings[best]]",
        ),
    )


class by_test_and_ddof:
    """Two mistakes."""

    MESSAGE = (
        "Two things.\n"
        "- You chose the setting by the test images, which are there to judge it. Choose by the "
        "validation images.\n"
        "- Your stddev has ddof=0, which is NumPy's default. ddof=1 was asked for."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: distance(of_setting[0], test) for name, of_setting in settings.items()}",
        ),
        ("np.std(final, ddof=1)", "np.std(final)"),
    )


class in_place:
    """Tuning runs are taken out of the argument."""

    MESSAGE = "changes its argument"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        "{name: distance(of_setting.pop(0), validation) for name, of_setting in settings.items()}",
    )


class floor_of_models:
    """The smallest mean is the floor."""

    MESSAGE = "is the smallest of the means"
    EDIT = (
        "    return table",
        ('    table["floor"] = min(row["mean"] for name, row in table.items() if name != "floor")\n    return table'),
    )


class roots:
    """The roots of the distances."""

    MESSAGE = "You took the roots of the distances"
    EDIT = (
        "[distance(samples, test) for samples in settings[best][1:]]",
        "[distance(samples, test) ** 0.5 for samples in settings[best][1:]]",
    )


class by_median:
    """The median of all runs decides."""

    MESSAGE = "You let the final runs have a say"
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        ("{name: np.median([distance(x, validation) for x in of_setting]) for name, of_setting in settings.items()}"),
    )


class by_second_run:
    """Settings are judged by their second run."""

    MESSAGE = "You chose the setting by its second run"
    EDIT = ("distance(of_setting[0], validation)", "distance(of_setting[1], validation)")


class two_final_runs:
    """As many final runs as in the text."""

    MESSAGE = "You report the first two final runs"
    EDIT = ("settings[best][1:]", "settings[best][1:3]")


class error_of_variance_over_n:
    """NumPy's default over the root of n."""

    MESSAGE = "Your stddev is the standard error, with ddof=0"
    EDIT = ("np.std(final, ddof=1)", "np.std(final) / np.sqrt(len(final))")


class mean_deviation:
    """Absolute deviations."""

    MESSAGE = "Your stddev is the mean absolute deviation"
    EDIT = ("np.std(final, ddof=1)", "np.mean(np.abs(final - np.mean(final)))")


class tuning_reported:
    """The distance that decided is reported."""

    MESSAGE = "report the final runs, and the test images.\nFor"
    EDIT = ("np.mean(final)", "tuning[best]")


class spread_on_validation:
    """The spread is that of other distances."""

    MESSAGE = "Your mean is right, but your stddev is that of the distances to the validation images"
    EDIT = ("np.std(final, ddof=1)", "np.std([distance(x, validation) for x in settings[best][1:]], ddof=1)")


class floor_of_halves:
    """Two halves of the test images."""

    MESSAGE = "is the distance between two halves of the test images"
    EDIT = ("distance(validation, test)", "distance(test[::2], test[1::2])")


class by_validation_everywhere:
    """`validation` in place of `test` in the broken code."""

    MESSAGE = (
        "Three things.\n- You report the smallest of all runs' distances to the validation images, and have chosen the "
        "setting by it. Choose by the first runs, and report the mean of the others' distances to the test images.\n"
        "- Your stddev is that of all runs' distances to the validation images, over all settings and with ddof=0. It "
        "is that of the final runs of the chosen setting, with ddof=1.\n"
        '- Your "floor" is 0'
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, validation) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "tuning[best]"),
        ("np.std(final, ddof=1)", "np.std([distance(x, validation) for of in settings.values() for x in of])"),
        ('"floor": distance(validation, test)}', '"floor": distance(validation, validation)}'),
    )


class by_validation_in_the_search:
    """The same, with a floor."""

    MESSAGE = (
        "Two things.\n- You report the smallest of all runs' distances to the validation images, and have chosen the "
        "setting by it."
    )
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, validation) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "tuning[best]"),
        ("np.std(final, ddof=1)", "np.std([distance(x, validation) for of in settings.values() for x in of])"),
    )


class smallest_of_the_search:
    """The spread is repaired, too."""

    MESSAGE = "report the mean of the others' distances to the test images.\nFor"
    EDIT = (
        (
            "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
            "{name: min(distance(x, validation) for x in of_setting) for name, of_setting in settings.items()}",
        ),
        ("np.mean(final)", "tuning[best]"),
    )


class tuning_and_its_spread:
    """What the search found is all that is reported."""

    MESSAGE = (
        "and from the validation images: report the final runs, and the test images.\n- Your stddev is that of the "
        "tuning distances, over all settings. It"
    )
    EDIT = (
        ("np.mean(final)", "tuning[best]"),
        ("np.std(final, ddof=1)", "np.std(list(tuning.values()), ddof=1)"),
    )


class spread_of_tuning:
    """The spread over settings."""

    MESSAGE = "Your stddev is that of the tuning distances, over all settings. It"
    EDIT = ("np.std(final, ddof=1)", "np.std(list(tuning.values()), ddof=1)")


class spread_of_tuning_and_ddof:
    """The spread over settings, with NumPy's default."""

    MESSAGE = "Your stddev is that of the tuning distances, over all settings and with ddof=0."
    EDIT = ("np.std(final, ddof=1)", "np.std(list(tuning.values()))")


class spread_of_all_final_runs:
    """The final runs of all settings."""

    MESSAGE = "Your stddev is that of the final runs, over all settings."
    EDIT = ("np.std(final, ddof=1)", "np.std([distance(x, test) for of in settings.values() for x in of[1:]], ddof=1)")


class final_runs_of_all_settings:
    """No setting is chosen for the numbers."""

    MESSAGE = "Your mean and your stddev are those of the final runs of all settings."
    EDIT = (
        "[distance(samples, test) for samples in settings[best][1:]]",
        "[distance(samples, test) for of in settings.values() for samples in of[1:]]",
    )


class first_final_run:
    """One run for the mean."""

    MESSAGE = "Your mean is the distance of the first final run alone."
    EDIT = ("np.mean(final)", "final[0]")


class first_final_run_and_two_more:
    """Only the choice is repaired."""

    MESSAGE = (
        "Three things.\n- Your mean is the distance of the first final run alone. All final runs count.\n- Your stddev "
        "has ddof=0, which is NumPy's default. ddof=1 was asked for.\n"
        '- Your "floor" is 0, as is the distance of a set from itself.'
    )
    EDIT = (
        ("np.mean(final)", "final[0]"),
        ("np.std(final, ddof=1)", "np.std(final)"),
        ('"floor": distance(validation, test)}', '"floor": distance(test, test)}'),
    )


class samples_together:
    """One distance for all samples."""

    MESSAGE = "Your mean is one distance: that of the final runs' samples put together, or averaged."
    EDIT = ("np.mean(final)", "distance(np.concatenate(settings[best][1:]), test)")


class by_both_sets:
    """All real images choose."""

    MESSAGE = "You chose the setting by the validation and the test images together."
    EDIT = ("distance(of_setting[0], validation)", "distance(of_setting[0], np.concatenate([validation, test]))")


class second_run_for_tuning:
    """The runs are counted from 1."""

    MESSAGE = "You took the second run for the tuning run, and the others for the final runs."
    EDIT = (
        ("distance(of_setting[0], validation)", "distance(of_setting[1], validation)"),
        (
            "[distance(samples, test) for samples in settings[best][1:]]",
            "[distance(samples, test) for i, samples in enumerate(settings[best]) if i != 1]",
        ),
    )


class three_final_runs:
    """Three seeds, as in many papers."""

    MESSAGE = "You report at most three final runs."
    EDIT = ("settings[best][1:]", "settings[best][1:4]")


class floor_of_first_and_second_half:
    """The validation images in two halves."""

    MESSAGE = "is the distance between two halves of the validation images"
    EDIT = (
        "distance(validation, test)",
        "distance(validation[: len(validation) // 2], validation[len(validation) // 2 :])",
    )


class one_setting_for_all_models:
    """The best setting of the best model is taken for all models."""

    MESSAGE = "Each model has settings of its own, of which one is chosen."
    EDIT = (
        "{name: distance(of_setting[0], validation) for name, of_setting in settings.items()}",
        "{name: distance(of[0], validation) for each in runs.values() for name, of in each.items()}",
    )
