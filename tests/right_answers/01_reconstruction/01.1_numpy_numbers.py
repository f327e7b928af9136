"""NumPy scalars, computed rather than written down."""

scale = np.array([-1.0, 2.0, 1.0])  # what happens to a difference x - x'
predict_rescaling = dict(zip(("negative", "doubled", "shuffled"), scale**2, strict=True))
