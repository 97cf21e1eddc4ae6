/// The addresses of files inside a text, each a prefix and a word.
enum ArchiveAddresses {
  /// The text with other addresses in place of those that begin with `prefix`: what `other` says for the word behind it;
  /// nil leaves it.
  static func replaced(
    in text: String, after prefix: String, isWord: (UInt8) -> Bool, _ other: (String) throws -> String?
  ) rethrows -> String {
    let prefix = Array(prefix.utf8)
    guard let first = prefix.first else { return text }
    var result: [UInt8] = []
    var before: UInt8?
    let bytes = Array(text.utf8)
    var place = 0
    while place < bytes.count {
      let rest = bytes[place...]
      // The address of another site may end like this.
      if bytes[place] == first, !(before.map(isWord) ?? false), rest.starts(with: prefix) {
        let word = rest.dropFirst(prefix.count).prefix(while: isWord)
        if let other = try other(String(decoding: word, as: UTF8.self)) {
          result.append(contentsOf: Array(other.utf8))
          place += prefix.count + word.count
          before = word.last ?? prefix.last
          continue
        }
      }
      before = bytes[place]
      result.append(bytes[place])
      place += 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
