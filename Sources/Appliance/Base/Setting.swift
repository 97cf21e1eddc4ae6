/// The settings of the configuration file, the environment and the command line.
enum Setting: String, CaseIterable, Sendable {
  case listen = "LISTEN"
  case port = "PORT"
  case publicIP = "PUBLIC_IP"
  case publicURL = "PUBLIC_URL"
  case corsOrigin = "CORS_ORIGIN"
  case trustedProxies = "TRUSTED_PROXIES"
  case tls = "TLS"
  case tlsCertificate = "TLS_CERT"
  case tlsKey = "TLS_KEY"
  case plainClients = "PLAIN_CLIENTS"
  case portRangeStart = "PORT_RANGE_START"
  case portRangeEnd = "PORT_RANGE_END"
  case libvirtURI = "LIBVIRT_URI"
  case imagesFolder = "IMAGES_DIR"
  case poolFolder = "POOL_DIR"
  case networkName = "NETWORK_NAME"
  case networkBridge = "NETWORK_BRIDGE"
  case networkAddress = "NETWORK_ADDRESS"
  case machinesPerPerson = "MACHINES_PER_PERSON"
  case adminMachines = "ADMIN_MACHINES"
  case coreOvercommit = "CPU_OVERCOMMIT"
  case hostShare = "HOST_SHARE"
  case guestIsolation = "GUEST_ISOLATION"
  case uploadMegabytes = "UPLOAD_MB"
  case emailHost = "EMAIL_HOST"
  case emailPort = "EMAIL_PORT"
  case emailSecure = "EMAIL_SECURE"
  case emailUser = "EMAIL_USER"
  case emailPassword = "EMAIL_PASS"
  case emailFrom = "EMAIL_FROM"
  case adminEmail = "DEFAULT_ADMIN_EMAIL"
  case adminPassword = "DEFAULT_ADMIN_PASS"
  case registration = "ENABLE_REGISTRATION"
  case sessionPolicy = "SESSION_POLICY"
  case sessionPhones = "SESSION_PHONES"
  case requireAdminTOTP = "REQUIRE_ADMIN_TOTP"
  case socketFrames = "SOCKET_FRAMES"
  case addressConnections = "CONNECTIONS_PER_ADDRESS"
  case backupFolder = "BACKUP_FOLDER"
  case backupPassphraseFile = "BACKUP_PASSPHRASE_FILE"
  case backupHour = "BACKUP_HOUR"
  case backupDays = "BACKUP_KEEP_DAYS"
  case backupWeeks = "BACKUP_KEEP_WEEKS"
  case backupMonths = "BACKUP_KEEP_MONTHS"
  case logLevel = "LOG_LEVEL"

  /// Those of the mail server, which belong together.
  static let mail: [Setting] = [
    .emailHost, .emailPort, .emailSecure, .emailUser, .emailPassword, .emailFrom,
  ]

  /// Secret values never appear in messages.
  var isSecret: Bool { self == .emailPassword || self == .adminPassword }

  /// Values that are secret, or name people or where an installation is; a report says only that they are set.
  var isPrivate: Bool {
    switch self {
    case .emailHost, .emailUser, .emailFrom, .adminEmail, .publicIP, .publicURL, .corsOrigin, .trustedProxies,
      .tlsCertificate, .tlsKey:
      true
    default: isSecret
    }
  }
}

/// An invalid configuration; `description` is the message that ends the start.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  let name: String
  let origin: SettingOrigin
  let problem: String

  var description: String { "\(name) (\(origin)): \(problem)" }
}

/// Where a setting was read, in increasing priority.
enum SettingOrigin: Sendable, Hashable, Comparable, CustomStringConvertible {
  case byDefault
  case page
  case file(line: Int)
  case environment
  case commandLine

  var description: String {
    switch self {
    case .byDefault: "not set"
    case .page: "set on the page"
    case .file(let line): "line \(line) of the configuration file"
    case .environment: "environment"
    case .commandLine: "command line"
    }
  }
}
