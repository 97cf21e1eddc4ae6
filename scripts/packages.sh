#!/usr/bin/env bash
# Installs the Debian packages of a step: packages.sh GROUP...
# (build, dev, hypervisor, image, test, bench, deb)
# When all are installed, prints nothing and contacts no mirror.
set -euo pipefail
. "$(dirname "$0")/common.sh"

packages_of() {
  case $1 in
    # The Swift toolchain contains compiler and linker, but needs the files of the C and C++ libraries.
    build)
      echo libc6-dev libstdc++-12-dev binutils pkg-config zlib1g-dev libsqlite3-dev libevent-dev libssl-dev \
        libwslay-dev libvirt-dev libarchive-dev libcurl4-openssl-dev libsodium-dev libcrypt-dev libqrencode-dev \
        libical-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libpango1.0-dev libcairo2-dev fonts-lato \
        fonts-dejavu-core tzdata ;;
    dev)
      echo inotify-tools ;;
    hypervisor)
      echo qemu-system-x86 qemu-utils libvirt-daemon-system libvirt-clients dnsmasq-base nftables iproute2 ;;
    image)
      echo mmdebstrap qemu-utils e2fsprogs fdisk grub-common grub-pc-bin uidmap ;;
    test)
      echo poppler-utils libarchive-tools python3 python3-selenium shellcheck python3-aiosmtpd chromium chromium-driver openssh-client curl qemu-utils \
        nodejs python3-pip python3-socketio python3-engineio python3-requests python3-websocket ;;
    bench)
      echo python3 wrk ;;
    deb)
      echo dpkg-dev binutils ;;
    *) fail "there is no group of packages called '$1'" ;;
  esac
}

wanted=()
for group in "$@"; do
  # shellcheck disable=SC2207  # the names hold no spaces
  wanted+=($(packages_of "$group"))
done

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

prefix=$(root_prefix) || fail "these Debian packages are missing, and installing them needs root. Run:
  apt-get install --no-install-recommends ${missing[*]}"

# shellcheck disable=SC2086  # the prefix is nothing or one word
apt() { $prefix env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@"; }

say "installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Existing package lists are usually sufficient; when a package is not found, they are updated.
install() { apt install --yes --no-install-recommends "${missing[@]}"; }
{ install || { apt update && install; }; } >"$log" 2>&1 || {
  cat "$log" >&2
  fail "apt could not install ${missing[*]} (its own words are above)"
}
