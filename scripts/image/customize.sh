# Run inside the new system by sh -eu, after all packages are installed.

# Each machine generates its own keys at its first start, and gets its own name and id.
rm -f /etc/ssh/ssh_host_*
rm -f /var/lib/dbus/machine-id

# Root can sign in by key only, and has no password.
passwd --quiet --lock root

# Disables what would delay every start by seconds, or work unnoticed in the background.
systemctl mask --quiet apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  e2scrub_reap.service fstrim.timer motd-news.timer man-db.timer getty@tty1.service systemd-networkd-wait-online.service
systemctl enable --quiet systemd-networkd.service systemd-resolved.service

# Removes traces of the build; cloud-init writes the package sources at the first start.
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/99mmdebstrap
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/debconf/*-old /var/log/*.log /var/log/apt
