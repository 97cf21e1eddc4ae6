#!/bin/sh
# Writes assets.c: an #embed line for each file of ../Assets and ../Vendor and of the libraries of the system, and
# the table of all files. With --check, writes nothing and fails when assets.c is outdated.
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

# Debian's packages novnc, libjs-xterm and node-xterm: consoles of machines.
novnc=/usr/share/novnc
xterm=/usr/share/nodejs/xterm/lib
xterm_style=/usr/share/javascript/xterm/xterm.css

for needed in "$novnc/core/rfb.js" "$xterm/public/Terminal.js" "$xterm_style"; do
  [ -f "$needed" ] || {
    echo "$needed is missing: run scripts/packages.sh build" >&2
    exit 1
  }
done

# One line for each file: its path in the page, and where it is.
files() {
  {
    (cd ../Assets && find . -type f ! -name '.*') | sed 's|^\./\(.*\)|\1 ../Assets/\1|'
    echo vendor/novnc.js ../Vendor/novnc.js
    (cd $novnc && find core vendor -type f -name '*.js') | sed "s|.*|vendor/novnc/& $novnc/&|"
    echo vendor/xterm/xterm.css $xterm_style
  } | sort
}

# The bytes of a text as numbers for C.
bytes() { printf '%s\n' "$1" | od -An -v -tu1 | tr -s ' \n' ',' | sed 's/^,//; s/,*$/,/'; echo; }

embed() { printf '#embed "%s"\n,\n' "$1"; }

# xterm.js consists of modules for Node; they become one script for browsers.
terminal() {
  printf 'static const unsigned char terminal[] = {\n'
  bytes "(() => { 'use strict'; const sources = {"
  (cd $xterm && find . -name '*.js' ! -name '*.test.js' ! -name 'TestUtils*' ! -path ./xterm.js) \
    | sed 's|^\./\(.*\)\.js$|\1|' | sort | while read -r module; do
    bytes "'$module': function (require, module, exports) {"
    embed "$xterm/$module.js"
    bytes '
},'
  done
  bytes '};'
  printf '#embed "../Vendor/modules.js"\n};\n'
}

write() {
  printf '// Written by generate.sh: do not edit.\n#include "CAssets.h"\n\n'
  number=0
  files | while read -r _ file; do
    printf 'static const unsigned char a%d[] = {\n#embed "%s"\n};\n' "$number" "$file"
    number=$((number + 1))
  done
  terminal
  printf '\nstatic const obox_asset obox_assets[] = {\n'
  number=0
  files | while read -r name _; do
    printf '  {"%s", a%d, sizeof a%d},\n' "$name" "$number" "$number"
    number=$((number + 1))
  done
  printf '  {"vendor/xterm/xterm.js", terminal, sizeof terminal},\n'
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
