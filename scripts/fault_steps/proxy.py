"""A network that breaks."""

import random
import socket
import struct
import threading


class Proxy:
    """A TCP proxy that can break what goes through it: pass, refuse, reset, truncate, corrupt, hole.

    In a hole nothing goes on in either direction while every connection stays open; what was held comes afterwards.
    """

    def __init__(self, port):
        self.port, self.mode, self.pairs = port, "pass", []
        self.dice = random.Random(1)
        self.passing = threading.Event()
        self.passing.set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def address(self):
        return self.listener.getsockname()[1]

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            if self.mode == "refuse":
                self.cut(client)
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                self.cut(client)
                continue
            self.pairs.append((client, server))
            threading.Thread(target=self.pump, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self.pump, args=(server, client, True), daemon=True).start()

    @staticmethod
    def cut(client):
        """Ends with RST."""
        try:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        except OSError:
            pass

    def pump(self, source, sink, is_down):
        try:
            while data := source.recv(65536):
                self.passing.wait()
                if is_down and self.mode == "truncate":
                    # A FIN in the middle of a frame.
                    sink.sendall(data[: max(1, len(data) // 2)])
                    break
                if is_down and self.mode == "corrupt":
                    data = bytearray(data)
                    data[self.dice.randrange(len(data))] ^= 1 << self.dice.randrange(8)
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def mend(self):
        self.mode = "pass"
        self.passing.set()

    def breaks(self, mode):
        self.mode = mode
        if mode == "hole":
            self.passing.clear()
        if mode == "reset":
            self.mode = "refuse"
            pairs, self.pairs = self.pairs, []
            for client, server in pairs:
                self.cut(client)
                self.cut(server)
