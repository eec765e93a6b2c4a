// Reading tests/vectors: the format is in tests/vectors/README.md.
#pragma once

#include <string>
#include <vector>

namespace refedge::testing {

struct VectorCase {
  std::string name;
  std::string record;  // what is passed in
  bool is_error = false;
  std::string response;  // the response's bytes, or the field at fault
  std::string error;     // the name of the Errc
};

struct VectorFile {
  std::string path;
  std::string operation;
  bool keyed = false;
  std::vector<VectorCase> cases;
};

// read_vector_files reads every .json file of a folder of tests/vectors, in the order of their names. Ends
// the program with a message when one of them cannot be read: a vector that is not run must not look like one
// that is.
[[nodiscard]] std::vector<VectorFile> read_vector_files(const std::string& folder);

}  // namespace refedge::testing
