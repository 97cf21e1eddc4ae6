import CCrypto
import HTTP

/// A file from a request, validated but not yet stored.
struct NewUpload: Sendable {
  let body: [UInt8]
  /// The range of the file within the body.
  let content: Range<Int>
  let name: String
  let kind: FileKind
  let digest: [UInt8]

  var size: Int { content.count }

  static let chunkSize = 256 << 10
  static let mostPixels = 100_000_000

  var chunkCount: Int { (size + Self.chunkSize - 1) / Self.chunkSize }

  /// Passes a chunk of the content to `use` without copying.
  func withChunk<R>(_ number: Int, _ use: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    let start = content.lowerBound + number * Self.chunkSize
    return try body.withUnsafeBytes { bytes in
      try use(
        UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.chunkSize, content.upperBound)]))
    }
  }

  /// Reads the first file of a form, or the whole body. Takes milliseconds per megabyte. Throws 400, 415, and
  /// 413 when the file or the image's size in pixels is too large.
  init(_ request: Request, limit: Int) throws(Failure) {
    body = request.body
    let contentType = request.headers["Content-Type"]
    if let contentType, Multipart.isMeant(by: contentType) {
      let form = try Multipart(parsing: body, contentType: contentType)
      guard let file = form.firstFile else { throw Self.noFile }
      content = file.content
      name = FileName(file.fileName ?? "").text
    } else {
      content = body.indices
      let header = request.headers["X-File-Name"].map { PercentCoding.decode(Array($0.utf8)) ?? $0 }
      name = FileName(header ?? request.query["name"] ?? "").text
    }
    guard content.count <= limit else { throw .tooLarge(limit) }
    (kind, digest) = try Self.looked(at: body[content])
  }

  /// A file that the program made itself. Throws as the one above.
  init(_ bytes: [UInt8], name: String) throws(Failure) {
    body = bytes
    content = bytes.indices
    self.name = FileName(name).text
    (kind, digest) = try Self.looked(at: body[content])
  }

  private static func looked(at content: ArraySlice<UInt8>) throws(Failure) -> (FileKind, [UInt8]) {
    guard !content.isEmpty else { throw noFile }
    guard let kind = FileKind.of(content) else { throw Failure.fileTypeNotAllowed }
    guard kind.width * kind.height <= mostPixels else { throw pictureTooLarge }
    return (kind, try digest(of: content))
  }

  /// SHA-256, for which processors have special instructions.
  private static func digest(of content: ArraySlice<UInt8>) throws(Failure) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = content.withUnsafeBytes {
      EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha256(), nil) == 1
    }
    guard isDone else { throw .internalError }
    return digest
  }

  private static let noFile = Failure(
    400, "FILE_MISSING",
    Sentence(
      fr: "Fichier manquant ou vide. Choisissez un fichier.", en: "Missing or empty file. Choose a file."))

  private static let pictureTooLarge = Failure(
    413, "PICTURE_TOO_LARGE",
    Sentence(
      fr: "Cette image dépasse 100 millions de pixels. Réduisez-la, puis réessayez.",
      en: "This image is larger than 100 million pixels. Resize it and try again."))
}
