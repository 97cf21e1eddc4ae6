import HTTP
import Synchronization
import Testing

@testable import Appliance

/// What people can find out about a channel that they left or never joined.
@Suite(.timeLimit(.minutes(30))) struct FormerMemberTests {
  @Test func `a retry by a former member reveals no later changes`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let sams = try await test.id("sam")
      let channel = try await test.made("private", by: lea, with: ["sam"])
      let own = try await test.made("private", "own", by: sam)
      let asked = try await test.said("question", in: channel, by: lea)
      let body: JSONValue = ["text": "answer", "clientId": "m1", "replyTo": .id(asked)]
      let posted = try await sam.post("/api/chat/channels/\(channel)/messages", body)
      #expect(posted.status == 201)
      let id = try #require(posted.json["id"]?.string)
      #expect(
        try await sam.post("/api/chat/channels/\(own)/messages", body).json["reply"]?["text"] == "question")
      #expect(try await lea.delete("/api/chat/channels/\(channel)/members/\(sams)").status == 200)
      #expect(try await lea.patch("/api/chat/messages/\(asked)", ["text": "since"]).status == 200)
      #expect(try await lea.put("/api/chat/messages/\(id)/reactions/👍", [:]).status == 200)
      let again = try await sam.post("/api/chat/channels/\(own)/messages", body)
      #expect(again.status == 200)
      #expect(again.json["id"]?.string == id)
      #expect(again.json["text"]?.string == "answer")
      #expect(again.json["reply"]?.isNull == true)
      #expect(again.json["reactions"]?.array?.isEmpty == true)
    }
  }

  @Test func `leaving another's private channel answers as for a missing one`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "eve")
      let channel = try await test.channel(.private, "team", of: [people[0].id])
      for wanted in [channel, "99"] {
        #expect(try await people[1].refusal("LEAVE_CHANNEL", ["channel": wanted]) == "CHANNEL_NOT_FOUND")
      }
      try people[0].socket.send("LEAVE_CHANNEL", ["channel": channel])
      #expect(try await people[0].heard().contains("ERROR") == false)
    }
  }

  @Test func `counting unread messages is bounded, however many own messages there are`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.person("sam")
      let channel = try await test.made("private", by: lea, with: ["sam"])
      _ = try await test.wrote(1, in: channel, by: "sam") { _ in "one" }
      _ = try await test.wrote(ChannelView.mostLookedAt, in: channel, by: "lea") { "\($0)" }
      try await test.write("UPDATE channel_members SET read_id = 0")
      let socket = try await TestWebSocket.signedIn(lea)
      try socket.send("MARK_READ", ["channel": .string(channel), "id": 0])
      let read = try await socket.next("READ")
      #expect(read["unread"]?.int == 0)
      #expect(try await test.channel(channel, of: lea)["unread"] == read["unread"])
    }
  }

  @Test func `a join whose socket was closed is forgotten`() throws {
    let feed = ChannelFeed(channel: 1)
    let outlet = SilentOutlet()
    let ticket = feed.join(Subscriber(socket: outlet, language: .en, signedIn: nil))
    #expect(feed.collect(outlet.id, ticket))
    for isLast in [false, true] {
      let arrival = feed.arrive(
        outlet.id, ticket, with: Frame(text: "{}"), isLast: isLast, message: 1, revision: 0)
      guard case .gone = arrival else { throw TestClient.Broken(reason: "\(arrival)") }
    }
    #expect(feed.isEmpty)
    #expect(outlet.sent.withLock { $0 } == 0)
  }
}

/// A socket that only counts frames.
private final class SilentOutlet: FrameSink {
  let id: UInt64 = 1
  let peerAddress = "127.0.0.1"
  let queuedBytes = 0
  let isClosing = false
  let sent = Mutex(0)

  func send(_ frame: Frame) { sent.withLock { $0 += 1 } }
  func close(code: UInt16, reason: String) {}
}
