#!/usr/bin/env bash
# Serves the release binary with its data in ./data. HYPERVISOR=no installs and starts no hypervisor;
# LIBVIRT_URI selects one; everything else is an option of `obox serve`.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$root_folder"

if [ -z "${LIBVIRT_URI:-}" ]; then
  if [ "${HYPERVISOR:-yes}" = no ]; then
    LIBVIRT_URI=test:///default
  else
    scripts/packages.sh hypervisor
    LIBVIRT_URI=$(scripts/hypervisor.sh uri)
  fi
fi

export IMAGES_DIR=${IMAGES_DIR:-$root_folder/images}
if [ "$LIBVIRT_URI" != test:///default ] && [ -z "$(find "$IMAGES_DIR" -type f 2>/dev/null | head -n 1)" ]; then
  say "there is no image yet: building Debian 12 from Debian's packages, once"
  scripts/packages.sh image
  scripts/build-image.sh
fi

say "machines by $LIBVIRT_URI, data in $root_folder/data"
exec .build/release/obox serve --data "$root_folder/data" --libvirt "$LIBVIRT_URI" --demo "$@"
