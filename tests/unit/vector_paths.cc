#include "tests/unit/vector_paths.h"

#include <dirent.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace refedge::testing {
namespace {

std::vector<std::string> list_json(const std::string& folder) {
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) give_up(folder, "cannot be opened");
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(directory)) {
    const std::string name = entry->d_name;
    if (name.size() > 5 && name.substr(name.size() - 5) == ".json") names.push_back(name);
  }
  ::closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

void give_up(const std::string& path, const char* why) {
  std::fprintf(stderr, "%s: %s\n", path.c_str(), why);
  std::abort();
}

std::string read_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) give_up(path, "cannot be opened");
  std::string text;
  char buffer[65536];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  std::fclose(file);
  return text;
}

std::vector<std::string> list_vector_paths(const std::string& folder) {
  const std::string path = std::string(REFEDGE_VECTORS) + "/" + folder;
  std::vector<std::string> paths;
  for (const std::string& name : list_json(path)) paths.push_back(path + "/" + name);
  return paths;
}

}  // namespace refedge::testing
