/// A contact card in vCard 3.0 (RFC 2426), the version that all phones and mail programs read.
enum VCard {
  /// Lines end with CRLF; text is escaped, so that it cannot start another line.
  static func text(of account: Account) -> String {
    let parts = account.name.split(byte: " ", maxSplits: 1).map { String($0) }
    let (first, last) = (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    var lines = [
      "BEGIN:VCARD", "VERSION:3.0", "N:\(escaped(last));\(escaped(first));;;",
      "FN:\(escaped(account.name.isEmpty ? account.username : account.name))",
    ]
    if !account.department.isEmpty { lines.append("ORG:;\(escaped(account.department))") }
    if !account.position.isEmpty { lines.append("TITLE:\(escaped(account.position))") }
    if let email = account.email { lines.append("EMAIL;TYPE=INTERNET:\(escaped(email))") }
    if !account.phone.isEmpty { lines.append("TEL:\(escaped(account.phone))") }
    lines.append("END:VCARD")
    return lines.map { $0 + "\r\n" }.joined()
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ",", ";": escaped += "\\" + String(scalar)
      case "\n": escaped += "\\n"
      default: if scalar.value >= 32 { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }
}
