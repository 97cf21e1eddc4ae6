import Encoding
import Foundation
import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

/// The report for support has no secret and nothing personal.
@Suite struct ReportTests {
  /// The archive as `tar` unpacks it: names with their content.
  private func unpacked(_ bytes: [UInt8]) async throws -> [String: String] {
    let folder = TemporaryFolder()
    folder.write("report.tar.gz", bytes)
    let tar = { (words: [String]) in
      try await ChildProcess.run(
        "/usr/bin/tar", words + ["-f", folder["report.tar.gz"]], input: [], timeLimit: .seconds(300),
        environment: ["PATH": "/usr/bin:/bin"])
    }
    let list = try await tar(["-tz"])
    #expect(list.status == .exited(0), "\(String(decoding: list.stderr, as: UTF8.self))")
    var files: [String: String] = [:]
    for name in String(decoding: list.stdout, as: UTF8.self).split(separator: "\n").map(String.init) {
      files[name] = String(decoding: try await tar(["-xzO", name]).stdout, as: UTF8.self)
    }
    return files
  }

  /// Everything that must not be in a report.
  private static let seeds = [
    "smtp-user", "smtp-secret-4711", "lea@example.org", "root@example.org", "boss@example.org", "Zoé Durand",
    "a first admin password", TestAppliance.password, "192.0.2.77", "mail.example.org",
    "https://lab.example.org",
    "Our secret plan", "Léa’s web server", "0123456789abcdef0123456789abcdef", "2001:db8::7",
    "52:54:00:12:34:56",
    "/home/lea",
  ]

  private static let settings = [
    "EMAIL_HOST": "mail.example.org", "EMAIL_USER": "smtp-user", "EMAIL_PASS": "smtp-secret-4711",
    "EMAIL_FROM": "Lab <lea@example.org>", "DEFAULT_ADMIN_EMAIL": "boss@example.org",
    "DEFAULT_ADMIN_PASS": "a first admin password", "PUBLIC_URL": "https://lab.example.org",
    "TRUSTED_PROXIES": "192.0.2.77",
  ]

  /// People, a message, a mail, a machine, a token and log lines with all that must stay here; returns further secrets.
  private func seed(_ test: TestAppliance) async throws -> [String] {
    let root = try await test.person("root", role: .admin)
    let lea = try await test.person("lea")
    let text: JSONValue = ["text": "Our secret plan"]
    #expect(try await lea.post("/api/chat/channels/general/messages", text).status == 201)
    try await test.appliance.database.write { tx in
      try tx.execute("UPDATE users SET name = 'Zoé Durand' WHERE username = 'lea'")
      try tx.execute(
        """
        INSERT INTO outbox (recipient, recipient_name, subject, message_id, status, next_at, error, created_at)
        VALUES ('lea@example.org', 'Zoé Durand', 'Our secret plan', 'm', 'failed', 0, ?, ?)
        """, "550 <lea@example.org>: mailbox of Zoé Durand", tx.now)
      try tx.execute(
        """
        INSERT INTO jobs (kind, status, error_code, arguments, run_at, created_at, finished_at)
        VALUES ('user.delete', 'failed', 'INTERNAL', '{"address":"192.0.2.77"}', 0, 0, ?)
        """, tx.now)
    }
    test.appliance.log.error("mail") { line in
      line.field("error", "550 <lea@example.org> from 192.0.2.77 or 2001:db8::7 (52:54:00:12:34:56) refused")
      line.field("user", "Zoé Durand")
    }
    test.appliance.log.error("machines") { line in
      line.field(
        "message", "domain \"Léa’s web server\" in /home/lea has key=0123456789abcdef0123456789abcdef")
      line.field("path", "/api/people/Zoé Durand")
    }
    test.appliance.log.error("mail") { $0.field("error", "Could not resolve host: mail.example.org") }
    let key = try #require(FileManager.default.contents(atPath: test.appliance.site.keyPath))
    return [root.token, lea.token].compactMap(\.self) + [Base64.encode([UInt8](key))]
  }

  @Test func `the archive tells about the installation, and none of what must stay there`() async throws {
    try await TestAppliance.run(settings: Self.settings) { test in
      let secrets = try await seed(test) + Self.seeds
      let admin = try await test.welcome("root", at: "root", takeover: true)
      let answer = try await admin.get("/api/admin/report")
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer.headers["content-disposition"]?.contains(".tar.gz\"") == true)
      let files = try await unpacked(answer.body)
      let names = ["about", "configuration", "health", "hypervisor", "database", "migrations", "jobs", "log"]
      #expect(Set(files.keys) == Set(names.map { "obox-report/\($0).txt" }))
      for (name, text) in files {
        for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(name): \(text)") }
      }
      #expect(files["obox-report/about.txt"]?.hasPrefix("OBox \(Version.text)\n") == true)
      #expect(files["obox-report/configuration.txt"]?.contains("EMAIL_PASS=(set)") == true)
      #expect(files["obox-report/jobs.txt"]?.contains("user.delete failed INTERNAL × 1") == true)
      #expect(files["obox-report/health.txt"]?.contains("[attention] Outgoing mail: ") == true)
      #expect(files["obox-report/log.txt"]?.contains("event=mail error=550 <email> from <address>") == true)
      #expect(files["obox-report/migrations.txt"]?.hasPrefix("1 users\n") == true)
      #expect(files["obox-report/database.txt"]?.contains("\nusers ") == true, "\(files)")
    }
  }

  @Test(arguments: [
    ("disk full on /dev/sda1", "disk full on /dev/sda1"),
    ("write to lea@example.org now", "write to <email> now"),
    ("from 10.0.0.1:4000, again", "from <address> again"), ("at [2001:db8::1]", "at <address>"),
    ("see https://example.org/a?b", "see <url>"),
    ("domain 'obox-3-0a1b2c3d' exists", "domain 'obox-3-0a1b2c3d' exists"),
    ("named \"Our plan\" and «la nôtre».", "named <text> and <text>."),
    ("token abcdefghij0123456789xyz", "token <token>"), ("", ""), ("\"never closed", "<text>"),
    ("2026-11-29 12:00", "2026-11-29 12:00"), ("version 1.2.3", "version 1.2.3"),
  ])
  func `a text loses addresses, quotes and tokens, and keeps the rest`(text: String, expected: String) {
    #expect(Redaction.text(text) == expected)
  }

  @Test func `a line of the log keeps its known fields only`() {
    #expect(
      Redaction.logLine(
        #"time=2026-11-29T12:00:00.000Z level=warn event=job id=3 user="Zoé D" error="no \"x\" left""#)
        == "time=2026-11-29T12:00:00.000Z level=warn event=job id=3 error=no <text> left")
    #expect(Redaction.logLine("") == "")
    #expect(Redaction.logLine("no fields = here") == "")
  }

  @Test func `the log remembers its last lines, without requests`() {
    let log = Log(level: .info, sink: { _ in })
    for number in 0..<(LogMemory.most + 5) { log.info("number") { $0.field("id", number) } }
    log.write(.info, "request", remembers: false)
    #expect(log.recent.count == LogMemory.most)
    #expect(log.recent.first?.hasSuffix("id=5") == true)
    #expect(log.recent.last?.hasSuffix("id=\(LogMemory.most + 4)") == true)
  }
}
