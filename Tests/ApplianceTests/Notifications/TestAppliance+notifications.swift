import HTTP
import Testing

@testable import Appliance

extension TestAppliance {
  /// Notifies people in a transaction of its own.
  func notify(_ people: [Int64], _ notice: Notice) async throws {
    try await appliance.database.write { [notifications = appliance.notifications] tx in
      try notifications.notify(people, of: notice, in: tx)
    }
  }

  /// Runs a job now, and waits until it is done.
  func runJob(_ kind: String) async throws {
    let id = try await appliance.database.write { [jobs = appliance.jobs] tx in
      try jobs.enqueue(kind, in: tx).id
    }
    let hasEnded = try await changes.wait {
      try await appliance.database.read { try Job.find(id, in: $0)?.isFinished == true }
    }
    #expect(hasEnded, "\(kind) did not end")
    let job = try await appliance.database.read { try Job.find(id, in: $0) }
    #expect(job?.status == .succeeded)
  }

  /// The first column of the query's first row.
  func number(_ sql: String) async throws -> Int64? {
    try await appliance.database.read { try $0.scalar(sql) }
  }
}

extension Notice {
  /// A notification of a mention in a channel.
  static func mention(in channel: Int64 = 5, by actor: Int64? = nil, _ text: String = "hello") -> Notice {
    Notice(
      kind: .mention, subject: "channel:\(channel)", link: "/chat/\(channel)", actor: actor,
      details: ["channel": "lab", "text": text])
  }

  static func direct(_ channel: Int64 = 9, by actor: Int64? = nil, _ text: String = "psst") -> Notice {
    Notice(
      kind: .directMessage, subject: "channel:\(channel)", link: "/chat/\(channel)", actor: actor,
      details: ["text": text])
  }
}
