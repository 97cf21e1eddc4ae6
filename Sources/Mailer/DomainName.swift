import CCurl
import Glibc

/// Conversion of internationalised mail domains.
enum DomainName {
  /// `bücher.example` becomes `xn--bcher-kva.example` (IDNA 2008, by libidn2); ASCII is unchanged. Nil for an
  /// invalid domain name, and when libidn2 is missing.
  static func ascii(_ name: String) -> String? {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name }
    return converted(name, by: idn_to_ascii)
  }

  /// The canonical spelling in Unicode: `xn--bcher-kva.example` and `BÜCHER.example` become `bücher.example`.
  /// Anything else is lower-cased.
  static func readable(_ name: String) -> String {
    let lowered = name.lowercased()
    guard !lowered.utf8.allSatisfy({ $0 < 0x80 }) || lowered.hasPrefix("xn--") || lowered.contains(".xn--"),
      let ascii = ascii(lowered), let readable = converted(ascii, by: idn_to_unicode),
      Self.ascii(readable) == ascii
    else { return lowered }
    return readable
  }

  private typealias Conversion = (UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?)
    -> Int32

  private static func converted(_ name: String, by convert: Conversion) -> String? {
    guard name.utf8.count <= 253, !name.utf8.contains(0) else { return nil }
    var converted: UnsafeMutablePointer<CChar>?
    guard convert(name, &converted) == 0, let converted else { return nil }
    // libidn2 allocates the result with malloc(3).
    defer { free(converted) }
    return String(cString: converted)
  }
}
