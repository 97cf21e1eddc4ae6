import HTTP
import TestSupport
import Testing

@testable import Appliance

/// Performs random steps on a daemon and on a model, and compares the two after each step.
struct Storm {
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  /// The compared state: tokens of sessions and of live ones, and the people online.
  struct Picture: Equatable {
    var sessions: Set<[UInt8]>
    var live: Set<[UInt8]>
    var present: Set<Int64>
  }

  static let accounts = 200
  static let places = 120

  var random: SeededRandom
  var test: TestAppliance
  var model: StormModel
  let time: ManualTime
  var ids: [Int64] = []
  /// Open sockets by number, with token and client.
  var sockets: [Int: (token: String, client: TestWebSocket)] = [:]
  var opened = 0
  var ended: [String] = []
  /// Number of steps of each kind.
  var played: [String: Int] = [:]

  init(seed: UInt64, test: TestAppliance, time: ManualTime) async throws {
    random = SeededRandom(seed: seed)
    self.test = test
    self.time = time
    model = StormModel(now: time.now)
    ids = try await test.accounts((0..<Self.accounts).map { "person\($0)" })
  }

  mutating func step(_ number: Int) async throws {
    let what = try await play(Int.random(in: 0..<1000, using: &random))
    played[what.prefix { $0 != " " }.description, default: 0] += 1
    try await compare("step \(number), \(what)")
  }

  /// Waits when only the network knows that it is done; everything else is compared directly.
  private func compare(_ what: String) async throws {
    let wanted = picture(of: model)
    if what.hasSuffix("…") { await eventually { picture() == wanted } }
    let found = picture()
    guard found != wanted else { return }
    throw Broken(
      description: """
        \(what): sessions \(found.sessions.count) for \(wanted.sessions.count), \
        live \(found.live.count) for \(wanted.live.count), \
        present \(found.present.sorted()) for \(wanted.present.sorted())
        """)
  }

  func picture() -> Picture {
    let sessions = test.appliance.sessions
    let now = time.now
    let held = sessions.state.withLock { $0.byHash.filter { $0.value.expiresAt > now } }
    return Picture(
      sessions: Set(held.keys), live: Set(held.filter { sessions.isLive($0.value) }.keys),
      present: Set(test.appliance.hub.present().map(\.id)))
  }

  func picture(of model: StormModel) -> Picture {
    Picture(
      sessions: Set(model.sessions.map { hash($0.token) }), live: Set(model.live.map { hash($0.token) }),
      present: Set(model.present.map { ids[$0] }))
  }

  private func hash(_ token: String) -> [UInt8] { Sessions.hash(bearer: token) ?? [] }

  /// Compares the sessions on disk with those in memory.
  func compareDisk() async throws {
    let now = time.now
    let rows = try await test.appliance.database.read { connection in
      try connection.query(
        "SELECT token_hash FROM sessions WHERE expires_at > ?", now, map: { $0.blob(0) })
    }
    guard Set(rows) != picture(of: model).sessions else { return }
    throw Broken(description: "\(rows.count) sessions on the disk for \(model.sessions.count)")
  }

  func client(at place: Int, _ token: String? = nil) -> TestClient {
    var client = test.client(at: "place\(place)").signedIn(token)
    if StormModel.isPhone(place) { client.headers["User-Agent"] = "Mozilla/5.0 (Linux; Android 15) Mobile" }
    return client
  }

  mutating func anySession() -> StormModel.Session? { model.sessions.randomElement(using: &random) }

  /// Expects that pages of ended sessions are told the reason and closed.
  mutating func expectEnd(_ over: [StormModel.Session], _ reason: String) async throws {
    for session in over {
      ended.append(session.token)
      for number in session.sockets {
        guard let socket = sockets.removeValue(forKey: number)?.client else { continue }
        let told = try await socket.next("SESSION_ENDED")["reason"]?.string
        let code = await socket.ended()
        guard told == reason, code == 4001 else {
          throw Broken(description: "told \(told ?? "nothing"), closed with \(code ?? 0), for \(reason)")
        }
      }
    }
  }
}
