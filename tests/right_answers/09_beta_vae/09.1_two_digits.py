"""Numbers with two digits, some of them whole, in another order."""

predict_dial = dict(zip(["draw", "bounds"], ["noise", "1 and 4"], strict=True))
predict_dial |= {"beta at stddev 0.5": 8, "distortion of 0.5": 0.5, "distortion of 50": 2}
predict_dial |= {"rate of 0.5": 0, "rate of 50": 1.61}
