/// Character references: `&eacute;`, `&#233;` and `&#xE9;` are é.
enum HTMLEntities {
  /// The character that a named reference means; nil for names that HTML 4 does not know.
  static func scalar(named name: some StringProtocol) -> Unicode.Scalar? { table[String(name)] }

  /// The text of `bytes` with its references resolved; what is no reference stays as it is.
  ///
  /// - Complexity: O(bytes)
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(ampersand) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] == ampersand, let found = reference(in: bytes, at: position) {
        result += UTF8.encode(found.scalar) ?? UTF8.encodedReplacementCharacter
        position = found.end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func decoded(_ text: String) -> String { decoded(Array(text.utf8)[...]) }

  /// The reference that starts with the `&` at `start`, and where the text goes on.
  static func reference(
    in bytes: ArraySlice<UInt8>, at start: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    let limit = min(bytes.endIndex, start + 34)
    var end = start + 1
    while end < limit, isNameByte(bytes[end]) || bytes[end] == 0x23 { end += 1 }
    let isClosed = end < bytes.endIndex && bytes[end] == 0x3B
    let name = bytes[(start + 1)..<end]
    if name.first == 0x23 {
      guard let scalar = numeric(name.dropFirst()) else { return nil }
      return (scalar, isClosed ? end + 1 : end)
    }
    // "&copy" without its semicolon is left alone: it may be part of an address.
    guard isClosed, let scalar = table[String(decoding: name, as: UTF8.self)] else { return nil }
    return (scalar, end + 1)
  }

  /// `233` or `xE9`; numbers from 128 to 159 mean what Windows-1252 means by them.
  private static func numeric(_ digits: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == 0x78 || digits.first == 0x58
    let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
    guard let number = UInt32(text, radix: isHexadecimal ? 16 : 10) else { return nil }
    let value = number < 256 ? TextEncoding.scalar(ofWestern: UInt8(number)) : number
    // Control characters would reach terminals and XML.
    guard value >= 0x20 || value == 0x09 || value == 0x0A || value == 0x0D, value & 0xFFFE != 0xFFFE
    else { return "\u{FFFD}" }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static let ampersand: UInt8 = 0x26

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }

  /// The names of HTML 4 with the code points that its entity lists give them.
  private static let table: [String: Unicode.Scalar] = {
    var result: [String: Unicode.Scalar] = [:]
    // Latin-1 in order from 160 on.
    for (offset, name) in latin.split(separator: " ").enumerated() {
      result[String(name)] = Unicode.Scalar(UInt32(160 + offset))
    }
    for pair in others.split(separator: " ") {
      let parts = pair.split(separator: ":")
      guard parts.count == 2, let value = UInt32(parts[1], radix: 16) else { continue }
      result[String(parts[0])] = Unicode.Scalar(value)
    }
    return result
  }()

  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
    Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
    szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave \
    iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc \
    uuml yacute thorn yuml
    """

  private static let others = """
    quot:22 amp:26 lt:3C gt:3E apos:27 OElig:152 oelig:153 Scaron:160 scaron:161 Yuml:178 \
    fnof:192 circ:2C6 tilde:2DC ensp:2002 emsp:2003 thinsp:2009 zwnj:200C zwj:200D lrm:200E \
    rlm:200F ndash:2013 mdash:2014 lsquo:2018 rsquo:2019 sbquo:201A ldquo:201C rdquo:201D \
    bdquo:201E dagger:2020 Dagger:2021 bull:2022 hellip:2026 permil:2030 prime:2032 Prime:2033 \
    lsaquo:2039 rsaquo:203A oline:203E frasl:2044 euro:20AC trade:2122 larr:2190 uarr:2191 \
    rarr:2192 darr:2193 harr:2194 crarr:21B5 lArr:21D0 rArr:21D2 hArr:21D4 forall:2200 part:2202 \
    exist:2203 empty:2205 nabla:2207 isin:2208 notin:2209 ni:220B prod:220F sum:2211 minus:2212 \
    lowast:2217 radic:221A prop:221D infin:221E ang:2220 and:2227 or:2228 cap:2229 cup:222A \
    int:222B there4:2234 sim:223C cong:2245 asymp:2248 ne:2260 equiv:2261 le:2264 ge:2265 \
    sub:2282 sup:2283 oplus:2295 otimes:2297 perp:22A5 sdot:22C5 loz:25CA spades:2660 clubs:2663 \
    hearts:2665 diams:2666 Alpha:391 Beta:392 Gamma:393 Delta:394 Epsilon:395 Zeta:396 Eta:397 \
    Theta:398 Iota:399 Kappa:39A Lambda:39B Mu:39C Nu:39D Xi:39E Omicron:39F Pi:3A0 Rho:3A1 \
    Sigma:3A3 Tau:3A4 Upsilon:3A5 Phi:3A6 Chi:3A7 Psi:3A8 Omega:3A9 alpha:3B1 beta:3B2 gamma:3B3 \
    delta:3B4 epsilon:3B5 zeta:3B6 eta:3B7 theta:3B8 iota:3B9 kappa:3BA lambda:3BB mu:3BC nu:3BD \
    xi:3BE omicron:3BF pi:3C0 rho:3C1 sigmaf:3C2 sigma:3C3 tau:3C4 upsilon:3C5 phi:3C6 chi:3C7 \
    psi:3C8 omega:3C9 Abreve:102 abreve:103 Aogon:104 aogon:105 Cacute:106 cacute:107 Ccaron:10C \
    ccaron:10D Dcaron:10E dcaron:10F Eogon:118 eogon:119 Ecaron:11A ecaron:11B Gbreve:11E \
    gbreve:11F Idot:130 inodot:131 Lstrok:141 lstrok:142 Nacute:143 nacute:144 Ncaron:147 \
    ncaron:148 Odblac:150 odblac:151 Rcaron:158 rcaron:159 Sacute:15A sacute:15B Scedil:15E \
    scedil:15F Uring:16E uring:16F Udblac:170 udblac:171 Zacute:179 zacute:17A Zdot:17B zdot:17C \
    Zcaron:17D zcaron:17E
    """
}
