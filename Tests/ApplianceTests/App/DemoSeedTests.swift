import HTTP
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct DemoSeedTests {
  @Test func `the printed accounts can sign in, and a second start creates none`() async throws {
    try await TestAppliance.run { test in
      let first = try await DemoSeed(test.appliance).run()
      let line = try #require(first.last)
      let password = try #require(line.split(separator: " ").last.map { String($0) })
      #expect(password.count >= 10)
      for username in ["admin", "lea", "sam"] {
        let answer = try await test.client(at: username).post(
          "/api/auth/login", ["username": .string(username), "password": .string(password)])
        #expect(answer.status == 200, "\(username)")
      }
      let messages = try await test.appliance.database.read { connection in
        try connection.scalar("SELECT count(*) FROM chat_messages")
      }
      #expect(messages ?? 0 > 0)
      #expect(try await DemoSeed(test.appliance).run() == first)
      let (people, again) = try await test.appliance.database.read { connection in
        (
          try connection.scalar("SELECT count(*) FROM users"),
          try connection.scalar("SELECT count(*) FROM chat_messages")
        )
      }
      #expect(people == 3)
      #expect(again == messages)
    }
  }
}
