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
