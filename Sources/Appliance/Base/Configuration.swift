/// The validated configuration of an installation.
struct Configuration: Sendable, Equatable {
  var listenAddress = "0.0.0.0"
  var port = 4000
  /// Address or name under which forwarded ports are reached; nil to detect it.
  var publicIP: String?
  /// Without a trailing slash.
  var publicURL: String?
  var corsOrigins: [String] = []
  /// Addresses and subnets, IPv4 or IPv6, as configured.
  var trustedProxies: [String] = []
  /// Files of a certificate; they take precedence over our own certificate.
  var tls: TLSPaths?
  /// Whether the server makes its own certificate.
  var hasOwnCertificate = false
  /// Whether programs may use the API and sockets without TLS where the server has it, with a Bearer token only.
  var allowsPlainClients = false
  var publicPorts = 10_000...20_000
  /// Nil uses the local hypervisor if available, else libvirt's test driver.
  var libvirtURI: String?
  var imagesFolder: String?
  var poolFolder: String?
  var networkName = "obox"
  /// An existing bridge to use instead of our own network.
  var networkBridge: String?
  var network: IPv4Subnet
  /// Whether the network was configured explicitly; otherwise another one is chosen when it is in use.
  var isNetworkGiven = false
  /// Number of virtual cores that may be allocated per core of the host.
  var coreOvercommit = 4
  /// Maximum share of the host's memory and disk for all machines together, in percent.
  var hostShare = 75
  /// Whether machines may start only when those of different people are isolated.
  var requiresIsolation = true
  var machinesPerPerson = 3
  /// Whether admins may have machines; nil lets the setup form decide, where the default is no.
  var adminMachines: Bool?
  /// Maximum size of an uploaded file in MB (2^20 bytes).
  var uploadMegabytes = 10
  /// Nil keeps mail in the local mailbox.
  var mail: MailSettings?
  var firstAdmin: FirstAdmin?
  var registration = Registration.open
  var sessionPolicy = SessionPolicy.oneWorkstation
  /// Number of phones that may be signed in beside the workstation; with 0 a phone counts as a workstation.
  var sessionPhones = 1
  /// Whether admins must set up two-step sign-in before they can do anything else.
  var requireAdminTOTP = false
  /// Frames that a socket may send per second; bursts may be five times that.
  var socketFrames = 100
  /// Maximum number of open connections per address; nil uses the server's default.
  var addressConnections: Int?
  /// Nil when backups are made by command only.
  var backups: Backups?
  /// The settings that are set, as a file of `NAME=value` lines. It has the secrets among them.
  var text = ""
  var logLevel = LogLevel.info
  /// Settings that were read but have no effect, one line each, for the log.
  var warnings: [String] = []
  /// The settings that are set, as lines without private values.
  var shown: [String] = []

  /// What the file, the environment and the command line set, which the page cannot change.
  var given: [Setting: SettingOrigin] = [:]

  var hasTLS: Bool { tls != nil || hasOwnCertificate }

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

  /// Parses a configuration file, the environment and command-line overrides (by setting name), in increasing
  /// priority. An empty value counts as not set.
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
    try readLive(values)
    try values.requireTogether(.adminEmail, .adminPassword)
    if let email = try values.email(.adminEmail), let password = try values.password(.adminPassword) {
      firstAdmin = FirstAdmin(email: email, password: password)
    }
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
    backups = try Backups(values)
    warnings = values.warnings
    text = values.lines
    shown = values.shown
    given = values.origins
  }

  /// The settings that can be changed while the server runs.
  private mutating func readLive(_ values: SettingValues) throws(ConfigurationError) {
    publicIP = try values.host(.publicIP) ?? publicIP
    publicURL = try values.webAddress(.publicURL) ?? publicURL
    allowsPlainClients =
      try values.choice(.plainClients, ["on": true, "off": false]) ?? allowsPlainClients
    registration =
      try values.choice(
        .registration,
        ["open": .open, "approval": .approval, "closed": .closed, "true": .open, "false": .closed])
      ?? registration
    adminMachines = try values.choice(.adminMachines, ["true": true, "false": false]) ?? adminMachines
    mail = try MailSettings(values) ?? mail
  }

  /// With what was set on the page, where nothing else sets it.
  func with(page stored: [Setting: String]) throws(ConfigurationError) -> Configuration {
    var values = SettingValues()
    values.read(page: stored.filter { !isFixed($0.key) })
    var changed = self
    try changed.readLive(values)
    return changed
  }

  /// Whether the page cannot change a setting. Those of the mail server belong together.
  func isFixed(_ setting: Setting) -> Bool {
    guard Setting.mail.contains(setting) else { return given[setting] != nil }
    return Setting.mail.contains { given[$0] != nil }
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
    corsOrigins = try values.origins(.corsOrigin)
    trustedProxies = try values.networks(.trustedProxies)
    try readTLS(values)
  }

  private mutating func readTLS(_ values: SettingValues) throws(ConfigurationError) {
    try values.requireTogether(.tlsCertificate, .tlsKey)
    let mode: Bool? = try values.choice(.tls, ["auto": true, "off": false])
    if let certificate = try values.path(.tlsCertificate), let key = try values.path(.tlsKey) {
      if mode == false { throw values.error(.tls, "“off” contradicts TLS_CERT. Remove one of them") }
      tls = TLSPaths(certificate: certificate, key: key)
    }
    hasOwnCertificate = tls == nil && mode == true
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
    coreOvercommit = try values.integer(.coreOvercommit, 1...64) ?? coreOvercommit
    hostShare = try values.integer(.hostShare, 1...1000) ?? hostShare
    requiresIsolation = try values.choice(.guestIsolation, ["on": true, "off": false]) ?? requiresIsolation
    uploadMegabytes = try values.integer(.uploadMegabytes, 1...100) ?? uploadMegabytes
  }
}
