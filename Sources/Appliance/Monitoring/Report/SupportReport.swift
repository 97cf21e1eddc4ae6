import HTTP
import Hypervisor
import Store

/// What support needs to know about an installation, without secrets and without anything personal: an archive of texts.
struct SupportReport: Sendable {
  let site: Site
  let clock: Clock
  let log: Log
  let database: Database
  let host: Host
  let health: Health
  /// Whether this is the running daemon.
  let isRunning: Bool

  /// The name of the archive, with the day.
  var name: String { "obox-report-\(RFC3339.text(clock.now()).prefix(10)).tar.gz" }

  func archive() async throws -> [UInt8] {
    let files = try await texts().map {
      (name: "obox-report/" + $0.name, bytes: Array(($0.text + "\n").utf8))
    }
    let archive = TarArchive.bytes(of: files, time: clock.now())
    guard let compressed = Gzip.compress(archive) else { throw Failure.unavailable }
    return compressed
  }

  /// The files of the archive.
  func texts() async throws -> [(name: String, text: String)] {
    let tables = try await database.read { connection in
      try ReportTables(in: connection)
    }
    let (now, results) = (clock.now(), await health.results())
    let jobs = try await database.read { try ReportTables.jobs(since: now - JobQueue.kept, in: $0) }
    return [
      ("about.txt", about),
      ("configuration.txt", lines(site.configuration.shown.map(redacted))),
      ("health.txt", lines(results.lines(isPrivate: true).map(redacted))),
      ("hypervisor.txt", await hypervisor),
      ("database.txt", lines(tables.lines + storage)),
      ("migrations.txt", lines(tables.migrations)),
      ("jobs.txt", lines(jobs)),
      ("log.txt", lines(log.recent.map { hiding(Redaction.logLine($0)) })),
    ]
  }

  private func redacted(_ line: String) -> String { hiding(Redaction.text(line)) }

  /// Without the words by which this installation could be recognised.
  private func hiding(_ line: String) -> String {
    let mail = site.configuration.mail
    let words = [site.publicIP, mail?.host, mail?.login?.user, mail?.login?.password].compactMap(\.self)
    return words.filter { $0.utf8.count > 3 }.reduce(line) { $0.replacing($1, with: "<hidden>") }
  }

  private func lines(_ lines: [String]) -> String {
    lines.isEmpty ? "(none)" : lines.joined(separator: "\n")
  }

  private var about: String {
    let release = SystemFile.text("/etc/os-release")?.split(separator: "\n")
      .first { $0.hasPrefix("PRETTY_NAME=") }?.dropFirst(12)
    let kernel = SystemFile.text("/proc/sys/kernel/osrelease")?.trimmed()
    return lines([
      "OBox \(Version.text)", "written \(RFC3339.text(clock.now()))",
      isRunning ? "by the running daemon" : "while OBox was stopped",
      "system \(release.map { String($0.filter { $0 != "\"" }) } ?? "?")", "kernel \(kernel ?? "?")",
    ])
  }

  private var hypervisor: String {
    get async {
      let scheme = site.libvirtURI.prefix { $0 != ":" }
      guard let found = try? await host.capabilities() else { return "\(scheme), not connected" }
      return lines([
        "driver \(scheme)", "domain type \(found.domainType)", "machine type \(found.machine ?? "default")",
        "emulator \(found.emulator)", "cores \(found.cores)", "memory \(found.memoryMB) MB",
        "upload \(found.supportsUpload)", "console \(found.supportsConsole)",
        "leases \(found.supportsLeases)",
      ])
    }
  }

  private var storage: [String] {
    let (space, statistics) = (database.space, database.statistics)
    return [
      "integrity \(database.integrity.word)", "free \(space.free) bytes", "reserved \(space.reserved) bytes",
      "read only \(space.isLow)", "write-ahead log \(statistics.walPages) pages",
      "waiting writes \(statistics.waitingWrites)", "waiting reads \(statistics.waitingReads)",
    ]
  }
}
