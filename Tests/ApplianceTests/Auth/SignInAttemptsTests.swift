import HTTP
import Testing

@testable import Appliance

@Suite struct SignInAttemptsTests {
  private let time = ManualTime()
  private let limiter: AttemptLimiter

  init() { limiter = AttemptLimiter(clock: .manual(time)) }

  /// Makes a failing attempt; returns its status, 401 unless it was refused.
  private func fail(
    _ login: String, user: Int64? = nil, from address: String, known: String? = nil
  ) async -> Int {
    await attempt(login, user: user, from: address, known: known, isRight: false)
  }

  private func attempt(
    _ login: String, user: Int64? = nil, from address: String, known: String? = nil, isRight: Bool
  ) async -> Int {
    let attempts = SignInAttempts(
      limiter, login: login, user: user, address: address, known: known)
    do {
      try await attempts.hold(failingOn: { $0.status == 401 }) {
        if !isRight { throw Failure.invalidCredentials }
      }
      return 200
    } catch {
      return (error as? Failure)?.status ?? 0
    }
  }

  @Test func `a name from one address must wait after five failures, in any spelling`() async {
    for login in ["lea", "LEA", " lea ", "Lea", "lEa", "leA"] {
      #expect(await fail(login, from: "192.0.2.1") == 401)
    }
    #expect(await fail("lea", from: "192.0.2.1") == 429)
    #expect(await fail("noa", from: "192.0.2.1") == 401)
    #expect(await fail("lea", from: "192.0.2.2") == 401)
  }

