"""Fails if one of the named TOML or YAML files does not parse."""

import sys
import tomllib
from pathlib import Path

import yaml

for name in sys.argv[1:]:
    text = Path(name).read_text()
    if name.endswith(".toml"):
        tomllib.loads(text)
    else:
        yaml.safe_load(text)
