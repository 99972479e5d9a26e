"""Many who read, some who ask, and more questions than can be kept; `Benchmarks/run load`, or Tests/Long/serving.

    load.py BINARY        DURATION=300   READERS=1000   RATE=200   ASKERS=20   QUESTIONS=50000   CACHE=200M

First READERS connections stay open and read files of saved reports, RATE times a second in all, while ASKERS ask
distinct questions one after another. Then ASKERS ask QUESTIONS distinct ones. The network is a small one that is made
here, so that it is the server that is tried. Prints what came of it, and ends with 1 where a limit was missed.
"""

import asyncio
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request

DURATION, READERS, RATE, ASKERS, QUESTIONS = (
    int(os.environ.get(name, default)) for name, default in
    [("DURATION", "300"), ("READERS", "1000"), ("RATE", "200"), ("ASKERS", "20"), ("QUESTIONS", "50000")])
CACHE = os.environ.get("CACHE", "200M")
# Milliseconds within which 99 of 100 readers have their file, and how far memory may grow.
SOON, FLAT = 100, 1.05


def make_network(folder):
    """Ten classes of 32 × 32 pixels, and three pictures."""
    import torch
    from PIL import Image

    torch.manual_seed(0)
    network = torch.nn.Sequential(
        torch.nn.Conv2d(3, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.AdaptiveAvgPool2d(4),
        torch.nn.Flatten(), torch.nn.Linear(128, 10)).eval()
    program = torch.export.export(network, (torch.zeros(1, 3, 32, 32),))
    torch.export.save(program, folder / "small.pt2")
    (folder / "small.json").write_text(json.dumps({
        "task": "classification", "output": "logits", "labels": [f"class {i}" for i in range(10)],
        "input": {"height": 32, "width": 32, "channels": 3, "channelOrder": "rgb", "mean": [0.5] * 3,
                  "std": [0.5] * 3, "resize": "squash", "crop": 1}}))
    (folder / "photos").mkdir()
    for number in range(3):
        noise = random.Random(number).randbytes(48 * 32 * 3)
        Image.frombytes("RGB", (48, 32), noise).save(folder / f"photos/{number}.png")


class Connection:
    """A connection that is kept open."""

    def __init__(self, port, name=""):
        self.port, self.name = port, name
        self.reader = self.writer = None

    async def ask(self, path, body=None, method=None):
        """The status, the headers and the body; a connection that the server closed is opened anew, once."""
        for last in [False, True]:
            fresh = self.writer is None
            try:
                if fresh:
                    self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
                return await self.exchange(path, body, method or ("GET" if body is None else "POST"))
            except (ConnectionError, asyncio.IncompleteReadError, OSError):
                self.close()
                if last or fresh:
                    raise

    async def exchange(self, path, body, method):
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        if self.name:
            head += f"X-Asker: {self.name}\r\n"
        if body is not None:
            head += f"Content-Length: {len(body)}\r\n"
        self.writer.write(head.encode() + b"\r\n" + (body or b""))
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        status = int(lines[0].split()[1])
        found = b"" if status in (204, 304) else await self.reader.readexactly(int(headers["content-length"]))
        return status, headers, found

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


class Server:
    def __init__(self, binary, folder):
        (folder / "temporary").mkdir()
        self.place = folder / "temporary"
        words = [str(pathlib.Path(binary).resolve()), "serve", "--port", "0", "--model", "small.pt2", "--cache", CACHE]
        self.process = subprocess.Popen(
            words + ["photos"], stdout=subprocess.PIPE, text=True, cwd=folder,
            env=os.environ | {"TMPDIR": str(self.place)})
        self.address = self.process.stdout.readline().strip().rstrip("/")
        self.port = int(self.address.split(":")[-1])

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        return json.loads(urllib.request.urlopen(urllib.request.Request(self.address + path, data=data)).read())

    def facts(self):
        """Memory in MB, open files and threads of the process, megabytes and folders that it keeps."""
        root = f"/proc/{self.process.pid}"
        status = dict(line.split(":", 1) for line in open(root + "/status").read().splitlines())
        sizes = folders = 0
        for place, inside, names in os.walk(self.place):
            folders += len(inside)
            for name in names:
                try:
                    sizes += os.stat(f"{place}/{name}").st_blocks * 512
                except FileNotFoundError:
                    pass
        return {"memory": int(status["VmRSS"].split()[0]) / 1024, "files": len(os.listdir(root + "/fd")),
                "threads": int(status["Threads"]), "disk": sizes / 1e6, "folders": folders}


class Tally:
    def __init__(self):
        self.milliseconds, self.errors, self.shed = [], [], 0
        self.answered = [0] * ASKERS
        self.next = 0
        self.facts = []

    def percentile(self, share):
        ordered = sorted(self.milliseconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


async def read(number, server, files, tally, end):
    """Reads a file every READERS / RATE seconds; what comes late counts from when it was due."""
    connection = Connection(server.port)
    due = time.perf_counter() + number / RATE
    while due < end:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        try:
            status, _, body = await connection.ask(random.choice(files))
            if status != 200 or not body:
                tally.errors.append(f"reading: status {status}")
        except Exception as error:
            tally.errors.append(f"reading: {error!r}")
        tally.milliseconds.append(1000 * (time.perf_counter() - due))
        due += READERS / RATE
    connection.close()


async def ask(number, server, inputs, tally, goes_on):
    connection = Connection(server.port, f"asker-{number}")
    while goes_on():
        tally.next += 1
        question = {"input": inputs[tally.next % len(inputs)], "seed": tally.next, "question": {
            "why": f"@{tally.next % 10}", "ratherThan": f"@{(tally.next + 1 + tally.next // 10 % 9) % 10}"}}
        try:
            status, headers, body = await connection.ask("/api/answers?wait=10000", json.dumps(question).encode())
            if status == 503 and "retry-after" in headers:
                tally.shed += 1
                await asyncio.sleep(float(headers["retry-after"]) * random.random())
                continue
            answer = json.loads(body)
            while answer.get("state") == "working":
                await asyncio.sleep(0.05)
                status, _, body = await connection.ask(f"/api/answers/{answer['id']}")
                answer = json.loads(body)
            if answer.get("state") != "done":
                tally.errors.append(f"asking: {status} {body[:200]}")
            else:
                tally.answered[number] += 1
        except Exception as error:
            tally.errors.append(f"asking: {error!r}")
    connection.close()


async def watch(server, tally, goes_on):
    while goes_on():
        tally.facts.append(await asyncio.to_thread(server.facts))
        await asyncio.sleep(2)


async def crowd(server, files, inputs):
    """Readers and askers together."""
    tally, end = Tally(), time.perf_counter() + DURATION
    goes_on = lambda: time.perf_counter() < end
    await asyncio.gather(
        *(read(number, server, files, tally, end) for number in range(READERS)),
        *(ask(number, server, inputs, tally, goes_on) for number in range(ASKERS)), watch(server, tally, goes_on))
    return tally


async def many(server, inputs):
    """Distinct questions alone."""
    tally = Tally()
    goes_on = lambda: tally.next < QUESTIONS
    await asyncio.gather(
        *(ask(number, server, inputs, tally, goes_on) for number in range(ASKERS)), watch(server, tally, goes_on))
    return tally


def growth(tally, key):
    """What was used at the end beside what was used after a third of the time: medians of a fifth each."""
    values = [one[key] for one in tally.facts]
    part = max(len(values) // 5, 1)
    middle = lambda some: sorted(some)[len(some) // 2]
    return middle(values[len(values) // 3:][:part]), middle(values[-part:])


def told(tally, missed):
    for key, unit in [("memory", "MB"), ("disk", "MB"), ("folders", ""), ("files", "open"), ("threads", "")]:
        before, after = growth(tally, key)
        print(f"  {key}: {before:.0f} {unit} after a third of the time, {after:.0f} at the end, "
              f"{max(one[key] for one in tally.facts):.0f} at most")
        if key != "disk" and key != "folders" and after > FLAT * before + 2:
            missed.append(f"{key} grew from {before:.0f} to {after:.0f}")
    if tally.errors:
        missed.append(f"{len(tally.errors)} errors, such as {tally.errors[0]}")


def main():
    missed = []
    # Both ends of a connection are open files, of which shells allow 1,024.
    server_limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, max(server_limit, READERS + 500)), most))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_network(folder)
        server = Server(sys.argv[1], folder)
        try:
            inputs = [one["id"] for one in server.ask("/api/inputs")["inputs"]]
            files = []
            for place, one in enumerate(inputs):
                answer = server.ask("/api/answers?wait=10000", {"input": one, "question": {"why": f"@{place}"}})
                url = server.ask(f"/api/answers/{answer['id']}/report", {})["url"]
                saved = sorted(server.place.glob(f"*/reports/{answer['id']}/*"))
                files += [url.rsplit("/", 1)[0] + "/" + one.name for one in saved if one.stat().st_size <= 100_000]
            tally = asyncio.run(crowd(server, files, inputs))
            print(f"{READERS} connections read {len(files)} files {len(tally.milliseconds)} times in {DURATION} s: "
                  f"{tally.percentile(0.5):.1f} ms in the middle, {tally.percentile(0.99):.1f} ms for 99 of 100")
            fewest, most = min(tally.answered), max(tally.answered)
            print(f"{ASKERS} askers had {sum(tally.answered)} answers, {fewest} to {most} each; "
                  f"{tally.shed} questions were told to come again")
            told(tally, missed)
            if tally.percentile(0.99) > SOON:
                missed.append(f"readers waited {tally.percentile(0.99):.0f} ms")
            if fewest < 0.5 * most:
                missed.append(f"one asker had {fewest} answers where another had {most}")
            start = time.perf_counter()
            tally = asyncio.run(many(server, inputs))
            seconds = time.perf_counter() - start
            print(f"{tally.next} distinct questions in {seconds:.0f} s, {tally.next / seconds:.0f} a second")
            told(tally, missed)
        finally:
            server.process.terminate()
            server.process.wait(10)
    for one in missed:
        print("missed:", one)
    print("no limit was missed" if not missed else f"{len(missed)} limits were missed")
    sys.exit(1 if missed else 0)


main()
