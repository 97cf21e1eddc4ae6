import Glibc
import HTTP
import Store
import TestSupport
import Testing

@testable import Appliance

/// `obox doctor`, `obox check` and `obox report`.
@Suite struct DoctorTests {
  private let folder = TemporaryFolder()

  private func obox(_ words: [String]) async throws -> (
    status: ChildProcess.Status, output: String, error: String
  ) {
    let found = try await ChildProcess.run(
      Daemon.program, words + ["--data", folder["data"]], input: [], timeLimit: .seconds(300),
      environment: ["PATH": "/usr/bin:/bin", "LIBVIRT_URI": "test:///default"])
    return (
      found.status, String(decoding: found.stdout, as: UTF8.self),
      String(decoding: found.stderr, as: UTF8.self)
    )
  }

  private static func ask(_ question: JSONValue, _ test: TestAppliance) async throws -> JSONValue {
    let path = ControlSocket.path(test.appliance.site)
    let answer = await onThread { try? ControlSocket.ask(question, at: path) }
    return try #require(answer ?? nil)
  }

  private static func lines(_ answer: JSONValue) -> [String] {
    (answer["lines"]?.array ?? []).compactMap(\.string)
  }

  @Test func `a folder without an installation is refused and stays empty`() async throws {
    mkdir(folder["data"], 0o700)
    for words in [
      ["doctor"], ["check"], ["report", "--to", folder["r.tar.gz"]], ["user", "unlock", "--username", "a"],
    ] {
      let refused = try await obox(words)
      #expect(
        refused.status == .exited(2) && refused.error.contains("no OBox data"), "\(words): \(refused.error)")
    }
    #expect(access(folder["data"] + "/obox.db", F_OK) != 0 && access(folder["r.tar.gz"], F_OK) != 0)
  }

  @Test func `without the daemon the doctor says what it can see, and the check and the report work`()
    async throws
  {
    mkdir(folder["data"], 0o700)
    try await EmptyDatabase.copy(into: folder["data"])
    let doctor = try await obox(["doctor"])
    #expect(doctor.status == .exited(1), "\(doctor)")
    #expect(doctor.output.hasPrefix("[attention] Service: OBox is not running"))
    #expect(doctor.output.contains("[ok] Database: ") && !doctor.output.contains("Hypervisor:"))
    let check = try await obox(["check"])
    #expect(check.status == .exited(0) && check.output.contains("[ok] database integrity"), "\(check)")
    let report = try await obox(["report", "--to", folder["r.tar.gz"]])
    #expect(report.status == .exited(0), "\(report.error)")
    let again = try await obox(["report", "--to", folder["r.tar.gz"]])
    #expect(again.status == .exited(2) && again.error.contains("--to "), "\(again.error)")
  }

  @Test func `beside the daemon the doctor tells all checks, and its status is that of the worst`()
    async throws
  {
    try await TestAppliance.run { test in
      await eventually { test.appliance.standing.isPrepared }
      let answer = try await Self.ask(["command": "doctor"], test)
      #expect(answer["status"] == 1 && answer["message"]?.string?.hasSuffix(" to look at") == true)
      let heads = Self.lines(answer).filter { $0.hasPrefix("[") }
      #expect(heads.count == test.appliance.healthChecks.count)
    }
    var full = HostResources.plenty
    full.diskPercent = 99
    try await TestAppliance.run(resources: full) { test in
      let answer = try await Self.ask(["command": "doctor"], test)
      #expect(answer["status"] == 2)
    }
  }

  @Test func `a domain without a machine is reported, and deleted only when that is allowed`() async throws {
    try await TestAppliance.run { test in
      await eventually { test.appliance.standing.isOurs }
      let lea = try await test.person("lea")
      let made = try await lea.post("/api/vms", tinyMachine).json
      let id = try #require(made["vm"]?["id"]?.string.flatMap { Int64($0) })
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      let sound = try await Self.ask(["command": "check"], test)
      #expect(sound["status"] == 0, "\(sound)")
      try await test.appliance.database.write { tx in
        try tx.execute("DELETE FROM machines WHERE id = ?", id)
      }
      let found = try await Self.ask(["command": "check"], test)
      #expect(found["status"] == 1 && found["repairable"] == true, "\(found)")
      #expect(Self.lines(found).contains("[attention] domains without a machine: 1"))
      #expect(try await test.domains().count == 1)
      let mended = try await Self.ask(["command": "check", "repair": true], test)
      #expect(mended["status"] == 0 && Self.lines(mended).last == "repaired", "\(mended)")
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
    }
  }

  @Test func `a machine without a domain is marked as broken`() async throws {
    try await TestAppliance.run { test in
      await eventually { test.appliance.standing.isOurs }
      try await test.accounts(["lea"])
      try await test.appliance.database.write { tx in
        try tx.execute(
          """
          INSERT INTO machines (user_id, name, os_type, version, vcpu, memory, disk_size, status, uuid, mac,
            ssh_user, created_at, updated_at)
          VALUES (1, 'web', 'debian', '12', 1, 512, 10, 'running', ?, ?, 'lea', ?, ?)
          """, RandomID.uuid(), RandomID.mac(), tx.now, tx.now)
      }
      let found = try await Self.ask(["command": "check", "repair": true], test)
      #expect(Self.lines(found).contains("[attention] machines without a domain: 1"), "\(found)")
      let code = try await test.appliance.database.read {
        try $0.first("SELECT error_code FROM machines") { $0.optionalText(0) }
      }
      #expect(code == "DOMAIN_GONE")
    }
  }

  @Test(arguments: [
    ("obox-17-0a1b2c3d", true), ("obox-17-0a1b2c3", false), ("obox-17-0a1b2c3g", false),
    ("obox--0a1b2c3d", false),
    ("obox-x-0a1b2c3d", false), ("obox2-17-0a1b2c3d", false), ("obox-17-0a1b2c3d-more", false),
    ("obox", false),
  ])
  func `only names as ours are ours`(name: String, isOurs: Bool) {
    #expect(HostOrphans.isOurs(name, "obox") == isOurs)
    #expect(HostOrphans.isVolume(name + ".qcow2", "obox") == isOurs)
    #expect(HostOrphans.isVolume(name + "-seed.iso", "obox") == isOurs)
    #expect(!HostOrphans.isVolume(name + ".raw", "obox"))
  }
}
