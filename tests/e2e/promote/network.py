# SPDX-License-Identifier: Apache-2.0
"""A way on loopback from the observer to what it observes, which can be cut."""
import socket
import threading


class Way:
    """Passes connections to its own port on to another, unless it is cut: then nobody listens there."""

    def __init__(self, target):
        self.target = target
        self.listener = None
        self.port = 0
        self.mend()

    def mend(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.listener.listen(64)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def cut(self):
        # Who waits in accept() keeps the port, whatever close() says.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def accept(self, listener):
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(here,), daemon=True).start()

    def carry(self, here):
        try:
            there = socket.create_connection(("127.0.0.1", self.target), timeout=30)
        except OSError:
            here.close()
            return
        back = threading.Thread(target=pump, args=(there, here), daemon=True)
        back.start()
        pump(here, there)
        back.join()
        here.close()
        there.close()


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
