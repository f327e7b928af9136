"""Server metrics over time: simulated, from a user's CSV file, or of real servers."""

import importlib

from autoencoders_edu.data.dataset import Dataset

# Each source's module and function, imported when it is first asked for: a CSV needs pandas, the others do not.
SOURCES = {"generated": ("simulated_server", "generate"), "csv": ("csv_table", "read"), "asd": ("asd", "read")}


def server_metrics(source: str = "generated", **options) -> Dataset:
    """Metrics of a server over time, with incidents in the test rows. Training and validation rows are healthy, except
    possibly in your own file.

    Args:
        source: "generated": a simulated server, see `simulated_server.generate`; "csv": your own file, see
            `csv_table.read`; "asd": real servers of the Application Server Dataset, see `asd.read`.
        options: options of that function.

    Returns:
        A `Dataset` of tables (rows, metrics) in time order. Labels are 0 for healthy rows; y is None if there are no
        labels.

    Raises:
        ValueError: for an unknown source, or from that function.

    Example:

    >>> data = ae.data.load("server_metrics", train_weeks=1, seed=1)
    >>> data.x_train.shape, len(data.feature_names)
    ((10080, 50), 50)
    """
    if source not in SOURCES:
        raise ValueError(
            f"Unknown source {source!r} of server metrics. Expected one of: {', '.join(map(repr, SOURCES))}."
        )
    module, function = SOURCES[source]
    return getattr(importlib.import_module(f"autoencoders_edu.data.{module}"), function)(**options)
