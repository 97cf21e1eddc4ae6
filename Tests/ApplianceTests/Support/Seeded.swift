import Foundation

/// Random numbers that come again with the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The seed in `STORM_SEED`, else the one given; printed, so that what failed can be played again.
  static func chosen(default seed: UInt64) -> UInt64 {
    let seed = ProcessInfo.processInfo.environment["STORM_SEED"].flatMap(UInt64.init) ?? seed
    print("STORM_SEED=\(seed)")
    return seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
