# Run inside the new system by sh -eu, once all packages are there.

# Each machine makes its own keys at its first start, and finds its own name and id.
rm -f /etc/ssh/ssh_host_*
rm -f /var/lib/dbus/machine-id

# Root is reached by key alone, and has no password.
passwd --quiet --lock root

# What would cost seconds of every start, or do work behind the person's back.
systemctl mask --quiet apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  e2scrub_reap.service fstrim.timer motd-news.timer man-db.timer getty@tty1.service systemd-networkd-wait-online.service
systemctl enable --quiet systemd-networkd.service systemd-resolved.service

# The way the image was built leaves no trace: cloud-init writes the package sources at the first start.
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/* /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/99mmdebstrap
rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/debconf/*-old /var/log/*.log /var/log/apt
