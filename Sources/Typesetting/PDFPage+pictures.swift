import CPango

/// A picture from a file.
public struct Picture: Sendable {
  public enum Kind: Sendable { case png, jpeg }

  public let kind: Kind
  public let bytes: [UInt8]
  /// In pixels.
  public let width: Int
  public let height: Int

  /// The most pixels of a picture: a PNG file is decoded.
  public static let mostPixels = 4_000_000

  /// Nil for one that is empty or too large.
  public init?(_ kind: Kind, _ bytes: [UInt8], width: Int, height: Int) {
    guard width > 0, height > 0, width <= Self.mostPixels / height else { return nil }
    self.kind = kind
    self.bytes = bytes
    self.width = width
    self.height = height
  }
}

extension PDFPage {
  /// Draws a picture as large as it fits into a box, at its left edge or in its middle. Returns whether it could be read.
  @discardableResult
  public func picture(_ picture: Picture, in box: Rectangle, _ alignment: TextStyle.Alignment) -> Bool {
    guard let surface = picture.surface() else { return false }
    defer { cairo_surface_destroy(surface) }
    let (width, height) = (
      Double(cairo_image_surface_get_width(surface)), Double(cairo_image_surface_get_height(surface))
    )
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, width > 0, height > 0 else { return false }
    let scale = min(box.width / width, box.height / height)
    let rest = box.width - width * scale
    let x = box.x + (alignment == .left ? 0 : alignment == .center ? rest / 2 : rest)
    cairo_save(cairo)
    cairo_translate(cairo, x, box.y + (box.height - height * scale) / 2)
    cairo_scale(cairo, scale, scale)
    cairo_set_source_surface(cairo, surface, 0, 0)
    cairo_paint(cairo)
    cairo_restore(cairo)
    return true
  }
}

extension Picture {
  fileprivate func surface() -> OpaquePointer? {
    switch kind {
    case .png: decoded()
    case .jpeg: embedded()
    }
  }

  private func decoded() -> OpaquePointer? {
    let input = ByteInput(bytes)
    return withExtendedLifetime(input) {
      cairo_image_surface_create_from_png_stream(
        ByteInput.read, Unmanaged.passUnretained(input).toOpaque())
    }
  }

  /// The file itself goes into the PDF; the pixels of the surface are never looked at.
  private func embedded() -> OpaquePointer? {
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height)) else {
      return nil
    }
    let input = Unmanaged.passRetained(ByteInput(bytes))
    let file = input.takeUnretainedValue().storage
    let status = cairo_surface_set_mime_data(
      surface, "image/jpeg", file.baseAddress, UInt(file.count),
      { context in if let context { Unmanaged<ByteInput>.fromOpaque(context).release() } },
      input.toOpaque())
    if status != CAIRO_STATUS_SUCCESS {
      input.release()
      cairo_surface_destroy(surface)
      return nil
    }
    return surface
  }
}

/// Bytes at an address that stays, from which cairo reads.
private final class ByteInput {
  let storage: UnsafeMutableBufferPointer<UInt8>
  private var place = 0

  init(_ bytes: [UInt8]) {
    storage = .allocate(capacity: bytes.count)
    _ = storage.initialize(from: bytes)
  }

  deinit { storage.deallocate() }

  static let read: cairo_read_func_t = { context, target, length in
    guard let context, let target else { return CAIRO_STATUS_READ_ERROR }
    let input = Unmanaged<ByteInput>.fromOpaque(context).takeUnretainedValue()
    guard Int(length) <= input.storage.count - input.place else { return CAIRO_STATUS_READ_ERROR }
    for index in 0..<Int(length) { target[index] = input.storage[input.place + index] }
    input.place += Int(length)
    return CAIRO_STATUS_SUCCESS
  }
}
