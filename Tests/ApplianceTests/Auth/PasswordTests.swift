import Glibc
import Testing

@testable import Appliance

@Suite struct PasswordTests {
  @Test(arguments: [
    ("", Password.Problem.tooShort), ("sevenxx", .tooShort), ("éééàààè", .tooShort),
    (String(repeating: "x", count: 257), .tooLong), (String(repeating: "é", count: 129), .tooLong),
    ("password", .common), ("PassWord", .common), ("Password1!", .common), ("!!azerty2024", .common),
    ("motdepasse", .common), ("12345678", .common), ("87654321", .common), ("aaaaaaaaaaaa", .common),
    ("abcdefghij", .common), ("1qaz2wsx", .common),
    ("marie.curie@example.org", .personal), ("Marie Curie", .personal), ("curiemarie", .personal),
    ("mariecurie1", .personal), ("MarieCurie!", .personal), ("mcurie1867", .personal),
  ]) func `a password that attackers try is refused`(password: String, problem: Password.Problem) {
    let person = ["Marie Curie", "marie.curie@example.org", "mcurie"]
    #expect(Password.problem(password, person: person) == problem)
  }

  @Test(arguments: [
    "tr0ub4dor&3", "a quiet place", "polonium and radium", "xkcdxkcd", "ffff0000",
    String(repeating: "ab", count: 128),
    "dragon7391846", "éàüöçñßø",
  ]) func `any other password is accepted, whatever its characters`(password: String) {
    #expect(Password.problem(password, person: ["Marie Curie", "marie.curie@example.org"]) == nil)
  }

  @Test func `an empty name is not compared with a password`() {
    #expect(Password.problem("a quiet place", person: ["", "@", "Jo"]) == nil)
  }
}

@Suite(.serialized) struct PasswordHasherTests {
  private let hasher = PasswordHasher(cost: PasswordCost(passes: 1, memory: 8 << 20))

  @Test func `a wrong password is refused and the right one accepted`() async throws {
    let hash = try await hasher.hash("a quiet place")
    #expect(hash.hasPrefix("$argon2id$v=19$m=8192,t=1,p=1$"))
    #expect(try await !hasher.verify("a quiet plac", hash: hash))
    #expect(try await !hasher.verify("", hash: hash))
    #expect(try await !hasher.verify("a quiet place", hash: "no hash"))
    #expect(try await hasher.verify("a quiet place", hash: hash))
  }

  @Test func `a password beyond the limit is neither hashed nor accepted`() async throws {
    let long = String(repeating: "x", count: 257)
    await #expect(throws: PasswordHasher.Problem.tooLong) { try await hasher.hash(long) }
    #expect(try await !hasher.verify(long, hash: try await hasher.hash("x")))
  }

  @Test func `passwords beyond the queue's limit are refused, the others processed`() async throws {
    let hasher = PasswordHasher(cost: PasswordCost(passes: 1, memory: 8 << 20), threads: 1, waiting: 4)
    let outcomes = await withTaskGroup(of: Result<Void, PasswordHasher.Problem>.self) { group in
      for _ in 0..<64 {
        group.addTask {
          do throws(PasswordHasher.Problem) { return .success(try await hasher.verifyNothing("x")) } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: [Result<Void, PasswordHasher.Problem>]()) { $0.append($1) }
    }
    let refused = outcomes.filter { if case .failure(.overloaded) = $0 { true } else { false } }
    let done = outcomes.filter { if case .success = $0 { true } else { false } }
    #expect(refused.count + done.count == 64)
    #expect(done.count >= 4 && !refused.isEmpty)
  }

  @Test func `a hash of another cost needs rehashing`() async throws {
    let hash = try await hasher.hash("x")
    #expect(!hasher.needsRehash(hash))
    #expect(hasher.with(.least).needsRehash(hash))
    #expect(hasher.needsRehash("$2b$10$abcdefghijklmnopqrstuv"))
  }

  @Test func `the calibrated cost is within its limits`() async throws {
    let cost = try await hasher.calibrate()
    #expect((19 << 20...64 << 20).contains(cost.memory))
    #expect((2...10).contains(cost.passes))
    #expect(try await hasher.calibrate(target: .zero) == .least)
  }

  /// In a separate process, because the memory of other tests varies meanwhile.
  @Test func `the memory of hashing is returned to the system`() async throws {
    await #expect(processExitsWith: .success) {
      let hasher = PasswordHasher(cost: PasswordCost(passes: 1, memory: 64 << 20))
      let before = residentKB()
      for _ in 0..<3 { try await hasher.verifyNothing("x") }
      exit(residentKB() - before < 20_000 ? 0 : 1)
    }
  }

  @Test func `a password matches however the keyboard encodes its accents`() async throws {
    let (typed, composed) = ("re\u{301}sume\u{301} a\u{30A}", "r\u{E9}sum\u{E9} \u{E5}")
    #expect(typed.composed.utf8.elementsEqual(composed.utf8))
    for (kept, given) in [(typed, composed), (composed, typed), (composed, composed)] {
      let hash = try await hasher.hash(kept)
      #expect(try await hasher.match(given, hash: hash) == .right)
    }
    #expect(try await hasher.match(typed, hash: try await hasher.hash("resume a")) == .wrong)
    // As hashed by earlier versions: from the typed bytes.
    let old = try PasswordHasher.hash(typed, hasher.cost)
    #expect(try await hasher.match(typed, hash: old) == .rightAsTyped)
    #expect(try await hasher.match(composed, hash: old) == .wrong)
  }

  @Test func `a password is limited in bytes, whatever its characters`() async throws {
    let fat = "a" + String(repeating: "\u{301}", count: 450_000)
    #expect(Password.problem(fat) == .tooLong)
    #expect(Password.problem("correct pony " + String(repeating: "\u{301}", count: 130)) == .tooLong)
    await #expect(throws: PasswordHasher.Problem.tooLong) { try await hasher.hash(fat) }
  }
}

/// Resident memory of this process in KB.
private func residentKB() -> Int {
  let fields = SystemFile.text("/proc/self/statm")?.split(separator: " ") ?? []
  return (fields.dropFirst().first.flatMap { Int($0) } ?? 0) * 4
}

extension PasswordHasher {
  /// Whether `hash` was made from this password, in whatever form.
  func verify(_ password: String, hash: String, lane: String = "") async throws(Problem) -> Bool {
    try await match(password, hash: hash, lane: lane) != .wrong
  }
}
