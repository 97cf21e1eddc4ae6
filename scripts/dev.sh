#!/usr/bin/env bash
# Serves a debug build with demo data in ./data and the page from its folder, where a change shows at the next load of
# the page. A change of a Swift file builds it again and, when that went well, starts it anew; until then the old one runs.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$root_folder"

export IMAGES_DIR=${IMAGES_DIR:-$root_folder/images}
export LIBVIRT_URI=${LIBVIRT_URI:-test:///default}
binary=.build/debug/obox
server=

start() {
  "$binary" serve --data "$root_folder/data" --libvirt "$LIBVIRT_URI" --demo --assets Sources/Appliance/Web/Assets "$@" &
  server=$!
}

stop() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

trap 'stop; exit 0' INT TERM
trap stop EXIT

build() { swift build --product obox 2>&1 | grep -vE '^\[[0-9]+/[0-9]+\]' || [ "${PIPESTATUS[0]}" -eq 0 ]; }

build || fail "the build failed (the compiler's own words are above)"
start "$@"
changes='^.*\.(swift|c|h)$'
while inotifywait --quiet --quiet --recursive --event close_write,move,create,delete --include "$changes" Sources; do
  # Editors write several files at once.
  sleep 0.3
  if build; then
    stop
    start "$@"
  else
    say "not built: the old one still runs"
  fi
done
