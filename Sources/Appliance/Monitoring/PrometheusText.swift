/// Writes Prometheus' text format, version 0.0.4.
struct PrometheusText: Sendable {
  enum Kind: String, Sendable { case counter, gauge, histogram }

  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  /// Writes the header of a metric; its samples must follow.
  mutating func metric(_ name: StaticString, _ kind: Kind, _ help: StaticString) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(_ name: StaticString, _ labels: [(StaticString, String)] = [], _ value: Int) {
    sample(name, labels, text: String(value))
  }

  mutating func sample(_ name: StaticString, _ labels: [(StaticString, String)] = [], _ value: Double) {
    sample(name, labels, text: value.isFinite ? "\(value)" : "NaN")
  }

  /// Writes a metric with a single sample.
  mutating func single(_ name: StaticString, _ kind: Kind, _ help: StaticString, _ value: Int) {
    metric(name, kind, help)
    sample(name, [], value)
  }

  mutating func single(_ name: StaticString, _ kind: Kind, _ help: StaticString, _ value: Double) {
    metric(name, kind, help)
    sample(name, [], value)
  }

  private mutating func sample(_ name: StaticString, _ labels: [(StaticString, String)], text value: String) {
    text += "\(name)"
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  private static func escaped(_ label: String) -> String {
    var escaped = ""
    for scalar in label.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
