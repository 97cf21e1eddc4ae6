import HTTP

/// A setting of the configuration with the value in force, and where it comes from.
struct ConfigurationEntry: Sendable {
  enum Source: String, Sendable, CaseIterable {
    case byDefault = "default"
    case page, file, environment
    case commandLine = "command-line"
  }

  let setting: Setting
  /// Nil for a secret.
  let value: String?
  let source: Source
  /// Of the configuration file.
  let line: Int?
  let isEditable: Bool

  static let schema = Schema.members([
    "name": .string, "value": .described("null for a secret", .optional(.string)),
    "isSecret": .boolean, "isSet": .boolean, "source": .words(Source.self),
    "line": .described("of the configuration file", .optional(.integer)),
    "isEditable": .described("whether it can be changed here; other changes need a restart", .boolean),
  ])

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("name", setting.rawValue)
      json.field("value", value)
      json.field("isSecret", setting.isSecret)
      json.field("isSet", source != .byDefault)
      json.field("source", source.rawValue)
      json.field("line", line)
      json.field("isEditable", isEditable)
    }
  }

  /// Those that the page can change, then those that it shows.
  static func all(of site: Site, onPage set: Set<Setting>, adminMachines: Bool) -> [ConfigurationEntry] {
    let shown: [Setting] = [.listen, .port, .tls, .portRangeStart, .portRangeEnd, .imagesFolder, .libvirtURI]
    let entries =
      PageSettings.settings.map { entry($0, site, onPage: set, isEditable: true) }
      + shown.map { entry($0, site, onPage: [], isEditable: false) }
    return entries.map {
      $0.setting == .adminMachines ? $0.with(value: adminMachines ? "true" : "false") : $0
    }
  }

  private func with(value: String) -> ConfigurationEntry {
    ConfigurationEntry(setting: setting, value: value, source: source, line: line, isEditable: isEditable)
  }

  private static func entry(
    _ setting: Setting, _ site: Site, onPage set: Set<Setting>, isEditable: Bool
  ) -> ConfigurationEntry {
    let given = site.live.given
    let isFixed = given.isFixed(setting)
    var source = isEditable && !isFixed && set.contains(setting) ? Source.page : .byDefault
    var line: Int?
    switch given.given[setting] {
    case .file(let number)?:
      source = .file
      line = number
    case .environment?: source = .environment
    case .commandLine?: source = .commandLine
    case .byDefault?, .page?, nil: break
    }
    return ConfigurationEntry(
      setting: setting, value: setting.isSecret ? nil : value(of: setting, site), source: source, line: line,
      isEditable: isEditable && !isFixed)
  }

  private static func value(of setting: Setting, _ site: Site) -> String {
    let configuration = site.configuration
    let mail = configuration.mail
    return switch setting {
    case .publicURL: site.publicURL
    case .publicIP: site.publicIP
    case .registration: configuration.registration.rawValue
    case .plainClients: configuration.allowsPlainClients ? "on" : "off"
    case .emailHost: mail?.host ?? ""
    case .emailPort: mail.map { String($0.port) } ?? ""
    case .emailSecure: mail?.security.word ?? ""
    case .emailUser: mail?.login?.user ?? ""
    case .emailFrom: mail?.from ?? ""
    case .listen: configuration.listenAddress
    case .port: String(configuration.port)
    case .tls: configuration.hasTLS ? (configuration.hasOwnCertificate ? "auto" : "files") : "off"
    case .portRangeStart: String(configuration.publicPorts.lowerBound)
    case .portRangeEnd: String(configuration.publicPorts.upperBound)
    case .imagesFolder: site.imagesFolder
    case .libvirtURI: site.libvirtURI
    default: ""
    }
  }
}

extension Configuration.MailSettings.Security {
  /// As in the configuration; "" is what OBox chooses itself.
  var word: String {
    switch self {
    case .none: "none"
    case .startTLSIfOffered: ""
    case .startTLS: "starttls"
    case .tls: "tls"
    }
  }
}
