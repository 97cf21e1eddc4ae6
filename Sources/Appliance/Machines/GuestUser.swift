/// The login name of a person inside their machines.
enum GuestUser {
  /// Names used by Linux or by the images.
  private static let taken: Set<String> = [
    "root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "backup",
    "list", "irc", "nobody", "sshd", "messagebus", "systemd-network", "systemd-resolve", "polkitd", "admin",
    "sudo", "adm", "staff", "users", "shutdown", "halt", "operator", "ftp", "www-data", "_apt", "tty", "disk",
    "audio", "video", "kvm", "render", "plugdev", "netdev", "crontab", "tape", "cdrom", "floppy", "src",
    "shadow", "utmp", "input", "sgx", "dialout", "fax", "voice", "kmem", "gnats", "uuidd", "tcpdump", "lxd",
  ]

  /// A valid Linux login name derived from a username: lower-case letters, digits and dashes, at most 31
  /// bytes, not one of the names in use.
  static func name(for username: String) -> String {
    var bytes: [UInt8] = username.lowercased().utf8.map { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : 0x2D
    }
    while let first = bytes.first, !(0x61...0x7A).contains(first) { bytes.removeFirst() }
    let name = String(decoding: bytes.prefix(28), as: UTF8.self)
    if name.isEmpty { return "user" }
    return taken.contains(name) ? "u-\(name)" : name
  }
}
