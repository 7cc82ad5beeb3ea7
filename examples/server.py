"""A server that classifies texts by a list of words; it needs nothing but Python.

    python3 examples/server.py 8000, then --model http://127.0.0.1:8000/
"""
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WEIGHTS = {"good": 1.5, "fine": 1.0, "great": 2.0, "bad": -1.5, "poor": -1.0, "awful": -2.0}


def scores(text):
    score = sum(WEIGHTS.get(word, 0) for word in re.findall(r"\w+", text.lower()))
    return [score, -score]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["texts"]
        answer = {"classes": ["positive", "negative"], "scores": [scores(text) for text in texts]}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(f"http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
