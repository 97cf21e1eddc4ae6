import HTTP
import Hypervisor
import Testing

@testable import Appliance

/// A valid request for a machine.
let tinyMachine: JSONValue = [
  "name": "web-01", "os_type": "debian", "version": "12", "vcpu": 1, "memory": 512, "disk_size": 10,
]

extension JSONValue {
  /// A copy of the object with one member changed.
  func with(_ name: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var members) = self else { return self }
    members[name] = value
    return .object(members)
  }
}

@Suite struct MachinesTests {
  private static let refusals: [(String, JSONValue, String)] = [
    ("name", "", "INVALID_NAME"), ("name", "web_01", "INVALID_NAME"), ("name", "-web", "INVALID_NAME"),
    ("name", "../../etc", "INVALID_NAME"), ("name", "a<b>", "INVALID_NAME"), ("name", 7, "INVALID_NAME"),
    ("os_type", "windows", "UNKNOWN_IMAGE"), ("version", "../12", "UNKNOWN_IMAGE"),
    ("vcpu", 0, "OUT_OF_RANGE"), ("vcpu", 9, "OUT_OF_RANGE"), ("vcpu", "many", "OUT_OF_RANGE"),
    ("memory", 511, "OUT_OF_RANGE"), ("memory", 9_000_000_000_000_000_000, "OUT_OF_RANGE"),
    ("disk_size", 9, "OUT_OF_RANGE"), ("disk_size", 1.5, "OUT_OF_RANGE"),
    ("ssh_public_key", "ssh-ed25519 nonsense", "INVALID_PUBLIC_KEY"),
    ("ssh_public_key", "command=\"x\" ssh-ed25519 AAAA", "INVALID_PUBLIC_KEY"),
  ]

