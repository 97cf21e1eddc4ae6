import HTTP
import Store

extension Column {
  /// What values a column has. Each kind has one file of the page's fields, of the same name.
  indirect enum Kind: Sendable {
    /// Characters, counted as people do; on one line unless `lines`.
    case text(ClosedRange<Int>, lines: Bool = false)
    case choice([Choice])
    /// Several of a list, in its order, stored as a JSON array.
    case choices([Choice])
    case flag
    case number(ClosedRange<Int64>)
    /// A moment: RFC 3339 in JSON, milliseconds since 1970 in the table.
    case time
    /// `#RRGGBB`
    case color
    /// The id of a row of another table, which must be there.
    case reference(to: String)
    /// Words that people choose freely, stored as a JSON array.
    case tags
    /// The address of an upload, or of a page elsewhere; "" where there is none. The upload lives as long as its row,
    /// and whoever may read the row may read it.
    case file
    /// A JSON object of the client's own, stored as its text.
    case object
    /// Whom a row is for, stored as a JSON array (`Readership`); everyone where it is empty.
    case audience

    static func choice(_ words: [String]) -> Kind { .choice(words.map { Choice($0) }) }
  }

  /// One of a fixed list.
  struct Choice: Sendable, Equatable {
    let word: String
    /// What people call it.
    let label: Sentence

    init(_ word: String, _ label: Sentence? = nil) {
      self.word = word
      self.label = label ?? Sentence(fr: word, en: word)
    }

    static func == (one: Choice, other: Choice) -> Bool { one.word == other.word }
  }
}

extension Column.Kind {
  /// The name of the kind for the page.
  var word: String {
    switch self {
    case .text(_, let lines): lines ? "lines" : "text"
    case .choice: "choice"
    case .choices: "choices"
    case .flag: "flag"
    case .number: "number"
    case .time: "time"
    case .color: "color"
    case .reference: "reference"
    case .tags: "tags"
    case .file: "file"
    case .object: "object"
    case .audience: "audience"
    }
  }

  /// As answers have it.
  var schema: Schema {
    switch self {
    case .text, .color, .file: .string
    case .tags, .audience: .array(.string)
    // Of any kind: it is the client's own.
    case .object: .map(.any)
    case .choice(let choices): .enumeration(choices.map(\.word))
    case .choices(let choices): .array(.enumeration(choices.map(\.word)))
    case .flag: .boolean
    case .number: .integer
    case .time: .time
    case .reference: .id
    }
  }

  /// With the limits that a body is held to.
  var limitedSchema: Schema {
    switch self {
    case .text(let length, _): .text(length)
    case .number(let range): .integer(range)
    case .color: .limited(.string, [("pattern", "^#[0-9A-Fa-f]{6}$")])
    case .tags:
      .described(
        "older clients send null, or the list as JSON text",
        .optional(.either([.array(.text(1...Column.longestTag)), .string])))
    case .audience: .array(.limited(.string, [("pattern", "^(user|category|role|department):.+")]))
    default: schema
    }
  }
}
