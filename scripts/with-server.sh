#!/usr/bin/env bash
# Runs a command against a new demo server on a free port, with simulated machines: with-server.sh COMMAND...
# The command gets OBOX_URL, OBOX_ADMIN and OBOX_ADMIN_PASSWORD (of the demo), OBOX_MAILBOX=1 (mail stays on
# the page) and OBOX_SHOTS, the folder for screenshots.
set -euo pipefail
. "$(dirname "$0")/common.sh"

binary=${OBOX_BINARY:-$root_folder/.build/release/obox}
folder=$(mktemp --directory)
log=$folder/serve.log
address=127.0.0.1:$(free_port)
server=

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

# A file that only looks like an image is enough for simulated machines.
mkdir -p "$folder/images/debian"
qemu-img create -q -f qcow2 "$folder/images/debian/12.qcow2" 2G

# Created first, so that it can be read however slowly the daemon starts.
: >"$log"
mkdir "$folder/backups"
(umask 077 && echo 'only for these tests' >"$folder/passphrase")
PUBLIC_URL=http://$address IMAGES_DIR=$folder/images \
  BACKUP_FOLDER=$folder/backups BACKUP_PASSPHRASE_FILE=$folder/passphrase \
  "$binary" serve --data "$folder/data" --listen "$address" --libvirt test:///default --demo >"$log" 2>&1 &
server=$!

# The daemon answers before its demo accounts exist: their announcement is printed last.
password=
for _ in $(seq 150); do
  password=$(sed -n 's/^ *password: //p' "$log" | head -n 1)
  [ -z "$password" ] || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
[ -n "$password" ] || { cat "$log" >&2; fail "the server does not start (its own words are above)"; }

# For tests that start another server: the first run of an installation.
export OBOX_BINARY=$binary
export OBOX_URL=http://$address OBOX_ADMIN=admin OBOX_ADMIN_PASSWORD=$password OBOX_MAILBOX=1
export OBOX_SHOTS=${OBOX_SHOTS:-$root_folder/screenshots}

status=0
"$@" || status=$?
[ "$status" -eq 0 ] || { echo "the server's last lines:"; tail -n 30 "$log"; } >&2
exit "$status"
