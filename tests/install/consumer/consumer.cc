// Signs the manual's example through the installed library and prints the signature.
#include <array>
#include <cstdio>

#include "refedge/signature.h"

int main() {
  const std::array<refedge::Field, 2> fields = {{{"name", "John Doe"}, {"email", "john@doe.com"}}};
  const auto signature = refedge::build_signature(fields, "name, email", "afd46269f68a4b63b6a926d8bad9f5b5");
  if (!signature) return 1;
  std::puts(signature->c_str());
  return 0;
}
