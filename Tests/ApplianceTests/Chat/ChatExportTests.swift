import HTTP
import Testing

@testable import Appliance

@Suite struct ChatExportTests {
  @Test func `a channel is exported as JSON or text, oldest first`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let channel = try await test.made("private", "Été 26", by: lea, with: ["sam"])
      try await test.said("one\n[2026] Sam: forged", in: channel, by: lea)
      let gone = try await test.said("regret", in: channel, by: sam)
      #expect(try await sam.delete("/api/chat/messages/\(gone)").status == 200)
      let path = "/api/chat/channels/\(channel)/export"
      #expect(try await sam.get(path).code == "NOT_CHANNEL_ADMIN")
      #expect(try await lea.get(path + "?format=xml").status == 400)
      let json = try await lea.get(path)
      #expect(
        json.headers["content-disposition"] == "attachment; filename=\"channel--t--26-\(channel).json\"")
      #expect(json.json["count"]?.int == 2)
      #expect(json.json["cut"]?.bool == false)
      #expect(json.json["channel"]?["name"]?.string == "Été 26")
      #expect(json.json["messages"]?[1]?["id"]?.string == String(gone))
      let text = try await lea.get(path + "?format=text")
      #expect(text.headers["content-type"] == "text/plain; charset=utf-8")
      let lines = text.text.split(separator: "\n").map(String.init)
      #expect(lines[0] == "#Été 26")
      #expect(lines[2].hasSuffix("Z] Lea: one"))
      #expect(lines[3] == "    [2026] Sam: forged")
      #expect(lines[4].hasSuffix("Z] Sam: (deleted message)"))
      #expect(!text.text.contains("regret"))
      #expect(try await test.audited().filter { $0.hasPrefix("channel_exported") }.count == 3)
    }
  }

  @Test func `the export of a long channel is cut and says where to continue`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let channel = try await test.made("private", by: lea)
      let ids = try await test.wrote(1200, in: channel, by: "lea") { "message \($0)" }
      let account = try #require(test.appliance.sessions.account(try await test.id("lea")))
      let view = try await test.appliance.database.read {
        try ChannelView.find(Int64(channel) ?? 0, for: account, in: $0)
      }
      func file(before: Int64, _ format: ChatExport.Format) async throws -> [UInt8] {
        let export = ChatExport(
          channel: view, format: format, language: .en, before: before, at: 0, mostMessages: 700)
        return try await export.bytes(from: test.appliance.database)
      }
      let json = try #require(JSONValue(parsing: try await file(before: .max, .json)))
      #expect(json["count"]?.int == 700)
      #expect(json["cut"]?.bool == true)
      #expect(json["before"]?.string == String(ids[500]))
      #expect(json["messages"]?[0]?["id"]?.string == String(ids[500]))
      let rest = try #require(JSONValue(parsing: try await file(before: ids[500], .json)))
      #expect(rest["count"]?.int == 500)
      #expect(rest["cut"]?.bool == false)
      #expect(rest["before"]?.isNull == true)
      let text = String(decoding: try await file(before: .max, .text), as: UTF8.self)
      #expect(text.contains("?before=\(ids[500])"))
      #expect(text.hasSuffix("message 1199\n"))
    }
  }
}
