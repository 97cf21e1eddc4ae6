import HTTP

/// The contents of an export file while it is written.
struct ExportFile {
  private let format: ChatExport.Format
  private let language: Language
  private let cut: Int64?
  private var json = JSONWriter(reserve: 1 << 16)
  private var text: [UInt8] = []
  private var count = 0

  init(_ export: ChatExport, cutBelow cut: Int64?) {
    format = export.format
    language = export.language
    self.cut = cut
    switch format {
    case .json: begin(export)
    case .text: title(export)
    }
  }

  mutating func add(_ message: ChatMessage) {
    count += 1
    switch format {
    case .json: message.write(to: &json)
    case .text: write(message)
    }
  }

  /// Completes the file; nothing may be added afterwards.
  mutating func finish() -> [UInt8] {
    guard format == .json else { return text }
    json.endArray()
    json.field("count", count)
    json.endObject()
    return json.bytes
  }

  /// What a file of JSON is.
  static let schema = Schema.members([
    "channel": .members(["id": .id, "type": .words(Channel.Kind.self), "name": .string, "topic": .string]),
    "exportedAt": .time, "cut": .boolean, "before": .optional(.id), "messages": .array(ChatMessage.schema),
    "count": .integer,
  ])

  /// Opens the object and its array, which `finish` closes: messages are added between asynchronous reads.
  private mutating func begin(_ export: ChatExport) {
    json.beginObject()
    json.object("channel") { json in
      json.id("id", export.channel.id)
      json.field("type", export.channel.kind)
      json.field("name", export.channel.name)
      json.field("topic", export.channel.topic)
    }
    json.time("exportedAt", export.at)
    json.field("cut", cut != nil)
    json.optionalID("before", cut)
    json.key("messages")
    json.beginArray()
  }

  private mutating func title(_ export: ChatExport) {
    line("#\(export.channel.name)")
    line(RFC3339.text(export.at))
    if let cut { line(Self.cutSentence(cut)(language)) }
    line("")
  }

  private mutating func write(_ message: ChatMessage) {
    let words = message.isDeleted ? Self.deletedSentence(language) : message.text
    // Further lines are indented, so that no text can look like another message.
    let lines = words.split(omittingEmptySubsequences: false) { $0.isNewline }
    line("[\(RFC3339.text(message.createdAt))] \(message.authorName): \(lines.first ?? "")")
    for further in lines.dropFirst() { line("    \(further)") }
    for file in message.files { line("    + \(file.name) (\(file.fileUrl))") }
  }

  private mutating func line(_ words: String) {
    text.append(contentsOf: words.utf8)
    text.append(UInt8(ascii: "\n"))
  }

  private static let deletedSentence = Sentence(fr: "(message supprimé)", en: "(deleted message)")

  private static func cutSentence(_ before: Int64) -> Sentence {
    Sentence(
      fr:
        "Export partiel : messages les plus récents uniquement. Pour les précédents, ajoutez ?before=\(before).",
      en: "Partial export: most recent messages only. For earlier ones, add ?before=\(before).")
  }
}
