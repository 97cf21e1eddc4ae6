import HTTP
import Store
import Synchronization
import TestSupport
import Testing
import Threads

@testable import Appliance

/// Joins concurrent with posts and removals, one interleaving after the other.
@Suite(.timeLimit(.minutes(30))) struct JoinRaceTests {
  //  lea joins                     | sam
  //  collects, reads a page        |
  //                                | posts: committed and published
  //  the page arrives              |
  @Test func `a message posted between reading and sending a page arrives once`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let before = try await people[1].say("before")
      let gate = Gate(test)
      try people[0].socket.send("JOIN_CHANNEL", ["channel": "general"])
      await gate.reached()
      let between = try await people[1].say("between")
      gate.open()
      let page = try await people[0].socket.next("CHANNEL_JOINED")
      #expect(page.messageIDs == [before])
      #expect(page["last"]?.number == before)
      #expect(try await people[0].socket.next("CHAT_MESSAGE")["id"]?.number == between)
      let after = try await people[1].say("after")
      #expect(try await people[0].socket.next("CHAT_MESSAGE")["id"]?.number == after)
    }
  }

  //  lea joins                     | sam
  //                                | posts: committed, not yet published
  //  collects, reads, arrives      |
  //                                | publishes
  @Test
  func `a message committed before a page is read and published after it arrives once`()
    async throws
  {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let (isCommitted, mayTell) = (CountingSemaphore(), CountingSemaphore())
      let account = try #require(test.appliance.sessions.account(sam.id))
      let draft = try Draft(text: "early")
      test.appliance.database.write(
        { [chat = test.appliance.chat] tx in
          tx.afterCommit {
            isCommitted.signal()
            mayTell.wait()
          }
          _ = try chat.post(draft, to: chat.directory.general, by: account, in: tx)
        }, then: { _ in })
      defer { mayTell.signal() }
      await Gate.wait(for: isCommitted)
      let page = try await lea.join("general")
      #expect(page.messageIDs.count == 1)
      mayTell.signal()
      let next = try await sam.say("next")
      #expect(try await lea.socket.next("CHAT_MESSAGE")["id"]?.number == next)
    }
  }

  //  lea joins since 0, by pages of 2 | sam
  //  reads 1 2                        |
  //                                   | edits 1, posts 4
  //  1 2 arrive; reads 3 4            |
  //                                   | edits 2, deletes 3, posts 5
  //  3 4 arrive …                     |
  @Test func `changes during a long join are included in its later pages`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      var ids: [Int64] = []
      for number in 1...3 { ids.append(try await sam.say("\(number)")) }
      let gate = Gate(test)
      try lea.socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0, "limit": 2])
      await gate.reached()
      try sam.socket.send("CHAT_EDIT", ["id": .id(ids[0]), "text": "1 again"])
      ids.append(try await sam.say("4"))
      gate.openOnce()
      await gate.reached()
      try sam.socket.send("CHAT_EDIT", ["id": .id(ids[1]), "text": "2 again"])
      try sam.socket.send("CHAT_DELETE", ["id": .id(ids[2])])
      ids.append(try await sam.say("5"))
      gate.open()
      var view = View()
      try await view.follow(lea.socket) { $0.ids.count == 5 && !$0.isCatchingUp }
      #expect(view.ids == ids)
      #expect(view.texts == ["1 again", "2 again", "", "4", "5"])
    }
  }

  //  lea joins                     | an admin
  //  collects, reads a page        |
  //                                | posts a secret, removes lea, posts another
  //  the page arrives              |
  @Test func `a member removed during a join receives nothing of it`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let channel = try await test.channel(.private, "secret", of: [lea.id, sam.id], admins: [sam.id])
      try await sam.say("one", in: channel)
      let gate = Gate(test)
      try lea.socket.send("JOIN_CHANNEL", ["channel": channel])
      await gate.reached()
      try await sam.say("two", in: channel)
      try await test.remove(lea.id, from: channel, by: sam.id)
      try await sam.say("three", in: channel)
      gate.open()
      #expect(try await lea.socket.next("CHANNEL_LEFT")["reason"]?.string == "REMOVED")
      #expect(try await lea.heard() == ["CHANNEL_CHANGED"])
      #expect(try await lea.refusal("JOIN_CHANNEL", ["channel": channel]) == "CHANNEL_NOT_FOUND")
    }
  }

  //  lea joins                           | the writer
  //  is found in memory to be a member   |
  //                                      | commits the removal and a secret; has told neither
  //  collects, reads                     |
  @Test func `the database, not memory, decides on the permission to read a page`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let channel = try await test.channel(.private, "secret", of: [lea.id, sam.id])
      let id = try #require(channel.number)
      let (isCommitted, mayTell) = (CountingSemaphore(), CountingSemaphore())
      test.appliance.database.write(
        { [chat = test.appliance.chat] tx in
          tx.afterCommit {
            isCommitted.signal()
            mayTell.wait()
          }
          try tx.execute("DELETE FROM channel_members WHERE user_id = ?", lea.id)
          try chat.directory.refresh(id, in: tx)
        }, then: { _ in })
      defer { mayTell.signal() }
      await Gate.wait(for: isCommitted)
      #expect(test.appliance.chat.directory[id]?.mayRead(lea.id) == true)
      #expect(try await lea.refusal("JOIN_CHANNEL", ["channel": channel]) == "CHANNEL_NOT_FOUND")
      mayTell.signal()
      try await sam.say("now without her", in: channel)
      #expect(try await lea.heard() == ["CHANNEL_CHANGED"])
    }
  }

  // One group of commits: [ lea is removed | lea posts ]
  @Test func `a member removed in the same group of commits cannot post`() async throws {
    try await TestAppliance.run { test in
      let people = try await test.speakers("lea", "sam")
      let lea = people[0]
      let channel = try await test.channel(.private, "secret", of: people.map(\.id))
      let id = try #require(channel.number)
      let account = try #require(test.appliance.sessions.account(lea.id))
      let draft = try Draft(text: "still here")
      let (isRunning, mayGoOn) = (CountingSemaphore(), CountingSemaphore())
      let chat = test.appliance.chat
      test.appliance.database.write(
        { tx in
          isRunning.signal()
          mayGoOn.wait()
          try tx.execute("DELETE FROM channel_members WHERE user_id = ?", lea.id)
          try chat.directory.refresh(id, in: tx)
        }, then: { _ in })
      await Gate.wait(for: isRunning)
      let outcome = Mutex<String?>(nil)
      let isDone = CountingSemaphore()
      test.appliance.database.write(
        { tx in try chat.post(draft, to: id, by: account, in: tx) },
        then: { result in
          if case .failure(let error as Failure) = result { outcome.withLock { $0 = error.code } }
          isDone.signal()
        })
      mayGoOn.signal()
      await Gate.wait(for: isDone)
      #expect(outcome.withLock { $0 } == "CHANNEL_NOT_FOUND")
      #expect(try await test.stored(channel).isEmpty)
    }
  }

  @Test func `a page is read again when too much is published meanwhile, and nothing is lost`() async throws {
    try await TestAppliance.run(sockets: WebSocketLimits(maxQueued: 16 << 20, deadAfter: .seconds(300))) {
      test in
      let people = try await test.speakers("lea", "sam")
      let (lea, sam) = (people[0], people[1])
      let gate = Gate(test)
      try lea.socket.send("JOIN_CHANNEL", ["channel": "general", "since": 0])
      await gate.reached()
      let text = String(repeating: "a long story ", count: 600)
      var ids: [Int64] = []
      for _ in 0..<100 { ids.append(try await sam.say(text)) }
      gate.open()
      var view = View()
      try await view.follow(lea.socket) { $0.ids.count == ids.count && !$0.isCatchingUp }
      #expect(view.ids == ids)
    }
  }

  @Test func `joins during concurrent posts deliver each message once and in order`()
    async throws
  {
    try await TestAppliance.run { test in
      test.appliance.hub.limits.withLock { limits in
        limits.framesAtOnce = 100_000
        limits.framesEachSecond = 100_000
      }
      let senders = try await test.speakers("a1", "b2", "c3", "d4")
      let listener = try await test.speakers("lea")[0]
      let each = 60
      for round in 0..<12 {
        let known = try await test.stored("general")
        try await withThrowingTaskGroup(of: Void.self) { group in
          for sender in senders {
            group.addTask {
              for number in 0..<each {
                try sender.socket.send(
                  "CHAT_MESSAGE", ["channel": "general", "text": .string("\(round) \(number)")])
              }
              for _ in 0..<each { _ = try await sender.socket.next("CHAT_ACK") }
            }
          }
          // Joins repeatedly, from the position that each view has reached.
          for index in 0..<4 {
            group.addTask {
              let reader = try await test.speaker(listener.id, token: listener.token)
              var view = View(last: known.last ?? 0)
              let wanted = known.count + each * senders.count
              var before = known
              while before.count + view.ids.count < wanted {
                var join: JSONValue = ["channel": "general", "since": .id(view.last), "limit": 7]
                if index == 0 { join = ["channel": "general", "since": .id(view.last)] }
                try reader.socket.send("JOIN_CHANNEL", join)
                let aim = min(view.ids.count + 25, wanted - before.count)
                try await view.follow(reader.socket) { $0.ids.count >= aim && !$0.isCatchingUp }
                try reader.socket.send("LEAVE_CHANNEL", ["channel": "general"])
                try await view.follow(reader.socket) { $0.hasLeft }
              }
              before += view.ids
              let stored = try await test.stored("general")
              #expect(before == stored)
              reader.socket.close()
            }
          }
          try await group.waitForAll()
        }
      }
    }
  }
}

/// Stops each join between reading a page and sending it.
final class Gate: Sendable {
  private let arrived = CountingSemaphore()
  private let mayGo = CountingSemaphore()
  private let isOpen = Mutex(false)

  init(_ test: TestAppliance) {
    test.appliance.chat.feeds.arriving.withLock { arriving in
      arriving = { [self] in
        if isOpen.withLock({ $0 }) { return }
        arrived.signal()
        mayGo.wait()
      }
    }
  }

  /// Returns when a page was read and waits to be sent.
  func reached() async { await Self.wait(for: arrived) }

  func openOnce() { mayGo.signal() }

  func open() {
    isOpen.withLock { $0 = true }
    mayGo.signal()
  }

  /// Waits on a thread that may block.
  static func wait(for semaphore: CountingSemaphore) async {
    await onThread { semaphore.wait() }
  }
}
