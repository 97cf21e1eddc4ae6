/// The syntax of one command, from which its parser and its help are derived.
struct CommandSyntax: Sendable {
  /// The command's words, such as `user create`.
  let name: String
  let summary: String
  var options: [Option] = []
  /// Names of required operands, such as `FILE`.
  var operands: [String] = []

  struct Option: Sendable {
    /// Without the dashes.
    let name: String
    /// Placeholder for the value in the help; nil for a flag.
    let value: String?
    let help: String
    let isRequired: Bool

    static func value(_ name: String, _ value: String, _ help: String, required: Bool = false) -> Option {
      Option(name: name, value: value, help: help, isRequired: required)
    }

    static func flag(_ name: String, _ help: String) -> Option {
      Option(name: name, value: nil, help: help, isRequired: false)
    }

    static let help = flag("help", "Show this help.")

    /// As written on the command line.
    var usage: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }
  }

  /// The text that `--help` prints, ending with a newline.
  func help(program: String) -> String {
    var usage = ["Usage:", program, name].filter { !$0.isEmpty }
    usage += options.filter(\.isRequired).map(\.usage)
    if options.contains(where: { !$0.isRequired }) { usage.append("[options]") }
    usage += operands
    let all = options + [.help]
    let width = all.map(\.usage.count).max() ?? 0
    let lines = all.map { "  " + Self.padded($0.usage, to: width) + "  " + $0.help }
    return ([usage.joined(separator: " "), "", summary, "", "Options:"] + lines).joined(separator: "\n")
      + "\n"
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
