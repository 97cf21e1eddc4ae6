/// The parsed arguments of a command.
struct Arguments: Sendable, Equatable {
  private(set) var values: [String: String] = [:]
  private(set) var flags: Set<String> = []
  private(set) var operands: [String] = []

  /// Whether `--help` was given; required arguments were not checked then.
  var wantsHelp: Bool { has("help") }

  /// The value of an option.
  subscript(name: String) -> String? { values[name] }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// Parses `--name value`, `--name=value`, flags and operands; after `--` all words are operands.
  init(_ words: some Sequence<String>, for syntax: CommandSyntax) throws(ArgumentsError) {
    let options = syntax.options + [.help]
    var words = Array(words)[...]
    var onlyOperands = false
    while let word = words.popFirst() {
      if word == "--", !onlyOperands {
        onlyOperands = true
      } else if !onlyOperands, word.hasBytes(prefix: "-"), word != "-" {
        try readOption(word, options, &words)
      } else if operands.count < syntax.operands.count {
        operands.append(word)
      } else {
        throw .unexpected(word)
      }
    }
    if wantsHelp { return }
    for option in options where option.isRequired && values[option.name] == nil {
      throw .missingOption(option.name)
    }
    if operands.count < syntax.operands.count { throw .missingOperand(syntax.operands[operands.count]) }
  }

  private mutating func readOption(
    _ word: String, _ options: [CommandSyntax.Option], _ words: inout ArraySlice<String>
  ) throws(ArgumentsError) {
    let parts = (word == "-h" ? "--help" : word).split(
      byte: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let written = String(parts[0])
    guard written.hasBytes(prefix: "--"), let option = options.first(where: { "--" + $0.name == written })
    else {
      let typed = String(written.drop { $0 == "-" })
      throw .unknownOption(written, nearest: Spelling.nearest(to: typed, among: options.map(\.name)))
    }
    if values[option.name] != nil || flags.contains(option.name) { throw .repeated(option.name) }
    if option.value == nil {
      if parts.count == 2 { throw .unwantedValue(option.name) }
      flags.insert(option.name)
    } else if parts.count == 2 {
      values[option.name] = String(parts[1])
    } else if let next = words.first, !next.hasBytes(prefix: "--") {
      values[option.name] = words.removeFirst()
    } else {
      throw .missingValue(option.name)
    }
  }
}

/// An invalid command line.
enum ArgumentsError: Error, Equatable, CustomStringConvertible {
  case noCommand
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, nearest: String?)
  case missingOption(String)
  case missingValue(String)
  case unwantedValue(String)
  case repeated(String)
  case missingOperand(String)
  case unexpected(String)

  var description: String {
    switch self {
    case .noCommand: "no command given"
    case .unknownCommand(let name, let nearest):
      "unknown command “\(name)”" + (nearest.map { "; did you mean “\($0)”?" } ?? "")
    case .unknownOption(let option, let nearest):
      "unknown option \(option)" + (nearest.map { "; did you mean --\($0)?" } ?? "")
    case .missingOption(let option): "--\(option) is required"
    case .missingValue(let option): "--\(option) requires a value"
    case .unwantedValue(let option): "--\(option) does not take a value"
    case .repeated(let option): "--\(option) was given more than once"
    case .missingOperand(let name): "\(name) is required"
    case .unexpected(let word): "unexpected argument “\(word)”"
    }
  }
}
