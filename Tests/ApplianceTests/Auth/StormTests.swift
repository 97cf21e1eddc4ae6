import Foundation
import TestSupport
import Testing

@testable import Appliance

@Suite(.serialized) struct StormTests {
  /// The variables `STORM_SEED` and `STORM_STEPS` select another run.
  @Test func `after each of 5,000 random steps the daemon and the model agree`() async throws {
    let seed = SeededRandom.chosenSeed(default: 20_261_120)
    let steps = ProcessInfo.processInfo.environment["STORM_STEPS"].flatMap(Int.init) ?? 5000
    let time = ManualTime()
    let folder = TemporaryFolder()
    let test = try await TestAppliance.start(
      in: folder.path, clock: .manual(time), sockets: .patient, passwordCost: .cheapest)
    var storm = try await Storm(seed: seed, test: test, time: time)
    do {
      for number in 0..<steps { try await storm.step(number) }
      try await storm.compareDisk()
    } catch {
      Issue.record("seed \(seed): \(error)")
    }
    print(storm.played.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    if steps >= 5000 {
      for kind in ["signIn", "twice", "signOut", "ask", "open", "cut", "reload", "pass", "restart", "expire"]
      {
        #expect(storm.played[kind, default: 0] > 0, "no \(kind) in seed \(seed)")
      }
    }
    for (_, socket) in storm.sockets.values { socket.cut() }
    await storm.test.appliance.stop()
  }
}
