import HTTP
import Store

/// Exports a channel's messages as one file, oldest first; attached files are named, not included.
///
/// Contains the newest messages up to a limit on their number and size; the file says where it was cut.
struct ChatExport: Sendable {
  enum Format: String, Sendable, CaseIterable { case json, text }

  static let mostMessages = 50_000
  /// Maximum bytes of text.
  static let mostText: Int64 = 16 << 20
  /// Messages per read, so that a long export does not delay other readers.
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
  /// Only messages with an id below this.
  let before: Int64
  /// Time of the export in milliseconds since 1970.
  let at: Int64
  var mostMessages = Self.mostMessages

  /// The range of messages to export.
  private struct Part {
    /// Only messages with greater ids.
    let after: Int64
    let isCut: Bool
  }

  var contentType: String {
    switch format {
    case .json: "application/json; charset=utf-8"
    case .text: "text/plain; charset=utf-8"
    }
  }

  /// For example `channel-plans-7.json`; contains only the characters of the name that every system supports.
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

  /// Finds the oldest message to include by reading backwards until a limit is reached.
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
