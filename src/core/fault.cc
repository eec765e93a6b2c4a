#include "core/fault.h"

#include "core/decimal.h"

namespace refedge {

Error to_error(const Fault& fault) {
  Error error = {fault.code, std::string(fault.name)};
  if (fault.item == kNoItem) return error;
  error.field += '[';
  append_decimal(error.field, static_cast<std::int64_t>(fault.item));
  error.field += ']';
  if (!fault.member.empty()) error.field += '.';
  error.field += fault.member;
  return error;
}

}  // namespace refedge
