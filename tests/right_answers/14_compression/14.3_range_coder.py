"""A range coder, which is a queue, and np.frombuffer; decode returns a list of lists."""


def encode(symbols, probabilities):
    coder = constriction.stream.queue.RangeEncoder()
    family = constriction.stream.model.Categorical(perfect=False)
    rows, columns = symbols.shape
    table = np.asarray(probabilities, "float32")[np.arange(rows * columns) % columns]
    coder.encode(symbols.reshape(-1).astype(np.int32), family, table)
    return np.frombuffer(coder.get_compressed().tobytes(), dtype=np.uint8)


def decode(data, probabilities, rows):
    coder = constriction.stream.queue.RangeDecoder(np.frombuffer(data.tobytes(), dtype=np.uint32))
    columns = len(probabilities)
    table = np.asarray(probabilities, "float32")[np.arange(rows * columns) % columns]
    symbols = coder.decode(constriction.stream.model.Categorical(perfect=False), table)
    return symbols.reshape(rows, columns).tolist()
