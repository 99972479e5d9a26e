"""How long the workbench takes, as a person at the browser sees it; `make bench-workbench` and `Benchmarks/run workbench`.

    NETWORK=mobilenet-v2   TIMES=30   QUESTIONS=300   CWOX=a clone of CWOX, whose page is set beside it

Where Chromium, its driver and Selenium are missing, only what a script sees is timed. Each number is a median, with the
95th percentile. The server is one process; QUESTIONS distinct ones are asked in the end, and its memory before and after
is printed.
"""

import http.cookiejar
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid

from compare import DATA, THREADS, table

NETWORK = os.environ.get("NETWORK", "mobilenet-v2")
TIMES = int(os.environ.get("TIMES", "30"))
QUESTIONS = int(os.environ.get("QUESTIONS", "300"))
CWOX = os.environ.get("CWOX")
PHOTO = open(f"{DATA}/photos/cwox/cello_guitar.jpg", "rb").read()
BINARY = os.environ.get("BINARY", ".build/release/rather")
# Cello and violin; acoustic guitar, banjo and electric guitar: two clusters and five classes, which are seven maps.
CLUSTERS = [[486, 889], [402, 420, 546]]
# The same in our words: the six likeliest classes, but for the bassoon.
WHOLE = {"clusters": "cello,violin;acoustic guitar,banjo,electric guitar", "limit": 6, "mass": 1, "without": "bassoon"}


