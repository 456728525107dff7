import Testing

@testable import PodModel

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", 0, 0), ("1", 1, 1000), ("1250m", 2, 1250), ("100m", 1, 100), ("1.5", 2, 1500),
    (".5", 1, 500), ("1.", 1, 1000), ("64Mi", 67_108_864, 67_108_864_000), ("1Ki", 1024, 1_024_000),
    ("1k", 1000, 1_000_000), ("1M", 1_000_000, 1_000_000_000), ("1e3", 1000, 1_000_000),
    ("1E3", 1000, 1_000_000), ("12e-1", 2, 1200), ("1n", 1, 1), ("1500u", 1, 2), ("999999n", 1, 1),
    ("1000001n", 1, 2), ("0.5Mi", 524_288, 524_288_000), ("1.0001Ki", 1025, 1_024_103),
    ("-1", -1, -1000), ("-1500m", -2, -1500), ("+5", 5, 5000), ("0.0", 0, 0), ("00012", 12, 12000),
    ("1Gi", 1_073_741_824, 1_073_741_824_000),
  ])
  func `amounts are rounded up to what is counted`(text: String, value: Int64, milli: Int64) throws
  {
    let quantity = try #require(Quantity(text))
    #expect(quantity.value == value)
    #expect(quantity.milliValue == milli)
    #expect(quantity.text == text)
  }

  @Test func `the largest amounts do not overflow`() throws {
    #expect(try #require(Quantity("1E")).value == 1_000_000_000_000_000_000)
    #expect(try #require(Quantity("7Ei")).milliValue == .max)
    #expect(try #require(Quantity("-7Ei")).milliValue == .min)
    #expect(Quantity("8Ei") == nil)
    #expect(Quantity("1e30") == nil)
    #expect(try #require(Quantity("0e30")).value == 0)
    #expect(try #require(Quantity("1e-60")).value == 1)
  }

  @Test(arguments: [
    "", "m", "1x", "1 Mi", "1mi", "1KI", "0x1", "1e", "1.2.3", "--1", "1Mi ", "one", "1e1.5", "٣",
    "1e999999999",
  ])
  func `what is no amount is refused`(text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test(arguments: [
    ("500m", "1500m", "2"), ("100m", "1", "1100m"), ("64Mi", "64Mi", "128Mi"),
    ("1Gi", "1Ki", "1048577Ki"), ("1k", "1", "1001"), ("600M", "400M", "1G"),
    ("5E", "5E", "9223372036854775807"), ("5E", "1m", "5000000000000000001"), ("0", "0", "0"),
  ])
  func `a sum is exact, and written as shortly as it can be`(
    a: String, b: String, sum: String
  ) throws {
    #expect(try #require(Quantity(a)).adding(#require(Quantity(b))).text == sum)
    #expect(try #require(Quantity(b)).adding(#require(Quantity(a))).text == sum)
  }

  @Test func `amounts are compared as numbers`() throws {
    let rising = ["-1", "-500m", "0", "1m", "1000m", "1", "1001m", "1Ki", "1025", "5E", "6E"]
    let amounts = try rising.map { try #require(Quantity($0)) }
    for (index, amount) in amounts.enumerated() {
      for other in amounts[index...] { #expect(amount.compared(to: other) <= 0) }
    }
    #expect(amounts[4].compared(to: amounts[5]) == 0)
    #expect(amounts[9].compared(to: amounts[10]) < 0)
  }

  @Test(arguments: [
    ("", []), ("Zg==", [0x66]), ("Zm8=", [0x66, 0x6f]), ("Zm9v", [0x66, 0x6f, 0x6f]),
    ("AP/+", [0, 0xff, 0xfe]),
  ])
  func `base64 goes both ways`(text: String, bytes: [UInt8]) {
    #expect(Base64.decoding(text) == .success(Base64(bytes)))
    #expect(Base64(bytes).text == text)
  }

  @Test(arguments: [
    ("Zg=", 3), ("Z", 1), ("Zg==x", 4), ("Z g=", 1), ("=", 0), ("Zm9v====", 4), ("Zm-v", 2),
  ])
  func `what is no base64 is refused where it ends`(text: String, offset: Int) {
    #expect(Base64.decoding(text) == .failure(Base64Error(offset: offset)))
  }
}
