#!/bin/sh
# Writes assets.c: an #embed line for each file of ../Assets, and the table of all files.
# With --check, writes nothing and fails when assets.c is outdated.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

files() { (cd ../Assets && find . -type f ! -name '.*' | sed 's|^\./||' | sort); }

write() {
  printf '// Written by generate.sh: do not edit.\n#include "CAssets.h"\n\n'
  number=0
  files | while read -r file; do
    printf 'static const unsigned char a%d[] = {\n#embed "../Assets/%s"\n};\n' "$number" "$file"
    number=$((number + 1))
  done
  printf '\nstatic const obox_asset obox_assets[] = {\n'
  number=0
  files | while read -r file; do
    printf '  {"%s", a%d, sizeof a%d},\n' "$file" "$number" "$number"
    number=$((number + 1))
  done
  printf '};\n\nconst int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];\n\n'
  printf 'const obox_asset *obox_asset_at(int index) {\n'
  printf '  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;\n}\n'
}

if [ "${1:-}" = --check ]; then
  if write | cmp -s - assets.c; then exit 0; fi
  echo "Sources/Appliance/Web/CAssets/assets.c is out of date: run generate.sh beside it" >&2
  exit 1
fi
write > assets.c
