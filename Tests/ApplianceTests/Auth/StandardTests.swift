import Foundation
import Testing

@Suite struct StandardTests {
  @Test func `every test named in the table of the standard exists`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let tests = try #require(FileManager.default.enumerator(atPath: root.path + "/Tests"))
    let known = tests.compactMap { $0 as? String }
      .filter { name in [".swift", ".py", ".test.js"].contains(where: name.hasSuffix) }
      .compactMap { try? String(contentsOfFile: "\(root.path)/Tests/\($0)", encoding: .utf8) }
      .flatMap { $0.split(separator: "\n") }
      .filter { line in ["func `", "def test_", "test('"].contains(where: line.contains) }
      .joined(separator: "\n")
    let table = try String(contentsOfFile: root.path + "/docs/asvs.md", encoding: .utf8)
    let named = table.matches(of: /`([^`]+)`/).map { String($0.1) }.filter { $0.count >= 25 }
    #expect(named.count > 60)
    for name in Set(named) {
      let isThere = ["`\(name)`", "def \(name)(", "test('\(name)'"].contains(where: known.contains)
      #expect(isThere, "no test is called: \(name)")
    }
  }
}
