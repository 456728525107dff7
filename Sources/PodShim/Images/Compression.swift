import OCISpec

/// How a layer is compressed, seen from its first bytes: what a manifest says of it may be wrong
/// or in words that are not ours, and a docker-archive says nothing.
enum Compression: Equatable {
  case none, gzip, zstd, xz, bzip2

  init(firstBytes bytes: some Collection<UInt8>) {
    func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    self =
      if begins([0x1F, 0x8B]) {
        .gzip
      } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
        .zstd
      } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
        .xz
      } else if begins([0x42, 0x5A, 0x68]) {
        .bzip2
      } else { .none }
  }

  /// The program that decompresses from its standard input to its output.
  var tool: Tool? {
    switch self {
    case .none: nil
    case .gzip: .gzip
    case .zstd: .zstd
    case .xz: .xz
    case .bzip2: .bzip2
    }
  }

  /// The specification has no word for the last two; the tar word is then the nearest.
  var mediaType: MediaType {
    switch self {
    case .gzip: .layerGzip
    case .zstd: .layerZstd
    case .none, .xz, .bzip2: .layer
    }
  }
}
