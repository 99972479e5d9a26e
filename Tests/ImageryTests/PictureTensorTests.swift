import Imagery
import Tensors
import Testing

/// Pictures as tensors and back.
@Suite struct PictureTensorTests {
  @Test func `a tensor holds red, green and blue one after another`() throws {
    let pixels: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    let tensor = try Picture(width: 2, height: 2, pixels: pixels).tensor()
    #expect(tensor.shape == [1, 3, 2, 2])
    #expect(try tensor.floats() == [1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12])
  }

  @Test func `a picture comes back from its tensor`() throws {
    let picture = Samples.shapes(width: 23, height: 11)
    let back = try Picture(tensor: picture.tensor())
    #expect(back == picture, "\(Difference(back.pixels, picture.pixels))")
  }

  @Test func `values are rounded and moved into the range of bytes`() throws {
    let tensor = try Tensor([-3, 0.49, 254.6, 255.4, 1000, 127.5] as [Float], shape: [1, 3, 1, 2])
    #expect(try Picture(tensor: tensor).pixels == [0, 255, 255, 0, 255, 128])
  }

  @Test func `a tensor of another shape is no picture`() throws {
    let tensor = try Tensor([1, 2, 3] as [Float], shape: [3, 1, 1])
    let error = #expect(throws: PictureError.self) { try Picture(tensor: tensor) }
    #expect(error == .tensorShape([3, 1, 1]))
  }

  @Test(arguments: [Float.nan, .infinity])
  func `a tensor that is not finite is no picture`(value: Float) throws {
    let tensor = try Tensor([1, value, 3], shape: [1, 3, 1, 1])
    let error = #expect(throws: PictureError.self) { try Picture(tensor: tensor) }
    #expect(error == .tensorNotFinite)
  }

  @Test func `grey is the weighted sum in fixed point`() throws {
    let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    let grey = try Picture(width: 4, height: 1, pixels: pixels).greyTensor()
    #expect(grey.shape == [1, 1, 1, 4])
    #expect(try grey.floats() == [76, 150, 29, 255])
  }

  @Test(.enabled(if: PythonReference.isInstalled, PythonReference.reason))
  func `grey is that of Pillow`() throws {
    let folder = try PythonReference.folder(
      """
      image = photo(70, 90)
      image.save('photo.png')
      open('grey', 'wb').write(image.convert('L').tobytes())
      """)
    let grey = try Picture(contentsOf: folder.file("photo.png")).greyTensor().floats()
    let difference = Difference(grey.map { UInt8($0) }, try folder.bytes("grey"))
    #expect(difference.largest == 0, "\(difference)")
  }

  @Test func `bytes that do not fill a picture are an error`() {
    let error = #expect(throws: PictureError.self) {
      try Picture(width: 2, height: 2, pixels: [1, 2, 3])
    }
    #expect(error == .byteCount(3, width: 2, height: 2))
  }
}
