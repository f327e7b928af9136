"""scikit-learn's estimate from nearest neighbours."""

from sklearn.feature_selection import mutual_info_classif
from sklearn.metrics import mutual_info_score

MESSAGE = "You estimated the information from nearest neighbours"


def information_gap(codes, factors, bins=10):
    table = np.stack([mutual_info_classif(codes, v, random_state=0) for v in factors.T], axis=1)
    table[codes.var(axis=0) <= 0.01] = 0
    entropy = np.array([mutual_info_score(v, v) for v in factors.T])
    ranked = np.sort(np.concatenate([np.zeros((1, len(entropy))), table]), axis=0)
    changes = entropy > 1e-12
    return np.mean((ranked[-1] - ranked[-2])[changes] / entropy[changes])
