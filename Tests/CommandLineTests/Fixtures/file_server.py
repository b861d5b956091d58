"""Serves a folder's files over HTTP with byte ranges, and misbehaves where asked to. Prints its port.

/NAME            the file
/cut/NAME        the first two answers end after a third of what is left
/redirect/NAME   redirects to /NAME and announces the file's SHA-256, as Hugging Face does
/lie/NAME        the same with a wrong SHA-256
/insecure/NAME   redirects to plain http on another machine
/slow/NAME       sends a little, then waits

Every request is noted as a line "PATH RANGE" in the file `requests` of the folder.
"""

import hashlib
import http.server
import pathlib
import sys
import time

root = pathlib.Path(sys.argv[1])
cuts = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def head(self, status, length, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def do_GET(self):
        with open(root / "requests", "a") as notes:
            notes.write(f"{self.path} {self.headers.get('Range', '-')}\n")
        *mode, name = self.path.strip("/").split("/")
        path = root / name
        if not path.is_file():
            return self.head(404, 0)
        data = path.read_bytes()
        if mode == ["redirect"] or mode == ["lie"]:
            digest = hashlib.sha256(data if mode == ["redirect"] else b"").hexdigest()
            return self.head(302, 0, Location=f"/{name}", X_Linked_ETag=f'"{digest}"')
        if mode == ["insecure"]:
            return self.head(302, 0, Location=f"http://example.invalid/{name}")
        tag = f'"{hashlib.md5(data).hexdigest()}"'
        start = 0
        if "Range" in self.headers and self.headers.get("If-Range", tag) == tag:
            start = int(self.headers["Range"].removeprefix("bytes=").split("-")[0])
            if start >= len(data):
                return self.head(416, 0)
            self.head(206, len(data) - start, ETag=tag, Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.head(200, len(data), ETag=tag)
        end = len(data)
        if mode == ["cut"] and cuts.get(name, 0) < 2:
            cuts[name] = cuts.get(name, 0) + 1
            end = start + (end - start) // 3
            self.close_connection = True
        if mode == ["slow"]:
            self.wfile.write(data[start : start + 1000])
            self.wfile.flush()
            time.sleep(30)
        self.wfile.write(data[start:end])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
server.serve_forever()
