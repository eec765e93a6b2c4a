// The page that unfurlers read instead of a redirect: Open Graph, and a plain link for a person who lands
// there. Spec: docs/protocol.md#preview-pages.
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// Text is UTF-8 of one line; what is not known is empty.
struct Preview {
  std::string_view url = {};    // the share link, http or https; required
  std::string_view title = {};  // required
  std::string_view description = {};
  std::string_view image_url = {};  // https alone
  std::string_view site_name = {};
  std::string_view locale = {};  // "en", "en-GB" or "en_GB"
};

// build_preview_page writes an HTML page without script or style: <title>, canonical link, og:* and
// twitter:card, robots noindex, and a link to `url`. The same input gives the same bytes. Text is escaped;
// nothing in it can end an attribute or an element. Errors (field named): kMissingField (url, title);
// kTooLong over kMaxUrlLength (url, image_url), kMaxPreviewTitleLength (title, site_name),
// kMaxPreviewDescriptionLength, kMaxLocaleLength; kInvalidUtf8; kInvalidField for a control character, a URL
// of another scheme, without a host or with a character outside 0x21 to 0x7E, or a locale that is no letters
// and digits joined by '-' or '_'.
[[nodiscard]] Result<std::string> build_preview_page(const Preview& preview);

}  // namespace refedge
