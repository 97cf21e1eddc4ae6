import HTTP
import Store

/// A channel's messages as one file, oldest first; files are named in it, their bytes are not.
///
/// The newest go in, up to a bound on their number and on their text; the file says where it was cut.
struct ChatExport: Sendable {
  enum Format: String, Sendable, CaseIterable { case json, text }

  static let mostMessages = 50_000
  /// Bytes of text.
  static let mostText: Int64 = 16 << 20
  /// Messages that are read at a time, so that a long file keeps nobody else waiting.
  private static let batch = 500

  static let sizesSQL = """
    SELECT id, length(CAST(text AS BLOB)) FROM chat_messages WHERE channel_id = ? AND id < ?
    ORDER BY id DESC LIMIT ?
    """
  static let pageSQL =
    ChatMessage.select + "WHERE m.channel_id = ? AND m.id > ? AND m.id < ? ORDER BY m.id LIMIT ?"

  let channel: ChannelView
  let format: Format
  let language: Language
  /// Messages below this id.
  let before: Int64
  /// Milliseconds since 1970.
  let at: Int64
  var mostMessages = Self.mostMessages

  /// What of the channel goes into the file.
  private struct Part {
    /// Messages with greater ids.
    let after: Int64
    let isCut: Bool
  }

  var contentType: String {
    switch format {
    case .json: "application/json; charset=utf-8"
    case .text: "text/plain; charset=utf-8"
    }
  }

  /// `channel-plans-7.json`: of the name, only what every system takes.
  var fileName: String {
    let letters = channel.name.lowercased().map { letter in
      letter.isASCII && (letter.isLetter || letter.isNumber) ? letter : "-"
    }
    return "channel-\(String(letters))-\(channel.id).\(format == .json ? "json" : "txt")"
  }

  func bytes(from database: Database) async throws -> [UInt8] {
    let part = try await part(of: database)
    var file = ExportFile(self, cutBelow: part.isCut ? part.after + 1 : nil)
    var position = part.after
    while true {
      let start = position
      let messages = try await database.read { [channel, before] connection in
        var messages = try connection.query(
          Self.pageSQL, channel.id, start, before, Self.batch, map: ChatMessage.init)
        try ChatMessage.complete(&messages, in: connection)
        return messages
      }
      for message in messages { file.add(message) }
      guard messages.count == Self.batch, let last = messages.last else { break }
      position = last.id
    }
    return file.finish()
  }

  /// Goes back from the end until there is enough.
  private func part(of database: Database) async throws -> Part {
    var (position, count, size) = (before, 0, Int64(0))
    while true {
      let start = position
      let found = try await database.read { [channel] connection in
        try connection.query(Self.sizesSQL, channel.id, start, Self.batch) {
          (id: $0.int64(0), size: $0.int64(1))
        }
      }
      for message in found {
        guard count < mostMessages, size + message.size <= Self.mostText else {
          return Part(after: message.id, isCut: true)
        }
        (position, count, size) = (message.id, count + 1, size + message.size)
      }
      if found.count < Self.batch { return Part(after: 0, isCut: false) }
    }
  }
}
