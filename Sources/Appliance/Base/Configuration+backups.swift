extension Configuration {
  /// Where backups go by themselves, and how long they are kept.
  struct Backups: Sendable, Equatable {
    let folder: String
    let passphraseFile: String
    /// The hour of the day, on the host's clock.
    let hour: Int
    let kept: Kept

    /// How many days, weeks and months back the newest backup of each is kept.
    struct Kept: Sendable, Equatable {
      var days = 7
      var weeks = 5
      var months = 6
    }

    static let defaultHour = 3
  }
}

extension Configuration.Backups {
  /// Nil when no folder is configured.
  init?(_ values: SettingValues) throws(ConfigurationError) {
    let hour = try values.integer(.backupHour, 0...23) ?? Self.defaultHour
    var kept = Kept()
    kept.days = try values.integer(.backupDays, 1...3650) ?? kept.days
    kept.weeks = try values.integer(.backupWeeks, 0...520) ?? kept.weeks
    kept.months = try values.integer(.backupMonths, 0...120) ?? kept.months
    try values.requireTogether(.backupFolder, .backupPassphraseFile)
    guard let folder = try values.absolutePath(.backupFolder),
      let file = try values.absolutePath(.backupPassphraseFile)
    else { return nil }
    self.init(folder: folder, passphraseFile: file, hour: hour, kept: kept)
  }
}
