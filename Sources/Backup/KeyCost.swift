/// What it costs to try a passphrase: the parameters of Argon2id.
public struct KeyCost: Sendable, Equatable {
  /// Number of passes over the memory.
  public let passes: Int
  /// In bytes.
  public let memory: Int

  public init(passes: Int, memory: Int) {
    self.passes = passes
    self.memory = memory
  }

  /// About half a second.
  public static let standard = KeyCost(passes: 4, memory: 128 << 20)

  /// What a file may ask for, so that a made-up one cannot take all memory.
  var isAcceptable: Bool { (1...16).contains(passes) && (8192...(1 << 30)).contains(memory) }
}
