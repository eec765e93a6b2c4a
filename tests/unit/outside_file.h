// Reading tests/vectors/outside: files that others made, of lines "NAME = value".
#pragma once

#include <map>
#include <string>
#include <vector>

namespace refedge::testing {

// One case: consecutive lines by their names; "section" is the last [NAME] before them, empty when there was
// none.
using OutsideCase = std::map<std::string, std::string>;

// read_outside_file gives the cases of a file, in their order. Comments (#) are passed over. Ends the program
// with a message when the file cannot be read.
[[nodiscard]] std::vector<OutsideCase> read_outside_file(const std::string& name);

}  // namespace refedge::testing
