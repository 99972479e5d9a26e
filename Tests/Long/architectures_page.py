"""Writes what was found of each network to the tables that are kept, and to docs/networks.md.

architectures_page.py FOUND

Reads layers.tsv, rules.tsv and cams.tsv in FOUND; writes Tests/Long/architectures_rules.tsv, architectures_cams.tsv and the
table of the page.
"""

import pathlib
import sys

from architectures_rules import METHODS, kind

LIBRARIES = {"tv": "torchvision", "timm": "timm", "hf": "transformers"}
here = pathlib.Path(__file__).parent
page = here.parent.parent / "docs" / "networks.md"
HEAD = [
    "network", "side", "default layer", "shape", "maps", "Grad-CAM, P", "P rather than Q", "LRP", "MWP", "DeepLIFT",
]


def table(path):
    """Rows by network, each a dictionary by column; sums at the end have no second cell."""
    lines = [line.split("\t") for line in path.read_text().splitlines()]
    return {row[0]: dict(zip(lines[0], row)) for row in lines[1:] if len(row) == len(lines[0])}


def raised(text):
    """3e-07 as people write it."""
    mantissa, power = text.split("e")
    if float(text) == 0:
        return "0"
    digits = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa} · 10{digits}"


def grad_cam(row, score):
    return f"{raised(row[f'{score}: off'])} ({raised(row[f'{score}: moves'])})"


def lrp(row):
    found = [row[name] for name in ("lrp", "lrp epsilon", "attn-lrp")]
    return "runs" if set(found) == {"runs"} else "no"


def main():
    found = pathlib.Path(sys.argv[1])
    layers, rules, cams = (table(found / f"{name}.tsv") for name in ("layers", "rules", "cams"))
    for rule in rules.values():
        rule.update({method: kind(rule[method]) for method in METHODS})
    for name, rows in ("rules", rules), ("cams", cams):
        first = next(iter(rows.values()))
        lines = ["\t".join(first)] + ["\t".join(row.values()) for row in rows.values()]
        (here / f"architectures_{name}.tsv").write_text("\n".join(lines) + "\n")
    lines = [f"| {' | '.join(HEAD)} |", "|" + "---|" * len(HEAD)]
    for network, layer in layers.items():
        library, name = network.split("-", 1)
        rule, cam = rules[network], cams[network]
        cells = [
            f"{LIBRARIES[library]} {name}", layer["side"], f"`{layer['layer']}`", layer["shape"], layer["grid"],
            grad_cam(cam, "P"), grad_cam(cam, "P rather than Q"), lrp(rule),
            "runs" if rule["mwp"] == "runs" else "no", rule["deeplift"] if rule["deeplift"] == "complete" else "no",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    before, _, rest = page.read_text().partition("| network |")
    after = rest.partition("\n\n")
    page.write_text(before + "\n".join(lines) + "\n" + "".join(after[1:])[1:])


main()
