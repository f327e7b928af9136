"""Counter, symbol by symbol in plain Python."""


def code_length(train_symbols, symbols, low, high):
    from collections import Counter
    from math import log2

    def kept(symbol):
        return max(low, min(high, int(symbol)))

    bits = 0.0
    for train_column, column in zip(train_symbols.T, symbols.T, strict=True):
        counts = Counter(map(kept, train_column))
        total = len(train_column) + high - low + 1
        bits += sum(log2(total / (1 + counts[kept(symbol)])) for symbol in column)
    return bits
