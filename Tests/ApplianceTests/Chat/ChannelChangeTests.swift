import HTTP
import Testing

@testable import Appliance

/// Whom a change of a channel concerns: as few as possible, since each of them sends a request.
@Suite(.timeLimit(.minutes(30))) struct ChannelChangeTests {
  private func channel(
    _ members: [Int64: Channel.MemberRole], isGeneral: Bool = false, isArchived: Bool = false
  ) -> Channel {
    Channel(
      id: 5, kind: .public, name: "open", isGeneral: isGeneral, isArchived: isArchived, slowSeconds: 0,
      createdBy: nil, members: members)
  }

  private func news(_ old: Channel?, _ new: Channel?) -> [String: [Int64]] {
    let news = ChannelChange(id: 5, old: old, new: new, actor: nil).news
    return Dictionary(uniqueKeysWithValues: news.map { ($0.word, $0.people.map { $0.sorted() } ?? [-1]) })
  }

  @Test func `members who join, leave or get a new role reload, and the others are told`() {
    let before = channel([1: .admin, 2: .member, 3: .member])
    #expect(
      news(before, channel([1: .admin, 2: .member, 4: .member])) == [
        "added": [4], "removed": [3], "members": [1, 2],
      ])
    #expect(
      news(before, channel([1: .admin, 2: .admin, 3: .member, 4: .admin])) == [
        "added": [4], "changed": [2], "members": [1, 2, 3],
      ])
    #expect(news(before, before) == ["changed": [1, 2, 3]])
    #expect(news(before, channel(before.members, isArchived: true)) == ["archived": [1, 2, 3]])
    #expect(news(before, nil) == ["deleted": [1, 2, 3]])
  }

  @Test func `in the general channel a new role concerns one person, a new topic everyone`() {
    let before = channel([1: .admin], isGeneral: true)
    #expect(news(before, channel([1: .admin, 2: .member], isGeneral: true)) == ["changed": [-1]])
    #expect(news(before, channel([1: .admin, 2: .admin], isGeneral: true)) == ["changed": [2]])
    #expect(news(before, channel([1: .member], isGeneral: true)) == ["changed": [1]])
  }

  @Test func `members are told their new number`() async throws {
    try await TestAppliance.run { test in
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      let open = try await test.made("public", "open", by: lea)
      let socket = try await TestWebSocket.signedIn(lea)
      #expect(try await sam.post("/api/chat/channels/\(open)/members", [:]).status == 201)
      let told = try await socket.next("CHANNEL_CHANGED")
      #expect(told["change"]?.string == "members")
      #expect(told["memberCount"]?.int == 2)
    }
  }
}
