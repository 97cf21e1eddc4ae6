extension Int64 {
  /// Parses an id: decimal digits only, no sign.
  init?(digits text: some StringProtocol) {
    guard (1...19).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    self.init(text)
  }
}
