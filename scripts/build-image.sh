#!/usr/bin/env bash
# Builds IMAGES_DIR/debian/12.qcow2, a small Debian 12 cloud image, from Debian's packages only. Needs no loop
# device or mount: mke2fs fills the file system from a folder, and GRUB's two files are written before the
# partition, where the firmware expects them.
set -euo pipefail
. "$(dirname "$0")/common.sh"

suite=bookworm
disk_megabytes=2048
first_sector=2048
target=${IMAGES_DIR:-$root_folder/images}/debian/12.qcow2
# The daemon ignores file names that start with a dot.
part=$(dirname "$target")/.$(basename "$target").part
parts=$root_folder/scripts/image
work=$root_folder/.build/image

# Records what an image was built from, so that it is built again after a change. An image without it is the user's.
recipe=$(dirname "$target")/.$(basename "$target").recipe
inputs=$(cd "$root_folder" && find scripts/build-image.sh scripts/image -type f -print0 | LC_ALL=C sort -z |
  xargs -0 sha256sum | sha256sum | cut -d' ' -f1)

if [ -s "$target" ] && [ "${1:-}" != --force ] && [ "$(cat "$recipe" 2>/dev/null || echo "$inputs")" = "$inputs" ]; then
  say "$target is there already"
  exit 0
fi

mkdir -p "$(dirname "$target")" "$work"
exec 9>"$work.lock"
flock --nonblock 9 || fail "another build of this image is running"

# Without root, uses a user namespace with the sub-ids that Debian assigned to the user.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else unshare --map-root-user --map-auto -- "$@"; fi
}
clean() { as_root rm -rf --one-file-system "$work"; }
clean # what a killed build left
mkdir -p "$work/root"
child=
finish() {
  if [ -n "$child" ]; then
    kill -KILL -- "-$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  clean
  rm -f "$part"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# A shell handles no signal while a foreground command runs. So the command gets its own process group, which
# can be killed as a whole at once, and ends by itself when the shell is killed.
long() {
  setsid setpriv --pdeathsig TERM "$@" &
  child=$!
  wait "$child"
  child=
}

step() { say "image: $* (${SECONDS} s)"; }

# Only the mirrors that this machine uses for Debian's packages.
mirrors() {
  # shellcheck disable=SC2016  # apt's own placeholders
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    awk -v suite="^$suite(-updates|-security)?\$" '$2 ~ suite && $3 == "main" { print "deb", $1, $2, $3 }' | sort -u
}
mirrors >"$work/sources.list"
grep -q " $suite main" "$work/sources.list" ||
  fail "apt on this machine knows no Debian $suite. Run 'apt-get update' on a Debian 12 with its own sources."

step "installing the packages of the guest"
packages=$(grep -v '^#' "$parts/packages" | paste -sd,)
[ "$(id -u)" -ne 0 ] || export TMPDIR=$work
# shellcheck disable=SC2016  # the hook's own argument
long mmdebstrap --variant=minbase --include="$packages" \
  --aptopt='Apt::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --essential-hook="sync-in $parts/rootfs /" \
  --customize-hook='chroot "$1" sh -eu < '"$parts/customize.sh" \
  "$suite" "$work/root.tar" "$work/sources.list"

step "filling the file system"
# Device nodes in a package's tar are not needed (the kernel creates them), nor allowed in a user namespace.
as_root tar --extract --file "$work/root.tar" --directory "$work/root" --numeric-owner --exclude='./dev/*'
rm "$work/root.tar"
as_root sh -eu -c ": > '$work/root/etc/machine-id'; rm -f '$work/root/etc/hostname'"
truncate --size "${disk_megabytes}M" "$work/disk.raw"
printf 'label: dos\nstart=%d, type=83, bootable\n' "$first_sector" | sfdisk --quiet "$work/disk.raw"
# GRUB 2.06 does not support the two newest features; the offset places the file system in the partition.
as_root mke2fs -q -t ext4 -L root -O '^metadata_csum_seed,^orphan_file' -m 1 -d "$work/root" \
  -E "offset=$((first_sector * 512)),lazy_itable_init=1" \
  "$work/disk.raw" "$((disk_megabytes * 1024 - first_sector / 2))k"

step "laying the boot loader"
grub-mkimage --format=i386-pc --prefix='(hd0,msdos1)/boot/grub' --config="$parts/grub.cfg" \
  --output="$work/core.img" biosdisk part_msdos ext2 linux echo
[ "$(stat --format=%s "$work/core.img")" -lt $(((first_sector - 1) * 512)) ] || fail "the boot loader is too large"
# boot.img loads core.img from sector 1 by default; the partition table starts at byte 440.
dd status=none conv=notrunc bs=1 count=440 if=/usr/lib/grub/i386-pc/boot.img of="$work/disk.raw"
dd status=none conv=notrunc bs=512 seek=1 if="$work/core.img" of="$work/disk.raw"

step "compressing"
long qemu-img convert -c -O qcow2 -o compression_type=zstd "$work/disk.raw" "$part"
sync "$part"
rm -f "$recipe" # a build killed between these lines leaves an image that is kept
mv "$part" "$target"
echo "$inputs" >"$recipe"
step "$target is ready, $(($(stat --format=%s "$target") / 1000000)) MB"
