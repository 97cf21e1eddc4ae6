# shellcheck shell=bash
# Read by the other scripts: how they speak, and how they become root for the one command that needs it.

root_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root_folder

say() { printf '%s\n' "obox: $*" >&2; }

fail() {
  printf '%s\n' "obox: error: $*" >&2
  exit 1
}

# Prints what has to stand before a command that needs root: nothing, or sudo. Fails when there is neither.
root_prefix() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  elif command -v sudo >/dev/null; then
    echo sudo
  else
    return 1
  fi
}

# The hypervisor of this machine answers on its system socket.
hypervisor_answers() {
  command -v virsh >/dev/null && timeout 10 virsh --quiet --connect qemu:///system uri >/dev/null 2>&1
}

# Systemd is the one that starts services here (it is installed in many containers that it does not run).
systemd_runs() { [ -d /run/systemd/system ]; }

# Asks the kernel for a TCP port that nobody listens on.
free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
