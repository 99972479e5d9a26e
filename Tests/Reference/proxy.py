"""Puts nginx before the workbench, as the documentation says, and asks through it.

    proxy.py ADDRESS DOCUMENT FOLDER TOKEN   the document has the configuration in a block of its own

Prints a line for each thing that holds.
"""

import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import time

address, document, folder, token = sys.argv[1:]
NAME = "rather.example"
block = re.search(r"```text\n(server .*?)```", open(document).read(), re.S).group(1)
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
pem, key = f"{folder}/proxy.pem", f"{folder}/proxy.key"
subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
                "-addext", f"subjectAltName=DNS:{NAME}", "-out", pem, "-keyout", key], check=True, capture_output=True)
for before, after in [("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("http://127.0.0.1:8017", address),
                      (f"/etc/ssl/{NAME}.pem", pem), (f"/etc/ssl/{NAME}.key", key)]:
    assert block.count(before) == 1, before
    block = block.replace(before, after)
places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
user = "user root;\n" if os.getuid() == 0 else ""
open(f"{folder}/nginx.conf", "w").write(
    f"{user}daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nevents {{}}\n"
    f"http {{\naccess_log off;\n{places}{block}}}\n")
nginx = subprocess.Popen(["nginx", "-p", folder, "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"])
trust = ssl.create_default_context(cafile=pem)


class Connection(http.client.HTTPSConnection):
    """To the proxy on this machine, by the name that it has for others."""

    def connect(self):
        link = socket.create_connection(("127.0.0.1", port), 60)
        self.sock = trust.wrap_socket(link, server_hostname=NAME)


def ask(method, path, headers={}, body=None):
    connection = Connection(NAME)
    connection.request(method, path, body, headers)
    return connection.getresponse()


def holds(what, is_so):
    print(what if is_so else f"not: {what}")


try:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    own = {"Origin": f"https://{NAME}"}
    holds("without a login there is none", ask("GET", "/api/networks").status == 401)
    reply = ask("POST", "/login", own | {"Content-Type": "application/x-www-form-urlencoded"}, f"token={token}")
    cookie = reply.getheader("Set-Cookie") or ""
    holds("the cookie goes over TLS only", reply.status == 303 and "; Secure" in cookie)
    inside = own | {"Cookie": cookie.split(";")[0]}
    inputs = json.loads(ask("GET", "/api/inputs", inside).read())["inputs"]
    holds("one who has logged in is answered", len(inputs) > 0)
    asked = json.dumps({"input": inputs[0]["id"], "method": {"explainer": "rise", "settings": "masks=10000000"}})
    foreign = ask("POST", "/api/answers", inside | {"Origin": f"http://{NAME}"}, asked)
    holds("a page that came without TLS is a foreign one", foreign.status == 403)
    id = json.loads(ask("POST", "/api/answers", inside, asked).read())["id"]
    events = ask("GET", f"/api/answers/{id}/events", inside)
    first = events.readline()
    state = json.loads(ask("GET", f"/api/answers/{id}", inside).read())["state"]
    holds("events come while there is work", first.startswith(b"event: progress") and state == "working")
    ask("DELETE", f"/api/answers/{id}", inside)
    holds("a large picture is refused", ask("POST", "/api/inputs", inside, bytes((32 << 20) + 1)).status == 413)
finally:
    # It may have inherited that SIGTERM is blocked.
    nginx.kill()
    nginx.wait()
