import Glibc
import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30)), .enabled(if: geteuid() == 0, "mounting needs root")) struct FullDiskTests {
  /// A data folder of a few megabytes.
  private func withSmallDisk(_ body: (TestAppliance) async throws -> Void) async throws {
    var template = Array("/tmp/obox-full-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    guard mount("tmpfs", folder, "tmpfs", 0, "size=12m") == 0 else { return }
    defer {
      umount2(folder, 2)
      rmdir(folder)
    }
    let test = try await TestAppliance.start(in: folder, passwordCost: .cheapest)
    do { try await body(test) } catch {
      await test.appliance.stop()
      throw error
    }
    await test.appliance.stop()
  }

  /// Fills the disk to the last byte.
  private func fill(_ test: TestAppliance) {
    let file = open(test.folder + "/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4096)
    while write(file, block, block.count) > 0 {}
  }

  @Test func `on a full disk essential requests succeed, and only growth is refused`()
    async throws
  {
    try await withSmallDisk { test in
      let sam = try await test.person("sam")
      let lea = try await test.person("lea")
      _ = try await test.person("boss", role: .admin)
      let categories = "/api/employee-categories"
      let boss = try await test.welcome("boss", at: "boss", takeover: true)
      let made = try await boss.post(categories, ["name": "Staff"])
      let category = "\(categories)/\(made.json["id"]?.string ?? "")"
      let text = JSONValue.string(String(repeating: "\u{1F600}", count: 7900))
      var (message, refusal) = ("", TestClient.Answer?.none)
      for _ in 0..<1000 where refusal == nil {
        let answer = try await sam.post("/api/chat/channels/general/messages", ["text": text])
        if answer.status == 201 { message = answer.json["id"]?.string ?? "" } else { refusal = answer }
      }
      // Also takes what the log has freed meanwhile.
      fill(test)
      let told = try await test.welcome("boss", at: "boss", takeover: true).get("/api/admin/storage").json
      #expect(told["isLow"] == true && told["integrity"] == "trusted")
      #expect(try await lea.get("/api/admin/storage").status == 403)
      let checks = try await test.welcome("boss", at: "boss", takeover: true).get("/api/admin/health").json[
        "checks"]
      let writing = checks?.array?.first { $0["name"] == "writing" }
      #expect(writing?["state"] == "broken" && writing?["advice"]?.string?.isEmpty == false)
      let again = try await test.welcome("boss", at: "boss", takeover: true)
      #expect(try await again.send("PATCH", category, ["isActive": false]).json["isActive"]?.bool == false)
      #expect(try await again.send("PATCH", category, ["description": "longer"]).code == "NO_SPACE")
      #expect(try await again.post(categories, ["name": "More"]).code == "NO_SPACE")
      #expect(refusal?.status == 503 && refusal?.code == "NO_SPACE")
      for round in 0..<20 {
        #expect(try await lea.post("/api/auth/logout").status == 200)
        let boss = try await test.welcome("boss", at: "desk-\(round)", takeover: true)
        for path in ["/api/admin/users", "/api/admin/audit", "/api/monitoring/system"] {
          #expect(try await boss.get(path).status == 200)
        }
      }
      #expect(try await sam.send("DELETE", "/api/chat/messages/\(message)").status == 200)
      #expect(
        try await sam.post("/api/chat/channels/general/messages", ["text": "one more"]).code == "NO_SPACE")
      unlink(test.folder + "/filler")
    }
  }
}
