#!/usr/bin/env bash
# Checks everything, in named steps; goes on after a failure, so that one run shows them all.
#   test.sh [STEP...]     runs only those steps. HYPERVISOR=no starts none and skips what needs one.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$root_folder"

all_steps=(packages format scripts assets page build unit release real clients browser)
# `install` makes a Debian and boots it with systemd, which takes minutes more: it runs by its name only.
results=()
skipped=()
failures=0

# A step that cannot run here prints the reason and exits with 77, as in autotools' tests.
skip() {
  echo "skipped: $*"
  exit 77
}

step_packages() {
  scripts/packages.sh build test
  [ "${HYPERVISOR:-yes}" = no ] || scripts/packages.sh hypervisor image
}

step_format() { swift format lint --strict --recursive --parallel --configuration .swift-format Sources Tests; }

step_scripts() { git ls-files '*.sh' .ci/run Benchmarks/run | xargs shellcheck --external-sources --shell=bash; }

step_assets() {
  [ -x Sources/Appliance/Web/CAssets/generate.sh ] || skip "the page's files are not generated in this tree"
  Sources/Appliance/Web/CAssets/generate.sh --check
}

# The page's modules that need no browser, and rules for all modules.
step_page() { node --test Tests/Web/unit/*.test.js; }

# Swift's warnings are errors by the manifest; warnings of C and the linker are found here.
step_build() {
  swift build --build-tests 2>&1 | tee .build/build.log
  ! grep --line-number 'warning:' .build/build.log
}

# A test process that dies may exit with 0, so Swift Testing's final line is required.
step_unit() {
  local module
  export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=16
  for module in Threads Encoding ICalendar GIFT Typesetting Backup Store HTTP Mailer Hypervisor Fuzz Appliance; do
    swift test --skip-build --filter "^${module}Tests\\." 2>&1 | tee .build/unit.log
    grep -qE 'Test run with [1-9][0-9]* tests? .*passed' .build/unit.log || {
      echo "the closing line of ${module}Tests is missing"
      return 1
    }
  done
}

step_release() { swift build -c release --static-swift-stdlib --product obox; }

# The package in a fresh Debian with a live systemd. ROOTS="bookworm trixie" tries Debian 12 and 13.
step_install() {
  [ "$(id -u)" -eq 0 ] || skip "a Debian of its own needs root"
  [ -x .build/release/obox ] || skip "there is no .build/release/obox: run the step release"
  scripts/packages.sh deb install
  systemd-nspawn --version >/dev/null || skip "there is no systemd-nspawn"
  unshare --mount --pid --net --fork true || skip "this container may not make name spaces"
  # shellcheck disable=SC2086  # several words
  /usr/bin/python3 Tests/Real/install.py ${ROOTS:-bookworm}
}

step_real() {
  [ "${HYPERVISOR:-yes}" != no ] || skip "HYPERVISOR=no"
  [ "$(id -u)" -eq 0 ] || skip "a network name space and a firewall table need root"
  scripts/packages.sh hypervisor image test
  scripts/hypervisor.sh start
  hypervisor_answers || skip "no hypervisor answers on qemu:///system"
  scripts/build-image.sh
  /usr/bin/python3 Tests/Real/end_to_end.py
}

# Third-party clients, and a storm of clients over a daemon that is killed, against the release binary.
step_clients() {
  scripts/with-server.sh /usr/bin/python3 Tests/Real/bridges.py
  scripts/with-server.sh /usr/bin/python3 Tests/Real/fuzz.py
  /usr/bin/python3 Tests/Real/chat_storm.py
}

step_browser() {
  [ -n "$(find Tests/Web -name 'test*.py' 2>/dev/null)" ] || skip "there are no browser tests in this tree"
  /usr/bin/python3 Tests/Web/run.py
}

run_step() {
  local name=$1 status=0 before=$SECONDS log=.build/step.$1.log
  printf '\n=== %s\n' "$name"
  # A separate shell, so that `set -e` applies inside and `skip` leaves only the step.
  (set +e; trap - EXIT; bash -c "$(declare -f skip step_"$name"); set -euo pipefail; . scripts/common.sh; step_$name" 2>&1) |
    tee "$log" || status=$?
  case $status in
    0) outcome=passed ;;
    77) outcome=skipped && skipped+=("$name: $(sed -n 's/^skipped: //p' "$log" | tail -n 1)") ;;
    *) outcome=FAILED && failures=$((failures + 1)) ;;
  esac
  results+=("$(printf '%-10s %-8s %4d s' "$name" "$outcome" $((SECONDS - before)))")
}

summary() {
  printf '\n=== summary\n'
  printf '%s\n' "${results[@]}"
  if [ ${#skipped[@]} -gt 0 ]; then printf 'skipped: %s\n' "${skipped[@]}"; fi
  if [ "$failures" -gt 0 ]; then echo "$failures failed"; else echo "all that ran passed"; fi
}

mkdir -p .build
# Stops only what this run started.
[ -e .build/hypervisor.pids ] || trap 'scripts/hypervisor.sh stop' EXIT
[ $# -gt 0 ] || set -- "${all_steps[@]}"
for name in "$@"; do
  declare -F "step_$name" >/dev/null || fail "there is no step '$name'; there are: ${all_steps[*]}"
done
for name in "$@"; do run_step "$name"; done
summary
[ "$failures" -eq 0 ]
