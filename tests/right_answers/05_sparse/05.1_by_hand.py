"""Worked out from the rates and the sums, and put into two lists."""

less_l1 = ["divided", "halved", "silenced"]
less_kl = ["halved", "split"]
predict_penalties = {}
for change in ("silenced", "added", "split", "constant", "halved", "divided"):
    fallen = [name for name, changes in (("L1", less_l1), ("KL", less_kl)) if change in changes]
    predict_penalties[change] = "both" if len(fallen) == 2 else "".join(fallen) or "neither"
