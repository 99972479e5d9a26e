"""Asks each network by every method of relevance, and holds which of them answer against a table.

architectures_rules.py FOLDER TABLE RATHER [NAME …]

Prints for each network, tabs between, how each method fared: “runs”; “no layer” where it has none to explain at; the operator
that has no rule; and for DeepLIFT how far its sum is off, as a fraction of the score's difference from the baseline, or of
a thousandth where that is smaller. Ends with sums, and with the networks that fared otherwise than in architectures_rules.tsv.
"""

import json
import pathlib
import re
import sys
import tempfile

import architectures_asking

METHODS = {
    "lrp": ["lrp"], "lrp epsilon": ["lrp", "rule=epsilon"], "attn-lrp": ["lrp", "rule=attn-lrp,gamma=0"],
    "mwp": ["mwp"], "deeplift": ["deeplift"],
}


def measurements(value):
    """All pairs of completeness error and score difference in a manifest."""
    if isinstance(value, dict):
        if "completenessError" in value:
            yield value["completenessError"], value.get("scoreDifference", 0)
        for inner in value.values():
            yield from measurements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from measurements(inner)


def fared(rather, network, folder, words):
    settings = ["--settings", words[1]] if len(words) > 1 else []
    run = architectures_asking.explain(
        rather, network, folder, "--why", "0", "--explainer", words[0], *settings)
    if run.returncode == 0:
        found = json.loads((folder / "report" / "manifest.json").read_text())
        errors = [abs(e) / max(abs(d), 1e-3) for e, d in measurements(found)]
        return f"{max(errors):.0e}" if errors else "runs"
    lacking = re.search(r"no rule for the operator “(?:aten::)?([^”]*)” at “([^”]*)”", run.stderr)
    if lacking:
        return f"{lacking[1]} at {lacking[2]}"
    if "no layer" in run.stderr or "no stack of maps" in run.stderr:
        return "no layer"
    return run.stderr.strip().splitlines()[-1][:150] if run.stderr.strip() else f"exit {run.returncode}"


def kind(found):
    """A row's cell without what varies from machine to machine."""
    number = re.fullmatch(r"\d+e[-+]\d+", found)
    return ("complete" if float(found) <= 1e-3 else "incomplete") if number else found.split(" at ")[0]


def main():
    folder, table, rather = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    wanted = set(sys.argv[4:])
    known = pathlib.Path(__file__).with_suffix(".tsv").read_text().splitlines()[1:]
    known = {line.split("\t")[0]: line.split("\t")[1:] for line in known}
    others = []
    answers = {method: 0 for method in METHODS}
    layerless = incomplete = count = 0
    print("network", *METHODS, sep="\t")
    for line in table.read_text().splitlines()[1:]:
        library, name, side = line.split("\t")[:3]
        if wanted and f"{library}-{name}" not in wanted:
            continue
        count += 1
        with tempfile.TemporaryDirectory() as place:
            place = pathlib.Path(place)
            architectures_asking.write_question(place, int(side))
            row = [fared(rather, folder / f"{library}-{name}.pt2", place, words) for words in METHODS.values()]
        for method, found in zip(METHODS, row):
            answers[method] += bool(re.fullmatch(r"runs|\d+e[-+]\d+", found))
        layerless += row[3] == "no layer"
        incomplete += bool(re.fullmatch(r"\d+e[-+]\d+", row[4])) and float(row[4]) > 1e-3
        print(f"{library}-{name}", *row, sep="\t", flush=True)
        before = known.get(f"{library}-{name}", [])
        if any(a != kind(b) for a, b in zip(before, row)):
            others.append(f"{library}-{name}")
    print(f"of {count} networks " + ", ".join(f"{n} by {m}" for m, n in answers.items()))
    print(f"{layerless} have no default layer for mwp; deeplift is off by more than 1e-3 in {incomplete}")
    print(f"{len(others)} otherwise than in the table: {', '.join(others)}")
    sys.exit(bool(others))


if __name__ == "__main__":
    main()
