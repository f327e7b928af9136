"""Plain numbers, rounded as one would say them, in another order."""

predict_condition = {
    "one image per class: diversity": 0,
    "one image per class: agreement": 1,
    "order changed everywhere: agreement": 1,
    "order changed at sampling: agreement": 0,
    "encoder alone: agreement": 0.1,
    "most nats saved": 2.3,
    "decoder alone: class in z": "need not",
    "class as one number": "halfway",
}
