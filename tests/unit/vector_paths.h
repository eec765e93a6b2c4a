// Where tests/vectors are, and the bytes of a file.
#pragma once

#include <string>
#include <vector>

namespace refedge::testing {

// give_up ends the program: a vector that is not run must not look like one that is.
[[noreturn]] void give_up(const std::string& path, const char* why);

// read_file gives the bytes of a file, and ends the program when it cannot be read.
[[nodiscard]] std::string read_file(const std::string& path);

// list_vector_paths gives the paths of the .json files of a folder of tests/vectors, in the order of their names, and ends
// the program when there is no such folder.
[[nodiscard]] std::vector<std::string> list_vector_paths(const std::string& folder);

}  // namespace refedge::testing
