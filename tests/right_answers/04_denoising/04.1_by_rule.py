"""From what is the target, and whether it is the input."""

predict_outputs = dict.fromkeys(["clean target", "second copy", "bright input"], "average")
predict_outputs |= dict.fromkeys(["same copy", "no noise"], "input")
predict_outputs["absolute"] = "median"
predict_outputs["bright copies"] = "brighter"
