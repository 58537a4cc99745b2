"""Runs a command on a terminal of its own: on_terminal.py STDIN TYPED COMMAND...

STDIN is `tty` or `pipe`. TYPED is typed as soon as a prompt stands there. Prints what the terminal showed.
"""
import os
import pty
import select
import sys
import time

stdin, typed, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    if stdin == "pipe":
        reading, writing = os.pipe()
        os.dup2(reading, 0)
    os.execvp(command[0], command)
shown, answered = b"", False
while select.select([terminal], [], [], 30)[0]:
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    shown += data
    if not answered and b"phrase:" in shown:
        # A person needs longer than the program takes to switch the echo off.
        time.sleep(0.2)
        os.write(terminal, typed)
        answered = True
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