  @Test func `using an account's other name gives no further attempts`() async {
    for _ in 0..<6 { #expect(await fail("lea", user: 7, from: "192.0.2.1") == 401) }
    #expect(await fail("lea@example.org", user: 7, from: "192.0.2.1") == 429)
  }

  @Test func `an account waits when many addresses fail, except at known workstations`() async {
    for number in 0..<21 { #expect(await fail("lea", user: 7, from: "192.0.2.\(number)") == 401) }
    #expect(await attempt("lea", user: 7, from: "198.51.100.1", isRight: true) == 429)
    #expect(await attempt("lea@example.org", user: 7, from: "198.51.100.1", isRight: true) == 429)
    #expect(await attempt("lea", user: 7, from: "198.51.100.1", known: "ws", isRight: true) == 200)
    time.advance(by: .seconds(301))
    #expect(await attempt("lea", user: 7, from: "198.51.100.1", isRight: true) == 200)
  }

  @Test func `sixty failures behind one address do not block known workstations`()
    async
  {
    for number in 0..<60 { _ = await fail("nobody\(number)", from: "192.0.2.1") }
    for _ in 0..<10 { _ = await fail("lea", user: 7, from: "192.0.2.1") }
    #expect(await attempt("noa", user: 8, from: "192.0.2.1", isRight: true) == 429)
    #expect(await attempt("lea", user: 7, from: "192.0.2.1", isRight: true) == 429)
    #expect(await attempt("lea", user: 7, from: "192.0.2.1", known: "ws", isRight: true) == 200)
  }

  @Test func `a known workstation has a limit of its own`() async {
    for _ in 0..<6 { #expect(await fail("lea", user: 7, from: "192.0.2.1", known: "ws") == 401) }
    #expect(await fail("lea", user: 7, from: "198.51.100.1", known: "ws") == 429)
    #expect(await attempt("lea", user: 7, from: "192.0.2.1", known: "other", isRight: true) == 200)
    #expect(await attempt("noa", user: 8, from: "192.0.2.1", known: "ws", isRight: true) == 200)
  }

  @Test func `keys are stored short, whatever is typed`() async {
    let long = String(repeating: "a", count: 1_000_000)
    for _ in 0..<6 { #expect(await fail(long, from: "192.0.2.1") == 401) }
    #expect(await fail(long, from: "192.0.2.1") == 429)
    #expect(await fail(long + "b", from: "192.0.2.1") == 401)
    limiter.fail("reset:" + long, free: 5)
    #expect(limiter.keys.allSatisfy { $0.utf8.count <= AttemptLimiter.longestKey })
    #expect(limiter.keys.count == 6)
  }

  @Test func `an address that tries many names must wait, and so does its IPv6 network`() async {
    for number in 0..<51 { #expect(await fail("n\(number)", from: "2001:db8:1:2::\(number)") == 401) }
    #expect(await fail("other", from: "2001:db8:1:2:ffff::1") == 429)
    #expect(await fail("other", from: "2001:db8:1:3::1") == 401)
  }

  @Test func `the wait doubles up to five minutes, and is forgotten after half an hour`() async throws {
    var waits: [Int64] = []
    for _ in 0..<20 {
      guard await fail("lea", from: "192.0.2.1") == 401 else {
        Issue.record("it should have been let through")
        return
      }
      do {
        try limiter.begin([.init(text: "login:lea:192.0.2.1", free: 5, atOnce: 20)])
        limiter.end([.init(text: "login:lea:192.0.2.1", free: 5, atOnce: 20)], failed: false)
        waits.append(0)
      } catch {
        let wait = Int64(error.headers.first { $0.name == "Retry-After" }?.value ?? "") ?? 0
        waits.append(wait)
        time.advance(by: .seconds(wait))
      }
    }
    #expect(waits.prefix(5).allSatisfy { $0 == 0 })
    #expect(waits[5...8].elementsEqual([2, 4, 8, 16]))
    #expect(waits.last == 300)
    time.advance(by: .seconds(1801))
    #expect(await fail("lea", from: "192.0.2.1") == 401)
    #expect(await fail("lea", from: "192.0.2.1") == 401)
  }

  @Test func `a burst of concurrent attempts is limited like sequential ones`() throws {
    let key = AttemptLimiter.Key(text: "x", free: 5, atOnce: 3)
    for _ in 0..<3 { try limiter.begin([key]) }
    #expect(throws: Failure.self) { try limiter.begin([key]) }
    limiter.end([key], failed: false)
    try limiter.begin([key])
  }

  @Test func `a success resets the failures of this name from this address`() async {
    for _ in 0..<5 { _ = await fail("lea", user: 7, from: "192.0.2.1") }
    #expect(await attempt("lea", user: 7, from: "192.0.2.1", isRight: true) == 200)
    for _ in 0..<6 { #expect(await fail("lea", user: 7, from: "192.0.2.1") == 401) }
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "20:1:d:b8:0:0:0:0"),
    ("no address", "no address"), ("", ""),
  ]) func `an IPv6 address is counted as its network`(address: String, network: String) {
    #expect(Request.place(of: address) == network)
  }

  @Test func `failures of others cannot lock people out of their own workstation`() async throws {
    try await TestAppliance.run(clock: .withoutWaits) { test in
      let lea = try await test.person("lea")
      let id = try #require(try await lea.get("/api/auth/me").json["id"]?.string)
      for number in 0..<25 {
        let attempts = SignInAttempts(
          test.appliance.attempts, login: "lea", user: Int64(id), address: "192.0.2.\(number)")
        _ = try? await attempts.hold(failingOn: { _ in true }) { throw Failure.invalidCredentials }
      }
      let body: JSONValue = ["username": "lea", "password": .string(TestAppliance.password)]
      let elsewhere = try await test.client(at: "new").post("/api/auth/login", body)
      #expect(elsewhere.status == 429)
      #expect(elsewhere.headers["retry-after"] != nil)
      #expect(try await test.client(at: "lea").post("/api/auth/login", body).status == 200)

      // A link from the mailbox makes the new workstation known.
      _ = try await test.client.post("/api/auth/reset-password-request", ["email": "lea@example.org"])
      let token = try #require(try await test.mailedToken(to: "lea@example.org"))
      let reset = try await test.client(at: "newer").post(
        "/api/auth/reset-password",
        ["token": .string(token), "newPassword": .string(TestAppliance.password)])
      #expect(reset.status == 200)
      #expect(try await test.client(at: "newer").post("/api/auth/login", body).status == 200)
    }
  }
}
