import HTTP
import Store

extension Column {
  /// Parses a value of a body. Throws when it is invalid; a value of another type is never ignored.
  func value(of json: JSONValue) throws(FieldError) -> Value {
    if isOptional, json.isNull || mayBeEmpty && json.string == "" { return .null }
    // Older clients send null for a text that is left empty.
    if json.isNull, acceptsNull { return .text("") }
    switch kind {
    case .text(let length, let lines): return .text(try text(json, length, lines))
    case .choice(let choices): return .text(try choice(json, choices))
    case .choices(let choices): return .text(try self.choices(json, choices))
    case .flag:
      guard let flag = json.bool else { throw wrong("NOT_A_FLAG", fr: "Vrai ou faux.", en: "True or false.") }
      return flag.value
    case .number(let range):
      guard let number = json.int64, range.contains(number) else { throw notInRange(range) }
      return .integer(number)
    case .time:
      guard let time = json.string.flatMap(TimeText.milliseconds) else {
        throw wrong("NOT_A_TIME", fr: "Date et heure non valides.", en: "Invalid date and time.")
      }
      return .integer(time)
    case .color: return .text(try color(json))
    case .reference:
      guard let id = json.string.flatMap({ Int64(digits: $0) }) ?? json.int64, id > 0 else {
        throw unknownReference
      }
      return .integer(id)
    case .references: return .text(try references(json))
    case .tags: return .text(try tags(json))
    case .file: return .text(try file(json))
    case .files: return .text(try files(json))
    case .audience: return .text(try audience(json))
    case .object: return .text(try object(json))
    }
  }

  /// Parses a filter of a list: the same values, as text.
  func value(ofQuery text: String) throws(FieldError) -> Value {
    switch kind {
    case .flag: try value(of: ["true": true, "1": true, "false": false, "0": false][text] ?? .string(text))
    case .number: try value(of: Int64(text).map(JSONValue.integer) ?? .string(text))
    default: try value(of: .string(text))
    }
  }

  /// The schema of a filter.
  var filterSchema: Schema {
    if case .flag = kind { .enumeration(["true", "false", "1", "0"]) } else { kind.schema }
  }

  var required: FieldError {
    wrong("REQUIRED", fr: "Ce champ est obligatoire.", en: "This field is required.")
  }

  var unknownReference: FieldError {
    wrong("UNKNOWN_REFERENCE", fr: "Cet élément n’existe pas.", en: "There is no such item.")
  }

  var taken: FieldError {
    wrong(
      "\(sqlName.uppercased())_TAKEN", fr: "Cette valeur existe déjà. Choisissez-en une autre.",
      en: "This value already exists. Choose another one.")
  }

  /// Whether "" means null: for references, and for times that a form leaves empty.
  private var mayBeEmpty: Bool {
    switch kind {
    case .reference, .time: true
    default: false
    }
  }

  /// Whether null means an empty text.
  var acceptsNull: Bool {
    switch kind {
    case .text(let length, _): length.lowerBound == 0
    case .file: true
    default: false
    }
  }

  private func text(_ json: JSONValue, _ length: ClosedRange<Int>, _ lines: Bool) throws(FieldError) -> String
  {
    guard let text = json.string?.trimmed() else {
      throw wrong("NOT_TEXT", fr: "Un texte est attendu.", en: "Text is expected.")
    }
    if text.isInvisible, length.lowerBound > 0 { throw required }
    guard text.fits(length.upperBound) else {
      throw wrong(
        "TOO_LONG", fr: "Au plus \(length.upperBound) caractères.",
        en: "At most \(length.upperBound) characters.")
    }
    guard text.count >= length.lowerBound else {
      throw wrong(
        "TOO_SHORT", fr: "Au moins \(length.lowerBound) caractères.",
        en: "At least \(length.lowerBound) characters.")
    }
    guard
      text.unicodeScalars.allSatisfy({ $0.value >= 32 || lines && ($0 == "\n" || $0 == "\t" || $0 == "\r") })
    else {
      throw wrong("CONTROL_CHARACTERS", fr: "Sur une seule ligne.", en: "On one line.")
    }
    if let format, !format.accepts(text) { throw FieldError(name, format.code, format.sentence) }
    return text
  }

  private func choice(_ json: JSONValue, _ choices: [Choice]) throws(FieldError) -> String {
    guard let word = json.string, choices.contains(where: { $0.word == word }) else {
      throw unknownChoice(choices)
    }
    return word
  }

  private func choices(_ json: JSONValue, _ choices: [Choice]) throws(FieldError) -> String {
    guard let elements = json.array else {
      throw wrong("NOT_A_LIST", fr: "Une liste est attendue.", en: "A list is expected.")
    }
    var words: Set<String> = []
    for element in elements { words.insert(try choice(element, choices)) }
    var list = JSONWriter()
    list.value(.array(choices.map(\.word).filter(words.contains).map(JSONValue.string)))
    return String(decoding: list.bytes, as: UTF8.self)
  }

  private func color(_ json: JSONValue) throws(FieldError) -> String {
    func isHexDigit(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
    guard let text = json.string, text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"),
      text.utf8.dropFirst().allSatisfy(isHexDigit)
    else { throw wrong("NOT_A_COLOR", fr: "Une couleur au format #10B981.", en: "A color such as #10B981.") }
    return text
  }

  private func unknownChoice(_ choices: [Choice]) -> FieldError {
    let words = choices.map(\.word).joined(separator: ", ")
    return wrong("UNKNOWN_CHOICE", fr: "Choisissez parmi : \(words).", en: "Choose one of: \(words).")
  }

  private func notInRange(_ range: ClosedRange<Int64>) -> FieldError {
    wrong(
      "NOT_IN_RANGE", fr: "Un nombre entier de \(range.lowerBound) à \(range.upperBound).",
      en: "A whole number from \(range.lowerBound) to \(range.upperBound).")
  }

  func wrong(_ code: String, fr: String, en: String) -> FieldError {
    FieldError(name, code, Sentence(fr: fr, en: en))
  }
}
