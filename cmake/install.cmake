# The core as a library: one archive, its headers, and the files by which CMake and pkg-config find it.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# One archive, so that a consumer links one thing; Crypto++ stays a library of the system.
add_library(refedge_library STATIC
  $<TARGET_OBJECTS:refedge_core> $<TARGET_OBJECTS:refedge_crypto>
  $<TARGET_OBJECTS:refedge_capi> $<TARGET_OBJECTS:refedge_capi_full>)
set_target_properties(refedge_library PROPERTIES
  OUTPUT_NAME refedge EXPORT_NAME refedge LINKER_LANGUAGE CXX
  ARCHIVE_OUTPUT_DIRECTORY "${REFEDGE_OUTPUT_DIR}/lib")
target_include_directories(refedge_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(refedge_library INTERFACE cxx_std_20)
target_link_libraries(refedge_library INTERFACE cryptopp)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/refedge")
install(TARGETS refedge_library EXPORT refedge_targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/refedge" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT refedge_targets NAMESPACE refedge:: FILE refedge-targets.cmake DESTINATION "${package_dir}")

configure_package_config_file(cmake/refedge-config.cmake.in refedge-config.cmake INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(refedge-config-version.cmake COMPATIBILITY SameMinorVersion)
configure_file(cmake/refedge.pc.in refedge.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/refedge-config.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/refedge-config-version.cmake" DESTINATION "${package_dir}")
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/refedge.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
