"""Keeps the workbench waiting in each way that there is, and prints a line for each that it put up with.

    dawdle.py ADDRESS IDLE UPLOAD   the seconds that it was told to wait; says “ended” last
"""

import socket
import sys
import time
from urllib.parse import urlsplit

address, idle, upload = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
place = urlsplit(address)
HOST = f"Host: {place.netloc}\r\n".encode()
# The machine may be busy.
GRACE = 20


def connected():
    link = socket.create_connection((place.hostname, place.port))
    link.settimeout(0.2)
    return link


def is_closed(link):
    """Reads what there is; whether nothing more will come."""
    try:
        while True:
            if not link.recv(1 << 16):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True


def lasts(what, begin, drip, most):
    """Sends a beginning, and then a byte now and then."""
    link = connected()
    start = time.time()
    link.sendall(begin)
    while time.time() - start < most + GRACE:
        try:
            if drip:
                link.sendall(drip)
        except OSError:
            break
        if is_closed(link):
            break
    else:
        print(f"{what} lasted longer than {most + GRACE} seconds")
    link.close()


lasts("silence", b"", None, idle)
lasts("half a head", b"GET /health HTTP/1.1\r\n", None, idle)
lasts("a head that comes a byte at a time", b"GET /health HTTP/1.1\r\nX-Long: ", b"x", idle)
lasts("half a body", b"POST /api/predict HTTP/1.1\r\n" + HOST + b"Content-Length: 99999\r\n\r\n{", None, upload)
lasts("a body that comes a byte at a time", b"POST /api/predict HTTP/1.1\r\n" + HOST + b"Content-Length: 99999\r\n\r\n{", b" ", upload)
lasts("an answered connection", b"GET /health HTTP/1.1\r\n" + HOST + b"\r\n", None, idle)

# Asks for more than buffers hold, and reads none of it for a while.
link = connected()
asked = 4_000
try:
    link.settimeout(5)
    link.sendall((b"GET /style.css HTTP/1.1\r\n" + HOST + b"\r\n") * asked)
except OSError:
    pass
time.sleep(3 * idle + 2)
link.settimeout(GRACE)
count = 0
try:
    while piece := link.recv(1 << 20):
        count += piece.count(b"HTTP/1.1 200")
except OSError:
    pass
if count >= asked:
    print("a reader that did not read got everything")

# An upload that is cut off.
link = connected()
link.sendall(b"POST /api/inputs?name=cut.png HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n" + bytes(500_000))
link.close()
print("ended")
