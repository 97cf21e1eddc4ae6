import Store

/// Those settings of the configuration that administrators can change on the page, as they are stored.
struct PageSettings: Sendable {
  static let settings: [Setting] =
    [.publicURL, .publicIP, .registration, .adminMachines, .plainClients] + Setting.mail
  private static let prefix = "page:"
  /// The name after all names with the prefix.
  private static let end = "page;"

  let vault: Vault

  /// Values that only another version of the program knows are skipped, and secrets that cannot be decrypted.
  func stored(in connection: Connection) throws -> [Setting: String] {
    let rows = try connection.query(
      "SELECT name, value FROM settings WHERE name >= ? AND name < ?", Self.prefix, Self.end,
      map: { ($0.text(0), $0.blob(1)) })
    var stored: [Setting: String] = [:]
    for (name, bytes) in rows {
      guard let setting = Setting(rawValue: String(name.dropFirst(Self.prefix.count))),
        Self.settings.contains(setting),
        let text = setting.isSecret ? try? vault.open(bytes, purpose: name) : bytes
      else { continue }
      stored[setting] = String(decoding: text, as: UTF8.self)
    }
    return stored
  }

  /// Stores a value, or removes it.
  func set(_ setting: Setting, to text: String?, in tx: Transaction) throws {
    let name = Self.prefix + setting.rawValue
    guard let text else {
      try tx.execute("DELETE FROM settings WHERE name = ?", name)
      return
    }
    let bytes = Array(text.utf8)
    try tx.execute(
      "INSERT INTO settings VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", name,
      setting.isSecret ? vault.seal(bytes, purpose: name) : bytes)
  }

  /// Puts stored values in force at the start. What has become invalid is left out, with everything that depends on it.
  func apply(to site: Site, from stored: [Setting: String], _ log: Log) {
    var left = stored
    while !left.isEmpty {
      do throws(ConfigurationError) {
        return site.live.use(try site.live.given.with(page: left))
      } catch {
        log.warn("configuration") { $0.field("problem", error) }
        guard let setting = Setting(rawValue: error.name) else { return }
        let group = Setting.mail.contains(setting) ? Setting.mail : [setting]
        left = left.filter { !group.contains($0.key) }
      }
    }
  }
}
