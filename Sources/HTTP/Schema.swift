/// The shape of a JSON value, for the OpenAPI document.
public indirect enum Schema: Sendable {
  case any
  case null
  case string
  case integer
  case number
  case boolean
  /// RFC 3339 in UTC.
  case time
  case object([(String, Schema, required: Bool)])
  case array(Schema)
  case enumeration([String])
  case described(String, Schema)
}

extension JSONWriter {
  /// A schema as JSON Schema 2020-12.
  mutating func value(_ schema: Schema) {
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
