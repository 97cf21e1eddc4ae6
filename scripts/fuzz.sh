#!/usr/bin/env bash
# Feeds every parser with mutated inputs, in parallel, for a number of minutes each: fuzz.sh [MINUTES]
# FUZZ_SEED reproduces a run. Inputs that ended a process are in .build/fuzz.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$root_folder"

minutes=${1:-10}
[[ $minutes =~ ^[0-9]{1,4}$ && $minutes -gt 0 ]] || fail "MINUTES is a number from 1"
export FUZZ_SECONDS=$((minutes * 60)) FUZZ_SEED=${FUZZ_SEED:-$((RANDOM * 32768 + RANDOM))}
say "FUZZ_SEED=$FUZZ_SEED"
swift build --build-tests
mkdir -p .build/fuzz
tests=$(find .build/debug/ -maxdepth 1 -name '*.xctest')

pids=()
names=()
begin() {
  local name=$1
  shift
  nice "$@" >".build/fuzz/$name.log" 2>&1 &
  pids+=($!)
  names+=("$name")
}
# One process per parser, so that a crash does not affect the others.
for test in $(tr -d '\n' <<<"$(cat Tests/FuzzTests/*Tests.swift)" | grep -o 'Fuzzer\.run( *"[a-z]*"' | cut -d '"' -f 2); do
  # Run directly, because the package manager allows only one run at a time.
  FUZZ_ONLY=$test begin "$test" "$tests" --testing-library swift-testing --filter '^FuzzTests\.'
done
OBOX_BINARY=$root_folder/.build/debug/obox begin daemon scripts/with-server.sh /usr/bin/python3 Tests/Real/fuzz.py

failed=0
for index in "${!pids[@]}"; do
  name=${names[$index]}
  if wait "${pids[$index]}"; then
    grep --no-filename '^fuzz ' ".build/fuzz/$name.log"
  else
    failed=$((failed + 1))
    tail -n 20 ".build/fuzz/$name.log"
    say "$name failed: .build/fuzz/$name.log"
  fi
done
[ "$failed" -eq 0 ]
