import Encoding
import Testing

@Suite struct Base64Tests {
  @Test(arguments: [
    "Zg", "Zh==", "Zm9=", "Z===", "====", "=", "Zg==Zg==", "Zm 9v", "Zm-v", "Zm9v\n", "Zm9v\0", "é",
  ])
  func `text that is not exactly base64 is refused`(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test(arguments: [
    ([], ""), ([102], "Zg=="), ([102, 111], "Zm8="), ([102, 111, 111], "Zm9v"),
    ([255, 254, 253, 252], "//79/A=="),
  ]) func `base64 is written and read`(bytes: [UInt8], text: String) {
    #expect(Base64.encode(bytes) == text)
    #expect(Base64.decode(text) == bytes)
  }

  @Test func `each variant has its letters and its padding`() {
    let bytes: [UInt8] = [255, 254, 253, 252]
    #expect(Base64.encode(bytes, as: .unpadded) == "//79/A")
    #expect(Base64.encode(bytes, as: .url) == "__79_A")
  }

  @Test func `bytes of every length are unchanged after encoding and decoding`() {
    for count in 0...100 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
  }
}
