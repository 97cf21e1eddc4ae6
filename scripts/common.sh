# shellcheck shell=bash
# Sourced by the other scripts: messages, and running single commands as root.

root_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root_folder

say() { printf '%s\n' "obox: $*" >&2; }

fail() {
  printf '%s\n' "obox: error: $*" >&2
  exit 1
}

# Prints the prefix for a command that needs root: nothing, or sudo. Fails when neither works.
root_prefix() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  elif command -v sudo >/dev/null; then
    echo sudo
  else
    return 1
  fi
}

# Whether the local hypervisor answers on its system socket.
hypervisor_answers() {
  command -v virsh >/dev/null && timeout 10 virsh --quiet --connect qemu:///system uri >/dev/null 2>&1
}

# Whether systemd manages services here; many containers have it installed but not running.
systemd_runs() { [ -d /run/systemd/system ]; }

# Prints a TCP port that is free at present.
free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
