"""A part of some work, for one of several machines."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Shard:
    """The number-th of so many parts."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """The shard that is written as K/N; raises `ValueError` for anything else."""
        match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
        number, of = map(int, match.groups()) if match else (0, 0)
        if not 1 <= number <= of:
            raise ValueError(f"A shard is K/N, with K from 1 to N, such as 2/5. Received: {text!r}.")
        return cls(number, of)

    def part(self, things: list) -> list:
        """Its share of a list, every N-th: of the same list on every machine."""
        return things[self.number - 1 :: self.of]
