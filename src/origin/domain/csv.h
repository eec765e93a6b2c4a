// Writing CSV. Spec: RFC 4180 section 2, docs/protocol.md#reports.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace refedge::origin {

// append_csv_row appends `cells` and CR LF. A cell with a comma, a quote or a line break is quoted. A cell
// that a spreadsheet would run (it starts with = + - @, tab or CR) is prefixed with '.
void append_csv_row(std::string& out, std::span<const std::string> cells);

}  // namespace refedge::origin
