import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct DeletePersonTests {
  @Test func `deleting a person deletes their machines and notifies them by mail`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      for name in ["one", "two"] {
        #expect(try await lea.post("/api/vms", tinyMachine.with("name", .string(name))).status == 202)
      }
      let socket = try await TestWebSocket.signedIn(lea)
      let path = "/api/admin/users/\(try await test.id("lea"))"
      let asked = try await boss.delete(path)
      #expect(asked.status == 202)
      let job = try #require(asked.json["job"]?["id"]?.string)
      #expect(try await socket.next("SESSION_ENDED")["reason"]?.string == "DEACTIVATED")
      #expect(try await lea.get("/api/vms").status == 401)
      // A second request during the deletion returns the same job, and does not restore the person.
      if try await boss.get(path).status == 200 {
        let again = try await boss.delete(path)
        #expect(again.status == 404 || again.json["job"]?["id"]?.string == job)
      }
      let done = try await test.until(boss, "/api/jobs/\(job)") { answer in
        ["succeeded", "failed"].contains(answer.json["job"]?["status"]?.string ?? "")
      }
      #expect(done.json["job"]?["status"]?.string == "succeeded", "\(done.text)")
      #expect(try await boss.get(path).status == 404)
      #expect(try await boss.get("/api/vms").json["vms"]?.array?.isEmpty == true)
      #expect(try await test.domains() == [])
      #expect(try await test.volumes().filter { $0.contains("seed") } == [])
      let subjects = (try await boss.get("/api/mailbox?all=1").json.array ?? [])
        .filter { $0["to"]?.string == "lea@example.org" }.compactMap { $0["subject"]?.string }
      #expect(subjects.first == "Your account has been deleted")
      #expect(subjects.filter { $0.contains("has been deleted") }.count >= 2)
      #expect(try await test.signIn("lea", at: "lea").code == "INVALID_CREDENTIALS")
      let log = try await boss.get("/api/admin/audit?action=user_deleted").json.array ?? []
      #expect(log.count == 1)
      #expect(log.first?["actor"]?["name"]?.string == "Boss")
      #expect(log.first?["subject"]?["name"]?.string == "Lea")
      #expect(log.first?["address"]?.string == "127.0.0.1")
      #expect(try await test.audited().filter { $0 == "machine_deleted" }.count == 2)
    }
  }

  @Test func `deleting four people at once does not block the deletion of their machines`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let names = (1...6).map { "person\($0)" }
      var jobs: [String] = []
      for name in names {
        let person = try await test.person(name)
        #expect(try await person.post("/api/vms", tinyMachine).status == 202)
      }
      for name in names {
        let answer = try await boss.delete("/api/admin/users/\(try await test.id(name))")
        jobs.append(try #require(answer.json["job"]?["id"]?.string))
      }
      for job in jobs {
        let done = try await test.until(boss, "/api/jobs/\(job)") { answer in
          ["succeeded", "failed"].contains(answer.json["job"]?["status"]?.string ?? "")
        }
        #expect(done.json["job"]?["status"]?.string == "succeeded", "\(done.text)")
      }
      #expect(try await boss.get("/api/admin/users").json["total"]?.int == 1)
    }
  }

  @Test func `if a machine cannot be deleted its owner stays, deactivated, and the job reports why`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let vm = try await lea.post("/api/vms", tinyMachine)
      let create = try #require(vm.json["job"]?["id"]?.string)
      _ = try await test.until(lea, "/api/jobs/\(create)") {
        $0.json["job"]?["status"]?.string == "succeeded"
      }
      test.appliance.jobs.beginning.withLock { hook in
        hook = { job, step in
          if job.kind == MachineOperations.delete, step == "disks" { throw JobFailure(code: "NO_SPACE") }
        }
      }
      let path = "/api/admin/users/\(try await test.id("lea"))"
      let job = try #require(try await boss.delete(path).json["job"]?["id"]?.string)
      #expect(try await boss.send("PATCH", path, ["isActive": true]).code == "BEING_DELETED")
      let done = try await test.until(boss, "/api/jobs/\(job)") {
        $0.json["job"]?["status"]?.string == "failed"
      }
      #expect(done.json["job"]?["error"]?["code"]?.string == "MACHINE_NOT_DELETED")
      #expect(try await boss.get(path).json["isActive"]?.bool == false)

      test.appliance.jobs.beginning.withLock { $0 = nil }
      let second = try #require(try await boss.delete(path).json["job"]?["id"]?.string)
      #expect(second != job)
      _ = try await test.until(boss, path) { $0.status == 404 }
    }
  }
}
