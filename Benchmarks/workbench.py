"""How long the workbench takes, as a script sees it; `make bench-workbench` and `Benchmarks/run workbench`.

    NETWORK=mobilenet-v2   ROUNDS=3   QUESTIONS=300

Each number is the median of a round's times, then the smallest and the largest round's. The server is one process;
QUESTIONS distinct ones are asked in the end, and its memory before and after is printed.
"""

import json
import os
import statistics
import subprocess
import time
import urllib.request

from compare import DATA, ROUNDS, table

NETWORK = os.environ.get("NETWORK", "mobilenet-v2")
QUESTIONS = int(os.environ.get("QUESTIONS", "300"))
PHOTO = open(f"{DATA}/photos/cwox/cello_guitar.jpg", "rb").read()


class Server:
    def __init__(self):
        words = [".build/release/rather", "serve", "--port", "0", "--model", f"{DATA}/models/{NETWORK}.pt2"]
        self.process = subprocess.Popen(
            words + ["--tree", f"{DATA}/trees/resnet50.json"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def ask(self, path, body=None, method=None):
        request = urllib.request.Request(self.address + path, data=body, method=method)
        return urllib.request.urlopen(request).read()

    def post(self, path, value):
        return json.loads(self.ask(path, json.dumps(value).encode()))

    def bring(self, name):
        return json.loads(self.ask(f"/api/inputs?name={name}.jpg", PHOTO))["id"]

    def answer(self, value):
        """Asks, waits, and fetches the first map."""
        name = self.post("/api/answers", value)["id"]
        self.ask(f"/api/answers/{name}/events")
        answer = json.loads(self.ask(f"/api/answers/{name}"))
        assert answer["state"] == "done", answer["error"]
        self.ask(f"/api/answers/{name}/maps/" + urllib.request.quote(answer["manifest"]["maps"][0]["key"], safe=""))

    def megabytes(self):
        lines = open(f"/proc/{self.process.pid}/status").read().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def rounds(work, times):
    """Milliseconds: the median over rounds of each round's median, and the smallest and largest of those."""
    found = []
    for one in range(ROUNDS):
        own = []
        for place in range(times):
            start = time.perf_counter()
            work(one * times + place)
            own.append(1000 * (time.perf_counter() - start))
        found.append(statistics.median(own))
    return f"{statistics.median(found):.0f} ({min(found):.0f} to {max(found):.0f})"


def main():
    server = Server()
    seeds = iter(range(10**9))

    def drop(place):
        name = server.bring(f"photo{place}")
        server.post("/api/predict", {"input": name})
        server.answer({"input": name, "question": {"why": "cello", "ratherThan": "violin"}, "seed": next(seeds)})

    try:
        drop(0)
        photo = server.bring("photo")
        first = {"input": photo, "question": {"why": "cello", "ratherThan": "violin"}}
        server.answer(first)
        rows = [
            ["a photo is dropped: prediction and first map", 250, rounds(drop, 7)],
            ["a further question", 60, rounds(
                lambda place: server.answer({"input": photo, "question": {"why": "cello", "ratherThan": f"@{place}"}}), 15)],
            ["a whole answer by its clusters", 120, rounds(
                lambda _: server.answer({"input": photo, "whole": {"tree": True}, "seed": next(seeds)}), 15)],
            ["the same question again", "", rounds(lambda _: server.answer(first), 15)],
        ]
        before = server.megabytes()
        for place in range(QUESTIONS):
            server.answer({"input": photo, "question": {"why": f"@{place % 400}", "ratherThan": f"@{400 + place // 400}"},
                           "seed": next(seeds)})
        after = server.megabytes()
    finally:
        server.process.terminate()
    table(["what", "at most, ms", "ms"], [[str(cell) for cell in row] for row in rows])
    print(f"Memory before and after {QUESTIONS} more questions: {before:.0f} and {after:.0f} MB")


main()
