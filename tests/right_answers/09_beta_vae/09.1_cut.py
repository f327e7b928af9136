"""Cut to two digits, as arrays of one number."""

predict_dial = {
    "rate of 50": np.array([1.60]),
    "distortion of 50": np.float32(2.0),
    "rate of 0.5": np.array(0.0),
    "distortion of 0.5": np.float32(0.5),
    "beta at stddev 0.5": np.int64(8),
    "bounds": np.str_("1 and 4"),
    "draw": "noise",
}
