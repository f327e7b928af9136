"""With Keras, in single precision; only the logarithms of the shares are Python's."""


def mixture_nats(log_likelihood, share, pixels):
    from keras import ops

    log_model = np.log(share) if share > 0 else -np.inf
    log_coins = np.log1p(-share) if share < 1 else -np.inf
    coins = ops.full((len(log_likelihood),), log_coins - pixels * np.log(2))
    return ops.logaddexp(ops.convert_to_tensor(log_likelihood, "float32") + float(log_model), coins)
