// Where the program's secrets come from: the environment or a file, never an argument.
#pragma once

#include <string>

#include "refedge/result.h"

namespace refedge::cli {

// read_secret returns the content of the file at `file_path`, or, when the path is empty, the value of
// the environment variable `env_name`. One trailing line break is dropped from a file. The caller wipes
// what it gets (include/refedge/secret.h).
// Errors: kMissingField (field = env_name) when neither is given or the secret is empty; kNotFound
// (field "secret_file") when the file cannot be read; kTooLong (field "secret_file") over 64 KiB.
[[nodiscard]] Result<std::string> read_secret(const char* env_name, const std::string& file_path);

}  // namespace refedge::cli
