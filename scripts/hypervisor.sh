#!/usr/bin/env bash
# Chooses the hypervisor for a development server: hypervisor.sh uri | start | stop
#   uri    prints qemu:///system when it answers (after `start`), else test:///default, and says why
#   start  where systemd does not run: starts virtlogd and libvirtd, if they are installed and we are root
#   stop   ends those that `start` started, and no others
set -euo pipefail
. "$(dirname "$0")/common.sh"

started=$root_folder/.build/hypervisor.pids

# QEMU's own user is not available in most containers, and libvirt would then start no machine.
run_machines_as_root() {
  local setting
  for setting in 'user = "root"' 'group = "root"'; do
    grep -qx "$setting" /etc/libvirt/qemu.conf || echo "$setting" >>/etc/libvirt/qemu.conf
  done
}

start_daemon() {
  local name=$1 pid_file=/run/$1.pid
  [ ! -s "$pid_file" ] || ! kill -0 "$(cat "$pid_file")" 2>/dev/null || return 0
  "$name" --daemon --pid-file "$pid_file" || return 1
  echo "$name $(cat "$pid_file")" >>"$started"
  say "started $name (process $(cat "$pid_file"); scripts/hypervisor.sh stop ends it)"
}

start() {
  ! hypervisor_answers || return 0
  ! systemd_runs || { say "libvirtd does not answer; see: systemctl status libvirtd"; return 0; }
  command -v libvirtd virtlogd >/dev/null || { say "libvirt is not installed"; return 0; }
  [ "$(id -u)" -eq 0 ] || { say "libvirtd is not running, and only root can start it"; return 0; }
  mkdir -p "$(dirname "$started")"
  run_machines_as_root
  { start_daemon virtlogd && start_daemon libvirtd; } || { say "libvirtd could not be started"; return 0; }
  for _ in $(seq 50); do
    ! hypervisor_answers || return 0
    sleep 0.2
  done
  say "libvirtd was started and does not answer"
}

uri() {
  if hypervisor_answers; then
    echo qemu:///system
  else
    say "no hypervisor answers: machines are libvirt's own simulated ones (test:///default)"
    [ "$(id -u)" -eq 0 ] || say "for real ones, run this as root, or join the group libvirt"
    echo test:///default
  fi
}

# Also compares the name, since the process id may have been reused.
stop() {
  [ -f "$started" ] || return 0
  while read -r name pid; do
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" != "$name" ] || kill "$pid"
  done < <(tac "$started")
  rm -f "$started"
}

case ${1:-} in
  uri) start && uri ;;
  start | stop) "$1" ;;
  *) fail "say one of: uri, start, stop" ;;
esac
