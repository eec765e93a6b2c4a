// QR codes of share links. Always dark on light with the quiet zone of 4 modules that the standard asks for:
// many readers fail without it, or with the colours turned round.
#pragma once

#include <string>

namespace refedge::origin {

// Both take texts of at most 2331 bytes, and throw std::length_error for longer ones.

// qr_svg draws for the screen and for print: it has no size of its own.
[[nodiscard]] std::string qr_svg(const std::string& text);

// qr_png draws for messengers and photo albums, which take no SVG: about 700 pixels square.
[[nodiscard]] std::string qr_png(const std::string& text);

}  // namespace refedge::origin
