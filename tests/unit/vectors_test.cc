// Every vector through the C ABI.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <memory>
#include <set>

#include "refedge/c_api.h"
#include "refedge/errc.h"
#include "tests/unit/vector_file.h"

namespace refedge::testing {
namespace {

using Function = void (*)(const uint8_t* record, size_t len, refedge_response* out);

struct NamedFunction {
  const char* name;
  Function function;
};

// One for each operation that c_api.h declares; made by CMakeLists.txt.
constexpr NamedFunction kOperations[] = {
#include "c_api_operations.inc"
};

constexpr std::size_t kMinOwnCases = 1340;
constexpr std::size_t kMinReferenceCases = 10;
constexpr std::size_t kMinRfcCases = 25;

Function find_operation(const std::string& name) {
  for (const NamedFunction& known : kOperations) {
    if (name == known.name) return known.function;
  }
  return nullptr;
}

// The record lies in a block of exactly its size, so that a sanitizer sees one byte read too many.
void run_case(Function function, const VectorCase& one) {
  const auto record = std::make_unique<uint8_t[]>(one.record.size());
  if (!one.record.empty()) std::memcpy(record.get(), one.record.data(), one.record.size());
  refedge_response out;
  function(record.get(), one.record.size(), &out);
  EXPECT_EQ(errc_name(static_cast<Errc>(out.status)), one.is_error ? one.error : "ok");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(out.data), out.len), one.response);
}

std::size_t run_file(const VectorFile& file) {
  SCOPED_TRACE(file.path);
  const Function function = find_operation(file.operation);
  if (function == nullptr) {
    ADD_FAILURE() << "no operation is called " << file.operation;
    return 0;
  }
  for (const VectorCase& one : file.cases) {
    SCOPED_TRACE(one.name);
    run_case(function, one);
  }
  // Read by tests/conformance, which compares the counts of all hosts.
  std::printf("conformance %s %zu\n", file.operation.c_str(), file.cases.size());
  return file.cases.size();
}

void run_folder(const std::string& folder, std::size_t min_cases) {
  std::size_t num_in_files = 0;
  std::size_t num_run = 0;
  for (const VectorFile& file : read_vector_files(folder)) {
    num_in_files += file.cases.size();
    num_run += run_file(file);
  }
  EXPECT_EQ(num_run, num_in_files);
  EXPECT_GE(num_run, min_cases);
}

TEST(Vectors, what_the_manual_prints) { run_folder("reference", kMinReferenceCases); }

TEST(Vectors, what_the_standards_print) { run_folder("rfc", kMinRfcCases); }

TEST(Vectors, our_own) { run_folder("own", kMinOwnCases); }

TEST(Vectors, every_operation_has_a_file_of_its_name) {
  std::set<std::string> covered;
  for (const VectorFile& file : read_vector_files("own")) {
    EXPECT_NE(file.path.find("/" + file.operation + ".json"), std::string::npos) << file.path;
    covered.insert(file.operation);
  }
  for (const NamedFunction& known : kOperations) EXPECT_TRUE(covered.count(known.name)) << known.name;
  EXPECT_EQ(covered.size(), std::size(kOperations));
}

}  // namespace
}  // namespace refedge::testing
