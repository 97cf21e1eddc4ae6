import HTTP
import Synchronization

/// Caches translations of hub frames for other protocols, so that each frame is translated once for all its
/// receivers.
final class Translations<Word: Sendable>: Sendable {
  private struct Translation {
    weak var source: Frame?
    let view: Int64
    let words: [Word]
  }

  /// Number of cached translations: a frame goes to all receivers in one round, so a few are enough.
  private let most = 8
  private let known = Mutex<[Translation]>([])
  private let translate: @Sendable (HubFrame, Int64) -> [Word]

  /// `translate` receives a frame and the account whose view it is restricted to (0 for none).
  init(_ translate: @escaping @Sendable (HubFrame, Int64) -> [Word]) {
    self.translate = translate
  }

  func of(_ frame: Frame, for view: Int64 = 0) -> [Word] {
    let found = known.withLock { known in
      known.removeAll { $0.source == nil }
      return known.first { $0.source === frame && $0.view == view }?.words
    }
    if let found { return found }
    let words = HubFrame(frame).map { translate($0, view) } ?? []
    known.withLock { known in
      if known.count >= most { known.removeFirst() }
      known.append(Translation(source: frame, view: view, words: words))
    }
    return words
  }
}

/// A frame of `/ws` parsed into its type and its encoded payload.
struct HubFrame: Sendable {
  let type: String
  let json: ArraySlice<UInt8>
  let droppable: Bool

  private static let start = Array("{\"type\":\"".utf8)
  private static let middle = Array("\",\"payload\":".utf8)

  /// Parses a frame written by `Frames.encode`; nil for any other.
  init?(_ frame: Frame) {
    let text = frame.payload
    guard text.starts(with: Self.start) else { return nil }
    let rest = text.dropFirst(Self.start.count)
    let word = rest.prefix { $0 != UInt8(ascii: "\"") }
    let payload = rest.dropFirst(word.count)
    guard payload.starts(with: Self.middle), payload.count > Self.middle.count else { return nil }
    type = String(decoding: word, as: UTF8.self)
    json = payload.dropFirst(Self.middle.count).dropLast()
    droppable = frame.droppable
  }

  var payload: JSONValue { JSONValue(parsing: Array(json)) ?? .null }
}
