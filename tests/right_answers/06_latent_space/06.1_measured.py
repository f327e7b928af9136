"""Draws the six maps, measures both scores, and puts the words together."""

from sklearn.manifold import trustworthiness


def words(x, plane):
    low = [trustworthiness(*pair, n_neighbors=10) < 0.95 for pair in ((x, plane), (plane, x))]
    return ["neither", "continuity", "trustworthiness", "both"][2 * low[0] + low[1]]


rng = np.random.default_rng(1)
sheet = rng.uniform(size=(300, 2))
clouds = rng.normal(size=(300, 2)) + 30 * (np.arange(300) < 150)[:, None]
first = (np.arange(300) < 150)[:, None]
predict_scores = {
    "turned": words(sheet, 2 * sheet @ np.array([[0.6, -0.8], [0.8, 0.6]])),
    "folded": words(sheet, np.abs(sheet - [0.5, 0])),
    "torn": words(sheet, sheet + np.array([10, 0]) * rng.permutation(8)[(8 * sheet[:, :1]).astype(int)]),
    "moved apart": words(clouds, clouds + 300 * first),
    "shrunk": words(clouds, np.where(first, clouds / 10 + 27, clouds)),
    "shuffled": words(sheet, rng.permutation(sheet)),
}
