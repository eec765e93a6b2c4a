#include "origin/widget/qr.h"

#include <png.h>

#include <cstdint>
#include <qrcodegen/qrcodegen.hpp>
#include <stdexcept>
#include <vector>

namespace refedge::origin {
namespace {

using qrcodegen::QrCode;

constexpr int kQuietModules = 4;
constexpr int kPngPixels = 700;

// Medium correction: a crease or a thumb on 15 % of it does no harm.
QrCode encode(const std::string& text) { return QrCode::encodeText(text.c_str(), QrCode::Ecc::MEDIUM); }

int side_of(const QrCode& code) { return code.getSize() + 2 * kQuietModules; }

// What is around the code is light, also to the library.
bool is_dark(const QrCode& code, int x, int y) {
  return code.getModule(x - kQuietModules, y - kQuietModules);
}

// A path that draws each run of dark modules of a row: "M4,4h7v1h-7z".
std::string path_of(const QrCode& code) {
  std::string path;
  for (int y = 0; y < side_of(code); ++y) {
    for (int x = 0, end = 0; x < side_of(code); x = end + 1) {
      for (end = x; is_dark(code, end, y);) ++end;
      if (end == x) continue;
      const std::string width = std::to_string(end - x);
      path.append("M").append(std::to_string(x)).append(",").append(std::to_string(y));
      path.append("h").append(width).append("v1h-").append(width).append("z");
    }
  }
  return path;
}

std::vector<std::uint8_t> pixels_of(const QrCode& code, int scale) {
  std::vector<std::uint8_t> pixels;
  const int side = side_of(code) * scale;
  pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) pixels.push_back(is_dark(code, x / scale, y / scale) ? 0 : 255);
  }
  return pixels;
}

}  // namespace

std::string qr_svg(const std::string& text) {
  const QrCode code = encode(text);
  const std::string side = std::to_string(side_of(code));
  return R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )" + side + " " + side +
         R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0,0h)" + side + "v" + side + "h-" + side +
         R"(z"/><path d=")" + path_of(code) + "\"/></svg>\n";
}

std::string qr_png(const std::string& text) {
  const QrCode code = encode(text);
  const int scale = kPngPixels / side_of(code) + 1;
  const std::vector<std::uint8_t> pixels = pixels_of(code, scale);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.format = PNG_FORMAT_GRAY;
  image.width = image.height = static_cast<png_uint_32>(side_of(code) * scale);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    throw std::runtime_error(std::string("libpng: ") + image.message);
  }
  png.resize(size);
  return png;
}

}  // namespace refedge::origin
