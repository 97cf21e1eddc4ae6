import CBase64

/// Base64 (RFC 4648) by libsodium, in a time that depends on the length alone.
public enum Base64 {
  public enum Variant: Sendable {
    /// Section 4, with padding.
    case padded
    /// Section 4, without padding.
    case unpadded
    /// Section 5, without padding: letters that need no escape in an address, a cookie or a file name.
    case url
  }

  public static func encode(_ bytes: [UInt8], as variant: Variant = .padded) -> String {
    // Including the zero byte at the end.
    let size = sodium_base64_encoded_len(bytes.count, variant.code)
    return String(unsafeUninitializedCapacity: size) { text in
      text.withMemoryRebound(to: CChar.self) { text in
        if let start = text.baseAddress {
          sodium_bin2base64(start, size, bytes, bytes.count, variant.code)
        }
      }
      return size - 1
    }
  }

  /// Nil unless the text is exactly what `encode` gives with padding.
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var text = String(text)
    return text.withUTF8 { text in
      // One byte more than the result needs, so that the buffer has an address when the result is empty.
      let capacity = text.count / 4 * 3 + 1
      var isRead = false
      let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, count in
        guard let start = bytes.baseAddress else { return }
        isRead = text.withMemoryRebound(to: CChar.self) { text in
          sodium_base642bin(
            start, capacity, text.baseAddress, text.count, nil, &count, nil, Variant.padded.code) == 0
        }
      }
      return isRead ? bytes : nil
    }
  }
}

extension Base64.Variant {
  fileprivate var code: Int32 {
    switch self {
    case .padded: sodium_base64_VARIANT_ORIGINAL
    case .unpadded: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
    case .url: sodium_base64_VARIANT_URLSAFE_NO_PADDING
    }
  }
}
