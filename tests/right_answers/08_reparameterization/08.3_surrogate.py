"""Automatic differentiation of the mean of (cost - baseline) * log q(z), with z and the cost held fixed."""

from autoencoders_edu.distributions import tfd


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = (mean + stddev * epsilon).astype("float32")
    advantage = (cost(mean + stddev * epsilon) - baseline).astype("float32")
    parameters = [keras.Variable(mean, dtype="float32"), keras.Variable(stddev, dtype="float32")]

    def surrogate():
        q = tfd.Normal(*map(ops.convert_to_tensor, parameters))
        return ops.mean(advantage * q.log_prob(z))

    return np.array(gradients(surrogate, parameters))
