"""A dict of places, and Keras's one-hot tensor."""


def one_hot_names(names, class_names):
    places = dict(zip(class_names, range(len(class_names)), strict=True))
    unknown = set(names) - set(places)
    if unknown:
        raise ValueError(f"These are no classes: {sorted(unknown)}")
    return ops.one_hot([places[name] for name in names], len(class_names))
