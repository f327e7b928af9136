"""Server metrics: one row a minute, one column a metric. Generated, a user's CSV, or real servers."""

import importlib

# Each source's module and function, imported when it is first asked for: a CSV needs pandas, the others do not.
SOURCES = {"generated": ("simulated_server", "generate"), "csv": ("csv_table", "read"), "asd": ("asd", "read")}


def server_metrics(source="generated", **options):
    """Metrics of a server over time, with incidents in the test rows. Training and validation rows are healthy where we
    know it, that is in all but a file of yours.

    Args:
        source: "generated": a simulated server, see `simulated_server.generate`; "csv": a file of yours, see
            `csv_table.read`; "asd": real servers of the Application Server Dataset, see `asd.read`.
        options: those of the function named above.

    Returns:
        A `Dataset` of tables (rows, metrics) in time order. Labels are 0 for healthy rows; y is None where nobody
        labelled the rows.

    Raises:
        ValueError: for an unknown source, or as the function named above says.

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
