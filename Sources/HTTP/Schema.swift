/// The shape of a JSON value, for the OpenAPI document.
public indirect enum Schema: Sendable {
  case any
  case null
  case string
  case integer
  case number
  case boolean
  /// A time in RFC 3339, UTC.
  case time
  case object([(String, Schema, required: Bool)])
  case array(Schema)
  case enumeration([String])
  case described(String, Schema)
  /// The value or null.
  case optional(Schema)
  /// One of several, depending on the request.
  case either([Schema])
  /// With further JSON Schema keywords: `minLength`, `maximum`, `pattern`.
  case limited(Schema, [(String, JSONValue)])

  /// The schema without its description, keywords and optionality.
  public var kind: Schema {
    switch self {
    case .described(_, let inner), .optional(let inner), .limited(let inner, _): inner.kind
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

  /// `{"success":true,"message":…}`, the response when there is nothing else to return.
  public static let done = Schema.object([
    ("success", .boolean, required: true), ("message", .string, required: true),
  ])
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
    case .enumeration(let words):
      field("type", "string")
      field("enum", .array(words.map(JSONValue.string)))
    case .described(let text, let inner):
      field("description", text)
      members(of: inner)
    case .optional(let inner):
      key("anyOf")
      beginArray()
      value(inner)
      value(Schema.null)
      endArray()
    case .either(let schemas):
      key("anyOf")
      beginArray()
      for schema in schemas { value(schema) }
      endArray()
    case .limited(let inner, let keywords):
      members(of: inner)
      for (name, value) in keywords {
        key(text: name)
        self.value(value)
      }
    case .object(let fields):
      field("type", "object")
      key("properties")
      beginObject()
      for (name, schema, _) in fields {
        key(text: name)
        value(schema)
      }
      endObject()
      let required = fields.filter(\.required).map { JSONValue.string($0.0) }
      if !required.isEmpty { field("required", .array(required)) }
    }
  }
}
