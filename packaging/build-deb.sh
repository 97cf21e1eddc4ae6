#!/usr/bin/env bash
# Packages the release binary: .build/obox_VERSION_ARCHITECTURE.deb
set -euo pipefail
. "$(dirname "$0")/../scripts/common.sh"
cd "$root_folder"

binary=.build/release/obox
[ -x "$binary" ] || fail "there is no $binary: make build"
# `obox version` prints "obox 1.2.3"; a Debian version starts with a digit.
version=$("$binary" version | sed -nE 's/^[^0-9]*([0-9][0-9A-Za-z.+~]*).*/\1/p' | head -n 1)
[ -n "$version" ] || fail "'$binary version' names no version"
architecture=$(dpkg --print-architecture)
tree=.build/deb
target=.build/obox_${version}_${architecture}.deb

rm -rf "$tree"
trap 'rm -rf "$tree" "$target.part"' EXIT
install -D --mode 755 --strip "$binary" "$tree/usr/bin/obox"
install -D --mode 644 packaging/obox.service "$tree/usr/lib/systemd/system/obox.service"
install -D --mode 644 packaging/obox.sysusers "$tree/usr/lib/sysusers.d/obox.conf"
install -D --mode 644 packaging/obox.tmpfiles "$tree/usr/lib/tmpfiles.d/obox.conf"
install -D --mode 640 packaging/obox.conf "$tree/etc/obox/obox.conf"
install -D --mode 644 LICENSE "$tree/usr/share/doc/obox/copyright"
# The library that is linked statically asks for its notice.
cat /usr/share/doc/libcmark-gfm-dev/copyright >>"$tree/usr/share/doc/obox/copyright"
install -D --mode 644 README.md "$tree/usr/share/doc/obox/README.md"
install -D --mode 644 --target-directory "$tree/usr/share/doc/obox/docs" docs/*

# dpkg-shlibdeps requires the source package's control file.
mkdir -p "$tree/debian" "$tree/DEBIAN"
printf 'Source: obox\n\nPackage: obox\nArchitecture: any\n' >"$tree/debian/control"
libraries=$(cd "$tree" && dpkg-shlibdeps -O usr/bin/obox 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
rm -r "$tree/debian"
[ -n "$libraries" ] || fail "dpkg-shlibdeps found no libraries"

# These libraries are loaded at run time, so the binary's own list does not contain them.
for library in libvirt0 libarchive13 libcurl4 libidn2-0 libical3 libpangocairo-1.0-0; do
  [[ $libraries == *$library* ]] || libraries+=", $library"
done

cat >"$tree/DEBIAN/control" <<END
Package: obox
Version: $version
Architecture: $architecture
Maintainer: The OBox developers <obox@localhost>
Section: admin
Priority: optional
Depends: $libraries, nftables, tzdata, fonts-lato, fonts-dejavu-core, poppler-utils, libarchive-tools, systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles
Recommends: libvirt-daemon-system, libvirt-daemon-config-nwfilter, qemu-system-x86, qemu-utils, dnsmasq-base
Installed-Size: $(du --summarize --block-size=1K "$tree" | cut -f 1)
Description: virtual machines, chat and intranet for a team, on one host
 Each person creates their own virtual machines and reaches them by SSH through a
 forwarded port. Beside them there are a live chat and an intranet, behind one
 sign-in and one web page: one daemon with one SQLite file.
END
echo /etc/obox/obox.conf >"$tree/DEBIAN/conffiles"
install --mode 755 packaging/postinst packaging/prerm packaging/postrm "$tree/DEBIAN/"

dpkg-deb --root-owner-group -Zxz --build "$tree" "$target.part" >/dev/null
mv "$target.part" "$target"
say "$target, $(($(stat --format=%s "$target") / 1000)) kB"
