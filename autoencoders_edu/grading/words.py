"""Lists and numbers in sentences."""


def some(names, most=5) -> str:
    """The first names and how many more there are.

    Example:
        >>> some(["a", "b", "c"], most=2)
        'a, b and 1 more'
    """
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def many(number, what) -> str:
    """1 result, 2 results."""
    return f"{number} {what}" + ("" if number == 1 else "s")
