"""Knocks at every path that the workbench describes as one who means harm, and prints what was not refused.

    knock.py ADDRESS TOKEN   prints, last, whether it made as many requests as there must be
"""

import http.client
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

address, token = sys.argv[1:]
place = urlsplit(address)
own = {"Authorization": f"Bearer {token}"}
OPEN = {"/health", "/login"}
ESCAPES = ["..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2ftoy.pt2", "%00", "a%00.png", "%0d%0aX-Own:%20yes",
           "%ff%fe", "%", "a" * 5000]
made = 0


def ask(method, path, headers={}, body=None, chunks=None):
    """The status and headers; 0 where the connection was closed without an answer."""
    global made
    made += 1
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if chunks is not None:
            connection.putheader("Transfer-Encoding", "chunked")
        elif body is not None and "Content-Length" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        try:
            for chunk in chunks or []:
                connection.send(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            if chunks is not None:
                connection.send(b"0\r\n\r\n")
            elif body:
                connection.send(body)
        except OSError:
            pass  # The server had heard enough; what it says is read all the same.
        reply = connection.getresponse()
        reply.read()
        return reply.status, dict((name.lower(), value) for name, value in reply.getheaders())
    except (OSError, http.client.HTTPException):
        return 0, {}
    finally:
        connection.close()


def expect(what, allowed, method, path, **words):
    status, headers = ask(method, path, **words)
    if status not in allowed or "x-own" in headers:
        print(f"{what}: {method} {path[:60]} gave {status}")


connection = http.client.HTTPConnection(place.hostname, place.port)
connection.request("POST", "/login", f"token={token}", {"Content-Type": "application/x-www-form-urlencoded"})
reply = connection.getresponse()
name, value = reply.getheader("Set-Cookie").split(";")[0].split("=")
reply.read()
connection.request("GET", "/api", headers={"Cookie": f"{name}={value}"})
paths = json.loads(connection.getresponse().read())["paths"]
forged = {"Cookie": f"{name}={value[:-1]}{'0' if value[-1] != '0' else '1'}"}
longer = {"Cookie": f"{name}=9{value}"}

refused = range(400, 500)
for path, methods in paths.items():
    filled = re.sub(r"{\w+}", "none", path)
    for method in [one.upper() for one in methods if one in ("get", "post", "put", "delete", "patch")]:
        if path not in OPEN:
            expect("without a token", [401], method, filled)
            expect("with a forged cookie", [401], method, filled, headers=forged)
            expect("with a cookie that was made to last", [401], method, filled, headers=longer)
            expect("with nonsense for a token", [401], method, filled, headers={"Authorization": "Basic eDp5"})
        expect("by a foreign name", [421], method, filled, headers=own | {"Host": "evil.example"})
        cross = own | {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
        expect("by another site's page", [403], method, filled, headers=cross)
        if method != "GET":
            expect("by a foreign origin", [403], method, filled, headers=own | {"Origin": "http://evil.example"})
            expect("by the origin of nothing", [403], method, filled, headers=own | {"Origin": "null"})
        if method in ("POST", "PUT", "PATCH") and path != "/logout":
            expect("with half an object", refused, method, filled, headers=own, body=b"{")
            expect("with a list", refused, method, filled, headers=own, body=b"[" * 100_000)
            expect("with bytes that are no text", refused, method, filled, headers=own, body=bytes(range(256)) * 9)
            long = own | {"Content-Length": str(1 << 40)}
            expect("with a length that is never sent", refused, method, filled, headers=long, body=b"x")
            expect("with chunks without end", [0, *refused], method, filled, headers=own, chunks=[bytes(1 << 20)] * 40)
    for method in {"POST", "PUT", "DELETE", "PATCH", "GET", "FROBNICATE"} - {one.upper() for one in methods}:
        expect("by a wrong method", [400, 404, 405], method, filled, headers=own)
    for parameter in [part for part in path.split("/") if part.startswith("{")]:
        for escape in ESCAPES:
            bad = re.sub(r"{\w+}", "0", path.replace(parameter, escape))
            for method in [one.upper() for one in methods if one in ("get", "post", "put", "delete")]:
                expect("by a way out", refused, method, bad, headers=own, body=b"{}" if method != "GET" else None)

# Wrong tokens are answered after a second, so a few wait together.
with ThreadPoolExecutor(6) as pool:
    list(pool.map(lambda path: expect("with a wrong token", [401], "GET", path, headers={"Authorization": "Bearer " + "x" * len(token)}),
                  [path for path in paths if path not in OPEN and "get" in paths[path] and "{" not in path]))
expect("at the end", [200], "GET", "/health")
print(made > 10 * len(paths))
