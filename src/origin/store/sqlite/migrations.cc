#include "origin/store/sqlite/migrations.h"

#include <array>
#include <string>

#include "origin/assets.h"
#include "origin/store/store.h"

namespace refedge::origin {
namespace {

constexpr const char* kMakeTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) "
    "STRICT";

std::int64_t current_version(Database& database) {
  Query query = database.query("SELECT coalesce(max(version), 0) FROM schema_migrations");
  query.next();
  return query.number(0);
}

void refuse_newer(std::int64_t version, std::int64_t known) {
  if (version <= known) return;
  throw StoreFailure("the database was made by a newer refedge: it has schema " + std::to_string(version) +
                     ", this build knows " + std::to_string(known));
}

void apply(Database& database, const Migration& migration) {
  database.run_script(std::string(migration.sql));
  database.run("INSERT INTO schema_migrations (version, name) VALUES (?1, ?2)", migration.version,
               migration.name);
}

std::int64_t migrate_locked(Database& database, std::span<const Migration> migrations) {
  database.run_script(kMakeTable);
  const std::int64_t version = current_version(database);
  const std::int64_t known = migrations.empty() ? 0 : migrations.back().version;
  refuse_newer(version, known);
  for (const Migration& migration : migrations) {
    if (migration.version > version) apply(database, migration);
  }
  return known;
}

}  // namespace

std::span<const Migration> all_migrations() {
  static constexpr std::array<Migration, 3> kMigrations = {{
      {1, "initial", assets::k0001_initial_sql},
      {2, "link_pages", assets::k0002_link_pages_sql},
      {3, "widget", assets::k0003_widget_sql},
  }};
  return kMigrations;
}

std::int64_t migrate(Database& database, std::span<const Migration> migrations) {
  database.run_script("BEGIN IMMEDIATE");
  try {
    const std::int64_t version = migrate_locked(database, migrations);
    database.run_script("COMMIT");
    return version;
  } catch (...) {
    database.rollback();
    throw;
  }
}

}  // namespace refedge::origin
