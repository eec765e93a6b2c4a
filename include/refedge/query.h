// Reading and extending query strings. Spec: docs/protocol.md#ref.
#pragma once

#include <string>
#include <string_view>

#include "refedge/result.h"

namespace refedge {

// find_query_param returns the decoded value of the first parameter called `name` in `query`, a
// query string with or without its leading '?' (a '#' ends it). '+' means space.
// Errors: kTooLong (field "query") over kMaxUrlLength; kNotFound, kInvalidPercentEncoding,
// kInvalidUtf8 (field = `name`, as it is given). A parameter whose name does not decode is passed over.
[[nodiscard]] Result<std::string> find_query_param(std::string_view query, std::string_view name);

// append_query_param returns `url` with `name`=`value` appended to its query, before any fragment;
// both are percent-encoded. A parameter of the same name is replaced where it first stands and
// removed elsewhere, so that a link never carries two.
// Errors: kTooLong (field "url") when the result is over kMaxUrlLength.
// Example: "https://shop/?a=1#top", "ref", "k7" -> "https://shop/?a=1&ref=k7#top"
[[nodiscard]] Result<std::string> append_query_param(std::string_view url, std::string_view name,
                                                     std::string_view value);

// capture_ref returns the share-link code that `query` carries as `ref`.
// Errors: those of find_query_param; kInvalidField / kTooLong (field "ref") when it is no code.
[[nodiscard]] Result<std::string> capture_ref(std::string_view query);

}  // namespace refedge
