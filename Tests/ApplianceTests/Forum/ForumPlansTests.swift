import HTTP
import Testing

@testable import Appliance
@testable import Store

/// Lists of the forum read no more rows than they show.
@Suite(.timeLimit(.minutes(30))) struct ForumPlansTests {
  @Test func `one's own topics are found by their author, in all categories and in one`() async throws {
    try await Forum.run { forum in
      _ = try await forum.topic("Mine", by: forum.lea)
      _ = try await forum.topic("Other", by: forum.sam)
      let lea = try await forum.test.id("lea")
      for query in ["mine=1", "mine=1&categoryId=\(forum.category)", "mine=1&unread=1&q=mine"] {
        let request = Request(method: .get, path: "/api/forum/topics", query: query)
        let plan = try await forum.test.appliance.database.read { connection in
          let account = try #require(try Account.find(lea, in: connection))
          return try connection.queryPlan(of: try ForumQuestion(request, for: account).sql)
        }
        #expect(
          plan.contains { $0.contains("forum_topics_by_author (author_id=? AND activity<?)") }, "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
      }
      let found = try await forum.lea.get("/api/forum/topics?mine=1").json.array
      #expect(found?.map { $0["title"] } == ["Mine"])
    }
  }
}
