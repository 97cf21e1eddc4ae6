/// The shape of a JSON value: for the OpenAPI document, for checking bodies, and for checking responses in
/// tests.
public indirect enum Schema: Sendable {
  case any
  case null
  case string
  case integer
  case number
  case boolean
  /// A time in RFC 3339, UTC.
  case time
  /// An object with these members and no others.
  case object([(String, Schema, required: Bool)])
  /// An object with arbitrary member names, and the schema of its values.
  case map(Schema)
  case array(Schema)
  case enumeration([String])
  case described(String, Schema)
  /// The value or null.
  case optional(Schema)
  /// A value that matches at least one of them.
  case either([Schema])
  /// With further JSON Schema keywords: `minLength`, `maximum`, `pattern`.
  case limited(Schema, [(String, JSONValue)])
  /// A schema that several operations share. The document contains it once, under this name.
  case named(String, Schema)

  /// The schema without its description, keywords and optionality.
  public var kind: Schema {
    switch self {
    case .described(_, let inner), .optional(let inner), .limited(let inner, _), .named(_, let inner):
      inner.kind
    default: self
    }
  }

  /// A string of `length` characters.
  public static func text(_ length: ClosedRange<Int>) -> Schema {
    .limited(
      .string,
      [("minLength", .integer(Int64(length.lowerBound))), ("maxLength", .integer(Int64(length.upperBound)))])
  }

  public static func integer(_ range: ClosedRange<Int64>) -> Schema {
    .limited(.integer, [("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound))])
  }
}

extension JSONWriter {
  /// Writes a schema as JSON Schema 2020-12.
  public mutating func value(_ schema: Schema) {
    beginObject()
    members(of: schema)
    endObject()
  }

  private mutating func members(of schema: Schema) {
    switch schema {
    case .any: break
    case .null: field("type", "null")
    case .string: field("type", "string")
    case .integer: field("type", "integer")
    case .number: field("type", "number")
    case .boolean: field("type", "boolean")
    case .time:
      field("type", "string")
      field("format", "date-time")
    case .array(let element):
      field("type", "array")
      key("items")
      value(element)
    case .map(let element):
      field("type", "object")
      key("additionalProperties")
      value(element)
    case .enumeration(let words):
      field("type", "string")
      field("enum", .array(words.map(JSONValue.string)))
    case .described(let text, let inner):
      field("description", text)
      members(of: inner)
    case .optional(let inner): members(ofEither: [inner, .null])
    case .either(let options): members(ofEither: options)
    case .named(let name, _): field("$ref", .string("#/components/schemas/\(name)"))
    case .limited(let inner, let keywords):
      members(of: inner)
      for (name, value) in keywords {
        key(text: name)
        self.value(value)
      }
    case .object(let fields): members(ofObject: fields)
    }
  }

  private mutating func members(ofEither options: [Schema]) {
    array("anyOf") { json in
      for option in options { json.value(option) }
    }
  }

  private mutating func members(ofObject fields: [(String, Schema, required: Bool)]) {
    field("type", "object")
    object("properties") { json in
      for (name, schema, _) in fields {
        json.key(text: name)
        json.value(schema)
      }
    }
    let required = fields.filter(\.required).map { JSONValue.string($0.0) }
    if !required.isEmpty { field("required", .array(required)) }
  }
}
