@_spi(_Unicode) import Swift

extension String {
  /// The same text in Unicode's composed form (NFC), in which a keyboard's `é` and a Mac's `e´` are the same bytes.
  ///
  /// Swift's own normalisation, which its `==` rests on; without Foundation it is reached by this SPI only.
  var composed: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in _nfc { scalars.append(scalar) }
    return String(scalars)
  }
}

extension String {
  /// Whether it can name a token or a workstation: 1 to 60 code points on one line. Not counted as `Character`s, of
  /// which one may be any number of bytes.
  var isLabel: Bool {
    (1...240).contains(utf8.count) && unicodeScalars.count <= 60
      && unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
  }
}
