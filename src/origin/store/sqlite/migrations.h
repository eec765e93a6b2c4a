// Schema migrations: numbered, applied once, remembered in the table schema_migrations.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "origin/store/sqlite/database.h"

namespace refedge::origin {

struct Migration {
  std::int64_t version = 0;  // 1, 2, 3, ...
  std::string_view name;
  std::string_view sql;
};

// all_migrations: the files of store/sqlite/migrations, in order.
[[nodiscard]] std::span<const Migration> all_migrations();

// migrate applies what the database does not have yet, all of it in one transaction, and returns the
// version that it has then. Throws StoreFailure when a script fails (nothing is changed) and when the
// database has a version above the last of `migrations`: it was made by a newer build.
std::int64_t migrate(Database& database, std::span<const Migration> migrations);

}  // namespace refedge::origin
