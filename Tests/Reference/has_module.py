"""has_module.py NAME: prints yes where Python can import a module, no where not."""

import importlib.util
import sys

print("yes" if importlib.util.find_spec(sys.argv[1]) else "no")
