import HTTP
import Testing

@testable import Appliance

/// The picture of a person: an upload that everyone may see.
@Suite(.timeLimit(.minutes(30))) struct ProfilePictureTests {
  @Test func `another's upload, a document and a missing file are refused, and the picture stays`()
    async throws
  {
    try await TestAppliance.run { test in
      let (lea, noa) = (try await test.person("lea"), try await test.person("noa"))
      let mine = try await test.upload(FileSamples.png(8, 8), as: lea)
      #expect(try await lea.put("/api/profile", ["avatar": .string(mine)]).status == 200)
      let others = try await test.upload(FileSamples.png(8, 9), as: noa)
      let document = try await test.upload(FileSamples.pdf, as: lea)
      for address in [others, document, "/api/uploads/nothing"] {
        let answer = try await lea.put("/api/profile", ["avatar": .string(address), "name": "Changed"])
        #expect(answer.status == 400 && answer.json["errors"]?[0]?["code"] == "NOT_A_PICTURE", "\(address)")
      }
      let me = try await lea.get("/api/auth/me").json
      #expect(me["avatar"]?.string == mine && me["name"] != "Changed")
    }
  }

  @Test func `everyone who is signed in sees a picture, nobody once it is removed`() async throws {
    try await TestAppliance.run { test in
      let (lea, noa) = (try await test.person("lea"), try await test.person("noa"))
      let picture = try await test.upload(FileSamples.png(8, 8), as: lea)
      #expect(try await noa.get("/api/users/pictures").json == [])
      _ = try await lea.put("/api/profile", ["avatar": .string(picture)])
      #expect(try await noa.get(picture).status == 200)
      #expect(try await test.client.get(picture).status == 401)
      #expect(try await test.client.get("/api/users/pictures").status == 401)
      #expect(try await noa.get("/api/users/pictures").json[0]?["avatar"]?.string == picture)
      #expect(try await lea.delete(picture).code == "FILE_IN_USE")
      _ = try await lea.put("/api/profile", ["name": "Léa"])
      #expect(try await noa.get(picture).status == 200, "another change keeps it")
      _ = try await lea.put("/api/profile", ["avatar": ""])
      #expect(try await noa.get(picture).status == 404)
      #expect(try await noa.get("/api/users/pictures").json == [])
    }
  }

  @Test func `people managers can set another's picture from their own uploads`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, noa) = (try await test.person("lea"), try await test.person("noa"))
      let id = try await noa.get("/api/auth/me").json["id"]?.string ?? ""
      let hidden = try await test.upload(FileSamples.png(8, 8), as: lea)
      #expect(try await boss.patch("/api/users/\(id)", ["avatar": .string(hidden)]).status == 400)
      let given = try await test.upload(FileSamples.png(9, 9), as: boss)
      #expect(try await boss.patch("/api/users/\(id)", ["avatar": .string(given)]).status == 200)
      #expect(try await lea.get(given).status == 200)
      _ = try await noa.put("/api/profile", ["phone": "1", "avatar": .string(given)])
      #expect(try await noa.get("/api/auth/me").json["avatar"]?.string == given)
    }
  }
}
