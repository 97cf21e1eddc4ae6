/// Everything that an installation may set, checked and typed.
struct Configuration: Sendable, Equatable {
  var listenAddress = "0.0.0.0"
  var port = 4000
  /// Address or name under which forwarded ports are reached; nil leaves it to be found out.
  var publicIP: String?
  /// Without a trailing slash.
  var publicURL: String?
  var corsOrigins: [String] = []
  /// Addresses and subnets, IPv4 or IPv6, as they were written.
  var trustedProxies: [String] = []
  var tls: TLSPaths?
  var publicPorts = 10_000...20_000
  /// Nil tries the local hypervisor, then libvirt's test driver.
  var libvirtURI: String?
  var imagesFolder: String?
  var poolFolder: String?
  var networkName = "obox"
  /// An existing bridge to be used in place of a network of our own.
  var networkBridge: String?
  var network: IPv4Subnet
  /// Whether the network was configured, so that no other one is chosen where it is in use.
  var isNetworkGiven = false
  /// How many cores all machines together may have for each core of the host.
  var coreOvercommit = 4
  /// The most of the host's memory and disk that all machines together may have, in percent.
  var hostShare = 75
  /// Whether machines only start where those of different people are kept apart.
  var requiresIsolation = true
  var machinesPerPerson = 3
  /// Whether admins create machines of their own; nil leaves it to the set-up form, which says no by default.
  var adminMachines: Bool?
  /// The most that one uploaded file takes, in MB of 2^20 bytes.
  var uploadMegabytes = 10
  /// Nil keeps mail in the local mailbox.
  var mail: MailSettings?
  var firstAdmin: FirstAdmin?
  var registration = Registration.open
  var sessionPolicy = SessionPolicy.oneWorkstation
  /// How many phones may be signed in beside the workstation; 0: a phone is a workstation.
  var sessionPhones = 1
  /// Admins can do nothing before they have set up the second step of sign-in.
  var requireAdminTOTP = false
  /// Frames that one socket may send each second, five times as many at once.
  var socketFrames = 100
  /// Open connections of one address; nil leaves it to the server.
  var addressConnections: Int?
  var logLevel = LogLevel.info
  /// What was read but has no effect, one line each, for the log.
  var warnings: [String] = []

  /// The interface that guests are attached to.
  var bridgeInterface: String { networkBridge ?? networkName + "0" }

  struct TLSPaths: Sendable, Equatable {
    let certificate: String
    let key: String
  }

  struct FirstAdmin: Sendable, Equatable {
    let email: String
    let password: String
  }

  enum Registration: String, Sendable, CaseIterable { case open, approval, closed }

  enum SessionPolicy: String, Sendable, CaseIterable {
    case oneWorkstation = "one-workstation"
    case takeover, unlimited
  }

  struct MailSettings: Sendable, Equatable {
    let host: String
    let port: Int
    let security: Security
    let login: Login?
    let from: String

    enum Security: Sendable, Equatable { case none, startTLSIfOffered, startTLS, tls }

    struct Login: Sendable, Equatable {
      let user: String
      let password: String
    }
  }

  /// Reads the text of a configuration file, the environment and the command line's overrides (by
  /// the setting's name), each stronger than the one before; an empty value means not set.
  static func load(
    file: String?, environment: [String: String], options: [Setting: String] = [:]
  ) throws(ConfigurationError) -> Configuration {
    var values = SettingValues()
    if let file { try values.read(file: file) }
    values.read(environment: environment)
    values.read(options: options)
    return try Configuration(values)
  }

  private init(_ values: SettingValues) throws(ConfigurationError) {
    network = try values.subnet(.networkAddress, default: "10.77.0.1/24")
    isNetworkGiven = values.text(.networkAddress) != nil
    try readServer(values)
    try readMachines(values)
    mail = try MailSettings(values)
    try values.requireTogether(.adminEmail, .adminPassword)
    if let email = try values.email(.adminEmail), let password = try values.password(.adminPassword) {
      firstAdmin = FirstAdmin(email: email, password: password)
    }
    registration =
      try values.choice(
        .registration,
        ["open": .open, "approval": .approval, "closed": .closed, "true": .open, "false": .closed])
      ?? registration
    sessionPolicy = try values.choice(.sessionPolicy, SessionPolicy.self) ?? sessionPolicy
    sessionPhones = try values.integer(.sessionPhones, 0...10) ?? sessionPhones
    requireAdminTOTP =
      try values.choice(.requireAdminTOTP, ["true": true, "false": false]) ?? requireAdminTOTP
    socketFrames = try values.integer(.socketFrames, 1...1_000_000) ?? socketFrames
    addressConnections = try values.integer(.addressConnections, 10...1_000_000)
    logLevel =
      try values.choice(
        .logLevel, ["debug": .debug, "info": .info, "warn": .warn, "warning": .warn, "error": .error])
      ?? logLevel
    warnings = values.warnings
  }

  private mutating func readServer(_ values: SettingValues) throws(ConfigurationError) {
    let portOrigin = values.origin(.port)
    port = try values.integer(.port, 1...65_535) ?? port
    if let listen = try values.listenAddress() {
      listenAddress = listen.address
      if let chosen = listen.port, values.origin(.listen) >= portOrigin {
        port = chosen
      }
    }
    publicIP = try values.host(.publicIP)
    publicURL = try values.webAddress(.publicURL)
    corsOrigins = try values.origins(.corsOrigin)
    trustedProxies = try values.networks(.trustedProxies)
    try values.requireTogether(.tlsCertificate, .tlsKey)
    if let certificate = try values.path(.tlsCertificate), let key = try values.path(.tlsKey) {
      tls = TLSPaths(certificate: certificate, key: key)
    }
  }

  private mutating func readMachines(_ values: SettingValues) throws(ConfigurationError) {
    let start = try values.integer(.portRangeStart, 1024...65_535) ?? publicPorts.lowerBound
    let end = try values.integer(.portRangeEnd, 1024...65_535) ?? publicPorts.upperBound
    guard start <= end else {
      throw values.error(.portRangeEnd, "\(end) is lower than PORT_RANGE_START (\(start))")
    }
    publicPorts = start...end
    if publicPorts.contains(port) {
      throw values.error(
        .port, "\(port) is inside the PORT_RANGE_START to PORT_RANGE_END range (\(start)-\(end))")
    }
    libvirtURI = try values.libvirtURI(.libvirtURI)
    imagesFolder = try values.path(.imagesFolder)
    poolFolder = try values.absolutePath(.poolFolder)
    networkName = try values.interfaceName(.networkName, longest: 14) ?? networkName
    networkBridge = try values.interfaceName(.networkBridge, longest: 15)
    machinesPerPerson = try values.integer(.machinesPerPerson, 0...10_000) ?? machinesPerPerson
    adminMachines = try values.choice(.adminMachines, ["true": true, "false": false])
    coreOvercommit = try values.integer(.coreOvercommit, 1...64) ?? coreOvercommit
    hostShare = try values.integer(.hostShare, 1...1000) ?? hostShare
    requiresIsolation = try values.choice(.guestIsolation, ["on": true, "off": false]) ?? requiresIsolation
    uploadMegabytes = try values.integer(.uploadMegabytes, 1...100) ?? uploadMegabytes
  }
}
