/// The ed25519 host key that identifies a machine to SSH clients, in OpenSSH's formats.
public struct HostKey: Sendable, Equatable {
  public var privateFile: String
  public var publicLine: String

  public init(privateFile: String, publicLine: String) {
    self.privateFile = privateFile
    self.publicLine = publicLine
  }
}

/// First-boot configuration of a new machine (cloud-init's NoCloud: `user-data`, `meta-data`).
public struct CloudInit: Sendable, Equatable {
  /// Unique per machine; cloud-init runs the first-boot steps only when it changes.
  public var instanceID: String
  public var hostname: String
  /// The account to create, with passwordless sudo and key-only sign-in.
  public var user: String
  /// In OpenSSH's format; installed for both the user and root.
  public var authorizedKeys: [String]
  public var packages: [String]
  /// The machine's SSH host key; nil lets the guest generate its own.
  public var hostKey: HostKey?
  /// The network card's MAC address, for `network-config`; nil lets cloud-init use the first card.
  public var mac: String?

  public init(
    instanceID: String, hostname: String, user: String, authorizedKeys: [String], packages: [String] = [],
    hostKey: HostKey? = nil, mac: String? = nil
  ) {
    self.instanceID = instanceID
    self.hostname = hostname
    self.user = user
    self.authorizedKeys = authorizedKeys
    self.packages = packages
    self.hostKey = hostKey
    self.mac = mac
  }

  /// The `user-data` file (https://cloudinit.readthedocs.io/en/latest/reference/modules.html).
  public func userData() -> String {
    let keys = Self.list(authorizedKeys)
    var lines = [
      "#cloud-config",
      "hostname: \(Self.quoted(hostname))",
      "manage_etc_hosts: true",
      "ssh_pwauth: false",
      "disable_root: false",
      // Another module also installs root's keys, so that they do not depend on the creation of users.
      "ssh_authorized_keys: \(keys)",
      "users:",
      "  - name: root",
      "    lock_passwd: true",
      "    ssh_authorized_keys: \(keys)",
    ]
    if user != "root" {
      // The group is named and created explicitly: otherwise useradd fails when the image has a group of that
      // name.
      lines += [
        "  - name: \(Self.quoted(user))",
        "    primary_group: \(Self.quoted(user))",
        "    groups: [\(Self.quoted(user))]",
        "    shell: /bin/bash",
        "    lock_passwd: true",
        "    sudo: \"ALL=(ALL) NOPASSWD:ALL\"",
        "    ssh_authorized_keys: \(keys)",
      ]
    }
    lines += hostKeyLines()
    lines += [
      "growpart:",
      "  mode: auto",
      "  devices: [\"/\"]",
      "resize_rootfs: true",
    ]
    lines += firstStartLines()
    if !packages.isEmpty { lines.append("packages: \(Self.list(packages))") }
    return lines.joined(separator: "\n") + "\n"
  }

  public func metaData() -> String {
    "instance-id: \(Self.quoted(instanceID))\nlocal-hostname: \(Self.quoted(hostname))\n"
  }

  /// `network-config` version 2: DHCP on the card with our MAC address; nil without one.
  public func networkConfig() -> String? {
    guard let mac else { return nil }
    return """
      version: 2
      ethernets:
        lan:
          match:
            macaddress: \(Self.quoted(mac.lowercased()))
          dhcp4: true

      """
  }

  /// The files of the seed image.
  public func files() -> [(name: String, bytes: [UInt8])] {
    var files = [("user-data", userData()), ("meta-data", metaData())]
    if let network = networkConfig() { files.append(("network-config", network)) }
    return files.map { (name: $0.0, bytes: Array($0.1.utf8)) }
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// A double-quoted YAML scalar; escapes everything that could end it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case " "..."~", "\u{A1}"..."\u{2027}", "\u{202A}"..."\u{D7FF}", "\u{E000}"..."\u{FEFE}",
        "\u{FF00}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
