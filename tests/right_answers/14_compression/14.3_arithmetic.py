"""An arithmetic coder by hand: the file is one large integer in an interval that each symbol narrows."""

SCALE = 1 << 24


def edges(p):
    inner = np.floor(np.cumsum(p)[:-1] / np.sum(p) * (SCALE - len(p))).astype(int) + np.arange(1, len(p))
    return [0, *inner.tolist(), SCALE]


def encode(symbols, probabilities):
    limits = [edges(p) for p in probabilities]
    low, width, bits = 0, 1, 0
    for row in symbols:
        for k, limit in zip(row, limits, strict=True):
            low, width, bits = low * SCALE + width * limit[k], width * (limit[k + 1] - limit[k]), bits + 24
    short = max(bits - width.bit_length() + 1, 0)
    cut = bits - short
    number = -(-low // (1 << cut))
    return np.frombuffer(number.to_bytes((short + 7) // 8 + 1, "big") + short.to_bytes(4, "big"), np.uint8)


def decode(data, probabilities, rows):
    number, short = int.from_bytes(data[:-4].tobytes(), "big"), int.from_bytes(data[-4:].tobytes(), "big")
    limits = [edges(p) for p in probabilities]
    symbols, low, width, bits = [], 0, 1, 0
    for _ in range(rows):
        for limit in limits:
            low, width, bits = low * SCALE, width, bits + 24
            target = (number << bits >> short) if bits <= short else number << (bits - short)
            k = int(np.searchsorted(limit, (target - low) // width, side="right")) - 1
            low, width = low + width * limit[k], width * (limit[k + 1] - limit[k])
            symbols.append(k)
    return np.reshape(symbols, (rows, -1))
