"""Runs a command on a terminal of its own: on_terminal.py STDIN TYPED COMMAND...

STDIN is `tty` or `pipe`. TYPED is typed as soon as there is a prompt; `SIGTERM` is sent instead. Prints what the
terminal showed, on standard error whether it echoes again, and ends with the code of the command.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

stdin, typed, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
pid, terminal = pty.fork()
if pid == 0:
    if stdin == "pipe":
        reading, writing = os.pipe()
        os.dup2(reading, 0)
    # The console of Windows breaks lines that are longer than a terminal is wide.
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 500, 0, 0))
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
        if typed == b"SIGTERM":
            os.kill(pid, signal.SIGTERM)
        else:
            os.write(terminal, typed)
        answered = True
else:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.stdout.flush()
echoes = termios.tcgetattr(terminal)[3] & termios.ECHO
sys.stderr.write("echo on" if echoes else "echo off")
sys.exit(os.waitstatus_to_exitcode(status))
