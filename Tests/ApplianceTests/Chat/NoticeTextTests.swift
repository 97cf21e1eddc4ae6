import HTTP
import Testing

@testable import Appliance

/// The text of notifications about messages: always the current text, and only for people who may read it.
@Suite(.timeLimit(.minutes(30))) struct NoticeTextTests {
  private static let gone = "This message has been deleted."

  private func said(_ person: TestClient) async throws -> [String?] {
    try await person.get("/api/notifications").json.array?.map { $0["message"]?.string } ?? []
  }

  @Test
  func `notifications never show deleted text, and show the edited text`()
    async throws
  {
    try await TestAppliance.run { test in
      let (lea, sam, eve) = (
        try await test.person("lea"), try await test.person("sam"), try await test.person("eve")
      )
      let id = try await test.said("@sam @eve secret", in: "general", by: lea)
      #expect(try await said(sam) == ["@sam @eve secret"])
      #expect(try await test.number("SELECT count(*) FROM notifications WHERE details LIKE '%secret%'") == 0)
      #expect(try await sam.post("/api/notifications/read-all").status == 200)
      #expect(try await lea.patch("/api/chat/messages/\(id)", ["text": "@sam @eve plain"]).status == 200)
      for person in [sam, eve] { #expect(try await said(person) == ["@sam @eve plain"]) }
      #expect(try await lea.delete("/api/chat/messages/\(id)").status == 200)
      // Who has read the notification keeps a line; it is withdrawn from the other.
      #expect(try await said(sam) == [Self.gone])
      #expect(try await said(eve) == [])
    }
  }

  @Test func `former members see no text of the channel in notifications`()
    async throws
  {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let sams = try await test.id("sam")
      let channel = try await test.made("private", by: lea, with: ["sam"])
      let id = try await test.said("@sam before", in: channel, by: lea)
      #expect(try await said(sam).first == "@sam before")
      #expect(try await lea.delete("/api/chat/channels/\(channel)/members/\(sams)").status == 200)
      #expect(try await lea.patch("/api/chat/messages/\(id)", ["text": "since"]).status == 200)
      #expect(try await said(sam).first == Self.gone)

      let open = try await test.made("public", "open", by: lea)
      try await test.said("@sam hello", in: open, by: lea)
      #expect(try await said(sam).first == "@sam hello")
      #expect(try await lea.delete("/api/chat/channels/\(open)").status == 200)
      #expect(try await said(sam).first == Self.gone)
    }
  }

  @Test func `the notification of files without text says that there is none`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let channel = try await test.made("direct", by: lea, with: ["sam"])
      let file = try await test.upload(FileSamples.pdf, as: lea)
      let body: JSONValue = ["files": [.string(file)]]
      #expect(try await lea.post("/api/chat/channels/\(channel)/messages", body).status == 201)
      #expect(try await said(sam) == ["Attachment"])
    }
  }
}
