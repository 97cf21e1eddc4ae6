import Glibc
import Synchronization
import TestSupport
import Testing

/// Feeds a parser with mutated inputs, reproducible by `FUZZ_SEED`.
///
/// `FUZZ_SECONDS` is the time per parser; by default all of them together take about five seconds. The
/// current input is in `.build/fuzz/NAME`, even after a crash; an input that takes longer than twenty seconds
/// ends the process.
struct Fuzzer {
  private static let parts = 20
  private static let patience = 20

  private static let common = [
    "\u{301}", "\r\n", "\0", "\u{2028}", "%", "\"", "\\", "9223372036854775808", "-1", "\u{FEFF}",
  ]

  private let name: String
  private let seeds: [[UInt8]]
  private let words: [[UInt8]]
  private var random: SeededRandom

  static func run(
    _ name: String, _ seeds: [String], words: [String] = [], _ body: ([UInt8]) throws -> Void
  ) throws {
    try run(name, seeds: seeds.map { Array($0.utf8) }, words: words, body)
  }

  static func run(
    _ name: String, seeds: [[UInt8]], words: [String] = [], _ body: ([UInt8]) throws -> Void
  ) throws {
    if let only = getenv("FUZZ_ONLY"), String(cString: only) != name { return }
    let seed = number("FUZZ_SEED") ?? 1
    let milliseconds = number("FUZZ_SECONDS").map { $0 * 1000 } ?? UInt64(5000 / parts)
    let words = (words + common).map { Array($0.utf8) }
    var fuzzer = Fuzzer(name: name, seeds: seeds, words: words, random: SeededRandom(seed: seed))
    try fuzzer.run(for: milliseconds, seed, body)
  }

  private mutating func run(
    for milliseconds: UInt64, _ seed: UInt64, _ body: ([UInt8]) throws -> Void
  ) throws {
    let record = try InputRecord(name)
    let watch = HangWatch(name, patience: Self.patience)
    defer { watch.end() }
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(milliseconds)
    var count = 0
    repeat {
      let input = count < seeds.count ? seeds[count] : made()
      record.keep(input)
      watch.alive()
      do {
        try body(input)
      } catch {
        Issue.record("\(name), FUZZ_SEED=\(seed), input \(count): \(error); \(input.prefix(2000))")
        return
      }
      count += 1
    } while clock.now < end
    print("fuzz \(name): \(count) inputs, FUZZ_SEED=\(seed)")
  }

  /// A mutation of one seed, or of two spliced together.
  private mutating func made() -> [UInt8] {
    var bytes = random.element(of: seeds) ?? []
    if random.below(4) == 0, let other = random.element(of: seeds) {
      bytes = Array(bytes.prefix(random.below(bytes.count + 1)) + other.suffix(random.below(other.count + 1)))
    }
    for _ in 0...random.below(6) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = random.below(bytes.count + 1)
    switch random.below(8) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
    case 2: bytes.insert(contentsOf: random.element(of: words) ?? [], at: place)
    case 3: bytes.insert(UInt8(random.below(256)), at: place)
    case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
    case 5:
      let part = bytes[place..<min(bytes.count, place + random.below(64))]
      bytes.insert(contentsOf: part, at: random.below(bytes.count + 1))
    case 6 where bytes.count < 4096 && random.below(16) == 0:
      let part = Array(bytes[place...].prefix(8))
      for _ in 0..<random.below(200) { bytes.insert(contentsOf: part, at: place) }
    default: bytes = Array(bytes.prefix(place))
    }
  }

  private static func number(_ name: String) -> UInt64? {
    getenv(name).flatMap { UInt64(String(cString: $0)) }
  }
}

extension SeededRandom {
  mutating func below(_ limit: Int) -> Int { limit > 0 ? Int.random(in: 0..<limit, using: &self) : 0 }

  mutating func element<T>(of list: [T]) -> T? { list.randomElement(using: &self) }
}
