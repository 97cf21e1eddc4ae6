import CCurl
import Glibc

/// The name of a mail domain as it is written on the wire.
enum DomainName {
  /// `bücher.example` becomes `xn--bcher-kva.example` (IDNA 2008, by libidn2); ASCII stays as it is. Nil for what is no
  /// domain name, and where libidn2 is missing.
  static func ascii(_ name: String) -> String? {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name }
    return converted(name, by: idn_to_ascii)
  }

  /// The one spelling of a domain name as people read it: `xn--bcher-kva.example` and `BÜCHER.example` become
  /// `bücher.example`. What is no internationalised name stays as it is, in lower case.
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
    // What libidn2 allocates comes from malloc(3).
    defer { free(converted) }
    return String(cString: converted)
  }
}