  @Test func `an invalid machine is refused with every invalid field`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for (field, value, code) in Self.refusals {
        let answer = try await lea.post("/api/vms", tinyMachine.with(field, value))
        #expect(answer.status == 400, "\(field) \(value)")
        let errors = answer.json["errors"]?.array ?? []
        #expect(errors.contains { $0["code"]?.string == code }, "\(field) \(value): \(answer.text)")
      }
      #expect(try await lea.get("/api/vms").json["vms"]?.array?.isEmpty == true)
    }
  }

  @Test func `creation is refused to admins, above the quota, and for a used name`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.post("/api/vms", tinyMachine).status == 403)
      let lea = try await test.person("lea")
      #expect(try await lea.post("/api/vms", tinyMachine).status == 202)
      let same = try await lea.post("/api/vms", tinyMachine.with("name", "WEB-01"))
      #expect(same.status == 409)
      #expect(same.code == "NAME_TAKEN")
      for name in ["two", "three"] {
        #expect(try await lea.post("/api/vms", tinyMachine.with("name", .string(name))).status == 202)
      }
      let fourth = try await lea.post("/api/vms", tinyMachine.with("name", "four"))
      #expect(fourth.status == 400)
      #expect(fourth.code == "QUOTA_EXCEEDED")
      let sam = try await test.person("sam")
      #expect(try await sam.post("/api/vms", tinyMachine).status == 202)
    }
  }

  @Test(arguments: [
    ("NO_FREE_CORE", HostResources(cores: 0, memoryTotal: 16_000)),
    ("NO_FREE_MEMORY", HostResources(cores: 2, memoryTotal: 600)),
    ("NO_FREE_DISK", HostResources(cores: 2, memoryTotal: 16_000, diskTotal: 10)),
  ])
  func `a host without capacity refuses before anything is created`(code: String, resources: HostResources)
    async throws
  {
    try await TestAppliance.run(resources: resources) { test in
      let lea = try await test.person("lea")
      let answer = try await lea.post("/api/vms", tinyMachine)
      #expect(answer.status == 400)
      #expect(answer.code == code)
    }
  }

  @Test func `a machine is accessible to its owner; admins see it without its key`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let boss = try await test.person("boss", role: .admin)
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      for path in ["/api/vms/\(id)", "/api/vms/\(id)/key"] { #expect(try await sam.get(path).status == 403) }
      #expect(try await sam.post("/api/vms/\(id)/action", ["action": "stop"]).status == 403)
      #expect(try await sam.delete("/api/vms/\(id)").status == 403)
      #expect(try await sam.get("/api/vms").json["vms"]?.array?.isEmpty == true)
      for path in ["/api/vms/0", "/api/vms/999", "/api/vms/abc", "/api/vms/99999999999999999999"] {
        #expect(try await sam.get(path).status == 404, "\(path)")
      }
      let seen = try await boss.get("/api/vms").text
      #expect(seen.contains("web-01"))
      #expect(!seen.contains("PRIVATE KEY"))
      #expect(try await boss.get("/api/vms/\(id)/key").status == 403)
      let key = try await lea.get("/api/vms/\(id)/key").json["key"]?.string ?? ""
      #expect(key.hasPrefix("-----BEGIN OPENSSH PRIVATE KEY-----"))
      let file = try await lea.get("/api/vms/\(id)/key?download=1")
      #expect(file.text == key)
      #expect(file.headers["content-disposition"] == "attachment; filename=\"web-01.pem\"")
    }
  }

  @Test func `a machine is created, stopped, started, rebooted, paused and deleted completely`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let created = try await lea.post("/api/vms", tinyMachine)
      #expect(created.status == 202)
      let id = try #require(created.json["vm"]?["id"]?.string)
      let job = try #require(created.json["job"]?["id"]?.string)
      let done = try await test.until(lea, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "succeeded"
      }
      let steps = done.json["job"]?["steps"]?.array?.compactMap { $0["name"]?.string }
      #expect(
        steps == ["image", "disk", "key", "seed", "domain", "start", "address", "ssh", "forwarding", "mail"])
      let vm = try await lea.get("/api/vms/\(id)").json["vm"]
      #expect(vm?["status"]?.string == "running")
      #expect(vm?["full_name"]?.string == "lea-web-01")
      #expect(vm?["internal_ip"]?.string.flatMap { IPv4Address($0) } != nil)

      for (action, status) in [
        ("stop", "stopped"), ("start", "running"), ("pause", "paused"), ("resume", "running"),
        ("reboot", "running"), ("force-stop", "stopped"),
      ] {
        let asked = try await lea.post("/api/vms/\(id)/action", ["action": .string(action)])
        #expect(asked.status == 202, "\(action)")
        let job = try #require(asked.json["job"]?["id"]?.string)
        let ended = try await test.until(lea, "/api/jobs/\(job)") {
          $0.json["job"]?["finishedAt"]?.string != nil
        }
        #expect(ended.json["job"]?["status"]?.string == "succeeded", "\(action)")
        #expect(try await lea.get("/api/vms/\(id)").json["vm"]?["status"]?.string == status, "\(action)")
      }
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "stop"]).status == 409)
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "explode"]).status == 400)

      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
      let mails = try await lea.get("/api/mailbox").json.array ?? []
      #expect(mails.count == 2)
    }
  }

  @Test func `a machine stopped or removed by other tools is updated by itself`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      let domain = try #require(try await test.domains().first)
      try await test.appliance.host.destroy(domain)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "stopped" }
      try await test.appliance.host.undefine(domain)
      let gone = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "error" }
      #expect(gone.json["vm"]?["error"]?["code"]?.string == "DOMAIN_GONE")
      #expect(try await lea.post("/api/vms/\(id)/action", ["action": "start"]).code == "MACHINE_IN_ERROR")
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
    }
  }

  @Test func `with a person's own public key no private key is stored`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let own = SSHKeyPair.generate(comment: "lea@home").publicLine
      let id = try #require(
        try await lea.post("/api/vms", tinyMachine.with("ssh_public_key", .string(own))).json["vm"]?["id"]?
          .string)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.json["vm"]?["status"]?.string == "running" }
      #expect(try await lea.get("/api/vms/\(id)/key").code == "NO_PRIVATE_KEY")
      let mail = try #require(try await lea.get("/api/mailbox").json.array?.first?["id"]?.string)
      let attachments = try await lea.get("/api/mailbox/\(mail)").json["attachments"]?.array ?? []
      #expect(attachments.count == 1)
    }
  }

  @Test func `deleting a machine while it is created undoes everything`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try #require(try await lea.post("/api/vms", tinyMachine).json["vm"]?["id"]?.string)
      #expect(try await lea.delete("/api/vms/\(id)").status == 202)
      _ = try await test.until(lea, "/api/vms/\(id)") { $0.status == 404 }
      #expect(try await test.domains().isEmpty)
      #expect(try await test.volumes().isEmpty)
    }
  }
}
