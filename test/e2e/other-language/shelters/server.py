"""A partner without the kit: shelters, in Python's standard library alone.

    python3 server.py --code shelters --port 4130 --keys FOLDER --hub-keys FILE --hub http://127.0.0.1:4000/graphql
"""

import argparse
import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import data
from execution import Execution, Schema
from hub import Hub, Refused, read_keys
from language import GraphQLError, SchemaParser

MOST_BYTES = 1_000_000
LONGEST_WAIT = 30
FOLDER = os.path.dirname(os.path.abspath(__file__))


def make_manifest(hub, code, port, sdl):
    now = time.time()
    return hub.sign(
        {"typ": "hub-manifest+jwt"},
        {
            "form": 1,
            "issuer": code,
            "subgraph": "shelters",
            "endpoint": f"http://127.0.0.1:{port}/graphql",
            "contact": "hub@shelters.example.org",
            "sequence": int(now),
            "issuedAt": datetime.fromtimestamp(int(now), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "schemaVersion": "1",
            "schema": sdl,
            "maintenance": [],
            "lastGoodFor": 0,
            "consents": [],
            "conformance": None,
        },
    )


def describe(error):
    extensions = {"code": error.code}
    if error.argument is not None:
        extensions["argument"] = error.argument
    described = {"message": str(error), "extensions": extensions}
    return described if error.path is None else {**described, "path": error.path}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = LONGEST_WAIT
    hub = schema = resolvers = manifest = None

    def do_GET(self):
        if self.path == "/.well-known/hub-manifest.json":
            self.respond(200, {"manifest": self.manifest})
        elif self.path in ("/health/live", "/health/ready"):
            self.respond(200, {"status": "ok"})
        else:
            self.respond(404, {"errors": [{"message": "Not found."}]})

    def do_POST(self):
        length = self.headers.get("content-length") or ""
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True
            return self.refuse(413, GraphQLError("REQUEST_TOO_LARGE", "The request is too large."))
        body = self.rfile.read(int(length))
        if self.path != "/graphql":
            return self.respond(404, {"errors": [{"message": "Not found."}]})
        # A header that comes twice says nothing certain.
        given = self.headers.items()
        headers = {name.lower(): value for name, value in given if len(self.headers.get_all(name)) == 1}
        try:
            reader = self.hub.verify("POST", self.path, headers, body)
        except Refused as refused:
            error = GraphQLError("UNAUTHENTICATED", "The request is not signed by the hub.")
            return self.refuse(401, error, {"hub-refusal": str(refused)})
        return self.execute(body, reader)

    def execute(self, body, reader):
        execution = Execution(self.schema, self.resolvers, reader)
        try:
            try:
                request = json.loads(body.decode())
                text, variables = request["query"], request.get("variables") or {}
                operation_name = request.get("operationName")
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                raise GraphQLError("BAD_REQUEST", "The body is no request.") from None
            if not isinstance(text, str):
                raise GraphQLError("BAD_REQUEST", "The query is no text.")
            result = {"data": execution.run(text, variables, operation_name)}
        except GraphQLError as error:
            return self.refuse(400, error)
        if execution.errors:
            result["errors"] = [describe(error) for error in execution.errors]
        return self.respond(200, result)

    def refuse(self, status, error, headers=None):
        self.respond(status, {"errors": [describe(error)]}, headers)

    def respond(self, status, content, headers=None):
        text = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(text)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_arguments):
        """Nothing: a line of the log may not name who asks for what."""


class Server(ThreadingHTTPServer):
    # Requests in flight end before the process does.
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, address, handler):
        super().__init__(address, handler)
        self.connections = set()

    def process_request(self, request, client_address):
        self.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        self.connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request, client_address):
        # A connection that the hub has cut needs no words.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def stop(self):
        """Accepts nothing more, and lets each connection end after the request in flight."""
        self.shutdown()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RD)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--code", default="shelters")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--keys", required=True, help="the folder with our private keys")
    parser.add_argument("--hub-keys", required=True, help="the file of the hub's public keys")
    parser.add_argument("--hub", help="the URL of the hub's graph")
    options = parser.parse_args()
    with open(os.path.join(FOLDER, "shelters.graphql"), encoding="utf-8") as file:
        sdl = file.read()
    own = read_keys(os.path.join(options.keys, f"{options.code}.private.json"))
    hub = Hub(options.code, own, read_keys(options.hub_keys))
    Handler.hub = hub
    Handler.schema = Schema(SchemaParser(sdl).types(), {"Shelter", "Visit"})
    Handler.resolvers = data.make_resolvers(options.code, sdl)
    server = Server(("127.0.0.1", options.port), Handler)
    Handler.manifest = make_manifest(hub, options.code, server.server_port, sdl)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.stop).start())
    print(f"listening on {server.server_port}", flush=True)
    if options.hub:
        threading.Thread(target=ask_for_refresh, args=(hub, options.hub), daemon=True).start()
    server.serve_forever()
    server.server_close()


def ask_for_refresh(hub, url):
    try:
        hub.ask_for_refresh(url)
    except OSError as error:
        # The hub asks by itself every few minutes.
        print(f"the hub was not told: {error}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
