// The parts of the JSON writer that other concepts of the core use. Private to src/core.
#pragma once

#include <span>
#include <string>

#include "refedge/json_writer.h"
#include "refedge/result.h"

namespace refedge {

struct Checked {};  // what a check yields: nothing but that all is well

// check_fields applies the rules of write_json_object. Errors: those of write_json_object.
[[nodiscard]] Result<Checked> check_fields(std::span<const Field> fields);

// sort_fields puts at most kMaxFields fields in the byte order of their keys; equal keys keep their order. By
// insertion, which for so few is as fast as a sort of the library and a tenth of its size in the modules.
void sort_fields(std::span<Field> fields) noexcept;

// write_checked writes fields that check_fields has accepted. The text never outgrows its first buffer, so
// that a value that is a secret is not left behind in another.
[[nodiscard]] std::string write_checked(std::span<const Field> fields);

}  // namespace refedge
