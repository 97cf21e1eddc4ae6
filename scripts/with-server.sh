#!/usr/bin/env bash
# Runs a command against a fresh demo server on a free port, with simulated machines: with-server.sh COMMAND...
# The command finds OBOX_URL, OBOX_SETUP_URL (the one-time link for the first admin), OBOX_DATA and OBOX_BINARY.
set -euo pipefail
. "$(dirname "$0")/common.sh"

export OBOX_BINARY=${OBOX_BINARY:-$root_folder/.build/release/obox}
OBOX_DATA=$(mktemp --directory)
OBOX_URL=http://127.0.0.1:$(free_port)
export OBOX_DATA OBOX_URL
log=$OBOX_DATA/serve.log
server=

stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$OBOX_DATA"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

PUBLIC_URL=$OBOX_URL "$OBOX_BINARY" serve --data "$OBOX_DATA/data" --listen "${OBOX_URL#http://}" \
  --libvirt test:///default --demo >"$log" 2>&1 &
server=$!

for _ in $(seq 100); do
  ! curl --silent --fail --output "$OBOX_DATA/health" "$OBOX_URL/api/health" || break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
[ -s "$OBOX_DATA/health" ] || { cat "$log" >&2; fail "the server does not answer (its own words are above)"; }

OBOX_SETUP_URL=$(grep --only-matching --max-count=1 'http[^ ]*/setup?token=[^ "]*' "$log" || true)
export OBOX_SETUP_URL

status=0
"$@" || status=$?
[ "$status" -eq 0 ] || { echo "the server's last lines:"; tail -n 30 "$log"; } >&2
exit "$status"
