import HTTP
import Store

/// The uploads that the text of a lesson shows or links to. Whoever may read the lesson may read them.
enum LessonFiles {
  /// Their fields in `resource_files` begin with it.
  private static let field = "content-"

  /// Attaches the files of a changed text, and detaches those it no longer names. Throws 400 when a file neither
  /// belongs to the author of the change nor is attached already.
  static func tie(_ change: Resource.Change, in tx: Transaction) throws {
    guard let new = change.new, change.verb != .restore,
      new[Lessons.content] != change.old?[Lessons.content]
    else { return }
    var uploads: [Int64] = []
    for key in keys(in: new.text(Lessons.content)) {
      guard
        let upload = try ResourceFiles.upload(
          key, for: change.actor, of: Lessons.resource.name, new.id, in: tx)
      else { throw Failure.invalid([notFound]) }
      uploads.append(upload)
    }
    try tx.execute(
      "DELETE FROM resource_files WHERE resource = 'lessons' AND row_id = ? AND field GLOB 'content-*'",
      new.id)
    for (number, upload) in uploads.enumerated() {
      try ResourceFiles.tie(upload, to: Lessons.resource.name, new.id, "\(field)\(number)", in: tx)
    }
  }

  /// The keys of the uploads in a text, each once, in order.
  static func keys(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    let prefix = Array(UploadedFile.prefix.utf8)
    var keys: [String] = []
    var rest = bytes[...]
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      rest = bytes[slash...]
      // The address of another site may end like this.
      let isOwn = slash == 0 || !isPartOfWord(bytes[slash - 1])
      guard isOwn, rest.starts(with: prefix) else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(prefix.count)
      let key = rest.prefix(while: isPartOfWord)
      rest = rest.dropFirst(key.count)
      let word = String(decoding: key, as: UTF8.self)
      if !word.isEmpty, !keys.contains(word) { keys.append(word) }
    }
    return keys
  }

  static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static let notFound = Lessons.content.wrong(
    "FILE_NOT_FOUND", fr: "Un fichier du texte est introuvable. Envoyez-le de nouveau.",
    en: "A file of the text was not found. Upload it again.")
}
