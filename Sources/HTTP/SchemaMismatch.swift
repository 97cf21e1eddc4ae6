/// One difference between a JSON value and a schema.
public struct SchemaMismatch: Sendable, Equatable {
  public enum Problem: Sendable, Equatable {
    /// The schema has no such member.
    case unknown
    /// A required member is missing.
    case missing
    /// The value is not of this kind.
    case kind(Kind)
    /// The kind is right, but the value is not allowed; with a description of the allowed values.
    case value(String)
  }

  /// The kinds of JSON values.
  public enum Kind: String, Sendable {
    case null, text, integer, number, boolean, list, object
  }

  public enum Step: Sendable, Equatable {
    case member(String)
    case element(Int)
  }

  public let path: [Step]
  public let problem: Problem

  /// The path as a JSON Pointer (RFC 6901): `/tags/1/word`.
  public var pointer: String {
    path.map { step in
      switch step {
      case .member(let name):
        "/" + name.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : "\($1)" }
      case .element(let index): "/\(index)"
      }
    }.joined()
  }

  /// The path as errors name a field: `tags[1].word`.
  public var field: String {
    path.reduce(into: "") { text, step in
      switch step {
      case .member(let name): text += text.isEmpty ? name : ".\(name)"
      case .element(let index): text += "[\(index)]"
      }
    }
  }
}

extension Schema {
  /// All differences between a value and the schema, including unknown members of objects. With
  /// `ignoringNull`, a member that is null counts as missing, as in request bodies.
  public func mismatches(in value: JSONValue, ignoringNull: Bool = false) -> [SchemaMismatch] {
    var comparison = SchemaComparison(ignoresNull: ignoringNull)
    comparison.compare(value, self)
    return comparison.found
  }
}
