# SPDX-License-Identifier: Apache-2.0
"""Podman on a bare machine: no daemon, no registry, perhaps inside a container itself."""
import atexit
import functools
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from harness import CACHE, TOP, Outcome

BASE = "docker.io/library/debian:trixie-slim"
IMAGE = "localhost/sluice:e2e"

# Written only where there is none: a machine that has one is somebody's who meant it.
CONFIGURATION = {
    # crun and systemd's cgroups need what a container does not have; netavark makes the bridges of act.
    "/etc/containers/containers.conf": """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
netns = "host"

[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
""",
    "/etc/containers/storage.conf": """\
[storage]
driver = "overlay"
runroot = "/run/containers/storage"
graphroot = "/var/lib/containers/storage"
""",
}


def podman(*arguments, timeout=600, check=True, directory="/"):
    result = subprocess.run(["podman", *map(str, arguments)], cwd=directory, capture_output=True, timeout=timeout,
                            stdin=subprocess.DEVNULL)
    outcome = Outcome(result.returncode, result.stdout.decode(errors="replace"), result.stderr.decode(errors="replace"))
    if check and outcome.status != 0:
        raise RuntimeError(f"podman {' '.join(map(str, arguments))}: {outcome}")
    return outcome


@functools.lru_cache(maxsize=None)
def ready():
    """Skips the test where containers cannot run."""
    if shutil.which("podman") is None:
        raise unittest.SkipTest("podman is not installed")
    if os.geteuid() == 0:
        for file, text in CONFIGURATION.items():
            if not pathlib.Path(file).exists():
                pathlib.Path(file).write_text(text)
    podman("info")


@functools.lru_cache(maxsize=None)
def base_image():
    """Debian 13, pulled where a registry can be reached, else made from the package mirror."""
    ready()
    if podman("image", "exists", BASE, check=False).status == 0:
        return
    if podman("pull", "-q", BASE, check=False, timeout=120).status == 0:
        return
    with tempfile.TemporaryDirectory(prefix="sluice-base.") as directory:
        root = pathlib.Path(directory) / "root"
        subprocess.run(["debootstrap", "--variant=minbase", "trixie", str(root)], check=True, capture_output=True,
                       timeout=900)
        shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
        archive = subprocess.Popen(["tar", "-C", str(root), "-c", "."], stdout=subprocess.PIPE)
        subprocess.run(["podman", "import", "-", BASE], stdin=archive.stdout, check=True, capture_output=True)
        if archive.wait() != 0:
            raise RuntimeError("tar failed")


@functools.lru_cache(maxsize=None)
def image():
    """Our image, built as a user would; the compiler's cache outlives the build."""
    base_image()
    compiled = CACHE / "ccache-image"
    compiled.mkdir(parents=True, exist_ok=True)
    # In Docker's format, so that the builds which act asks for find these layers.
    podman("build", "--format", "docker", "--layers", "--volume", f"{compiled}:/ccache", "-t", IMAGE, TOP, timeout=3000)
    # What no image uses any more, but not the layers that the next builds find again.
    podman("image", "prune", "-f", "--filter", "until=72h", check=False)
    return IMAGE


@functools.lru_cache(maxsize=None)
def socket():
    """A Docker socket that podman serves for this test run."""
    ready()
    directory = pathlib.Path(tempfile.mkdtemp(prefix="sluice-podman."))
    path = directory / "docker.sock"
    service = subprocess.Popen(["podman", "system", "service", "-t", "0", f"unix://{path}"], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop():
        service.terminate()
        service.wait(30)
        shutil.rmtree(directory, ignore_errors=True)

    atexit.register(stop)
    for _ in range(100):
        if path.exists():
            return path
        time.sleep(0.1)
    raise RuntimeError("podman does not serve its socket")
