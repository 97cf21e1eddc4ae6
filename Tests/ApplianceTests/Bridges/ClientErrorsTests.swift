import HTTP
import Testing

@testable import Appliance

/// Error reports of older clients.
@Suite(.timeLimit(.minutes(30))) struct ClientErrorsTests {
  private static let path = "/api/monitoring/errors"

  @Test func `only admins can read the reports`() async throws {
    try await TestAppliance.run { test in
      #expect(try await test.client.get(Self.path).status == 401)
      let mia = try await test.person("mia", role: .moderator)
      #expect(try await mia.get(Self.path).status == 403)
    }
  }

  @Test func `an invalid, too large or empty report is refused and not stored`() async throws {
    try await TestAppliance.run { test in
      for text in ["", "hello", "[]", "{"] {
        let answer = try await test.client.send(
          "POST", Self.path, content: Array(text.utf8), type: "text/plain")
        #expect(answer.status == 400)
      }
      #expect(
        try await test.client.post(Self.path, ["clientId": "x", "errorMessage": " \u{7}"]).status == 400)
      let large: JSONValue = ["errorMessage": .string(String(repeating: "a", count: 70_000))]
      #expect(try await test.client.post(Self.path, large).status == 413)
      let boss = try await test.person("boss", role: .admin)
      #expect(try await boss.get(Self.path).json == ["total": 0, "errors": []])
    }
  }

  @Test func `beacons without sign-in and Bearer requests are accepted, repetitions combined`()
    async throws
  {
    try await TestAppliance.run { test in
      var beacon = test.client
      beacon.headers["Origin"] = "null"
      let text = #"{"clientId":"c1","errorType":"TypeError","errorMessage":"x is undefined"}"#
      for _ in 0..<3 {
        let answer = try await beacon.send("POST", Self.path, content: Array(text.utf8), type: "text/plain")
        #expect(answer.json == ["success": true])
        #expect(answer.headers["access-control-allow-origin"] == "null")
      }
      let lea = try await test.person("lea")
      let report: JSONValue = [
        "clientId": "c1", "clientVersion": "2.1", "platform": "win32", "errorType": "Network",
        "errorMessage": "fetch failed", "context": ["url": "/api/vms", "code": 7], "userMessage": "it hangs",
      ]
      #expect(try await lea.post(Self.path, report).status == 200)
      #expect(
        try await beacon.send("POST", Self.path, content: Array(text.utf8), type: "text/plain").status == 200)
      let boss = try await test.person("boss", role: .admin)
      let answer = try await boss.get(Self.path).json
      #expect(answer["total"]?.int64 == 2)
      #expect(answer["errors"]?[0]?["count"]?.int64 == 4)
      #expect(answer["errors"]?[0]?["userId"]?.string == "")
      let second = answer["errors"]?[1]
      #expect(second?["userName"]?.string == "Lea")
      #expect(second?["platform"]?.string == "win32")
      #expect(second?["context"]?.string == #"{"code":7,"url":"/api/vms"}"#)
      #expect(second?["userMessage"]?.string == "it hangs")
    }
  }

  @Test func `fields are truncated and stripped of control characters`() {
    let marks = "a" + String(repeating: "\u{301}", count: 100_000)
    let error = ClientError([
      "errorType": .string(marks), "errorMessage": "one\u{0}\u{1B}[31m\ntwo\u{202E}", "clientVersion": 7,
    ])
    #expect(error.type.utf8.count <= ClientError.mostBytes)
    #expect(error.message == "one[31m\ntwo")
    #expect(error.clientVersion == "7")
  }

  @Test func `one address cannot fill the list, and the oldest is deleted beyond the limit`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      for number in 0..<ReportAllowance.fromOne {
        #expect(try await test.client.post(Self.path, ["errorMessage": .string("\(number)")]).status == 200)
      }
      let refused = try await test.client.post(Self.path, ["errorMessage": "one more"])
      #expect(refused.code == "TOO_MANY_REPORTS")
      #expect(refused.headers["retry-after"] != nil)
      let count = ClientErrorsFeature.most + 5
      try await test.appliance.database.write { tx in
        for number in 0..<count {
          try tx.execute(
            """
            INSERT INTO client_errors (fingerprint, first_at, last_at, address, client_id, client_version,
              platform, type, message, context, user_message)
            VALUES (?, 0, 0, '', '', '', '', '', 'old', '', '')
            """, Array("\(number)".utf8))
        }
        try tx.execute(ClientErrorsFeature.roomSQL)
      }
      let boss = try await test.person("boss", role: .admin)
      let page = try await boss.get(Self.path + "?limit=2")
      #expect(page.json["total"]?.int64 == Int64(ClientErrorsFeature.most))
      #expect(page.json["errors"]?.array?.count == 2)
      let next = try #require(page.headers["x-next-before"])
      #expect(try await boss.get(Self.path + "?limit=2&before=\(next)").json["errors"]?.array?.count == 2)
    }
  }
}
