#!/usr/bin/env bash
# Serves a debug build with demo data in ./data, and the page from its folder, so that changes of the page
# show at the next load. A change of a Swift file triggers a build and, if it succeeds, a restart; until then
# the old one runs.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$root_folder"

export IMAGES_DIR=${IMAGES_DIR:-$root_folder/images}
export LIBVIRT_URI=${LIBVIRT_URI:-test:///default}
binary=.build/debug/obox
server=
watcher=

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

leave() {
  stop
  [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
}

trap 'exit 0' INT TERM
trap leave EXIT

build() { swift build --product obox 2>&1 | grep -vE '^\[[0-9]+/[0-9]+\]' || [ "${PIPESTATUS[0]}" -eq 0 ]; }

build || fail "the build failed (the compiler's own words are above)"
start "$@"
# Changes during a build wait in the pipe.
exec 3< <(exec inotifywait --monitor --quiet --recursive --format x --event close_write,move,create,delete \
  --include '^.*\.(swift|c|h)$' Sources)
watcher=$!
while read -r -u 3 _; do
  # Editors write several files at once.
  while read -r -t 0.3 -u 3 _; do :; done
  if build; then
    stop
    start "$@"
  else
    say "not built: the old one still runs"
  fi
done
