@_spi(_Unicode) import Swift

extension String {
  /// The text in NFC, so that `é` typed as one character and as `e` with a combining accent have the same
  /// bytes.
  ///
  /// Uses the standard library's normalization, which without Foundation is only available as SPI.
  var composed: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in _nfc { scalars.append(scalar) }
    return String(scalars)
  }
}

extension String {
  /// Whether it is a valid name of a token or workstation: 1 to 60 code points on one line. Does not count
  /// Characters, which may have any number of bytes.
  var isLabel: Bool {
    (1...240).contains(utf8.count) && unicodeScalars.count <= 60
      && unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
  }
}
