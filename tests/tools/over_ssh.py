#!/usr/bin/env python3
"""Cuts an ssh line to the reader while a note is being typed, and looks whether the draft is kept.

    over_ssh.py --postil target/release/postil

A server of its own on the loopback (own port, own keys, all in a temporary folder), a client in a pseudo-terminal, the
reader on the sample library. The client is killed in the middle of a word. Then the reader must end, the draft must hold
what was typed, and the next start must offer it. Ends with 0 if so; where there is no sshd it says so and ends with 0.
"""
import argparse
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = "typed before the line was cut"
LIMIT = 30


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def server(folder, port):
    """A server that lets the one key in; ended by its caller."""
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    (folder / "authorized").chmod(0o600)
    config = folder / "sshd_config"
    config.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        "PermitRootLogin prohibit-password\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    return subprocess.Popen([program, "-D", "-f", config, "-E", folder / "log"])


def client(folder, port, command):
    """A client in a pseudo-terminal: its process and the outer end."""
    pid, outer = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm-256color"
        user = os.environ.get("USER") or subprocess.check_output(["id", "-un"], text=True).strip()
        os.execvp("ssh", [
            "ssh", "-tt", "-p", str(port), "-i", f"{folder}/user", "-o", "StrictHostKeyChecking=no",
            "-o", f"UserKnownHostsFile={folder}/known", "-o", "LogLevel=ERROR", f"{user}@127.0.0.1", command,
        ])
    return pid, outer


def is_running(number):
    """Whether the process has not ended; one that has may still wait to be asked for its status."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def until(outer, text):
    """Reads until the terminal was sent this."""
    seen = b""
    end = time.monotonic() + LIMIT
    while text.encode() not in seen:
        ready, _, _ = select.select([outer], [], [], 1)
        if ready:
            try:
                seen += os.read(outer, 65536)
            except OSError:
                break
        if time.monotonic() > end:
            break
    if text.encode() not in seen:
        sys.exit(f"never seen: {text!r}; the last of what came: {seen[-300:]!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postil", type=Path, required=True)
    postil = parser.parse_args().postil.resolve()
    if not (shutil.which("sshd") or Path("/usr/sbin/sshd").exists()) or not shutil.which("ssh"):
        print("skipped: no sshd or no ssh here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "seeds", folder / "library")
        port = free_port()
        sshd = server(folder, port)
        try:
            end = time.monotonic() + LIMIT
            while socket.socket().connect_ex(("127.0.0.1", port)) != 0:
                if time.monotonic() > end:
                    sys.exit("the server does not listen: " + (folder / "log").read_text()[-500:])
                time.sleep(0.05)
            names = ("CONFIG", "DATA", "STATE", "CACHE")
            where = " ".join(f"XDG_{name}_HOME={folder}/{name.lower()}" for name in names)
            reader = f"{where} LANG=C.UTF-8 exec {postil} --config {ROOT}/config.toml {folder}/library"
            pid, outer = client(folder, port, f"echo $$ > {folder}/reader; {reader}")
            until(outer, "Seat Nobody Took")
            os.write(outer, b"a")
            # Typed letter by letter; a frame shows the last word as it was typed.
            for letter in WORDS.encode():
                os.write(outer, bytes([letter]))
            until(outer, "t")
            time.sleep(0.5)
            number = int((folder / "reader").read_text())
            cut = time.monotonic()
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            while is_running(number):
                if time.monotonic() > cut + LIMIT:
                    sys.exit("the reader goes on without its line")
                time.sleep(0.005)
            took = time.monotonic() - cut
            drafts = [path.read_text() for path in folder.glob("state/postil/*/drafts/*.json")]
            if len(drafts) != 1 or WORDS not in drafts[0]:
                sys.exit(f"not kept: {drafts}")
            pid, outer = client(folder, port, reader)
            until(outer, "unsent note")
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            print(f"the reader ended {took * 1000:.0f} ms after the line was cut; the draft is kept and offered")
        finally:
            sshd.terminate()
            sshd.wait()


if __name__ == "__main__":
    main()
