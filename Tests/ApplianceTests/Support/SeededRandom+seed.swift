import Foundation
import TestSupport

extension SeededRandom {
  /// The seed in `STORM_SEED`, else the given one; printed, so that a failure can be reproduced.
  static func chosenSeed(default seed: UInt64) -> UInt64 {
    let seed = ProcessInfo.processInfo.environment["STORM_SEED"].flatMap(UInt64.init) ?? seed
    print("STORM_SEED=\(seed)")
    return seed
  }
}
