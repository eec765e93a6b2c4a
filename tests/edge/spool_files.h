// What the tests of the spool share: readers and writers that report their failures, and a look at the
// directory.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "edge/spool/spool_reader.h"
#include "edge/spool/spool_writer.h"

namespace refedge::edge::testing {

using Strings = std::vector<std::string>;

inline constexpr std::uint64_t kNow = 1718000000000;

inline SpoolReader open_reader(const std::string& directory) {
  auto reader = SpoolReader::open(directory);
  if (!reader) ADD_FAILURE() << reader.message();
  return *std::move(reader);
}

inline std::vector<SpoolRecord> take_records(SpoolReader& reader, std::size_t max = 1000) {
  auto batch = reader.next_batch(max);
  if (!batch) ADD_FAILURE() << batch.message();
  return batch ? *std::move(batch) : std::vector<SpoolRecord>{};
}

inline Strings take(SpoolReader& reader, std::size_t max = 1000) {
  Strings payloads;
  for (SpoolRecord& record : take_records(reader, max)) payloads.push_back(std::move(record.payload));
  return payloads;
}

inline void commit(SpoolReader& reader, std::span<const SpoolPlace> held = {}) {
  const auto committed = reader.commit(held);
  ASSERT_TRUE(committed) << committed.message();
}

inline Strings files(const std::string& directory) {
  Strings names;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

inline std::string only_file(const std::string& directory) {
  const auto names = files(directory);
  EXPECT_EQ(names.size(), 1u);
  return names.empty() ? "" : directory + "/" + names[0];
}

inline void put(SpoolWriter& writer, const std::string& payload) {
  ASSERT_EQ(writer.append(payload, kNow), AppendOutcome::kStored) << writer.refusal();
}

inline void overwrite(const std::string& path, std::streamoff at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good());
}

}  // namespace refedge::edge::testing