class Server:
    def __init__(self):
        words = [BINARY, "serve", "--port", "0", "--model", f"{DATA}/models/{NETWORK}.pt2"]
        self.process = subprocess.Popen(
            words + ["--tree", f"{DATA}/trees/resnet50.json"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def ask(self, path, body=None, method=None):
        request = urllib.request.Request(self.address + path, data=body, method=method)
        return urllib.request.urlopen(request).read()

    def post(self, path, value):
        return json.loads(self.ask(path, json.dumps(value).encode()))

    def bring(self, number):
        """Each photo is another file, for bytes after a JPEG's end say nothing."""
        return json.loads(self.ask(f"/api/inputs?name=photo{number}.jpg", PHOTO + number.to_bytes(8, "big")))["id"]

    def answer(self, value, maps=1):
        """Asks, waits, and fetches so many maps."""
        answer = self.post("/api/answers?wait=10000", value)
        assert answer["state"] == "done", answer["error"]
        found = answer["manifest"]["maps"][:maps]
        assert len(found) == maps, f"{len(found)} maps"
        for one in found:
            self.ask(f"/api/answers/{answer['id']}/maps/" + urllib.request.quote(one["key"], safe=""))
        return len(found)

    def megabytes(self):
        lines = open(f"/proc/{self.process.pid}/status").read().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


class Peer:
    """CWOX's page, asked as its own script in the browser asks it."""

    def __init__(self):
        words = [".venv-bench/bin/python", "-W", "ignore", "Benchmarks/workbench_peer.py", os.path.abspath(CWOX), DATA]
        self.process = subprocess.Popen(
            words + [NETWORK, THREADS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.post("/upload", {"model": "mobilenet_v2"}, PHOTO)

    def post(self, path, fields, photo=None):
        mark = uuid.uuid4().hex
        parts = [(f'form-data; name="{name}"', value.encode()) for name, value in fields.items()]
        if photo:
            parts.append(('form-data; name="image"; filename="photo.jpg"\r\nContent-Type: image/jpeg', photo))
        body = b"".join(
            f"--{mark}\r\nContent-Disposition: {head}\r\n\r\n".encode() + value + b"\r\n" for head, value in parts)
        request = urllib.request.Request(
            self.address + path, body + f"--{mark}--\r\n".encode(),
            {"Content-Type": f"multipart/form-data; boundary={mark}"})
        return json.loads(self.opener.open(request).read())

    def answer(self):
        """The whole answer by Grad-CAM; how many maps."""
        clusters = json.dumps([[f"c{one}" for one in cluster] for cluster in CLUSTERS])
        found = self.post("/explain", {"clusters": clusters, "saliency_map": "grad_cam", "type": "cwox",
                                       "saliency_parameters": "{}"})["result"]
        return sum(1 + len(one["childrens"]) for one in found)


def timed(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def shown(times):
    ordered = sorted(times)
    return f"{statistics.median(ordered):.0f}", f"{ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]:.0f}"


def row(what, most, times):
    middle, late = shown(times)
    return [what, most or "", middle, late, f"{float(middle) / most:.2f}" if most else ""]


def by_script(server, seeds):
    numbers = iter(range(10**9))

    def drop():
        name = server.bring(next(numbers))
        server.post("/api/predict", {"input": name})
        server.answer({"input": name, "question": {"why": "cello", "ratherThan": "violin"}})

    drop()
    photo = server.bring(next(numbers))
    first = {"input": photo, "question": {"why": "cello", "ratherThan": "violin"}}
    server.answer(first)
    places = iter(range(1000))
    return photo, [
        row("a photo is brought: prediction and first map", None, [timed(drop) for _ in range(TIMES)]),
        row("a further question", None, [timed(lambda: server.answer({
            "input": photo, "question": {"why": "cello", "ratherThan": f"@{next(places)}"}})) for _ in range(TIMES)]),
        row("a whole answer, with seven maps", None, [timed(lambda: server.answer({
            "input": photo, "whole": {"tree": False} | WHOLE, "seed": next(seeds)}, maps=7)) for _ in range(TIMES)]),
        row("the same question again", None, [timed(lambda: server.answer(first)) for _ in range(TIMES)]),
    ]


def by_browser(server, seeds):
    from workbench_page import Page

    page = Page(server.address)
    try:
        opened = [page.open() for _ in range(max(TIMES // 3, 5))]
        weight = page.weight()
        print("The first page weighs {:.0f} kB, {:.0f} kB as it is sent.\n".format(*weight))
        rows = [row("the page is opened: first painted", 200, [one[0] for one in opened]),
                row("the page is opened: ready", None, [one[1] for one in opened])]
        page.drop(PHOTO, 10**9)
        dropped = [page.drop(PHOTO, 10**9 + 1 + number) for number in range(TIMES)]
        rows.append(row("a photo is dropped: bars and first map drawn", 250, dropped))
        photo = page.state().split("input=")[1].split("&")[0]
        base = f"input={photo}&why=486"
        page.turn(base + "&rather=889")
        rows.append(row("a further question, of other classes", 60, [
            page.turn(f"{base}&rather={900 + number}") for number in range(TIMES)]))
        layers = [one["name"] for one in json.loads(server.ask("/api/networks"))["networks"][0]["layers"]][-10:]
        rows.append(row("a further question, at another layer", 60, [
            page.turn(f"{base}&rather=889&layer={one}") for one in layers]))
        page.turn(f"{base}&rather=402")
        rows.append(row("a bar is clicked", 60, [page.click(3 + number % 5) for number in range(5)]))
        state = {key: value for key, value in WHOLE.items() if key != "without"}
        whole = urllib.parse.urlencode({"input": photo, "tab": "whole", "whole.without": 432} | state)
        rows.append(row("a whole answer, with seven maps", 120, [
            page.turn(f"{whole}&seed={next(seeds)}", 7) for _ in range(TIMES)]))
        page.turn(f"{base}&rather=889")
        page.show_brush()
        page.paint(0.05)
        rows.append(row("the brush is set down: other bars", 50, [
            page.paint(0.1 + 0.8 * number / TIMES) for number in range(TIMES)]))
        return rows
    finally:
        page.close()


def beside_cwox(server, photo, seeds):
    """Their answer and ours in turns: the same network, photo, clusters and number of maps."""
    peer = Peer()
    try:
        counts = [peer.answer(), 0]

        def ours():
            counts[1] = server.answer({
                "input": photo, "whole": {"tree": False} | WHOLE, "seed": next(seeds)}, maps=7)

        ours()
        times = [(timed(peer.answer), timed(ours)) for _ in range(max(TIMES // 3, 5))]
    finally:
        peer.process.terminate()
    ratios = [a / b for a, b in times]
    table(["a whole answer by Grad-CAM", "maps", "median, ms", "95 of 100, ms"], [
        ["CWOX's page", str(counts[0]), *shown([a for a, _ in times])],
        ["the workbench", str(counts[1]), *shown([b for _, b in times])]])
    print(f"Theirs ÷ ours: {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f}); "
          "the target is at least 5.\n")


def main():
    server = Server()
    seeds = iter(range(1, 10**9))
    head = ["what", "at most, ms", "median, ms", "95 of 100, ms", "median ÷ at most"]
    try:
        photo, rows = by_script(server, seeds)
        print("As a script sees it.\n")
        table(head, [[str(cell) for cell in one] for one in rows])
        try:
            import selenium  # noqa: F401
            has_browser = os.access("/usr/bin/chromedriver", os.X_OK)
        except ImportError:
            has_browser = False
        if has_browser:
            print("As the browser sees it, from the event to the frame after the last change.\n")
            table(head, [[str(cell) for cell in one] for one in by_browser(server, seeds)])
        else:
            print("Chromium, its driver or Selenium is missing; make references installs them.", file=sys.stderr)
        if CWOX:
            beside_cwox(server, photo, seeds)
        before = server.megabytes()
        for place in range(QUESTIONS):
            server.answer({"input": photo, "question": {"why": f"@{place % 400}", "ratherThan": f"@{400 + place // 400}"},
                           "seed": next(seeds)})
        after = server.megabytes()
    finally:
        server.process.terminate()
    print(f"Memory before and after {QUESTIONS} more questions: {before:.0f} and {after:.0f} MB")


main()
