import HTTP
import Testing

@testable import Appliance

/// What strangers and trainers try with certificates.
@Suite(.timeLimit(.minutes(30))) struct CertificateAttackTests {
  @Test func `whoever guesses numbers has to wait longer and longer, and is told nothing meanwhile`()
    async throws
  {
    let time = ManualTime()
    try await School.run(time) { school in
      let (_, _, code) = try await CertificatesTests.earned(school)
      let (right, stranger) = ("/api/certificates/\(code)", school.test.client)
      func guess() async throws -> Int {
        try await stranger.get("/api/certificates/\(CertificateCode().text)").status
      }
      // What cannot be a number is no guess.
      for _ in 0..<30 { #expect(try await stranger.get("/api/certificates/x").status == 404) }
      for _ in 0..<21 {
        #expect(try await guess() == 404)
        // A right one in between forgives nothing; it is refused after the last guess.
        _ = try await stranger.get(right)
      }
      #expect(try await guess() == 429)
      for path in [right, right + ".pdf"] {
        let refused = try await stranger.get(path)
        #expect(refused.status == 429 && refused.code == "TOO_MANY_ATTEMPTS", "\(refused.text)")
        #expect(refused.headers["retry-after"] == "2")
      }
      time.advance(by: .seconds(2))
      #expect(try await stranger.get(right).status == 200)
      #expect(try await guess() == 404)
      time.advance(by: .seconds(2))
      #expect(try await stranger.get(right).status == 429)
      time.advance(by: .seconds(2))
      #expect(try await stranger.get(right).status == 200)
      // Nobody is locked out of their own.
      #expect(try await school.lea.get("/api/my-certificates").status == 200)
    }
  }

  @Test func `a certificate whose completion was taken back is never valid again`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let id = try await TrainingsTests.made(boss, ["startDate": .null, "endDate": .null])
      _ = try await lea.post(TrainingsTests.path(id))
      let part = "\(TrainingsTests.path(id))/\(try await test.id("lea"))"
      for reason in [nil, "Copied"] {
        _ = try await boss.patch(part, ["attended": true])
        let code = try await lea.get("/api/my-certificates?limit=1").json[0]?["code"]?.string ?? ""
        let revocation = "/api/certificates/\(code)/revocation"
        if let reason {
          #expect(try await boss.put(revocation, ["reason": .string(reason)]).status == 200)
        }
        _ = try await boss.patch(part, ["attended": .null])
        #expect(try await boss.delete(revocation).code == "COMPLETION_TAKEN_BACK")
        // Nor by way of a reason of one's own.
        #expect(try await boss.put(revocation, ["reason": "x"]).code == "COMPLETION_TAKEN_BACK")
        #expect(try await test.client.get("/api/certificates/\(code)").json["status"] == "revoked")
        let found = try await boss.get("/api/certificates?code=\(code.lowercased())").json
        #expect(found.array?.count == 1 && found[0]?["reason"] == "", "\(found)")
      }
      #expect(try await boss.get("/api/certificates?code=x").json == [])
    }
  }

  @Test func `an expired one says so, and its paper says until when it was valid`() async throws {
    let time = ManualTime()
    try await School.run(time) { school in
      let (_, _, code) = try await CertificatesTests.earned(school, ["validMonths": 1])
      time.advance(by: .seconds(40 * 24 * 3600))
      let answer = try await school.test.client.get("/api/certificates/\(code)").json
      #expect(answer["status"] == "expired" && answer["validUntil"]?.string?.hasPrefix("2023-12-14") == true)
      #expect(try await school.test.client.get("/api/certificates/\(code).pdf").status == 200)
    }
  }
}
