import HTTP
import Testing

@testable import Appliance

@Suite struct SessionsTests {
  private static let several = ["SESSION_POLICY": "unlimited"]

  @Test func `another person's session, or an unknown one, cannot be read or ended`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let noa = try await test.person("noa")
      let hers = try #require(try await lea.get("/api/sessions").json.array?.first?["id"]?.string)
      for id in [hers, "0", "999", "x", "-1"] {
        #expect(try await noa.delete("/api/sessions/\(id)").status == 404, "\(id)")
      }
      #expect(try await noa.get("/api/sessions").json.array?.count == 1)
      for (method, path) in [("GET", "/api/admin/sessions"), ("DELETE", "/api/admin/sessions/\(hers)")] {
        #expect(try await noa.send(method, path).status == 403)
      }
      #expect(try await lea.get("/api/auth/me").status == 200)
    }
  }

  @Test func `a workstation's name is a line of 1 to 60 characters`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for name: JSONValue in ["", "  ", "a\nb", 17, .string(String(repeating: "x", count: 61))] {
        let answer = try await lea.patch("/api/workstation", ["name": name])
        #expect(answer.status == 400, "\(name)")
        #expect(answer.json["errors"]?.array?.first?["field"]?.string == "name")
      }
    }
  }

  @Test func `people see where they are signed in, and can name the workstation`() async throws {
    try await TestAppliance.run(settings: Self.several) { test in
      let home = try await test.person("lea")
      let office = try await test.again("lea", at: "office")
      #expect(try await office.patch("/api/workstation", ["name": " Office "]).status == 200)
      #expect(try await office.get("/api/workstation").json["name"]?.string == "Office")

      let list = try #require(try await home.get("/api/sessions").json.array)
      #expect(list.count == 2)
      #expect(list.map { $0["workstation"]?["name"]?.string == "Office" } == [true, false])
      #expect(list.map { $0["current"]?.bool } == [false, true])
      for session in list {
        #expect(session["live"]?.bool == true)
        #expect(session["address"]?.string == "127.0.0.1")
        #expect(session["since"]?.string?.hasSuffix("Z") == true)
        #expect(session["lastSeen"]?.string?.hasSuffix("Z") == true)
        #expect(session["workstation"]?["id"]?.string != "0")
        #expect(session["user"] == nil)
      }
    }
  }

  @Test func `ending one session, or all others, works at once and keeps this one`() async throws {
    try await TestAppliance.run(settings: Self.several) { test in
      let home = try await test.person("lea")
      let office = try await test.again("lea", at: "office")
      let train = try await test.again("lea", at: "train")
      let officeID = try #require(
        try await office.get("/api/sessions").json.array?.first { $0["current"]?.bool == true }?["id"]?.string
      )
      #expect(try await home.delete("/api/sessions/\(officeID)").status == 200)
      #expect(try await office.get("/api/auth/me").status == 401)
      #expect(try await train.get("/api/auth/me").status == 200)

      #expect(try await home.delete("/api/sessions").json["success"]?.bool == true)
      #expect(try await train.get("/api/auth/me").status == 401)
      #expect(try await home.get("/api/sessions").json.array?.count == 1)

      let mine = try #require(try await home.get("/api/sessions").json.array?.first?["id"]?.string)
      let ended = try await home.delete("/api/sessions/\(mine)")
      #expect(ended.headers["set-cookie"]?.contains("Max-Age=0") == true)
      #expect(try await home.get("/api/auth/me").status == 401)
      #expect(try await test.audited("session_ended") == ["ok", "ok"])
    }
  }

  @Test func `an admin sees and ends the sessions of everyone or of one person`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let boss = try await test.person("boss", role: .admin)
      let all = try #require(try await boss.get("/api/admin/sessions").json.array)
      #expect(all.map { $0["user"]?["name"]?.string } == ["Boss", "Lea"])
      let first = try await boss.get("/api/admin/sessions?limit=1")
      #expect(first.json.array?.count == 1)
      #expect(first.headers["x-next-before"] == all[0]["id"]?.string)

      let user = try #require(all[1]["user"]?["id"]?.string)
      let hers = try #require(try await boss.get("/api/admin/sessions?userId=\(user)").json.array)
      #expect(hers.count == 1)
      #expect(try await boss.get("/api/admin/sessions?userId=nobody").json.array?.isEmpty == true)
      #expect(try await boss.delete("/api/admin/sessions/\(hers[0]["id"]?.string ?? "")").status == 200)
      #expect(try await lea.get("/api/auth/me").status == 401)
    }
  }

  @Test func `a closing page signs out by beacon, which other sites cannot do`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      var page = test.client
      page.headers = [
        "Cookie": lea.cookie, "Content-Type": "text/plain;charset=UTF-8",
      ]
      var foreign = page
      foreign.headers["Origin"] = "https://elsewhere.example"
      #expect(try await foreign.send("POST", "/api/auth/logout").status == 403)
      #expect(try await lea.get("/api/auth/me").status == 200)

      page.headers["Origin"] = "http://127.0.0.1:\(test.port)"
      #expect(try await page.send("POST", "/api/auth/logout").status == 200)
      #expect(try await lea.get("/api/auth/me").status == 401)
      // The freed workstation is available at once.
      _ = try await test.again("lea", at: "elsewhere")
    }
  }
}
