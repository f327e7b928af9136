"""Comparisons with all symbols, in single precision; an array of no axis is returned."""


def code_length(train_symbols, symbols, low, high):
    alphabet = np.arange(low, high + 1)
    train = np.clip(train_symbols, low, high)[..., None] == alphabet
    coded = np.clip(symbols, low, high)[..., None] == alphabet
    counts = train.sum(axis=0).astype("float32") + 1
    nats = -np.log(counts / (len(train_symbols) + len(alphabet)))
    return np.array(np.sum(coded * nats) / np.log(2))
