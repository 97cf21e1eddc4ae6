import HTTP
import Store

extension HealthCheck {
  /// Space on the file system of the machines' disks, and when it will be full.
  static func disk(_ resources: ResourceMonitor, _ database: Database, clock: Clock) -> HealthCheck {
    HealthCheck(
      "disk", Sentence(fr: "Espace disque", en: "Disk space"),
      figures: [
        Figure(
          name: "obox_disk_full_days", help: "Days until the disk is full, if it fills as in the last day")
      ]
    ) {
      let now = clock.now()
      let points = try await database.read { connection in
        try LoadSeries.points(of: LoadSeries.host, hours: 24, now: now, in: connection).map {
          DiskForecast.Point(at: $0.at, used: $0.sample.disk)
        }
      }
      let forecast = DiskForecast(points)
      return disk(await resources.fresh(), forecast).on(page: "/host")
        .with("obox_disk_full_days", forecast?.days)
    }
  }

  private static func disk(_ host: HostResources, _ forecast: DiskForecast?) -> HealthFinding {
    guard host.diskTotal > 0 else { return diskUnknown }
    let left = max(0, host.diskTotal - host.diskUsed)
    let days = forecast.map { Int($0.days.rounded(.down)) }
    let sentence = Sentence(
      fr: "\(left) Go libres sur \(host.diskTotal)" + (days.map { ", plein dans \(about($0).fr)." } ?? "."),
      en: "\(left) of \(host.diskTotal) GB free" + (days.map { ", full in \(about($0).en)." } ?? "."))
    if host.diskPercent >= 98 { return .broken(sentence, advice: makeRoom) }
    if host.diskPercent >= 90 || (days ?? Int.max) < 7 { return .attention(sentence, advice: makeRoom) }
    return .ok(sentence)
  }

  private static func about(_ days: Int) -> Sentence {
    switch days {
    case ..<1: Sentence(fr: "moins d’un jour", en: "less than a day")
    case 1: Sentence(fr: "environ 1 jour", en: "about 1 day")
    default: Sentence(fr: "environ \(days) jours", en: "about \(days) days")
    }
  }

  private static let makeRoom = Sentence(
    fr: "Supprimez des machines ou des images inutilisées, ou agrandissez le disque.",
    en: "Delete unused machines or images, or enlarge the disk.")

  private static let diskUnknown = HealthFinding.attention(
    Sentence(fr: "L’espace disque n’a pas pu être lu.", en: "Disk space could not be read."),
    advice: Sentence(fr: "Vérifiez POOL_DIR.", en: "Check POOL_DIR."))

  /// Whether people may write, or only what the reserve is kept for.
  static func writing(_ database: Database) -> HealthCheck {
    HealthCheck(
      "writing", Sentence(fr: "Écriture", en: "Writing"),
      figures: [
        Figure(name: "obox_read_only", help: "1 while posts, uploads and new machines are refused"),
        Figure(name: "obox_data_free_bytes", help: "Free space on the file system of the data folder"),
      ]
    ) {
      let space = database.space
      return (space.isLow ? readOnly : writable)
        .with("obox_read_only", space.isLow ? 1 : 0)
        .with("obox_data_free_bytes", space.free == .max ? nil : Double(space.free))
    }
  }

  private static let writable = HealthFinding.ok(
    Sentence(fr: "Possible, réserve d’espace intacte.", en: "Possible, and the reserved space is intact."))

  private static let readOnly = HealthFinding.broken(
    Sentence(
      fr: "Disque plein : les messages, les fichiers et les nouvelles machines sont refusés.",
      en: "The disk is full: messages, files and new machines are refused."),
    advice: Sentence(
      fr: "Libérez de l’espace sur le disque du dossier de données. Tout reprend automatiquement.",
      en: "Free space on the disk of the data folder. Everything resumes automatically."))

  /// Whether the database file is undamaged.
  static func database(_ database: Database) -> HealthCheck {
    HealthCheck(
      "database", Sentence(fr: "Base de données", en: "Database"),
      figures: [Figure(name: "obox_database_bytes", help: "Size of the database file")]
    ) {
      // A damaged file may not even say its size.
      let size = try? await database.read { try $0.scalar(databaseSize) }
      return finding(of: database.integrity).with("obox_database_bytes", size.map { Double($0) })
    }
  }

  static let databaseSize = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"

  private static func finding(of integrity: Integrity) -> HealthFinding {
    switch integrity {
    case .trusted: .ok(Sentence(fr: "En bon état.", en: "Healthy."))
    case .sound: .ok(Sentence(fr: "Vérifiée, en bon état.", en: "Checked, healthy."))
    case .checking:
      .ok(Sentence(fr: "Vérification en cours après un arrêt brutal.", en: "Being checked after a crash."))
    case .unfinished: unfinished
    case .damaged(let findings): damaged.detailed(findings.first)
    }
  }

  private static let unfinished = HealthFinding.attention(
    Sentence(fr: "La vérification a été interrompue.", en: "The check was interrupted."),
    advice: Sentence(
      fr: "Elle reprendra au prochain démarrage, ou lancez-la maintenant.",
      en: "It runs again at the next start; or run it now."),
    command: "obox check")

  private static let damaged = HealthFinding.broken(
    Sentence(fr: "Endommagée.", en: "Damaged."),
    advice: Sentence(
      fr: "Arrêtez OBox, puis restaurez la dernière sauvegarde.",
      en: "Stop OBox, then restore the latest backup."))
}
