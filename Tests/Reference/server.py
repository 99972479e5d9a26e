"""server.py FOLDER: serves a folder on this machine alone, and zeros without end for names that are not in it.

Prints the port, and ends with its standard input.
"""

import os
import sys
import threading
from http.server import HTTPServer, SimpleHTTPRequestHandler


class Handler(SimpleHTTPRequestHandler):
    def do_GET(self):
        if "missing" in self.path:
            return self.send_error(404)
        if os.path.exists(self.translate_path(self.path)):
            return super().do_GET()
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(bytes(1 << 20))
        except OSError:
            pass

    def log_message(self, *_):
        pass


os.chdir(sys.argv[1])
server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
