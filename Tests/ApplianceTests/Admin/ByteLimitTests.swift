import HTTP
import Testing

@testable import Appliance

/// A letter with any number of combining marks is one Character, so sizes are limited in bytes.
@Suite(.timeLimit(.minutes(30))) struct ByteLimitTests {
  private static let fat = JSONValue.string("a" + String(repeating: "\u{301}", count: 20_000))

  @Test func `a name of one character and too many bytes is refused for every kind of object`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await test.id("lea")
      for field in ["name", "department", "position", "phone", "avatar", "employeeId"] {
        let answer = try await boss.send("PATCH", "/api/admin/users/\(id)", [field: Self.fat])
        #expect(answer.status == 400, "\(field)")
      }
      for field in ["name", "description", "color"] {
        let answer = try await boss.post("/api/employee-categories", ["name": "Team", field: Self.fat])
        #expect(answer.status == 400, "\(field)")
      }
      // Two full-width digits have as many bytes as six ASCII ones.
      let wide: JSONValue = ["name": "Team", "color": "#\u{FF11}\u{FF12}"]
      #expect(try await boss.post("/api/employee-categories", wide).status == 400)
      let machine: JSONValue = [
        "name": Self.fat, "os_type": Self.fat, "version": Self.fat, "vcpu": 1, "memory": 512, "disk_size": 10,
        "ssh_public_key": Self.fat,
      ]
      #expect(try await lea.post("/api/vms", machine).status == 400)
      let settings: JSONValue = ["theme": Self.fat]
      #expect(try await lea.send("PUT", "/api/user/settings", settings).status == 413)
    }
  }

  @Test func `personal details and unknown fields are truncated by bytes`() async throws {
    let fat = "a" + String(repeating: "\u{301}", count: 20_000)
    let notice = Notice(kind: .approvalWanted, subject: "x", link: "/", details: ["name": fat])
    #expect(notice.detailsJSON.utf8.count < Notice.longestDetail + 50)
    #expect(FileName(fat + ".png").text.utf8.count <= FileName.limit)
    try await TestAppliance.run { test in
      var lea = try await test.person("lea")
      lea.headers["Prefer"] = "handling=strict"
      let answer = try await lea.send("PUT", "/api/profile", ["name": "Lea", fat: 1])
      #expect(answer.status == 400 && answer.text.utf8.count < 3000)
    }
  }
}
