"""Single modules of the package “saliency”, whose own files import all of its methods and what these need."""

import importlib
import importlib.util
import pathlib
import sys
import types

place = pathlib.Path(importlib.util.find_spec("saliency").submodule_search_locations[0])
for name, folder in ("saliency", place), ("saliency.core", place / "core"):
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def module(name):
    return importlib.import_module(f"saliency.core.{name}")
